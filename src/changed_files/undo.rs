//! The command that takes a change back.

use super::{Change, ChangedFile};
use crate::escape::shell_word;

/// The git command that takes the change of a file back, for a shell in any folder of the repository. It can't
/// be undone itself. Takes back what is not committed yet.
pub fn undo(file: &ChangedFile) -> String {
    let path = pathspec(&file.path);
    match file.change {
        Change::Unknown | Change::Edited => format!("git checkout HEAD -- {path}"),
        Change::Added => format!("git rm -f -- {path}"),
        Change::Untracked => format!("git clean -f -- {path}"),
    }
}

/// The path from the root of the repository, in which git sees no wildcards, as one word of a shell.
fn pathspec(path: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-+@%,=".contains(letter);
    match path.chars().all(is_plain) {
        true => format!(":/{path}"),
        false => shell_word(&format!(":(top,literal){path}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_names_stay_one_word_of_the_shell() {
        for (path, change, command) in [
            ("src/a.rs", Change::Edited, "git checkout HEAD -- :/src/a.rs"),
            ("src/a.rs", Change::Added, "git rm -f -- :/src/a.rs"),
            ("it's $x.md", Change::Untracked, "git clean -f -- ':(top,literal)it'\\''s $x.md'"),
            ("a*.rs", Change::Unknown, "git checkout HEAD -- ':(top,literal)a*.rs'"),
        ] {
            assert_eq!(undo(&ChangedFile { path: path.to_owned(), change }), command);
        }
    }
}
