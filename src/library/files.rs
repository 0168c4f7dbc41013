//! Documents as files for download.

use super::documents::GONE;
use super::stored::Stored;
use super::{Documents, Storage, StorageError, archive};
use crate::document::record;

/// A file for download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its content.
    pub content: String,
}

impl<S: Storage> Documents<S> {
    /// A document as plan text, or its whole record if that is damaged.
    ///
    /// # Errors
    ///
    /// If the document is gone, or storage can't be read.
    pub async fn file(&self, key: &str, now: u64) -> Result<SavedFile, String> {
        let Stored { head, record } = self.load(key, now).await.map_err(StorageError::on_reading)?;
        let record = record.ok_or(GONE)?;
        let name = head.map_or_else(|| "damaged-plan".to_owned(), |head| head.name);
        let text = record::text_of(&record);
        let extension = if text.is_some() { "phaseplan.md" } else { "txt" };
        Ok(SavedFile {
            name: format!("{}.{extension}", file_name(&name)),
            media_type: "text/markdown".to_owned(),
            content: text.unwrap_or(record),
        })
    }

    /// All documents outside the bin, as one file; see [`archive`].
    ///
    /// # Errors
    ///
    /// If storage can't be read.
    pub async fn all_files(&self, now: u64) -> Result<SavedFile, String> {
        let (heads, error) = self.heads(now).await;
        let mut records = Vec::new();
        for head in heads.into_iter().filter(|head| head.removed.is_none()) {
            let stored = self.load(&head.key, now).await.map_err(StorageError::on_reading)?;
            records.extend(stored.record.map(|record| (head.name, record)));
        }
        if let (true, Some(error)) = (records.is_empty(), error) {
            return Err(error.on_reading());
        }
        Ok(SavedFile {
            name: "phaseplan-plans.json".to_owned(),
            media_type: "application/json".to_owned(),
            content: archive::write(&records),
        })
    }
}

/// A name in characters that every file system accepts.
fn file_name(name: &str) -> String {
    let letters = name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' });
    let name: String = letters.take(60).collect::<String>().to_lowercase();
    let name = name.trim_matches('-');
    if name.is_empty() { "plan".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, History};
    use crate::library::memory::{Faults, Memory, at, block_on};
    use crate::library::{ObjectStore, Snapshot};

    /// Storage with a document per title. The title is also its key.
    fn stored(titles: &[&str]) -> (Memory, Documents<Memory>) {
        let memory = Memory::default();
        let documents = Documents::new(memory.clone());
        for title in titles {
            let document = Document::from_text(format!("# {title}\n\n- One"));
            let snapshot = Snapshot::new((*title).to_owned(), &document, &History::default());
            block_on(documents.save(&snapshot, &at(1))).unwrap();
        }
        (memory, documents)
    }

    #[test]
    fn a_file_holds_the_text_or_what_is_left_of_it() {
        let (memory, documents) = stored(&["A/b: Ç"]);
        let file = block_on(documents.file("A/b: Ç", 2)).unwrap();
        assert_eq!((file.name.as_str(), file.content.as_str()), ("a-b--ç.phaseplan.md", "# A/b: Ç\n\n- One"));
        memory.set(ObjectStore::Records, "torn", "{\"text\":");
        let file = block_on(documents.file("torn", 2)).unwrap();
        assert_eq!((file.name.as_str(), file.content.as_str()), ("damaged-plan.txt", "{\"text\":"));
        assert_eq!(block_on(documents.file("gone", 2)).unwrap_err(), GONE);
    }

    #[test]
    fn the_file_of_all_documents_leaves_out_the_bin_and_is_read_back() {
        let (memory, documents) = stored(&["A", "B", "C"]);
        block_on(documents.remove("B", &at(2))).unwrap();
        let file = block_on(documents.all_files(3)).unwrap();
        let names: Vec<String> =
            archive::read(file.content.as_bytes()).unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["A", "C"]);
        for from in [0, 1] {
            memory.set_faults(Faults { read: Some((from, StorageError::Lost)), ..Faults::default() });
            assert_eq!(block_on(documents.all_files(3)), Err(StorageError::Lost.on_reading()));
        }
    }
}
