//! Where files stand in the repository, as far as all tasks together tell.

use std::collections::{BTreeMap, BTreeSet};

use super::paths::{Shape, is_single, root};
use super::words::{Sentence, Token};

/// What all tasks together say about the folders of the repository.
#[derive(Debug, Default)]
pub struct Repository {
    /// First folder of a path, and how many tasks name it.
    roots: BTreeMap<String, usize>,
    /// Files with their folders.
    files: BTreeSet<String>,
}

impl Repository {
    /// Gathers what the texts of all tasks say.
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
            repository.files.extend(files.map(|mention| mention.path.clone()));
            for Located { name, folder, .. } in located(sentence) {
                repository.files.insert(format!("{}{}", mentions[folder].path, mentions[name].path));
            }
        }
        repository
    }

    /// The only file that ends with this path, if there is one.
    pub fn only_file_ending_with(&self, path: &str) -> Option<&str> {
        let ends = |file: &&String| file.strip_suffix(path).is_some_and(|folder| folder.ends_with('/'));
        let mut found = self.files.iter().filter(ends);
        found.next().filter(|_| found.next().is_none()).map(String::as_str)
    }

    /// Whether the first folder of this path is elsewhere only seen inside other folders, so that its beginning was
    /// left out: `core/widgets/` beside `lib/core/widgets/banner.dart`.
    pub fn is_shortened(&self, path: &str) -> bool {
        let inside = format!("/{}/", root(path));
        !is_single(path)
            && self.roots.get(root(path)).is_none_or(|tasks| *tasks == 1)
            && self.files.iter().any(|file| file.contains(&inside))
    }

    /// How many tasks name a path with folders that begins like this one.
    pub fn tasks_below_root_of(&self, path: &str) -> usize {
        self.roots.get(root(path)).copied().unwrap_or(0)
    }
}

/// A name, and the folder that another mention gives for it.
#[derive(Debug, Clone, Copy)]
pub struct Located {
    /// Number of the mention without folder.
    pub name: usize,
    /// Number of the mention of the folder.
    pub folder: usize,
    /// Whether the folder comes first, so that the name only says what is in there.
    pub is_detail: bool,
}

/// Names that are followed by the folder they are in ("`a.ts` (…) and `b.ts` in `src/`"), and names that are listed right
/// after a folder ("`src/` — `a.ts` (…), `b.ts`").
pub fn located(sentence: &Sentence) -> Vec<Located> {
    let Sentence { tokens, mentions } = sentence;
    let mut found = Vec::new();
    for (folder, mention) in mentions.iter().enumerate().filter(|(_, mention)| mention.shape == Shape::Folder)
    {
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

/// Whether at most three words stand between a name and a later token in the same clause, not counting code, other names
/// and what stands in brackets.
fn are_near(sentence: &Sentence, name: usize, to: usize) -> bool {
    let start = sentence.mentions[name].at + 1;
    let mut words = 0;
    let mut depth = 0;
    for (at, token) in sentence.tokens.iter().enumerate().take(to).skip(start) {
        match token {
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

/// Whether nothing but names, punctuation and remarks in brackets stands between the token of a folder and a name.
fn lists_up_to(sentence: &Sentence, folder: usize, name: usize) -> bool {
    let is_name = |at: usize| {
        sentence.mention_at(at).is_some_and(|mention| is_single(&sentence.mentions[mention].path))
    };
    // The bracket right after the folder holds the list itself, any other one a remark.
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
