//! What storage held when it failed. The next start compares it with what can be read then: some browsers
//! throw a whole database away after they could not write to it.

use serde_json::{from_str, to_string};

use super::stored::{self, Stored};
use super::{Documents, Storage, StorageError};
use crate::document::record;

/// A document that should be there: its key, its revision and its name.
type Item = (String, u32, String);

impl<S: Storage> Documents<S> {
    /// Lists what storage holds, for [`Documents::read_back`].
    ///
    /// # Errors
    ///
    /// If storage can't be read.
    pub async fn inventory(&self) -> Result<String, String> {
        let heads = stored::heads(self.storage()).await.map_err(StorageError::on_reading)?;
        let items: Vec<Item> = heads.into_iter().map(|head| (head.key, head.revision, head.name)).collect();
        Ok(to_string(&items).unwrap_or_default())
    }

    /// Reads every document of an inventory, whole. An inventory that is none lists nothing.
    ///
    /// # Errors
    ///
    /// If storage can't be read, or a document is missing, damaged or older than it was; the sentence names them.
    pub async fn read_back(&self, inventory: &str) -> Result<String, String> {
        let items: Vec<Item> = from_str(inventory).unwrap_or_default();
        let mut lost = Vec::new();
        for (key, revision, name) in items {
            let Stored { head, record } = self.load(&key, 0).await.map_err(StorageError::on_reading)?;
            let is_there = head.is_some_and(|head| head.revision >= revision)
                && record.is_some_and(|record| record::is_newer(&record) || record::read(&record).is_some());
            if !is_there {
                lost.push(format!("“{name}”"));
            }
        }
        match lost.len() {
            0 => Ok("Storage had failed. All plans on this device have been read back.".to_owned()),
            _ => Err(format!(
                "Storage had failed, and the browser has lost the last state of {}. Download what is left.",
                lost.join(", ")
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, History};
    use crate::library::memory::{Faults, Memory, at, block_on};
    use crate::library::{ObjectStore, Snapshot};

    #[test]
    fn what_a_failing_storage_lost_is_named_at_the_next_start() {
        let memory = Memory::default();
        let documents = Documents::new(memory.clone());
        for title in ["A", "B"] {
            let document = Document::from_text(format!("# {title}\n\n- One"));
            let snapshot = Snapshot::new(title.to_owned(), &document, &History::default());
            block_on(documents.save(&snapshot, &at(1))).unwrap();
        }
        let inventory = block_on(documents.inventory()).unwrap();
        let read_back = || block_on(documents.read_back(&inventory));
        assert!(read_back().is_ok());
        assert!(block_on(documents.read_back("no inventory")).is_ok());
        let head = memory.at(ObjectStore::Heads, "B").unwrap();
        memory.set(ObjectStore::Heads, "B", &head.replace("\"revision\":1", "\"revision\":0"));
        assert!(read_back().unwrap_err().contains("of “B”."));
        memory.set(ObjectStore::Heads, "B", &head);
        memory.set(ObjectStore::Records, "B", "{");
        assert!(read_back().unwrap_err().contains("of “B”."));
        memory.lose(ObjectStore::Heads, "A");
        memory.lose(ObjectStore::Records, "A");
        assert!(read_back().unwrap_err().contains("of “A”, “B”."));
        memory.set_faults(Faults { read: Some((0, StorageError::Lost)), ..Faults::default() });
        assert_eq!(read_back(), Err(StorageError::Lost.on_reading()));
    }
}
