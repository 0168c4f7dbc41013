//! Writes the output of a command to files. Nothing that is there is lost unless the call says so.
//!
//! A file that has the same content already is left as it is, so repeating a call is no error. What is not a
//! regular file, such as `/dev/stdout` or a named pipe, holds nothing that could be lost.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use phaseplan::export::File;

use super::arguments::CallError;

/// What a call allows to be written over.
pub struct Overwriting<'a> {
    /// The plan that was read, unless it came from elsewhere.
    pub input: &'a Path,
    /// Whether the call has `--force`.
    pub is_forced: bool,
}

impl Overwriting<'_> {
    /// Writes a text to a file.
    ///
    /// # Errors
    ///
    /// If something else is there, or the file can't be written.
    pub fn write(&self, path: &Path, text: &str) -> Result<(), CallError> {
        self.check(path, text)?;
        put(path, text, self.is_forced).map_err(|error| match error.kind() {
            // It came into being after the check.
            ErrorKind::AlreadyExists => self.refusal(path),
            _ => unwritable(path, &error),
        })
    }

    /// Writes files below a folder, creating it if necessary, and returns the list of their paths.
    ///
    /// # Errors
    ///
    /// If something else is in the place of one of them; then none is written. Or if one can't be written.
    pub fn write_all(&self, folder: &Path, files: &[File]) -> Result<String, CallError> {
        for file in files {
            self.check(&folder.join(&file.path), &file.text)?;
        }
        let mut listing = String::new();
        for file in files {
            let path = folder.join(&file.path);
            let parent = path.parent().unwrap_or(folder);
            fs::create_dir_all(parent).map_err(|error| unwritable(parent, &error))?;
            self.write(&path, &file.text)?;
            listing.push_str(&format!("{}\n", path.display()));
        }
        Ok(listing)
    }

    fn check(&self, path: &Path, text: &str) -> Result<(), CallError> {
        if self.is_forced || !is_taken(path) || has_content(path, text) {
            return Ok(());
        }
        Err(self.refusal(path))
    }

    fn refusal(&self, path: &Path) -> CallError {
        let is_input = match (fs::canonicalize(path), fs::canonicalize(self.input)) {
            (Ok(path), Ok(input)) => path == input,
            _ => false,
        };
        let what = if is_input { "is the plan itself" } else { "exists already" };
        CallError::new(format!(
            "`{}` {what}, so nothing was written. Name another file, or add --force to replace it.",
            path.display()
        ))
    }
}

/// Whether a regular file, a folder or a link that leads nowhere is there.
fn is_taken(path: &Path) -> bool {
    match fs::metadata(path) {
        Ok(found) => found.is_file() || found.is_dir(),
        Err(_) => path.symlink_metadata().is_ok(),
    }
}

fn has_content(path: &Path, text: &str) -> bool {
    let has_size = fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() == text.len() as u64);
    has_size && fs::read(path).is_ok_and(|content| content == text.as_bytes())
}

fn put(path: &Path, text: &str, is_forced: bool) -> io::Result<()> {
    if is_forced || fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return fs::write(path, text);
    }
    if has_content(path, text) {
        return Ok(());
    }
    let written = OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes());
    if written.is_err() {
        // Half a file would look like a whole one, and stand in the way of the next try.
        let _ = fs::remove_file(path);
    }
    written
}

pub fn unwritable(path: &Path, error: &io::Error) -> CallError {
    CallError::new(format!("`{}` can't be written: {error}.", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    /// Calls `run` with an empty folder.
    fn in_folder(test: &str, run: impl FnOnce(&Path)) {
        let folder = std::env::temp_dir().join(format!("phaseplan-output-{test}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
        run(&folder);
        let _ = fs::remove_dir_all(folder);
    }

    #[test]
    fn a_set_of_files_is_written_below_the_folder() {
        in_folder("set", |folder| {
            let overwriting = Overwriting { input: Path::new("-"), is_forced: false };
            let files = [file("tasks/one.md", "small"), file("tasks/two.md", "large")];
            let listing =
                overwriting.write_all(folder, &files).unwrap_or_else(|error| panic!("{}", error.message));
            assert_eq!(listing.lines().count(), 2);
            assert_eq!(fs::read_to_string(folder.join("tasks/two.md")).ok().as_deref(), Some("large"));
        });
    }

    #[test]
    fn one_file_in_the_way_holds_up_the_whole_set() {
        in_folder("way", |folder| {
            fs::write(folder.join("two.md"), "mine").expect("it can be written");
            let files = [file("one.md", "1"), file("two.md", "2")];
            let write =
                |is_forced| Overwriting { input: Path::new("-"), is_forced }.write_all(folder, &files);
            let refused = write(false).expect_err("a file is in the way").message;
            assert!(refused.contains("two.md` exists already") && refused.contains("--force"), "{refused}");
            assert!(!folder.join("one.md").exists());
            assert!(write(true).is_ok() && write(false).is_ok(), "the same content again is no loss");
            assert_eq!(fs::read_to_string(folder.join("two.md")).ok().as_deref(), Some("2"));
        });
    }

    #[cfg(unix)]
    #[test]
    fn what_holds_nothing_can_be_written_to_and_a_link_to_nowhere_is_kept() {
        in_folder("link", |folder| {
            let overwriting = Overwriting { input: Path::new("-"), is_forced: false };
            assert_eq!(overwriting.write(Path::new("/dev/null"), "text"), Ok(()));
            let link = folder.join("link");
            std::os::unix::fs::symlink(folder.join("nowhere"), &link).expect("it can be linked");
            assert!(overwriting.write(&link, "text").is_err());
            assert!(!folder.join("nowhere").exists());
        });
    }
}
