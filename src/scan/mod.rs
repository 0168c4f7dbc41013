//! What the files of a repository say that belongs into its evidence: imports, generated files, packages; and what
//! its commits say: which files change together.
//!
//! Text in, [`EvidenceFile`] out. Walking through folders and asking git is up to the command line. Everything here is
//! an estimate from the spelling of the files, bounded in time and memory, and nothing fails.

mod attributes;
mod commits;
mod generated;
mod imports;
mod manifests;
mod repository;

pub use commits::Commits;
pub use imports::Said;

use crate::evidence::{
    Evidence, EvidenceFile, FileNumber, Folder, Generated, LeftOut, MAX_FILES, MAX_IMPORTS, is_usable,
};
use crate::package_files::is_lockfile;
use repository::Repository;

/// How many bytes of a file are looked at. Imports stand at the top.
pub const MAX_BYTES: usize = 256 << 10;

/// The most files that one file is said to import.
const MAX_IMPORTED: usize = 200;

/// What a file is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interest {
    /// Nothing: only its name counts.
    Nothing,
    /// What it imports and whether it is generated.
    Source,
    /// What it says about packages or other files; all of it is read.
    Settings,
}

/// What the file at this path is read for.
pub fn interest(path: &str) -> Interest {
    if manifests::is_one(path) || attributes::is_one(path) {
        Interest::Settings
    } else if imports::language(path).is_some() || generated::may_have_header(path) {
        Interest::Source
    } else {
        Interest::Nothing
    }
}

/// What one file says. Takes linear time.
#[derive(Debug, Clone, Default)]
pub struct Contents {
    said: Option<Said>,
    is_generated: bool,
    settings: Option<String>,
}

impl Contents {
    /// Reads a file. Bytes that are no text are replaced; binary files say nothing.
    pub fn read(path: &str, bytes: &[u8]) -> Contents {
        let head = &bytes[..bytes.len().min(MAX_BYTES)];
        if head.iter().take(1_024).any(|byte| *byte == 0) {
            return Contents::default();
        }
        let text = String::from_utf8_lossy(head);
        Contents {
            said: imports::language(path).map(|language| language.read(&text)),
            is_generated: generated::has_header(&text),
            settings: (interest(path) == Interest::Settings).then(|| text.into_owned()),
        }
    }
}

/// The evidence of a repository: its files with what each says, and its commits. The same files and commits give the
/// same evidence in whatever order they come.
pub fn evidence(
    files: Vec<(String, Contents)>,
    history: Option<Commits>,
    mut left_out: LeftOut,
) -> EvidenceFile {
    let mut files = files;
    let given = files.len();
    files.retain(|(path, _)| is_usable(path));
    left_out.names += given - files.len();
    left_out.files += files.len().saturating_sub(MAX_FILES);
    // Folders first, as the evidence file lists them.
    files.sort_unstable_by(|(a, _), (b, _)| split(a).cmp(&split(b)));
    files.dedup_by(|(a, _), (b, _)| a == b);
    files.truncate(MAX_FILES);
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let known = Evidence::of_files("", paths.iter().copied());
    let settings: Vec<(&str, &str)> = files
        .iter()
        .filter_map(|(path, contents)| Some((path.as_str(), contents.settings.as_deref()?)))
        .collect();
    let repository = Repository::new(&known, &settings, &files);
    // Numbers of the file, by number in `known`, which is sorted by whole path.
    let mut numbers: Vec<FileNumber> = vec![0; known.files().len()];
    for (number, path) in paths.iter().enumerate() {
        if let Some(file) = known.file(path) {
            numbers[file as usize] = number as FileNumber;
        }
    }
    let number_of = |path: &str| known.file(path).map(|file| numbers[file as usize]);
    let history = history.map(|commits| commits.history(number_of, &mut left_out));
    let imports = imports(&repository, &files, &numbers, &mut left_out);
    let generated = generated_files(&known, &settings, &files, &numbers);
    EvidenceFile {
        source: "`phaseplan scan`".to_owned(),
        folders: folders(&paths),
        imports,
        history,
        generated,
        packages: repository.packages.clone(),
        left_out,
        ..EvidenceFile::default()
    }
}

/// The folder of a path and the last name.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

fn folders(paths: &[&str]) -> Vec<Folder> {
    let mut folders: Vec<Folder> = Vec::new();
    for (folder, name) in paths.iter().map(|path| split(path)) {
        match folders.last_mut() {
            Some(last) if last.path == folder => last.files.push(name.to_owned()),
            _ => folders.push(Folder { path: folder.to_owned(), files: vec![name.to_owned()] }),
        }
    }
    folders
}

fn imports(
    repository: &Repository<'_>,
    files: &[(String, Contents)],
    numbers: &[FileNumber],
    left_out: &mut LeftOut,
) -> Vec<Vec<FileNumber>> {
    let mut lines = Vec::new();
    let mut count = 0;
    for (number, (path, contents)) in files.iter().enumerate() {
        let Some(said) = &contents.said else { continue };
        let mut imported: Vec<FileNumber> = imports::resolve(repository, path, said)
            .into_iter()
            .filter_map(|file| numbers.get(file as usize).copied())
            .filter(|imported| *imported as usize != number)
            .collect();
        imported.sort_unstable();
        imported.dedup();
        let kept = imported.len().min(MAX_IMPORTED).min(MAX_IMPORTS - count);
        left_out.imports += imported.len() - kept;
        imported.truncate(kept);
        count += kept;
        if !imported.is_empty() {
            lines.push(std::iter::once(number as FileNumber).chain(imported).collect());
        }
    }
    lines
}

fn generated_files(
    known: &Evidence,
    settings: &[(&str, &str)],
    files: &[(String, Contents)],
    numbers: &[FileNumber],
) -> Generated {
    let by_attributes = attributes::generated(known, settings);
    let mut generated = Generated::default();
    for (number, (path, contents)) in files.iter().enumerate() {
        let name = split(path).1;
        let number = number as FileNumber;
        if is_lockfile(name) {
            generated.lockfile.push(number);
        } else if contents.is_generated {
            generated.header.push(number);
        } else if generated::has_name(path) {
            generated.name.push(number);
        }
    }
    generated.attributes = by_attributes.into_iter().map(|file| numbers[file as usize]).collect();
    generated.attributes.sort_unstable();
    generated
}
