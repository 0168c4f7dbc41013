//! The files of items: declared ones, else those that their words name.

use super::Outline;
use crate::import::prose::files::{self, Files};
use crate::import::prose::kind;
use crate::import::prose::repository::Repository;
use crate::plan::Kind;
use crate::prose::sentence::Sentence;

/// What the words of an item tell.
#[derive(Debug, Default)]
pub struct Told {
    /// Files of an item that declares none.
    pub files: Files,
    /// The kind, if the item has none.
    pub kind: Kind,
}

/// Reads the words of all items, and guesses the files of those that declare none.
pub fn told(outline: &Outline) -> Vec<Told> {
    let texts: Vec<String> = (outline.items.iter())
        .map(|item| {
            [item.title.as_str(), &item.text].join("\n").split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect();
    let sentences: Vec<Sentence> = texts.iter().map(|text| Sentence::read(text)).collect();
    let repository = Repository::of(&sentences);
    let told = outline.items.iter().zip(&sentences).zip(&texts).map(|((item, sentence), text)| {
        let only_checks = kind::only_checks(sentence);
        let declares = item.declares_files();
        let files =
            if declares { Files::default() } else { files::infer(sentence, &repository, only_checks) };
        let owns = if declares { &item.owns } else { &files.owns };
        let kind = item.kind.unwrap_or_else(|| kind::of(text, owns, only_checks && item.owns.is_empty()));
        Told { files, kind }
    });
    told.collect()
}
