//! Makes documents from other documents, from versions and from files.

use super::documents::GONE;
use super::{Documents, KeySource, Snapshot, Storage, StorageError, name_of_copy};
use crate::document::{Document, History, record};

/// The result of importing a file of many documents.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedDocuments {
    /// The first readable one. The caller opens it and saves it like any open document.
    pub first: Document,
    /// The number of documents in total.
    pub count: usize,
}

impl<S: Storage> Documents<S> {
    /// Copies a document with its history. Returns a message with its name.
    ///
    /// # Errors
    ///
    /// If the document is gone, or storage refuses the copy.
    pub async fn duplicate(&self, key: &str, keys: &KeySource) -> Result<String, String> {
        let stored = self.load(key, keys.now()).await.map_err(StorageError::on_changing)?;
        let record = stored.record.ok_or(GONE)?;
        let (document, history) =
            record::read(&record).ok_or("This plan can't be read. Download it to see what is left of it.")?;
        let snapshot = Snapshot::new(keys.fresh_key(), &document, &history);
        let (heads, _) = self.heads(keys.now()).await;
        let names = (1..).map(|number| name_of_copy(&snapshot.name, number));
        let name = names.filter(|name| heads.iter().all(|head| head.name != *name)).take(1).collect();
        let written = self.save_directly(&Snapshot { name, ..snapshot }, keys).await;
        let head = written.map_err(StorageError::on_changing)?.head;
        self.copy_evidence(key, &head.key).await;
        Ok(format!("Made {}.", head.name))
    }

    /// Makes a version, given by the time it was saved, a new document. Returns the key of the new document.
    ///
    /// # Errors
    ///
    /// If the version is gone or damaged, or storage refuses the copy.
    pub async fn copy_version(&self, key: &str, saved: u64, keys: &KeySource) -> Result<String, String> {
        let (_, document) = self.version(key, saved, StorageError::on_changing).await?;
        let snapshot = Snapshot::new(keys.fresh_key(), &document, &History::default());
        let written = self.save_directly(&snapshot, keys).await.map_err(StorageError::on_changing)?;
        self.copy_evidence(key, &written.head.key).await;
        Ok(written.head.key)
    }

    /// Stores all documents of a file, given as name and record, except the first readable one. Damaged ones
    /// stay as they are.
    ///
    /// # Errors
    ///
    /// If no document of the file can be read, or storage refuses one.
    pub async fn import_all(
        &self,
        records: Vec<(String, String)>,
        keys: &KeySource,
    ) -> Result<ImportedDocuments, String> {
        let count = records.len();
        let mut first = None;
        for (name, record) in records {
            if first.is_none() {
                first = record::read(&record).map(|(document, _)| document);
                if first.is_some() {
                    continue;
                }
            }
            let snapshot = Snapshot::of_record(keys.fresh_key(), record, &name);
            self.save(&snapshot, keys).await.map_err(StorageError::on_changing)?;
        }
        Ok(ImportedDocuments { first: first.ok_or("No plan in this file can be read.")?, count })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::memory::{Faults, Memory, at, block_on};
    use crate::library::{ObjectStore, stored};

    fn record(text: &str) -> String {
        record::write(&Document::from_text(text.to_owned()), &History::default())
    }

    /// Storage with the document `plan`, called “Shop”.
    fn stored() -> (Memory, Documents<Memory>) {
        let memory = Memory::default();
        let documents = Documents::new(memory.clone());
        let snapshot = Snapshot::of_record("plan".to_owned(), record("# Shop\n\n- One"), "");
        block_on(documents.save(&snapshot, &at(1))).unwrap();
        (memory, documents)
    }

    fn names(documents: &Documents<Memory>) -> Vec<String> {
        let heads = block_on(stored::heads(documents.storage())).unwrap();
        heads.into_iter().map(|head| head.name).collect()
    }

    #[test]
    fn copies_get_names_that_are_free() {
        let (_, documents) = stored();
        let copy = |now| block_on(documents.duplicate("plan", &at(now)));
        assert_eq!(copy(2).as_deref(), Ok("Made Shop (copy)."));
        assert_eq!(copy(3).as_deref(), Ok("Made Shop (copy 2)."));
        assert_eq!(names(&documents), ["Shop (copy)", "Shop (copy 2)", "Shop"]);
    }

    #[test]
    fn what_can_not_be_copied_is_said() {
        let (memory, documents) = stored();
        let copy = |key: &str| block_on(documents.duplicate(key, &at(2))).unwrap_err();
        assert_eq!(copy("gone"), GONE);
        memory.set_faults(Faults { write: Some(StorageError::Full), ..Faults::default() });
        assert_eq!(copy("plan"), "Nothing was changed: storage is full.");
        memory.set_faults(Faults { read: Some((0, StorageError::Silent)), ..Faults::default() });
        assert_eq!(copy("plan"), "Nothing was changed: the storage of this browser does not respond.");
        memory.set_faults(Faults::default());
        memory.set(ObjectStore::Records, "plan", "damaged");
        assert!(copy("plan").starts_with("This plan can't be read."));
        assert_eq!(names(&documents), ["Shop"]);
    }

    #[test]
    fn a_version_becomes_a_document_of_its_own() {
        let (memory, documents) = stored();
        let snapshot = Snapshot::of_record("plan".to_owned(), record("# Before\n\n- One"), "");
        block_on(documents.name_version(snapshot, " First ", 5)).unwrap();
        let key = block_on(documents.copy_version("plan", 5, &at(6))).unwrap();
        assert_eq!(names(&documents), ["Before", "Shop"]);
        assert!(memory.at(ObjectStore::Records, &key).is_some());
        let gone = block_on(documents.copy_version("plan", 4, &at(6)));
        assert_eq!(gone.unwrap_err(), "This version is no longer on this device.");
    }

    #[test]
    fn a_file_of_many_documents_is_stored_but_for_the_first_that_is_opened() {
        let (memory, documents) = stored();
        let entry = |name: &str, record: String| (name.to_owned(), record);
        let records = vec![
            entry("Torn", "damaged".to_owned()),
            entry("A", record("# A\n\n- One")),
            entry("B", record("# B\n\n- One")),
        ];
        let imported = block_on(documents.import_all(records.clone(), &at(9))).unwrap();
        assert_eq!((imported.count, imported.first.name()), (3, "A"));
        assert_eq!(names(&documents), ["Torn", "B", "Shop"]);
        memory.set_faults(Faults { full_at: Some(0), ..Faults::default() });
        let refused = block_on(documents.import_all(records[..1].to_vec(), &at(10)));
        assert_eq!(refused.unwrap_err(), "Nothing was changed: storage is full.");
        let unreadable = block_on(documents.import_all(Vec::new(), &at(11)));
        assert_eq!(unreadable.unwrap_err(), "No plan in this file can be read.");
    }
}
