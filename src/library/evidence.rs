//! What is known of the repository of a document, stored beside it.
//!
//! It is written apart from the document, so that a list without room never costs the plan a save, and a
//! save of the plan never writes the list again.

use super::{Documents, ObjectStore, Storage, StorageError, Transaction};

impl<S: Storage> Documents<S> {
    /// The evidence file stored with a document; empty if there is none.
    ///
    /// # Errors
    ///
    /// If storage can't be read.
    pub async fn evidence(&self, key: &str) -> Result<String, StorageError> {
        let read = async |transaction: &S::Transaction| transaction.get(ObjectStore::Evidence, key).await;
        Ok(self.storage().read(read).await?.unwrap_or_default())
    }

    /// Stores an evidence file with a document, and reads it back. An empty text removes what is stored.
    ///
    /// # Errors
    ///
    /// If storage refuses; what was stored before stays.
    pub async fn save_evidence(&self, key: &str, text: &str) -> Result<(), StorageError> {
        let write = async |transaction: &S::Transaction| match text {
            "" => transaction.delete(ObjectStore::Evidence, key).await,
            text => transaction.put(ObjectStore::Evidence, key, text).await,
        };
        self.storage().write(write).await?;
        if self.evidence(key).await? == text { Ok(()) } else { Err(StorageError::Different) }
    }

    /// Stores what is known of a document also with its copy. A copy without it is a sound plan, so a
    /// storage that refuses is no failure.
    pub(super) async fn copy_evidence(&self, from: &str, to: &str) {
        if let Ok(text) = self.evidence(from).await
            && !text.is_empty()
        {
            let _ = self.save_evidence(to, &text).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, History};
    use crate::library::memory::{Faults, Memory, at, block_on};
    use crate::library::{KEPT_IN_BIN, Snapshot};

    /// Storage with the document `plan` in revision 1, and this evidence.
    fn stored(evidence: &str) -> (Memory, Documents<Memory>) {
        let memory = Memory::default();
        let documents = Documents::new(memory.clone());
        block_on(documents.save(&snapshot(0, "- One"), &at(1))).expect("there is room");
        block_on(documents.save_evidence("plan", evidence)).expect("there is room");
        (memory, documents)
    }

    fn snapshot(known: u32, text: &str) -> Snapshot {
        let document = Document::from_text(text.to_owned());
        Snapshot { known, ..Snapshot::new("plan".to_owned(), &document, &History::default()) }
    }

    #[test]
    fn evidence_stays_through_saves_and_goes_when_it_is_removed_or_the_bin_is_emptied() {
        let (memory, documents) = stored("{1}");
        block_on(documents.save(&snapshot(1, "- Two"), &at(KEPT_IN_BIN))).expect("there is room");
        assert_eq!(block_on(documents.evidence("plan")).as_deref(), Ok("{1}"));
        block_on(documents.save_evidence("plan", "")).expect("it can be removed");
        assert_eq!(
            (block_on(documents.evidence("plan")), memory.all(ObjectStore::Evidence)),
            (Ok(String::new()), vec![])
        );
        block_on(documents.save_evidence("plan", "{2}")).expect("there is room");
        block_on(documents.remove("plan", &at(5))).expect("it is stored");
        assert_eq!(block_on(documents.evidence("plan")).as_deref(), Ok("{2}"));
        let (mut heads, _) = block_on(documents.heads(u64::MAX));
        block_on(documents.empty_bin(&mut heads, u64::MAX));
        assert!(memory.all(ObjectStore::Evidence).is_empty());
    }

    #[test]
    fn evidence_that_is_not_stored_costs_no_plan_and_is_told() {
        for (faults, error) in [
            (Faults { full_at: Some(0), ..Faults::default() }, StorageError::Full),
            (Faults { mangles: true, ..Faults::default() }, StorageError::Different),
            (Faults { read: Some((0, StorageError::Silent)), ..Faults::default() }, StorageError::Silent),
        ] {
            let (memory, documents) = stored("{1}");
            memory.set_faults(faults);
            assert_eq!(block_on(documents.save_evidence("plan", "{2}")), Err(error));
            assert_eq!(documents.why_unsaved("plan"), None);
        }
    }

    #[test]
    fn copies_know_what_their_original_knows() {
        let (memory, documents) = stored("{1}");
        block_on(documents.duplicate("plan", &at(7))).expect("there is room");
        block_on(documents.name_version(snapshot(1, "- One"), "First", 8)).expect("there is room");
        block_on(documents.copy_version("plan", 8, &at(9))).expect("there is room");
        // Another tab has not seen revision 1, so what it saves becomes a plan of its own.
        let written = block_on(documents.save(&snapshot(0, "- Other"), &at(10))).expect("there is room");
        assert!(written.is_copy);
        assert_eq!(memory.all(ObjectStore::Evidence), ["{1}"; 4]);
    }
}
