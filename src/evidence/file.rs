//! The evidence file: what `phaseplan scan` writes. `docs/evidence.schema.json` describes it to programs.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Commits, Evidence, FileNumber, MAX_FILES, MAX_IMPORTS, MAX_PAIRS, Together, Why};
use crate::relative_path::is_inside;

/// The usual name of an evidence file.
pub const NAME: &str = "phaseplan.evidence.json";

/// `phaseplan-evidence/` and the version number.
const FORMAT: &str = "phaseplan-evidence/1";

/// What every version of the format begins with.
const FAMILY: &str = "phaseplan-evidence/";

/// Names and counts of a repository. Files are named once and then by number: their position in `folders`, counted
/// from 0 through all folders.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "phaseplan evidence"))]
#[serde(default)]
pub struct EvidenceFile {
    /// `phaseplan-evidence/` and the version number.
    #[serde(skip_serializing)]
    pub format: String,
    /// What wrote the file, such as `phaseplan scan`.
    pub source: String,
    /// The folders that hold files, by path.
    pub folders: Vec<Folder>,
    /// For each file that imports others its number, and the numbers of those.
    pub imports: Vec<Vec<FileNumber>>,
    /// What changed together, if there is a history.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<History>,
    /// Files that a program writes.
    pub generated: Generated,
    /// The packages of the repository, by folder.
    pub packages: Vec<Package>,
    /// What was left out, and is therefore not known.
    pub left_out: LeftOut,
}

/// A folder and the files directly in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Folder {
    /// Its path below the root, with `/` between names; empty for the root.
    pub path: String,
    /// The names of its files.
    pub files: Vec<String>,
}

/// The commits that were looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct History {
    /// How many there were.
    pub commits: u32,
    /// The day of the first one, as year, month and day.
    pub since: String,
    /// Pairs of files that changed together.
    pub pairs: Vec<Pair>,
}

/// Two numbers of files, the number of commits that changed both, and of those that changed the first and the second.
pub type Pair = [u32; 5];

/// Numbers of generated files, by how that is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Generated {
    /// The first lines of the file say so.
    pub header: Vec<FileNumber>,
    /// `.gitattributes` says so.
    pub attributes: Vec<FileNumber>,
    /// The name of the file says so.
    pub name: Vec<FileNumber>,
    /// Lockfiles.
    pub lockfile: Vec<FileNumber>,
}

/// A package of a repository of several.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Package {
    /// Its folder below the root; empty for the root.
    pub folder: String,
    /// Its name.
    pub name: String,
    /// The name of the file that says so, such as `package.json`.
    pub manifest: String,
}

/// How much was left out, by reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct LeftOut {
    /// Files above the limit.
    pub files: usize,
    /// Files whose names are no text, or hold control characters.
    pub names: usize,
    /// Files and folders that could not be read.
    pub unreadable: usize,
    /// Imports above the limit.
    pub imports: usize,
    /// Pairs of files above the limit.
    pub pairs: usize,
}

/// Why a text is no evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// What is wrong and what to do, in sentences.
    pub message: String,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ReadError {}

impl EvidenceFile {
    /// Whether the text begins like an evidence file of any version. Looks at its beginning only.
    pub fn is_one(text: &str) -> bool {
        let start = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
        let Some(rest) = start.strip_prefix('{') else { return false };
        let rest = rest.trim_start().strip_prefix("\"format\"").map(str::trim_start);
        let value = rest.and_then(|rest| rest.strip_prefix(':')).map(str::trim_start);
        value.and_then(|value| value.strip_prefix('"')).is_some_and(|value| value.starts_with(FAMILY))
    }

    /// Reads the file. Numbers and paths are not judged yet.
    ///
    /// # Errors
    ///
    /// If the text is not an evidence file, or of a newer version.
    pub fn read(text: &str) -> Result<EvidenceFile, ReadError> {
        let text = text.trim_start_matches('\u{feff}');
        let file: EvidenceFile = serde_json::from_str(text).map_err(|error| {
            let message = match EvidenceFile::is_one(text) {
                true => format!(
                    "This evidence can't be read: line {}, column {}: {}. Write it anew with `phaseplan scan`.",
                    error.line(),
                    error.column(),
                    error.to_string().split(" at line ").next().unwrap_or_default()
                ),
                false => "This is not an evidence file. `phaseplan scan` writes one.".to_owned(),
            };
            ReadError { message }
        })?;
        match &*file.format {
            FORMAT => Ok(file),
            newer if newer.starts_with(FAMILY) => Err(ReadError {
                message: "This evidence is of a newer version. Write it anew with `phaseplan scan` of this version."
                    .to_owned(),
            }),
            _ => Err(ReadError {
                message: "This is not an evidence file. `phaseplan scan` writes one.".to_owned(),
            }),
        }
    }

    /// The text of the file: one line for each folder, importing file and pair, so that changes are few lines.
    pub fn to_json(&self) -> String {
        let mut text = format!("{{\n\"format\": \"{FORMAT}\",\n\"source\": {},\n", json(&self.source));
        text += &format!("\"folders\": {},\n", lines(&self.folders));
        text += &format!("\"imports\": {},\n", lines(&self.imports));
        if let Some(History { commits, since, pairs }) = &self.history {
            let since = json(since);
            text += &format!(
                "\"history\": {{\"commits\": {commits}, \"since\": {since}, \"pairs\": {}}},\n",
                lines(pairs)
            );
        }
        text += &format!("\"generated\": {},\n", json(&self.generated));
        text += &format!("\"packages\": {},\n", lines(&self.packages));
        text += &format!("\"left_out\": {}\n}}\n", json(&self.left_out));
        text
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A list with one entry on each line.
fn lines(entries: &[impl Serialize]) -> String {
    match entries {
        [] => "[]".to_owned(),
        _ => format!("[\n{}\n]", entries.iter().map(json).collect::<Vec<_>>().join(",\n")),
    }
}

/// Whether the path can be a file of the repository.
pub fn is_usable(path: &str) -> bool {
    /// Longer paths are on no disk.
    const MAX_BYTES: usize = 4_096;
    path.len() <= MAX_BYTES && is_inside(path)
}

/// For each number in the file the number of the same file by path, if it can be used.
struct Numbers(Vec<Option<FileNumber>>);

impl Numbers {
    fn of(&self, number: FileNumber) -> Option<FileNumber> {
        self.0.get(number as usize).copied().flatten()
    }
}

impl From<EvidenceFile> for Evidence {
    fn from(file: EvidenceFile) -> Evidence {
        let mut ignored = 0;
        let (files, numbers) = sorted_files(&file.folders, &mut ignored);
        let mut evidence = Evidence { source: source(&file.source), files, ..Evidence::default() };
        let wanted: usize = file.imports.iter().map(|line| line.len().saturating_sub(1)).sum();
        evidence.imports = imports(&file.imports, &numbers);
        ignored += wanted.saturating_sub(evidence.imports.len());
        evidence.history = file.history.map(|history| commits(&history, &numbers, &mut ignored));
        evidence.generated = generated(&file.generated, &numbers, &mut ignored);
        evidence.packages = file.packages;
        evidence.packages.truncate(MAX_FILES);
        evidence.packages.sort_unstable();
        evidence.ignored = ignored;
        evidence
    }
}

/// The source in one short line, whatever the file says.
fn source(written: &str) -> String {
    const MAX_CHARACTERS: usize = 80;
    let plain = |letter: &char| !letter.is_control() && !crate::hidden::is_unseen(*letter);
    let source: String = written.chars().filter(plain).take(MAX_CHARACTERS).collect();
    if source.trim().is_empty() { "an evidence file".to_owned() } else { source }
}

fn sorted_files(folders: &[Folder], ignored: &mut usize) -> (Vec<Box<str>>, Numbers) {
    let mut paths: Vec<(Box<str>, usize)> = Vec::new();
    let mut given = 0;
    for folder in folders {
        for name in &folder.files {
            let path = match folder.path.is_empty() {
                true => name.clone(),
                false => format!("{}/{name}", folder.path),
            };
            if is_usable(&path) && paths.len() < MAX_FILES {
                paths.push((path.into(), given));
            }
            given += 1;
        }
    }
    paths.sort_unstable();
    let mut numbers = vec![None; given];
    let mut files: Vec<Box<str>> = Vec::new();
    for (path, written) in paths {
        if files.last() != Some(&path) {
            files.push(path);
        }
        numbers[written] = Some((files.len() - 1) as FileNumber);
    }
    *ignored += given - files.len();
    (files, Numbers(numbers))
}

fn imports(lines: &[Vec<FileNumber>], numbers: &Numbers) -> Vec<(FileNumber, FileNumber)> {
    let mut imports: Vec<(FileNumber, FileNumber)> = Vec::new();
    for line in lines {
        let Some((from, to)) = line.split_first() else { continue };
        let Some(from) = numbers.of(*from) else { continue };
        let known = to.iter().filter_map(|to| numbers.of(*to)).filter(|to| *to != from).map(|to| (from, to));
        imports.extend(known.take(MAX_IMPORTS - imports.len().min(MAX_IMPORTS)));
    }
    imports.sort_unstable();
    imports.dedup();
    imports
}

fn commits(history: &History, numbers: &Numbers, ignored: &mut usize) -> Commits {
    let mut pairs: Vec<Together> = Vec::new();
    for &[a, b, both, of_a, of_b] in &history.pairs {
        // More commits of both than of one is no count of anything.
        let is_count = both > 0 && both <= of_a.min(of_b) && of_a.max(of_b) <= history.commits;
        match (numbers.of(a), numbers.of(b)) {
            (Some(a), Some(b)) if a != b && is_count && pairs.len() < MAX_PAIRS => pairs.push(match a < b {
                true => Together { a, b, both, of_a, of_b },
                false => Together { a: b, b: a, both, of_a: of_b, of_b: of_a },
            }),
            _ => *ignored += 1,
        }
    }
    pairs.sort_unstable();
    pairs.dedup_by_key(|pair| (pair.a, pair.b));
    let is_day = |letter: &char| letter.is_ascii_digit() || *letter == '-';
    Commits {
        commits: history.commits,
        since: history.since.chars().filter(is_day).take(10).collect(),
        pairs,
    }
}

fn generated(file: &Generated, numbers: &Numbers, ignored: &mut usize) -> Vec<(FileNumber, Why)> {
    let Generated { header, attributes, name, lockfile } = file;
    let lists =
        [(Why::Header, header), (Why::Attributes, attributes), (Why::Name, name), (Why::Lockfile, lockfile)];
    let mut generated = Vec::new();
    for (why, list) in lists {
        let known = list.iter().filter_map(|number| numbers.of(*number)).map(|number| (number, why));
        let before = generated.len();
        generated.extend(known);
        *ignored += list.len() - (generated.len() - before);
    }
    generated.sort_unstable();
    generated.dedup_by_key(|(number, _)| *number);
    generated
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"{"format": "phaseplan-evidence/1", "source": "`phaseplan scan`",
        "folders": [{"path": "src", "files": ["b.ts", "a.ts", "../x"]}, {"path": "", "files": ["package.json"]}],
        "imports": [[0, 1, 2, 77], [9, 1]],
        "history": {"commits": 20, "since": "2024-03-01", "pairs": [[0, 1, 9, 10, 12], [0, 3, 9, 3, 4]]},
        "generated": {"header": [1], "name": [50]}}"#;

    #[test]
    fn numbers_follow_the_files_and_others_are_counted() {
        let evidence = Evidence::read(SMALL).expect("it is evidence");
        let files: Vec<&str> = evidence.files().iter().map(|path| &**path).collect();
        assert_eq!(files, ["package.json", "src/a.ts", "src/b.ts"]);
        assert_eq!(evidence.imports(), [(2, 1)]);
        let history = evidence.history().expect("there is one");
        assert_eq!(history.pairs, [Together { a: 1, b: 2, both: 9, of_a: 12, of_b: 10 }]);
        assert_eq!(evidence.generated(), [(1, Why::Header)]);
        // A path that leads out, three imports, a pair with impossible counts, and a generated file.
        assert_eq!(evidence.ignored(), 6);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let file = EvidenceFile::read(SMALL).expect("it is evidence");
        let written = file.to_json();
        assert!(EvidenceFile::is_one(&written));
        assert_eq!(EvidenceFile::read(&written), Ok(file));
    }

    #[test]
    fn what_is_no_evidence_is_refused_with_a_sentence() {
        for (text, said) in [
            ("", "This is not an evidence file. `phaseplan scan` writes one."),
            ("{\"format\": \"phaseplan/1\"}", "This is not an evidence file. `phaseplan scan` writes one."),
            (
                "{\"format\": \"phaseplan-evidence/9\"}",
                "This evidence is of a newer version. Write it anew with `phaseplan scan` of this version.",
            ),
            (
                "{\"format\": \"phaseplan-evidence/1\",\n\"folders\": 7}",
                "This evidence can't be read: line 2, column 12: invalid type: integer `7`, expected a sequence. \
                 Write it anew with `phaseplan scan`.",
            ),
        ] {
            assert_eq!(EvidenceFile::read(text).expect_err(text).message, said);
        }
    }

    #[test]
    fn deep_nesting_is_refused_and_does_not_overflow() {
        let text = format!("{{\"format\": \"phaseplan-evidence/1\", \"x\": {}", "[".repeat(100_000));
        assert!(EvidenceFile::read(&text).is_err());
    }
}
