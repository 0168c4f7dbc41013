//! A document that was read and can be opened.

use super::Shared;
use crate::document::{Document, History};
use crate::explain::counted;
use crate::view::import::Origin;

/// A document that can be opened.
#[derive(Debug, Default)]
pub(super) struct Ready {
    pub document: Document,
    pub history: History,
    /// The facts about the link it came in, if it did.
    pub shared: Option<Shared>,
    /// What is known of the import, if it is one.
    pub origin: Option<Origin>,
    /// What a paste of it does, in a sentence; empty if that is obvious.
    pub said: String,
}

/// What was done with an import, and where its notes are. `format` begins with a space or is empty.
pub(super) fn said(did: &str, format: &str, tasks: usize, origin: &Origin) -> String {
    let notes = match origin.notes.len() {
        0 => String::new(),
        notes => format!(" {} in “What was imported”.", counted(notes, "note")),
    };
    format!("{}{format}: {}.{notes}", did.trim_end(), counted(tasks, "task"))
}
