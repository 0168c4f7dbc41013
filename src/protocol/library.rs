//! The documents on this device.

use super::StoredPlan;
use super::wire::{Wire, enums, structs};
pub use crate::library::{Journal, OldDocument, SavedFile};

/// A request about the documents on this device. The answer is [`Answer::Done`](super::Answer::Done) unless
/// stated otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LibraryRequest {
    /// Draws a list: [`Answer::Drawn`](super::Answer::Drawn).
    Draw {
        /// The list.
        list: DocumentList,
        /// The most tasks of an import to draw.
        rows: usize,
    },
    /// Compares the open plan with a stored one: [`Answer::Planned`](super::Answer::Planned).
    Compare(StoredPlan),
    /// Puts the plan of a document, by its key, beside the open one:
    /// [`Answer::Planned`](super::Answer::Planned).
    Beside(String),
    /// Stores a document in the format of an earlier program, unless it is already stored.
    Adopt(OldDocument),
    /// Recovers the text of a tab that ended before it was saved.
    Recover(Journal),
    /// Copies the document with this key.
    Duplicate(String),
    /// Moves the document with this key to the bin.
    Remove(String),
    /// Restores the document with this key from the bin.
    Restore(String),
    /// Returns the document with this key as a file: [`Answer::Files`](super::Answer::Files).
    File(String),
    /// Returns all documents as one file or several: [`Answer::Files`](super::Answer::Files).
    AllFiles,
    /// Reads every document of this inventory, which storage held when it failed.
    ReadBack(String),
    /// Saves the open document as a named version.
    NameVersion(String),
    /// Copies an earlier version to a new document; the sentence in the answer is its key.
    CopyVersion {
        /// Key of the document.
        key: String,
        /// The time when the version was saved, which identifies it.
        saved: u64,
    },
}

/// A list in the dialog of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentList {
    /// The most recently saved documents, for a menu.
    Recent,
    /// The most recently saved documents alone, for the page of an empty plan.
    Newest,
    /// All documents, and the bin.
    All,
    /// The versions of the document with this key.
    Versions(String),
    /// A place to paste a link into.
    Link {
        /// Why the last pasted text was not opened; empty if there is no failure.
        problem: String,
    },
    /// What is shown instead of a plan, when the address has a link that can't be opened.
    Broken {
        /// The link, as it arrived.
        link: String,
        /// Why it can't be opened.
        problem: String,
    },
    /// The plans to compare the open one with.
    Compare {
        /// Whether they are put beside the open one instead, as work at the same time.
        beside: bool,
        /// Why the last attempt failed; empty if there is no failure.
        problem: String,
    },
    /// A plan of another tool, before it is opened.
    Import {
        /// Whether it was pasted in place of the open plan.
        replaces: bool,
    },
    /// What was guessed and skipped when the open plan was imported.
    Imported,
}

/// The progress of saving the open document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveState {
    /// The document, by its number since the start; see
    /// [`DocumentRequest::Open`](super::DocumentRequest::Open).
    pub opening: u32,
    /// Its key in storage; empty if it is not stored.
    pub key: String,
    /// The number of saves.
    pub revision: u32,
    /// The number of the last request it includes.
    pub through: u32,
    /// The state of saving.
    pub saving: Saving,
    /// A notice for the user, in a sentence; may be empty.
    pub notice: String,
    /// After storage has failed, what it holds now, for the check at the next start; else empty.
    pub inventory: String,
}

/// The state of saving a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// There is nothing to save.
    Nothing,
    /// Saved and verified by reading it back, at this time in milliseconds since 1970.
    At(u64),
    /// Only in the memory of this tab, with the reason.
    Failed(String),
    /// Another tab saved the document.
    Elsewhere,
}

enums! {
    LibraryRequest {
        Draw { list, rows }, Compare(plan), Beside(key), Adopt(document), Recover(journal), Duplicate(key), Remove(key),
        Restore(key), File(key), AllFiles, ReadBack(inventory), NameVersion(name), CopyVersion { key, saved },
    }
    DocumentList {
        Recent, Newest, All, Versions(key), Compare { beside, problem }, Link { problem }, Broken { link, problem },
        Import { replaces }, Imported,
    }
    Saving { Nothing, At(time), Failed(why), Elsewhere }
}

structs! {
    OldDocument { key, record }
    Journal { key, revision, text, is_stored }
    SaveState { opening, key, revision, through, saving, notice, inventory }
    SavedFile { name, media_type, content }
}
