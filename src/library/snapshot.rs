//! A document to be stored.

use super::Head;
use crate::document::{Document, History, record};

/// A document to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Its key in storage.
    pub key: String,
    /// The revision that the writer read or wrote last; 0 for none.
    pub known: u32,
    /// Name in lists.
    pub name: String,
    /// Number of tasks.
    pub tasks: usize,
    /// The document with its history; see [`record`].
    pub record: String,
}

impl Snapshot {
    /// A document that is not in storage yet.
    pub fn new(key: String, document: &Document, history: &History) -> Snapshot {
        let (name, tasks) = (document.name().to_owned(), document.plan().tasks.len());
        Snapshot { key, known: 0, name, tasks, record: record::write(document, history) }
    }

    /// A record that is not in storage yet. A damaged one stays unchanged and gets the name `damaged`.
    pub fn of_record(key: String, record: String, damaged: &str) -> Snapshot {
        let (name, tasks) = match record::read(&record) {
            Some((document, _)) => (document.name().to_owned(), document.plan().tasks.len()),
            None => (damaged.to_owned(), 0),
        };
        Snapshot { key, known: 0, name, tasks, record }
    }
}

/// The result of saving a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The stored head.
    pub head: Head,
    /// Whether it became a new document because another tab had changed the old one.
    pub is_copy: bool,
}
