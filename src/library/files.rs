//! Documents as files for download.

use super::documents::GONE;
use super::stored::Stored;
use super::{Documents, Storage, StorageError, archive};
use crate::document::record;

/// The most bytes of a file with several documents. Larger ones are split, so that each can be opened again.
pub const MOST_BYTES: usize = 16 << 20;

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

    /// All documents outside the bin, as files of at most [`MOST_BYTES`] where they can be split; see
    /// [`archive`]. One that can't be read is in them as a damaged one. Linear time.
    ///
    /// # Errors
    ///
    /// If storage can't be read.
    pub async fn all_files(&self, now: u64) -> Result<Vec<SavedFile>, String> {
        let (heads, mut error) = self.heads(now).await;
        let mut records = Vec::new();
        let mut is_any_read = false;
        for head in heads.into_iter().filter(|head| head.removed.is_none()) {
            match self.load(&head.key, now).await {
                Ok(stored) => {
                    is_any_read = true;
                    records.extend(stored.record.map(|record| (head.name, record)));
                }
                Err(why) => {
                    error = Some(why);
                    records.push((head.name, String::new()));
                }
            }
        }
        match error {
            Some(error) if !is_any_read => Err(error.on_reading()),
            _ => Ok(archives(records, MOST_BYTES)),
        }
    }
}

/// Files that hold these records, given with their names, each of at most `most_bytes` if possible. A record
/// that is too large leaves out its history.
fn archives(records: Vec<(String, String)>, most_bytes: usize) -> Vec<SavedFile> {
    let mut parts: Vec<Vec<(String, String)>> = vec![Vec::new()];
    let mut bytes = 0;
    for mut entry in records {
        let size = |entry: &(String, String)| archive::write(std::slice::from_ref(entry)).len();
        let mut more = size(&entry);
        if more > most_bytes {
            entry.1 = record::without_history(&entry.1);
            more = size(&entry);
        }
        if bytes > 0 && bytes + more > most_bytes {
            parts.push(Vec::new());
            bytes = 0;
        }
        bytes += more;
        parts.last_mut().expect("there is always a part").push(entry);
    }
    let count = parts.len();
    let part = |(at, part): (usize, &Vec<(String, String)>)| SavedFile {
        name: match count {
            1 => "phaseplan-plans.json".to_owned(),
            _ => format!("phaseplan-plans-{}-of-{count}.json", at + 1),
        },
        media_type: "application/json".to_owned(),
        content: archive::write(part),
    };
    parts.iter().enumerate().map(part).collect()
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
        let read = |files: Vec<SavedFile>| -> Vec<(String, String)> {
            files.iter().flat_map(|file| archive::read(file.content.as_bytes()).unwrap()).collect()
        };
        let entries = read(block_on(documents.all_files(3)).unwrap());
        assert_eq!(entries.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["A", "C"]);
        for from in [0, 1] {
            memory.set_faults(Faults { read: Some((from, StorageError::Lost)), ..Faults::default() });
            assert_eq!(block_on(documents.all_files(3)), Err(StorageError::Lost.on_reading()));
        }
        // One that can't be read costs no other.
        memory.set_faults(Faults { read: Some((2, StorageError::Lost)), ..Faults::default() });
        assert_eq!(
            read(block_on(documents.all_files(3)).unwrap()),
            [entries[0].clone(), ("C".into(), String::new())]
        );
    }

    #[test]
    fn many_plans_are_split_into_files_that_can_be_opened_again() {
        let record = |letters: usize| {
            let before = Document::from_text("- One".to_owned());
            let after = before.typed(format!("- {}", "\n".repeat(letters)));
            let mut history = History::default();
            history.record("typing", &before, &after, false);
            record::write(&after, &history)
        };
        let records: Vec<(String, String)> =
            (0..9).map(|number| (format!("{number}"), record(number * 100))).collect();
        let files = archives(records.clone(), 3_000);
        assert!(files.len() > 2, "{}", files.len());
        assert_eq!(files[1].name, format!("phaseplan-plans-2-of-{}.json", files.len()));
        let mut read = Vec::new();
        for file in &files {
            let entries = archive::read(file.content.as_bytes()).unwrap();
            assert!(file.content.len() <= 3_000 || entries.len() == 1, "{}", file.content.len());
            read.extend(entries);
        }
        assert_eq!(read.len(), records.len());
        for ((name, read), (expected, record)) in read.iter().zip(&records) {
            assert_eq!((name, record::text_of(read)), (expected, record::text_of(record)));
        }
        assert_eq!(archives(Vec::new(), 3_000).len(), 1);
    }
}
