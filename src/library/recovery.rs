//! Recovers data that earlier tabs and earlier programs left outside of storage.

use super::stored::{self, Stored};
use super::{Documents, KeySource, Snapshot, Storage, StorageError};
use crate::document::{Document, History, record};

/// The content of a text box, which may not be saved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journal {
    /// The document it belongs to; empty if that was never saved.
    pub key: String,
    /// The revision of the document that the tab had.
    pub revision: u32,
    /// The whole text.
    pub text: String,
    /// Whether it was also stored, so it is needed only if storage lost it.
    pub is_stored: bool,
}

/// A document in the format of earlier programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldDocument {
    /// Its key in storage.
    pub key: String,
    /// Its record, which may be damaged.
    pub record: String,
}

impl<S: Storage> Documents<S> {
    /// Saves the text of a closed tab to its document, or to a new one if the document has changed since.
    /// Returns the key of that document; empty if storage already has the text.
    ///
    /// # Errors
    ///
    /// If storage refuses the text.
    pub async fn recover(&self, journal: Journal, keys: &KeySource) -> Result<String, String> {
        let Journal { key, revision, text, is_stored } = journal;
        let Stored { head, record } =
            stored::load(self.storage(), &key).await.map_err(StorageError::on_changing)?;
        let stored_text = record.as_deref().and_then(record::text_of);
        let stored_revision = head.map_or(0, |head| head.revision);
        // What storage holds is at least as new, and can be read.
        let is_replaced = is_stored && stored_revision >= revision && stored_text.is_some();
        if is_replaced || stored_text.is_some_and(|stored| stored == text) {
            return Ok(String::new());
        }
        // Storage may have lost the last saves, too, unless they went to another document.
        let is_behind = is_stored && stored_revision < revision;
        if is_behind && self.holds_text(&text).await? {
            return Ok(String::new());
        }
        let is_next = stored_revision == revision || is_behind;
        let snapshot = match record.as_deref().filter(|_| is_next).and_then(record::read) {
            Some((before, mut history)) => {
                let after = before.typed(text);
                history.record("typing", &before, &after, false);
                Snapshot { known: stored_revision, ..Snapshot::new(key, &after, &history) }
            }
            None => {
                // A document that was stored and lost gets its key back.
                let key = if is_stored && record.is_none() { key } else { keys.fresh_key() };
                Snapshot::new(key, &Document::from_text(text), &History::default())
            }
        };
        let written = self.save_directly(&snapshot, keys).await.map_err(StorageError::on_changing)?;
        Ok(written.head.key)
    }

    /// Whether a stored document has this text. Reads all of them.
    async fn holds_text(&self, text: &str) -> Result<bool, String> {
        for head in stored::heads(self.storage()).await.map_err(StorageError::on_changing)? {
            let Stored { record, .. } =
                stored::load(self.storage(), &head.key).await.map_err(StorageError::on_changing)?;
            if record.as_deref().and_then(record::text_of).is_some_and(|stored| stored == text) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Stores a document of an earlier program, unless it is already stored. A damaged record is stored
    /// unchanged.
    ///
    /// # Errors
    ///
    /// If storage refuses the document.
    pub async fn adopt(&self, old: OldDocument, keys: &KeySource) -> Result<(), String> {
        let stored = stored::load(self.storage(), &old.key).await.map_err(StorageError::on_changing)?;
        if stored.head.is_some() || stored.record.is_some() {
            return Ok(());
        }
        let snapshot = Snapshot::of_record(old.key, old.record, "Damaged plan");
        self.save_directly(&snapshot, keys).await.map_err(StorageError::on_changing)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::ObjectStore;
    use crate::library::memory::{Faults, Memory, at, block_on};

    fn journal(key: &str, revision: u32, text: &str) -> Journal {
        Journal { key: key.to_owned(), revision, text: text.to_owned(), is_stored: false }
    }

    /// Storage with the document `plan` in revision 1.
    fn stored() -> (Memory, Documents<Memory>) {
        let memory = Memory::default();
        let documents = Documents::new(memory.clone());
        let document = Document::from_text("- One".to_owned());
        let snapshot = Snapshot::new("plan".to_owned(), &document, &History::default());
        block_on(documents.save(&snapshot, &at(1))).unwrap();
        (memory, documents)
    }

    fn texts(memory: &Memory) -> Vec<String> {
        memory.all(ObjectStore::Records).iter().map(|record| record::text_of(record).unwrap()).collect()
    }

    #[test]
    fn a_journal_goes_where_its_text_was_written() {
        let is_stored = |journal| Journal { is_stored: true, ..journal };
        for (journal, expected) in [
            // Into its document, or into a new one if somebody else has changed it.
            (journal("plan", 1, "- Two"), &["- Two"][..]),
            (journal("plan", 7, "- Two"), &["- Two", "- One"]),
            (journal("plan", 7, "- One"), &["- One"]),
            (journal("", 0, "- Two"), &["- Two", "- One"]),
            // A stored text is needed only if storage has lost it, or the last saves.
            (is_stored(journal("plan", 1, "- Two")), &["- One"]),
            (is_stored(journal("plan", 3, "- Two")), &["- Two"]),
            (is_stored(journal("lost", 4, "- Two")), &["- Two", "- One"]),
        ] {
            let (memory, documents) = stored();
            let key = block_on(documents.recover(journal.clone(), &at(2))).unwrap();
            assert_eq!(texts(&memory), expected, "{journal:?}");
            if !key.is_empty() {
                let record = memory.at(ObjectStore::Records, &key).unwrap();
                assert_eq!(record::text_of(&record), Some(journal.text.clone()));
            }
            assert_eq!(key == journal.key, journal.is_stored && key == "lost" || expected == ["- Two"]);
        }
    }

    #[test]
    fn a_journal_whose_text_went_to_another_document_changes_nothing() {
        let (memory, documents) = stored();
        let moved =
            Snapshot::new("moved".to_owned(), &Document::from_text("- Two".to_owned()), &History::default());
        block_on(documents.save(&moved, &at(2))).unwrap();
        let journal = Journal { is_stored: true, ..journal("plan", 3, "- Two") };
        assert_eq!(block_on(documents.recover(journal, &at(3))).as_deref(), Ok(""));
        assert_eq!(texts(&memory), ["- Two", "- One"]);
    }

    #[test]
    fn what_a_journal_brings_back_can_be_undone() {
        let (memory, documents) = stored();
        block_on(documents.recover(journal("plan", 1, "- Two"), &at(2))).unwrap();
        let (document, mut history) =
            record::read(&memory.at(ObjectStore::Records, "plan").unwrap()).unwrap();
        assert_eq!(history.undo(&document).unwrap().0.text, "- One");
    }

    #[test]
    fn a_journal_that_storage_refuses_is_not_taken_for_stored() {
        let lost = StorageError::Lost;
        for faults in [
            Faults { read: Some((0, lost)), ..Faults::default() },
            Faults { write: Some(lost), ..Faults::default() },
            Faults { read: Some((1, lost)), ..Faults::default() },
        ] {
            let (memory, documents) = stored();
            memory.set_faults(faults);
            let refused = block_on(documents.recover(journal("plan", 1, "- Two"), &at(2)));
            assert_eq!(refused, Err(lost.on_changing()));
        }
    }

    #[test]
    fn a_damaged_record_is_left_alone_by_a_journal_and_does_not_replace_it() {
        for is_stored in [false, true] {
            let (memory, documents) = stored();
            memory.set(ObjectStore::Records, "plan", "damaged");
            let journal = Journal { is_stored, ..journal("plan", 1, "- Two") };
            let key = block_on(documents.recover(journal, &at(2))).unwrap();
            assert_ne!(key, "plan");
            assert_eq!(memory.at(ObjectStore::Records, "plan").as_deref(), Some("damaged"));
            let recovered = memory.at(ObjectStore::Records, &key).unwrap();
            assert_eq!(record::text_of(&recovered).as_deref(), Some("- Two"));
        }
    }

    #[test]
    fn old_documents_are_stored_once_and_damaged_ones_stay_whole() {
        let (memory, documents) = stored();
        let adopt = |key: &str, record: &str| {
            block_on(documents.adopt(OldDocument { key: key.to_owned(), record: record.to_owned() }, &at(2)))
        };
        adopt("old", "damaged").unwrap();
        adopt("plan", "damaged").unwrap();
        assert_eq!(memory.at(ObjectStore::Records, "old").as_deref(), Some("damaged"));
        assert_eq!(block_on(documents.load("old", 0)).unwrap().head.unwrap().name, "Damaged plan");
        assert_ne!(
            memory.at(ObjectStore::Records, "plan").as_deref(),
            Some("damaged"),
            "it was stored before"
        );
    }
}
