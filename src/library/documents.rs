//! The documents on a device: those in storage, and those that storage refused.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::stored::{self, Stored};
use super::{FORM, Head, KeySource, Snapshot, Storage, StorageError, Version, Written};
use crate::document::{Document, record};

/// Storage, plus the documents that it refused, in memory until it accepts them.
#[derive(Debug)]
pub struct Documents<S> {
    storage: S,
    /// Documents that are only in memory, by key, with the reason. Includes the open one after a failed save.
    unsaved: RefCell<BTreeMap<String, (Snapshot, StorageError)>>,
}

/// The message about a document that no longer exists.
pub(super) const GONE: &str = "This plan is no longer on this device.";

impl<S: Storage> Documents<S> {
    /// The documents in this storage.
    pub fn new(storage: S) -> Documents<S> {
        Documents { storage, unsaved: RefCell::default() }
    }

    /// The storage.
    pub fn storage(&self) -> &S {
        &self.storage
    }

    /// Saves a document. If that would overwrite a revision that the writer has not seen, the document gets a
    /// new key. If storage refuses, the document stays in memory; once it accepts one, all others are saved
    /// too.
    ///
    /// # Errors
    ///
    /// If storage refuses; the document is then held in memory.
    pub async fn save(&self, snapshot: &Snapshot, keys: &KeySource) -> Result<Written, StorageError> {
        let outcome = self.save_directly(snapshot, keys).await;
        match outcome {
            Ok(_) => {
                self.unsaved.borrow_mut().remove(&snapshot.key);
                self.save_unsaved(keys).await;
            }
            Err(error) => {
                self.unsaved.borrow_mut().insert(snapshot.key.clone(), (snapshot.clone(), error));
            }
        }
        outcome
    }

    /// Saves documents that storage refused before. Those it refuses again stay in memory.
    pub async fn save_unsaved(&self, keys: &KeySource) {
        let waiting = self.unsaved.take();
        for (key, (snapshot, _)) in waiting {
            if let Err(error) = self.save_directly(&snapshot, keys).await {
                self.unsaved.borrow_mut().insert(key, (snapshot, error));
            }
        }
    }

    /// Like [`Documents::save`], but doesn't hold the document in memory if storage refuses.
    pub(super) async fn save_directly(
        &self,
        snapshot: &Snapshot,
        keys: &KeySource,
    ) -> Result<Written, StorageError> {
        let written = stored::save(&self.storage, snapshot, &keys.fresh_key(), keys.now()).await?;
        if written.is_copy {
            self.copy_evidence(&snapshot.key, &written.head.key).await;
        }
        Ok(written)
    }

    /// Why a document is only in memory; `None` if it is stored.
    pub fn why_unsaved(&self, key: &str) -> Option<StorageError> {
        self.unsaved.borrow().get(key).map(|(_, error)| *error)
    }

    /// The head and the record of a document, each if it exists.
    ///
    /// # Errors
    ///
    /// If storage can't be read.
    pub async fn load(&self, key: &str, now: u64) -> Result<Stored, StorageError> {
        let unsaved = self.unsaved.borrow().get(key).cloned();
        match unsaved {
            Some((snapshot, _)) => {
                Ok(Stored { head: Some(head_in_memory(&snapshot, now)), record: Some(snapshot.record) })
            }
            None => stored::load(&self.storage, key).await,
        }
    }

    /// The heads of all documents, and the error of storage, if any.
    pub async fn heads(&self, now: u64) -> (Vec<Head>, Option<StorageError>) {
        let (mut heads, error) = match stored::heads(&self.storage).await {
            Ok(heads) => (heads, self.storage.is_spare().then_some(StorageError::Damaged)),
            Err(error) => (Vec::new(), Some(error)),
        };
        for (key, (snapshot, _)) in &*self.unsaved.borrow() {
            heads.retain(|head| head.key != *key);
            heads.push(head_in_memory(snapshot, now));
        }
        (heads, error)
    }

    /// The versions of a document, newest first, without damaged ones.
    ///
    /// # Errors
    ///
    /// If storage can't be read.
    pub async fn versions(&self, key: &str) -> Result<Vec<Version>, StorageError> {
        stored::versions(&self.storage, key).await
    }

    /// Stores the current document as a named version. Returns a message.
    ///
    /// # Errors
    ///
    /// If nothing was saved yet, or storage refuses the version.
    pub async fn name_version(&self, snapshot: Snapshot, name: &str, now: u64) -> Result<String, String> {
        if snapshot.key.is_empty() {
            return Err("There is nothing to save yet.".to_owned());
        }
        let version = Version {
            document: snapshot.key,
            name: if name.trim().is_empty() { "Saved by you".to_owned() } else { name.trim().to_owned() },
            tasks: snapshot.tasks,
            saved: now,
            record: record::without_history(&snapshot.record),
        };
        stored::add_version(self.storage(), &version).await.map_err(StorageError::on_changing)?;
        Ok(format!("Saved as {}.", version.name))
    }

    /// The name and the content of a version, given by the time it was saved. `explain` turns a storage error
    /// into a sentence.
    pub(super) async fn version(
        &self,
        key: &str,
        saved: u64,
        explain: fn(StorageError) -> String,
    ) -> Result<(String, Document), String> {
        let versions = self.versions(key).await.map_err(explain)?;
        let version = versions.into_iter().find(|version| version.saved == saved);
        let version = version.ok_or("This version is no longer on this device.")?;
        let (document, _) = record::read(&version.record).ok_or("This version is damaged.")?;
        Ok((version.name, document))
    }
}

/// The head of a document that is only in memory.
fn head_in_memory(snapshot: &Snapshot, now: u64) -> Head {
    Head {
        form: FORM,
        key: snapshot.key.clone(),
        name: [&snapshot.name, " (in this tab only)"].concat(),
        tasks: snapshot.tasks,
        bytes: snapshot.record.len(),
        revision: snapshot.known,
        saved: now,
        ..Head::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::History;
    use crate::library::memory::{Faults, Memory, at, block_on};
    use crate::library::{KEPT_IN_BIN, ObjectStore};
    use proptest::prelude::*;

    /// A document with this text, as a tab saves it.
    fn snapshot(key: &str, known: u32, text: &str) -> Snapshot {
        let document = Document::from_text(text.to_owned());
        Snapshot { known, ..Snapshot::new(key.to_owned(), &document, &History::default()) }
    }

    /// Storage with the document `plan` in revision 1, saved at time 1000.
    fn stored(text: &str) -> (Memory, Documents<Memory>) {
        let memory = Memory::default();
        let documents = Documents::new(memory.clone());
        block_on(documents.save(&snapshot("plan", 0, text), &at(1000))).expect("there is room");
        (memory, documents)
    }

    /// The texts of all stored records.
    fn texts(memory: &Memory) -> Vec<String> {
        memory.all(ObjectStore::Records).iter().map(|record| record::text_of(record).unwrap()).collect()
    }

    /// What another tab stores when it saves `plan` again.
    fn of_other_tab(text: &str) -> Vec<(ObjectStore, String, String)> {
        let (memory, documents) = stored("- One");
        block_on(documents.save(&snapshot("plan", 1, text), &at(2000))).expect("there is room");
        let stores = [ObjectStore::Heads, ObjectStore::Records];
        stores.map(|store| (store, "plan".to_owned(), memory.at(store, "plan").unwrap())).into()
    }

    #[test]
    fn a_save_that_fails_leaves_what_is_stored_and_stays_in_memory() {
        let full = StorageError::Full;
        let faults = |full_at| Faults { full_at, ..Faults::default() };
        for (faults, error) in [
            (faults(Some(0)), full),
            (faults(Some(1)), full),
            // At this time a version is due, so there is a third text.
            (faults(Some(2)), full),
            (Faults { is_full_at_end: true, ..faults(None) }, full),
            (Faults { write: Some(StorageError::Lost), ..faults(None) }, StorageError::Lost),
        ] {
            let (memory, documents) = stored("- One");
            memory.set_faults(faults);
            let late = at(KEPT_IN_BIN);
            assert_eq!(block_on(documents.save(&snapshot("plan", 1, "- Two"), &late)), Err(error));
            assert_eq!((texts(&memory), memory.all(ObjectStore::Versions).len()), (vec!["- One".into()], 0));
            assert_eq!(documents.why_unsaved("plan"), Some(error));
            let loaded = block_on(documents.load("plan", 0)).unwrap();
            assert_eq!(loaded.record.as_deref().and_then(record::text_of).as_deref(), Some("- Two"));
            let (heads, _) = block_on(documents.heads(0));
            assert_eq!(heads.iter().map(|head| &head.name).collect::<Vec<_>>(), ["Two (in this tab only)"]);
            memory.set_faults(Faults::default());
            block_on(documents.save(&snapshot("plan", 1, "- Two"), &late)).expect("there is room again");
            assert_eq!((texts(&memory), documents.why_unsaved("plan")), (vec!["- Two".into()], None));
        }
    }

    #[test]
    fn a_save_counts_only_after_it_was_read_back() {
        let silent = StorageError::Silent;
        for (faults, error) in [
            (Faults { mangles: true, ..Faults::default() }, StorageError::Different),
            (Faults { read: Some((0, silent)), ..Faults::default() }, silent),
            (
                // Another tab saves between writing and reading back.
                Faults { other_tab: Some((1, of_other_tab("- Three"))), ..Faults::default() },
                StorageError::Different,
            ),
        ] {
            let (memory, documents) = stored("- One");
            memory.set_faults(faults);
            assert_eq!(block_on(documents.save(&snapshot("plan", 1, "- Two"), &at(2000))), Err(error));
            assert_eq!(documents.why_unsaved("plan"), Some(error));
        }
    }

    #[test]
    fn what_another_tab_saved_meanwhile_is_not_overwritten() {
        let (memory, documents) = stored("- One");
        memory.set_faults(Faults { other_tab: Some((0, of_other_tab("- Three"))), ..Faults::default() });
        let written = block_on(documents.save(&snapshot("plan", 1, "- Two"), &at(2000))).unwrap();
        assert!(written.is_copy && written.head.key != "plan" && written.head.revision == 1);
        assert_eq!(texts(&memory), ["- Two", "- Three"]);
    }

    #[test]
    fn what_storage_refused_is_saved_with_the_next_document_that_it_takes() {
        let memory = Memory::default();
        let documents = Documents::new(memory.clone());
        memory.set_faults(Faults { write: Some(StorageError::Forbidden), ..Faults::default() });
        for key in ["a", "b"] {
            let refused = block_on(documents.save(&snapshot(key, 0, key), &at(1000)));
            assert_eq!(refused, Err(StorageError::Forbidden));
        }
        memory.set_faults(Faults::default());
        block_on(documents.save(&snapshot("c", 0, "c"), &at(1000))).expect("storage takes it");
        assert_eq!(texts(&memory), ["a", "b", "c"]);
        assert_eq!(documents.why_unsaved("a"), None);
    }

    #[test]
    fn lists_say_what_is_wrong_with_storage_and_show_damaged_documents() {
        let (memory, documents) = stored("- One");
        memory.set(ObjectStore::Heads, "plan", "{damaged");
        memory.set(ObjectStore::Heads, "whole", &Head { key: "whole".into(), ..Head::default() }.to_json());
        let (heads, error) = block_on(documents.heads(0));
        assert_eq!(heads.iter().map(|head| &head.key).collect::<Vec<_>>(), ["whole", "plan"]);
        assert_eq!((heads[1].name.as_str(), error), ("Damaged plan", None));
        memory.set_faults(Faults { is_spare: true, ..Faults::default() });
        assert_eq!(block_on(documents.heads(0)).1, Some(StorageError::Damaged));
        let silent = StorageError::Silent;
        memory.set_faults(Faults { read: Some((0, silent)), ..Faults::default() });
        assert_eq!(block_on(documents.heads(0)), (Vec::new(), Some(silent)));
    }

    /// A tab with an open document.
    struct Tab {
        documents: Documents<Memory>,
        key: String,
        known: u32,
        text: String,
        is_saved: bool,
    }

    #[derive(Debug, Clone)]
    enum Step {
        Type(usize),
        /// With the number of a fault.
        Save(usize, usize),
        Reload(usize),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let one = prop_oneof![
            4 => (0..3usize).prop_map(Step::Type),
            4 => (0..3usize, 0..12usize).prop_map(|(tab, fault)| Step::Save(tab, fault)),
            1 => (0..3usize).prop_map(Step::Reload),
        ];
        prop::collection::vec(one, 0..60)
    }

    fn faults(number: usize) -> Faults {
        let none = Faults::default();
        match number {
            0..3 => Faults { full_at: Some(number), ..none },
            3 => Faults { is_full_at_end: true, ..none },
            4 => Faults { write: Some(StorageError::Lost), ..none },
            5 => Faults { read: Some((0, StorageError::Silent)), ..none },
            _ => none,
        }
    }

    proptest! {
        /// Three tabs with one document, in any order of typing, saving and reloading, while storage
        /// sometimes fails: every saved edit remains in some document, and every other edit in the memory of
        /// its tab.
        #[test]
        fn no_edit_is_lost_whatever_storage_refuses(steps in steps()) {
            let (memory, _) = stored("- ");
            let mut tabs = [(); 3].map(|()| Tab {
                documents: Documents::new(memory.clone()),
                key: "plan".to_owned(),
                known: 1,
                text: "- ".to_owned(),
                is_saved: true,
            });
            let mut saved = Vec::new();
            for (number, step) in steps.into_iter().enumerate() {
                match step {
                    Step::Type(tab) => {
                        tabs[tab].text.push_str(&format!("<{number}>"));
                        tabs[tab].is_saved = false;
                    }
                    Step::Reload(tab) => {
                        let tab = &mut tabs[tab];
                        let Stored { head, record } = block_on(tab.documents.load(&tab.key, 0)).unwrap();
                        if let (Some(head), Some(record), true) = (head, record, tab.is_saved) {
                            (tab.known, tab.text) = (head.revision, record::text_of(&record).unwrap());
                        }
                    }
                    Step::Save(tab, fault) => {
                        let tab = &mut tabs[tab];
                        let keys = at(2000 + 700_000 * number as u64);
                        memory.set_faults(faults(fault));
                        let snapshot = snapshot(&tab.key, tab.known, &tab.text);
                        let outcome = block_on(tab.documents.save(&snapshot, &keys));
                        memory.set_faults(Faults::default());
                        match outcome {
                            Ok(written) => {
                                (tab.key, tab.known) = (written.head.key, written.head.revision);
                                tab.is_saved = true;
                                saved.extend(tab.text.split_inclusive('>').map(str::to_owned));
                            }
                            Err(error) => {
                                prop_assert_eq!(tab.documents.why_unsaved(&tab.key), Some(error));
                                let kept = block_on(tab.documents.load(&tab.key, 0)).unwrap().record.unwrap();
                                prop_assert_eq!(record::text_of(&kept), Some(tab.text.clone()));
                            }
                        }
                    }
                }
                for edit in &saved {
                    prop_assert!(texts(&memory).iter().any(|text| text.contains(edit)), "{} is lost", edit);
                }
            }
        }
    }
}
