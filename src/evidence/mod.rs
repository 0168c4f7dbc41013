//! What is known of the repository beyond the plan: the names of its files, which import which, what changed
//! together, and what is generated.
//!
//! Evidence is names and counts, never the contents of files. It may be older than the repository, so it only ever
//! makes a plan more careful: it adds findings and can make a path a folder, and clears nothing.

mod file;
mod list;
mod matching;
mod nearest;
mod quoted;
mod writing;

use std::sync::Mutex;

pub use file::is_usable;
pub use file::{EvidenceFile, Folder, Generated, History, LeftOut, NAME, Package, Pair, ReadError};
pub use list::{is_list, is_table, read_list};
pub use matching::Looking;
pub use quoted::unquoted;

use matching::Cache;

/// The most files that are taken in.
pub const MAX_FILES: usize = 400_000;
/// The most imports that are taken in.
pub const MAX_IMPORTS: usize = 1_000_000;
/// The most pairs of files that are taken in as changed together.
pub const MAX_PAIRS: usize = 50_000;

/// The number of a file: its position among all files by path.
pub type FileNumber = u32;

/// The evidence about a repository. Without files it is no evidence, and nothing follows from it.
#[derive(Debug, Default)]
pub struct Evidence {
    /// Where it comes from, for sentences: `phaseplan scan` or `git ls-files`.
    source: String,
    /// Sorted, each once.
    files: Vec<Box<str>>,
    /// The importing and the imported file, sorted, each pair once.
    imports: Vec<(FileNumber, FileNumber)>,
    /// Which files changed together, if a history is known.
    history: Option<Commits>,
    /// Generated files with the reason, by number.
    generated: Vec<(FileNumber, Why)>,
    packages: Vec<Package>,
    /// How many entries of the input were of no use.
    ignored: usize,
    /// The numbers of the files, by their last names.
    by_name: std::sync::OnceLock<Vec<FileNumber>>,
    matched: Mutex<Cache>,
}

/// Two are equal if they know the same.
impl PartialEq for Evidence {
    fn eq(&self, other: &Evidence) -> bool {
        self.source == other.source
            && self.files == other.files
            && self.imports == other.imports
            && self.history == other.history
            && self.generated == other.generated
            && self.packages == other.packages
    }
}

/// What a history says of the files of today.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Commits {
    /// How many commits were looked at.
    pub commits: u32,
    /// The day of the first one, such as `2024-03-01`.
    pub since: String,
    /// Files that changed together, sorted by file.
    pub pairs: Vec<Together>,
}

/// Two files that changed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Together {
    /// The first file by path.
    pub a: FileNumber,
    /// The other one.
    pub b: FileNumber,
    /// The number of commits that changed both.
    pub both: u32,
    /// The number of commits that changed `a`.
    pub of_a: u32,
    /// The number of commits that changed `b`.
    pub of_b: u32,
}

impl Together {
    /// The number of commits of the file that changed less often.
    pub fn of_rarer(&self) -> u32 {
        self.of_a.min(self.of_b)
    }
}

/// How it is known that a file is generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The first lines of the file say so.
    Header,
    /// `.gitattributes` says so.
    Attributes,
    /// The name says so.
    Name,
    /// It is a lockfile.
    Lockfile,
}

impl Why {
    /// The source, as the end of a sentence about a file.
    pub fn says(self) -> &'static str {
        match self {
            Why::Header => "its first lines say that it is generated",
            Why::Attributes => "`.gitattributes` says that it is generated",
            Why::Name => "its name says that it is generated",
            Why::Lockfile => "it is a lockfile, which the package manager writes",
        }
    }
}

impl Evidence {
    /// Reads an evidence file. Entries that are of no use are counted in [`Evidence::ignored`].
    ///
    /// # Errors
    ///
    /// If the text is not an evidence file, or of a newer version.
    pub fn read(text: &str) -> Result<Evidence, ReadError> {
        EvidenceFile::read(text).map(Evidence::from)
    }

    /// The evidence of a plain list of files.
    pub fn of_files(
        source: impl Into<String>,
        files: impl IntoIterator<Item = impl Into<String>>,
    ) -> Evidence {
        let mut evidence = Evidence { source: source.into(), ..Evidence::default() };
        let mut given = 0;
        let mut known: Vec<Box<str>> = Vec::new();
        for path in files.into_iter().map(Into::into) {
            given += 1;
            if is_usable(&path) && known.len() < MAX_FILES {
                known.push(path.into());
            }
        }
        evidence.ignored = given - known.len();
        known.sort_unstable();
        known.dedup();
        evidence.files = known;
        evidence
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Where it comes from, for sentences.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// All files by path.
    pub fn files(&self) -> &[Box<str>] {
        &self.files
    }

    /// The path of a file; empty for a number that no file has.
    pub fn path(&self, file: FileNumber) -> &str {
        self.files.get(file as usize).map_or("", |path| path)
    }

    /// The number of the file at this path. O(log n).
    pub fn file(&self, path: &str) -> Option<FileNumber> {
        let found = self.files.binary_search_by(|known| known.as_ref().cmp(path));
        found.ok().map(|at| at as FileNumber)
    }

    /// The first file below a folder, if there is one. O(log n).
    pub fn first_below(&self, folder: &str) -> Option<&str> {
        let folder = format!("{}/", folder.trim_end_matches('/'));
        let from = self.files.partition_point(|known| **known < *folder);
        self.files.get(from).map(|path| &**path).filter(|path| path.starts_with(&folder))
    }

    /// Whether this is a folder with files, and no file.
    pub fn is_folder(&self, path: &str) -> bool {
        self.file(path).is_none() && self.first_below(path).is_some()
    }

    /// The imports as importing and imported file, sorted.
    pub fn imports(&self) -> &[(FileNumber, FileNumber)] {
        &self.imports
    }

    /// What the history says, if there is one.
    pub fn history(&self) -> Option<&Commits> {
        self.history.as_ref()
    }

    /// Generated files with the reason, by number.
    pub fn generated(&self) -> &[(FileNumber, Why)] {
        &self.generated
    }

    /// The packages of the repository, by folder.
    pub fn packages(&self) -> &[Package] {
        &self.packages
    }

    /// How many entries of the input were of no use: paths that lead out, repeated or unknown files.
    pub fn ignored(&self) -> usize {
        self.ignored
    }

    /// "1,243 files, from `phaseplan scan`"
    pub fn sentence(&self) -> String {
        let files = if self.files.len() == 1 { "file" } else { "files" };
        let ignored = match self.ignored {
            0 => String::new(),
            1 => "; 1 entry could not be used".to_owned(),
            more => format!("; {} entries could not be used", grouped(more)),
        };
        format!("{} {files}, from {}{ignored}", grouped(self.files.len()), self.source)
    }
}

/// The number with a comma between thousands.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Evidence {
        Evidence::of_files(
            "a list",
            ["src/b.rs", "src/a.rs", "src/a/x.rs", "../out", "src/b.rs", "src-b/c", "/root"],
        )
    }

    #[test]
    fn files_are_sorted_and_paths_that_lead_out_are_counted() {
        let evidence = known();
        let files: Vec<&str> = evidence.files().iter().map(|path| &**path).collect();
        assert_eq!(files, ["src-b/c", "src/a.rs", "src/a/x.rs", "src/b.rs"]);
        assert_eq!(evidence.sentence(), "4 files, from a list; 2 entries could not be used");
    }

    #[test]
    fn a_folder_is_known_by_its_files() {
        let evidence = known();
        assert!(evidence.is_folder("src") && evidence.is_folder("src/a") && !evidence.is_folder("src/a.rs"));
        assert!(!evidence.is_folder("sr") && !evidence.is_folder(""));
        assert_eq!(evidence.first_below("src/a/"), Some("src/a/x.rs"));
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
