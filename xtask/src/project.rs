//! The location of the project, and the versions in its lock file.

use crate::Result;
use std::path::PathBuf;

/// The project's root folder.
pub fn root() -> PathBuf {
    // Cargo sets the variable for `cargo run`; the compiled-in value is for a binary that is started
    // directly.
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let own = manifest.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    own.parent().map(PathBuf::from).unwrap_or(own)
}

/// The target folder of Cargo.
pub fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The version of a package in `Cargo.lock`.
pub fn locked_version(package: &str) -> Result<String> {
    let path = root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path)
        .map_err(|error| format!("{} can't be read: {error}.", path.display()))?;
    find_version(&lock, package).ok_or_else(|| format!("Cargo.lock does not name `{package}`."))
}

fn find_version(lock: &str, package: &str) -> Option<String> {
    let wanted = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == wanted)?;
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"1.2.3\"\n\n[[package]]\nname = \"a\"\nversion = \
            \"4.5.6\"\n";
        assert_eq!(find_version(lock, "a").as_deref(), Some("4.5.6"));
        assert_eq!(find_version(lock, "c"), None);
    }
}
