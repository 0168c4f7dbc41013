//! Which files a task changes and which it only uses, guessed from its text. The format has no field for them.
//!
//! When in doubt a file counts as changed, because a missed conflict is worse than a false one. What can't be placed is
//! listed, and a task without any changed file stays one whose files are not known.

use super::paths::{Shape, is_single};
use super::repository::{Located, Repository, located};
use super::roles::{Role, Said, said};
use super::words::{Sentence, Token};

/// The files of one task.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Patterns of what it changes.
    pub owns: Vec<String>,
    /// Patterns of what it only uses.
    pub reads: Vec<String>,
    /// Names of files whose folder is not known.
    pub unplaced: Vec<String>,
}

/// Guesses the files of a task. `only_checks` says that the task changes nothing.
pub fn infer(sentence: &Sentence, repository: &Repository, only_checks: bool) -> Files {
    let reader = Reader { sentence, said: said(sentence), located: located(sentence), repository };
    let mut files = reader.place_all();
    if only_checks {
        let owns = std::mem::take(&mut files.owns);
        files.reads.splice(0..0, owns);
    }
    tidy(&mut files);
    files
}

struct Reader<'a> {
    sentence: &'a Sentence<'a>,
    said: Vec<Said>,
    located: Vec<Located>,
    repository: &'a Repository,
}

impl Reader<'_> {
    fn place_all(&self) -> Files {
        let mut files = Files::default();
        for index in 0..self.sentence.mentions.len() {
            let (list, paths) = match self.sentence.mentions[index].shape {
                Shape::Name => {
                    self.place_name(index, &mut files);
                    continue;
                }
                Shape::File => (self.said[index].role, self.full_path(index)),
                Shape::Folder | Shape::PerhapsFolder => (self.said[index].role, self.folder(index)),
            };
            match list {
                Role::Used => files.reads.extend(paths),
                Role::Changed | Role::Unsaid => files.owns.extend(paths),
                Role::Described => {}
            }
        }
        files
    }

    /// The path of a folder; `None` if it only says where names are, describes another folder, or is none.
    fn folder(&self, index: usize) -> Option<String> {
        let mention = &self.sentence.mentions[index];
        let role = self.said[index].role;
        if self.located.iter().any(|located| located.folder == index && !located.is_detail) {
            return None;
        }
        if let Some(located) = self.located.iter().find(|located| located.name == index) {
            let whole = || format!("{}{}", self.sentence.mentions[located.folder].path, mention.path);
            return (!located.is_detail).then(whole);
        }
        let is_written_as_folder = mention.path.ends_with('/');
        let is_believed = match mention.shape {
            Shape::Folder => {
                !is_single(&mention.path) || role != Role::Unsaid || self.is_known_elsewhere(&mention.path)
            }
            _ => {
                self.repository.tasks_below_root_of(&mention.path) > 0
                    && (is_written_as_folder || role != Role::Unsaid)
            }
        };
        let path = is_believed.then(|| self.full_path(index)).flatten()?;
        Some(if is_written_as_folder { path } else { path + "/" })
    }

    fn is_known_elsewhere(&self, path: &str) -> bool {
        self.sentence.mentions.len() == 1 || self.repository.tasks_below_root_of(path) > 1
    }

    /// The path from the root of the repository; `None` if its beginning was left out and can't be found.
    fn full_path(&self, index: usize) -> Option<String> {
        let path = &self.sentence.mentions[index].path;
        if self.repository.is_shortened(path) {
            return self.repository.only_file_ending_with(path).map(str::to_owned);
        }
        Some(path.clone())
    }

    fn place_name(&self, index: usize, files: &mut Files) {
        let name = &self.sentence.mentions[index].path;
        let role = self.said[index].role;
        if let Some(located) = self.located.iter().find(|located| located.name == index) {
            if !located.is_detail {
                files.owns.push(format!("{}{name}", self.sentence.mentions[located.folder].path));
            }
            return;
        }
        let is_aside = role == Role::Described || (role == Role::Unsaid && !files.owns.is_empty());
        if self.is_at_root(index) {
            let list = if role == Role::Used { &mut files.reads } else { &mut files.owns };
            list.push(name.clone());
        } else if let Some(file) = self.repository.only_file_ending_with(name) {
            let list = if role == Role::Changed { &mut files.owns } else { &mut files.reads };
            list.push(file.to_owned());
        } else if !is_aside {
            let list = match role {
                _ if !belongs_at_root(name) => &mut files.unplaced,
                Role::Used => &mut files.reads,
                _ => &mut files.owns,
            };
            list.push(name.clone());
        }
    }

    /// "root `package.json`", "`.agent.md` at repository root", "`src/`, `next.config.js`".
    fn is_at_root(&self, index: usize) -> bool {
        let at = self.sentence.mentions[index].at;
        let mut near = self.sentence.tokens[at.saturating_sub(2)..].iter().take(7);
        let says_root =
            near.any(|token| matches!(token, Token::Word(word) if word.eq_ignore_ascii_case("root")));
        let mut first = index;
        while let Some(earlier) = self.said[first].listed_after {
            first = earlier;
        }
        says_root
            || (first != index
                && self.sentence.mentions[first].shape == Shape::Folder
                && is_single(&self.sentence.mentions[first].path))
    }
}

/// Whether a file with this name usually stands in the root folder: settings, locks, documents.
fn belongs_at_root(name: &str) -> bool {
    let is_upper = name.starts_with(|c: char| c.is_ascii_uppercase());
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let is_settings = matches!(
        extension,
        "json"
            | "jsonc"
            | "json5"
            | "yaml"
            | "yml"
            | "toml"
            | "lock"
            | "mod"
            | "sum"
            | "cfg"
            | "ini"
            | "txt"
            | "md"
            | "gradle"
            | "properties"
            | "conf"
            | "xml"
            | ""
    );
    let is_shouted = stem.chars().all(|c| c.is_ascii_uppercase() || matches!(c, '_' | '-'));
    let is_known = extension.is_empty()
        || matches!(name, "Cargo.toml" | "Cargo.lock" | "Package.swift" | "Podfile.lock");
    name.starts_with('.')
        || stem.contains(".config")
        || (is_settings && (!is_upper || is_shouted || is_known))
        || name == "Package.swift"
}

/// Drops repetitions and what an owned folder covers.
fn tidy(files: &mut Files) {
    fn without_covered(paths: &[String], folders: &[String]) -> Vec<String> {
        let mut kept: Vec<String> = Vec::new();
        for path in paths {
            let covers = |folder: &String| {
                folder.ends_with('/') && folder != path && path.starts_with(folder.as_str())
            };
            if !kept.contains(path) && !folders.iter().any(covers) {
                kept.push(path.clone());
            }
        }
        kept
    }
    files.owns = without_covered(&files.owns, &files.owns);
    files.reads.retain(|path| !files.owns.contains(path));
    let folders: Vec<String> = files.owns.iter().chain(&files.reads).cloned().collect();
    files.reads = without_covered(&files.reads, &folders);
    files.unplaced.dedup();
}
