//! What the texts of all tasks reveal about the folders of the repository.

use std::collections::{BTreeMap, BTreeSet};

use crate::prose::paths::{Shape, is_single, root};
use crate::prose::sentence::{Mention, Sentence};
use crate::prose::words::Token;

/// The folders and files that the tasks mention.
#[derive(Debug, Default)]
pub struct Repository {
    /// The number of tasks that name each root folder.
    roots: BTreeMap<String, usize>,
    /// Files with their folders, spelled backwards, so that those with one ending stand together.
    endings: BTreeSet<String>,
    /// The folders inside other folders that have files.
    inner: BTreeSet<String>,
    /// The files with each name, without its ending.
    stems: BTreeMap<String, BTreeSet<String>>,
}

impl Repository {
    /// Collects the mentions of all tasks.
    pub fn of(sentences: &[Sentence]) -> Repository {
        let mut repository = Repository::default();
        for sentence in sentences {
            let mentions = &sentence.mentions;
            let with_folder =
                mentions.iter().filter(|mention| matches!(mention.shape, Shape::File | Shape::Folder));
            let roots: BTreeSet<&str> = with_folder.map(|mention| root(&mention.path)).collect();
            for root in roots {
                *repository.roots.entry(root.to_owned()).or_default() += 1;
            }
            let files = mentions.iter().filter(|mention| mention.shape == Shape::File);
            files.for_each(|mention| repository.add_file(&mention.path));
            for Located { name, folder, .. } in located(sentence) {
                repository.add_file(&format!("{}{}", mentions[folder].path, mentions[name].path));
            }
        }
        repository
    }

    fn add_file(&mut self, path: &str) {
        if !self.endings.insert(backwards(path)) {
            return;
        }
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        for folder in folders.split('/').skip(1) {
            if !self.inner.contains(folder) {
                self.inner.insert(folder.to_owned());
            }
        }
        let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
        self.stems.entry(stem.to_owned()).or_default().insert(path.to_owned());
    }

    /// The file that ends with this path, if there is exactly one.
    pub fn only_file_ending_with(&self, path: &str) -> Option<String> {
        let ending = backwards(path) + "/";
        let mut found = self.endings.range(ending.clone()..).take_while(|file| file.starts_with(&ending));
        found.next().filter(|_| found.next().is_none()).map(|file| backwards(file))
    }

    /// The file of a component or class that words name: `src/TaskInput.jsx` for `TaskInput`. `None` for plain words
    /// and if there are several.
    pub fn file_called(&self, word: &str) -> Option<&str> {
        let is_name =
            word.chars().skip(1).any(|letter| letter.is_ascii_uppercase() || matches!(letter, '_' | '-'));
        let files = self.stems.get(word).filter(|files| is_name && files.len() == 1)?;
        files.first().map(String::as_str)
    }

    /// Whether the beginning of this path is missing, because its first folder occurs elsewhere only inside
    /// other folders: `core/widgets/` when there is `lib/core/widgets/banner.dart`.
    pub fn is_shortened(&self, path: &str) -> bool {
        !is_single(path)
            && self.roots.get(root(path)).is_none_or(|tasks| *tasks == 1)
            && self.inner.contains(root(path))
    }

    /// The number of tasks that name a path with the same first folder.
    pub fn tasks_below_root_of(&self, path: &str) -> usize {
        self.roots.get(root(path)).copied().unwrap_or(0)
    }
}

/// The path with its letters in the opposite order.
fn backwards(path: &str) -> String {
    path.chars().rev().collect()
}

/// A file name and its folder, mentioned separately.
#[derive(Debug, Clone, Copy)]
pub struct Located {
    /// Index of the mention of the name.
    pub name: usize,
    /// Index of the mention of the folder.
    pub folder: usize,
    /// Whether the folder comes first, so the name is a detail of its content.
    pub is_detail: bool,
}

/// Names followed by their folder ("`a.ts` (…) and `b.ts` in `src/`"), and names listed right after a folder
/// ("`src/` — `a.ts` (…), `b.ts`").
pub fn located(sentence: &Sentence) -> Vec<Located> {
    let Sentence { tokens, mentions } = sentence;
    let mut found = Vec::new();
    let is_folder = |mention: &Mention| match mention.shape {
        Shape::Folder => true,
        Shape::PerhapsFolder => mention.path.ends_with('/'),
        _ => false,
    };
    for (folder, mention) in mentions.iter().enumerate().filter(|(_, mention)| is_folder(mention)) {
        let preposition = mention.at.checked_sub(1).map(|before| tokens[before]);
        if matches!(preposition, Some(Token::Word("in" | "inside" | "under" | "within"))) {
            let is_near =
                |name: &usize| is_single(&mentions[*name].path) && are_near(sentence, *name, mention.at);
            let names = (0..folder).rev().take_while(is_near);
            found.extend(names.map(|name| Located { name, folder, is_detail: false }));
        }
        if matches!(tokens.get(mention.at + 1), Some(Token::Open | Token::Break)) {
            let is_listed =
                |name: &usize| is_single(&mentions[*name].path) && lists_up_to(sentence, mention.at, *name);
            let details = (folder + 1..mentions.len()).take_while(is_listed);
            found.extend(details.map(|name| Located { name, folder, is_detail: true }));
        }
    }
    found
}

/// Whether there are at most three words between a name and a later token in the same clause, not counting
/// code, other names and text in brackets.
fn are_near(sentence: &Sentence, name: usize, to: usize) -> bool {
    let start = sentence.mentions[name].at + 1;
    let mut words = 0;
    let mut depth = 0;
    for (at, token) in sentence.tokens.iter().enumerate().take(to).skip(start) {
        match token {
            // "`a.ts` (in `src/`)" tells the folder as well as "`a.ts` in `src/`".
            Token::Open if at == start && to <= at + 2 => {}
            Token::Open => depth += 1,
            Token::Close => depth -= 1,
            Token::Break if depth == 0 => return false,
            Token::Word(_) if depth == 0 && sentence.mention_at(at).is_none() => words += 1,
            _ => {}
        }
        if words > 3 {
            return false;
        }
    }
    depth == 0
}

/// Whether there are only names, punctuation and remarks in brackets between a folder and a name.
fn lists_up_to(sentence: &Sentence, folder: usize, name: usize) -> bool {
    let is_name = |at: usize| {
        sentence.mention_at(at).is_some_and(|mention| is_single(&sentence.mentions[mention].path))
    };
    // The bracket right after the folder contains the list itself; any other bracket is a remark.
    let mut remark = None;
    let to = sentence.mentions[name].at;
    for (at, token) in sentence.tokens.iter().enumerate().take(to).skip(folder + 1) {
        match token {
            Token::Open if at > folder + 1 => remark = Some(at),
            Token::Close => remark = None,
            Token::Word(_) | Token::Code(_) if remark.is_none() && !is_name(at) => return false,
            _ => {}
        }
    }
    remark.is_none()
}
