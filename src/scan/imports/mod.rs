//! What a file imports, by language: a reader that finds the words, and a search for the files that they mean.
//!
//! Read line by line, without a grammar. An import in a comment or a text may be found too, and one that is put together
//! at run time is not. Only files of the repository count; where a name can mean several, it means none.

mod c;
mod csharp;
mod go;
mod java;
mod php;
mod python;
mod ruby;
mod rust;
mod script;

use super::repository::Repository;
use crate::evidence::FileNumber;

/// What a file says of others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// What it imports, as its language spells it.
    pub(super) imports: Vec<String>,
    /// The namespaces that it declares, if files of its language find each other by these.
    pub(super) declares: Vec<String>,
    /// Names in it that may be types of other files, sorted, each once.
    pub(super) names: Vec<String>,
}

/// A language.
pub(super) struct Language {
    /// Endings of its files.
    endings: &'static [&'static str],
    /// Finds what a text says.
    read: fn(&str) -> Said,
    /// The files that are meant by what a file says.
    resolve: fn(&Repository<'_>, &str, &Said) -> Vec<FileNumber>,
}

/// Every language that is read.
static LANGUAGES: &[Language] = &[
    script::LANGUAGE,
    python::LANGUAGE,
    go::LANGUAGE,
    rust::LANGUAGE,
    java::LANGUAGE,
    csharp::LANGUAGE,
    c::LANGUAGE,
    ruby::LANGUAGE,
    php::LANGUAGE,
];

/// The most imports of one file.
const MOST_IMPORTS: usize = 500;

/// The most names of types of one file.
const MOST_NAMES: usize = 400;

/// The language of a file by its ending.
pub(super) fn language(path: &str) -> Option<&'static Language> {
    let name = path.rsplit('/').next()?;
    let (stem, ending) = name.rsplit_once('.')?;
    LANGUAGES.iter().find(|language| !stem.is_empty() && language.endings.contains(&ending))
}

impl Language {
    /// Finds what a text says. Linear.
    pub(super) fn read(&self, text: &str) -> Said {
        let mut said = (self.read)(text);
        said.imports.sort_unstable();
        said.imports.dedup();
        said.imports.truncate(MOST_IMPORTS);
        said.names.sort_unstable();
        said.names.dedup();
        said.names.truncate(MOST_NAMES);
        said
    }
}

/// The files that a file imports, unsorted and perhaps several times.
pub(super) fn resolve(repository: &Repository<'_>, path: &str, said: &Said) -> Vec<FileNumber> {
    language(path).map_or_else(Vec::new, |language| (language.resolve)(repository, path, said))
}

/// Looks up each import by itself.
fn each(said: &Said, find: impl FnMut(&str) -> Option<FileNumber>) -> Vec<FileNumber> {
    said.imports.iter().map(String::as_str).filter_map(find).collect()
}

/// The lines without those that are comments in languages like C.
fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    let is_comment = |line: &&str| ["//", "/*", "*"].iter().any(|mark| line.starts_with(mark));
    text.lines().map(str::trim).filter(move |line| !is_comment(line))
}

/// The texts between quotes in a line, each with what stands before it.
fn quoted(line: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = &line[from..];
        let open = rest.find(['"', '\'', '`'])?;
        let quote = rest[open..].chars().next()?;
        let inner = &rest[open + 1..];
        let close = inner.find(quote)?;
        let before = &line[..from + open];
        from += open + 1 + close + 1;
        Some((before, &inner[..close]))
    })
}

/// The words with a capital at the start: names of types, as most languages spell them.
fn names_of_types(text: &str) -> Vec<String> {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let words = text.split(|letter: char| !is_letter(letter));
    let mut names: Vec<&str> =
        words.filter(|word| word.starts_with(|letter: char| letter.is_ascii_uppercase())).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod testing {
    use super::super::{Contents, evidence};
    use crate::evidence::{Evidence, LeftOut};

    /// What the first of these files imports, in order of paths; each file is its path and its text.
    #[track_caller]
    pub(in super::super) fn check(files: &[(&str, &str)], expected: &[&str]) {
        let read = |(path, text): &(&str, &str)| ((*path).to_owned(), Contents::read(path, text.as_bytes()));
        let file = evidence(files.iter().map(read).collect(), None, LeftOut::default());
        let known = Evidence::from(file);
        let first = known.file(files[0].0).expect("it is a file");
        let imported = known.imports().iter().filter(|(from, _)| *from == first);
        let imported: Vec<&str> = imported.map(|(_, to)| known.path(*to)).collect();
        assert_eq!(imported, expected, "{}", files[0].0);
    }
}
