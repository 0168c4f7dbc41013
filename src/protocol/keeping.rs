//! What is said about the documents on this device.

/// Something to do with the documents on this device. Answered by [`Answer::Done`](super::Answer::Done) unless told otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// Takes over a document that is stored in the form of earlier programs.
    Adopt(OldDocument),
    /// Brings back what a tab wrote that ended before it was saved.
    Recover(Journal),
    /// Makes a copy of the document with this key.
    Duplicate(String),
    /// Puts the document with this key into the bin.
    Remove(String),
    /// Takes the document with this key out of the bin.
    PutBack(String),
    /// Gives the document with this key as a file: [`Answer::File`](super::Answer::File).
    File(String),
    /// Gives all documents as one file: [`Answer::File`](super::Answer::File).
    AllFiles,
    /// Keeps the open document as it is under a name.
    NameVersion(String),
    /// Makes an earlier version a document of its own.
    OpenVersion {
        /// Key of the document.
        key: String,
        /// Which version, by the time it was saved.
        saved: u64,
    },
    /// Gives the review of the open document as a file: as Markdown, or else as its events: [`Answer::File`](super::Answer::File).
    Review {
        /// Whether as Markdown.
        markdown: bool,
    },
}

/// A document as earlier programs stored it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldDocument {
    /// Its name in storage.
    pub key: String,
    /// Its record, which may be damaged.
    pub record: String,
}

/// What stood in a text box and may not be saved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journal {
    /// The document that it was written into; empty for one that was never saved.
    pub key: String,
    /// The revision of it that was seen.
    pub revision: u32,
    /// All of the text.
    pub text: String,
    /// Whether it was stored as well, so that it is needed only if storage lost it.
    pub is_stored: bool,
}

/// A list of documents or versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shelf {
    /// The documents that were saved last, for a menu.
    Recent,
    /// All documents, and the bin.
    All,
    /// The versions of the document with this key.
    Versions(String),
    /// A place to paste a link into.
    Link {
        /// Why what was pasted last was not opened; empty if nothing was.
        problem: String,
    },
    /// What the open plan can be compared with.
    Compare {
        /// Why it could not be compared with what was tried last; empty for nothing.
        problem: String,
    },
}

/// How far saving the open document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Which document, as counted when it was opened.
    pub opening: u32,
    /// Its name in storage; empty if it is not stored.
    pub key: String,
    /// How often it was saved.
    pub revision: u32,
    /// Number of the last request that this is about.
    pub through: u32,
    /// Whether it is saved.
    pub saving: Saving,
    /// What the person should know, in a sentence; empty for nothing.
    pub told: String,
}

/// Whether a document is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// There is nothing to save.
    Nothing,
    /// Read back and equal, at this time in milliseconds since 1970.
    At(u64),
    /// In the memory of this tab only, and why.
    Failed(String),
    /// Another tab saved the document.
    Elsewhere,
}

/// A file to be downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFile {
    /// What it is called.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// All of it.
    pub content: String,
}
