//! Real plans and benchmarks, which are not part of the project: they are in the folder `shared` next to it,
//! or in the one that `PHASEPLAN_SHARED` names. Tests that need them are skipped if they are missing.

use std::path::{Path, PathBuf};

/// A file or folder in it; `None`, with a message, if it does not exist.
pub fn find(path: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let found = std::env::var_os("PHASEPLAN_SHARED").map_or_else(beside, PathBuf::from).join(path);
    if !found.exists() {
        println!("skipped: there is no {path} in the shared folder");
        return None;
    }
    Some(found)
}
