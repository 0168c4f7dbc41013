//! The bin: removed documents stay there for a while.

use super::{Documents, Head, KeySource, Storage, StorageError, stored};

impl<S: Storage> Documents<S> {
    /// Moves a document to the bin. Returns a message.
    ///
    /// # Errors
    ///
    /// If the document exists only in this tab, or storage refuses the change.
    pub async fn remove(&self, key: &str, keys: &KeySource) -> Result<String, String> {
        if self.why_unsaved(key).is_some() {
            return Err(ONLY_HERE.to_owned());
        }
        let removed = Some(keys.now());
        let outcome = stored::change_head(self.storage(), key, |head| head.removed = removed).await;
        outcome.map_err(StorageError::on_changing)?;
        Ok("Moved to the bin; it is deleted after 30 days.".to_owned())
    }

    /// Restores a document from the bin. Returns a message.
    ///
    /// # Errors
    ///
    /// If storage refuses the change.
    pub async fn restore(&self, key: &str) -> Result<String, String> {
        let outcome = stored::change_head(self.storage(), key, |head| head.removed = None).await;
        outcome.map_err(StorageError::on_changing)?;
        Ok("Restored from the bin.".to_owned())
    }

    /// Deletes documents that have been in the bin for too long, also from `heads`, the list of all
    /// documents.
    pub async fn empty_bin(&self, heads: &mut Vec<Head>, now: u64) {
        let expired: Vec<String> =
            heads.iter().filter(|head| head.has_expired(now)).map(|head| head.key.clone()).collect();
        for key in expired {
            if stored::delete(self.storage(), &key).await.is_ok() {
                heads.retain(|head| head.key != key);
            }
        }
    }
}

/// The message if a document that is only in memory is to be moved to the bin.
const ONLY_HERE: &str =
    "This plan is in this tab only and is gone when the tab closes, so it was not moved to the bin.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, History};
    use crate::library::memory::{Faults, Memory, at, block_on};
    use crate::library::{KEPT_IN_BIN, ObjectStore, Snapshot};

    fn snapshot(key: &str) -> Snapshot {
        Snapshot::new(key.to_owned(), &Document::from_text("- One".to_owned()), &History::default())
    }

    fn removed(documents: &Documents<Memory>) -> Option<u64> {
        block_on(documents.load("plan", 0)).unwrap().head.unwrap().removed
    }

    #[test]
    fn what_is_removed_can_be_restore_for_thirty_days_and_goes_with_its_versions() {
        let memory = Memory::default();
        let documents = Documents::new(memory.clone());
        block_on(documents.save(&snapshot("plan"), &at(1))).unwrap();
        block_on(documents.name_version(snapshot("plan"), "First", 2)).unwrap();
        block_on(documents.remove("plan", &at(5))).unwrap();
        assert_eq!(removed(&documents), Some(5));
        block_on(documents.restore("plan")).unwrap();
        assert_eq!(removed(&documents), None);
        block_on(documents.remove("plan", &at(7))).unwrap();
        for (now, left) in [(7 + KEPT_IN_BIN, 1), (8 + KEPT_IN_BIN, 0)] {
            let (mut heads, _) = block_on(documents.heads(now));
            block_on(documents.empty_bin(&mut heads, now));
            let stores = [ObjectStore::Heads, ObjectStore::Records, ObjectStore::Versions];
            assert_eq!(stores.map(|store| memory.all(store).len()), [left; 3]);
            assert_eq!(heads.len(), left);
        }
    }

    #[test]
    fn a_bin_that_storage_refuses_is_as_it_was() {
        let memory = Memory::default();
        let documents = Documents::new(memory.clone());
        block_on(documents.save(&snapshot("plan"), &at(1))).unwrap();
        block_on(documents.remove("plan", &at(5))).unwrap();
        memory.set_faults(Faults { write: Some(StorageError::Full), ..Faults::default() });
        let refused = Err("Nothing was changed: storage is full.".to_owned());
        assert_eq!(block_on(documents.remove("plan", &at(9))), refused);
        assert_eq!(block_on(documents.restore("plan")), refused);
        let (mut heads, _) = block_on(documents.heads(u64::MAX));
        block_on(documents.empty_bin(&mut heads, u64::MAX));
        assert_eq!((heads.len(), removed(&documents)), (1, Some(5)));
        // Documents that are only in memory can't be in the bin.
        let _ = block_on(documents.save(&snapshot("other"), &at(1)));
        assert_eq!(block_on(documents.remove("other", &at(9))), Err(ONLY_HERE.to_owned()));
    }

    #[test]
    fn a_document_with_a_damaged_head_can_be_removed() {
        let memory = Memory::default();
        let documents = Documents::new(memory.clone());
        block_on(documents.save(&snapshot("plan"), &at(1))).unwrap();
        memory.set(ObjectStore::Heads, "plan", "");
        block_on(documents.remove("plan", &at(5))).unwrap();
        assert_eq!(removed(&documents), Some(5));
    }
}
