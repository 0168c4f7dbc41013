//! `.gitattributes`: what it says to be generated.

use crate::evidence::{Evidence, FileNumber, Looking};
use crate::glob::{Pattern, Reading};

/// Whether this is such a file.
pub(super) fn is_one(path: &str) -> bool {
    path == ".gitattributes" || path.ends_with("/.gitattributes")
}

/// The files that `.gitattributes` call generated; the last line about a file counts.
pub(super) fn generated(known: &Evidence, settings: &[(&str, &str)]) -> Vec<FileNumber> {
    let mut looking = Looking::default();
    let mut generated: Vec<bool> = vec![false; known.files().len()];
    // Those of outer folders come first, and inner ones overrule them.
    for (path, text) in settings.iter().filter(|(path, _)| is_one(path)) {
        let folder = path.strip_suffix(".gitattributes").unwrap_or_default();
        for (pattern, value) in text.lines().filter_map(line) {
            let Some(pattern) = in_folder(folder, pattern) else { continue };
            for &file in known.files_of(&pattern, &mut looking).iter().flat_map(|files| files.iter()) {
                generated[file as usize] = value;
            }
        }
    }
    (0..generated.len() as FileNumber).filter(|file| generated[*file as usize]).collect()
}

/// The pattern of a line, and whether it calls files generated; `None` if it says nothing about that.
fn line(line: &str) -> Option<(&str, bool)> {
    let mut words = line.split_whitespace();
    let pattern = words.next().filter(|word| !word.starts_with('#'))?;
    let value = words.rev().find_map(|word| match word {
        "linguist-generated" | "linguist-generated=true" => Some(true),
        "-linguist-generated" | "linguist-generated=false" | "!linguist-generated" => Some(false),
        _ => None,
    })?;
    Some((pattern, value))
}

/// A pattern without a folder is about files of that name in all folders below.
fn in_folder(folder: &str, pattern: &str) -> Option<Pattern> {
    let pattern = match pattern.strip_prefix('/') {
        Some(rooted) => format!("{folder}{rooted}"),
        None if pattern.contains('/') => format!("{folder}{pattern}"),
        None => format!("{folder}**/{pattern}"),
    };
    Pattern::parse_as(&pattern, Reading::Strict).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_about_a_file_counts() {
        let known = Evidence::of_files("", ["api/a.ts", "api/b.ts", "web/api/c.ts", "web/x.snap", "y.snap"]);
        let settings = [
            (
                ".gitattributes",
                "# said\n*.snap linguist-generated\n/api/** linguist-generated=true text\napi/b.ts -linguist-generated\n",
            ),
            ("web/.gitattributes", "*.snap linguist-generated=false\napi/* linguist-generated\n"),
        ];
        let files: Vec<&str> = generated(&known, &settings).iter().map(|file| known.path(*file)).collect();
        assert_eq!(files, ["api/a.ts", "web/api/c.ts", "y.snap"]);
    }
}
