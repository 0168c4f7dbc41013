//! What the witness of an overlap stands for: one file, or any file of a folder.

use super::{Pattern, as_read};

/// The files that two patterns share, as far as one witness tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommonFiles<'a> {
    /// One of the patterns names this file.
    Named(&'a str),
    /// Every file directly in this folder, which ends with `/` or is empty. The name of the witness is made up.
    AnyIn(&'a str),
    /// Files with names like this one, which is made up.
    Like(&'a str),
}

/// Names that no pattern is written for: what matches them matches any name.
const ANY_NAMES: [&str; 2] = ["\u{e000}\u{e001}", "\u{e001}\u{e000}.\u{e001}"];

impl<'a> CommonFiles<'a> {
    /// What the witness of the overlap of two entries of file lists stands for.
    pub fn of(left: &str, right: &str, witness: &'a str) -> CommonFiles<'a> {
        let entries = [left, right].map(|entry| as_read(entry).unwrap_or_default());
        let patterns = entries.each_ref().map(|entry| Pattern::parse(entry).ok());
        let is_named = |pattern: &Pattern| pattern.path() == Some(witness);
        if entries.iter().any(|entry| entry == witness) || patterns.iter().flatten().any(is_named) {
            return CommonFiles::Named(witness);
        }
        let folder = &witness[..witness.rfind('/').map_or(0, |slash| slash + 1)];
        let is_any = |pattern: &Option<Pattern>| {
            let Some(pattern) = pattern else { return false };
            // An entry without wildcards may be meant as a folder.
            let below = pattern.below();
            ANY_NAMES
                .map(|name| [folder, name].concat())
                .iter()
                .all(|path| pattern.matches(path) || below.matches(path))
        };
        if patterns.iter().all(is_any) { CommonFiles::AnyIn(folder) } else { CommonFiles::Like(witness) }
    }

    /// As the object of a sentence, with paths in backticks.
    pub fn in_sentence(self) -> String {
        match self {
            CommonFiles::Named(path) => format!("`{path}`"),
            CommonFiles::AnyIn("") => "any file at the root".to_owned(),
            CommonFiles::AnyIn(folder) => format!("any file in `{folder}`"),
            CommonFiles::Like(path) => format!("files such as `{path}`"),
        }
    }

    /// In a short note, without backticks.
    pub fn in_note(self) -> String {
        match self {
            CommonFiles::Named(path) => path.to_owned(),
            CommonFiles::AnyIn("") => "files at the root".to_owned(),
            CommonFiles::AnyIn(folder) => format!("files in {folder}"),
            CommonFiles::Like(path) => format!("files like {path}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glob::overlap;

    #[test]
    fn a_name_that_nobody_wrote_is_not_shown_as_a_file() {
        let table = [
            ("src/api.rs", "src/**", "`src/api.rs`"),
            ("./src/api.rs", "src/**", "`src/api.rs`"),
            ("src/api.rs", "src/api.rs", "`src/api.rs`"),
            ("lib/l10n/**", "lib/l10n/**", "any file in `lib/l10n/`"),
            ("lib/**", "lib/l10n/**", "any file in `lib/l10n/`"),
            ("lib/l10n/", "lib/**", "any file in `lib/l10n/`"),
            ("lib/l10n/**", "lib/l10n/de/x", "`lib/l10n/de/x`"),
            ("**", "**", "any file at the root"),
            ("src/*.rs", "src/**", "files such as `src/a.rs`"),
            ("src/*/mod.rs", "src/**", "files such as `src/a/mod.rs`"),
        ];
        for (left, right, expected) in table {
            let patterns = [left, right].map(|pattern| Pattern::parse(pattern).expect("it can be read"));
            let witness = overlap(&patterns[0], &patterns[1]).expect("they share a path");
            let files = CommonFiles::of(left, right, &witness);
            assert_eq!(files.in_sentence(), expected, "{left} {right} {witness}");
        }
    }
}
