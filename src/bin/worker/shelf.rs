//! The documents on the device, and those that could not be stored and are held in memory until they can.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use phaseplan::Plan;
use phaseplan::document::{Document, History, record};
use phaseplan::library::{FORM, Head, Version, name_of_copy};
use phaseplan::protocol::{self, Answer, Compare, Found, Journal, Keep, OldDocument, Request, SavedFile};
use phaseplan::review::Digest;
use phaseplan::review::revision::content_of;
use phaseplan::view::compare::choose;
use phaseplan::view::{Markup, documents, share};

use wasm_bindgen::JsValue;

use super::desk::{Desk, could_not_read, fresh_key, now};
use super::store::{Fault, Snapshot, Store, Written};

/// Storage, and what it did not take.
pub struct Shelf {
    store: Store,
    /// Documents that are in no storage, by key, and why. The open one is among them after a save that failed.
    unsaved: RefCell<BTreeMap<String, (Snapshot, Fault)>>,
}

impl Shelf {
    /// With nothing in memory.
    pub fn new(store: Store) -> Shelf {
        Shelf { store, unsaved: RefCell::default() }
    }

    /// Storage itself.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Saves a document; see [`Store::save`]. If that fails it stays in memory.
    pub async fn save(&self, snapshot: &Snapshot, spare: &str, now: u64) -> Result<Written, Fault> {
        let outcome = self.store.save(snapshot, spare, now).await;
        match &outcome {
            Ok(_) => {
                self.unsaved.borrow_mut().remove(&snapshot.key);
                self.save_the_rest(now).await;
            }
            Err(fault) => {
                self.unsaved.borrow_mut().insert(snapshot.key.clone(), (snapshot.clone(), *fault));
            }
        }
        outcome
    }

    /// Storage takes documents again.
    pub async fn save_the_rest(&self, now: u64) {
        let waiting = self.unsaved.take();
        for (key, (snapshot, _)) in waiting {
            if let Err(fault) = self.store.save(&snapshot, &fresh_key(), now).await {
                self.unsaved.borrow_mut().insert(key, (snapshot, fault));
            }
        }
    }

    /// Why a document is in memory only; `None` if it is not.
    pub fn why_unsaved(&self, key: &str) -> Option<Fault> {
        self.unsaved.borrow().get(key).map(|(_, fault)| *fault)
    }

    /// The head and the record of a document, each if it is there.
    pub async fn load(&self, key: &str) -> Result<(Option<Head>, Option<String>), Fault> {
        let unsaved = self.unsaved.borrow().get(key).cloned();
        match unsaved {
            Some((snapshot, _)) => Ok((Some(head_of(&snapshot)), Some(snapshot.record))),
            None => self.store.load(key).await,
        }
    }

    /// Whether the documents of before can't be read.
    pub fn is_spare(&self) -> bool {
        self.store.is_spare.get()
    }

    /// All heads there are, and what is wrong with storage.
    async fn heads(&self) -> (Vec<Head>, Option<Fault>) {
        let (mut heads, fault) = match self.store.heads().await {
            Ok(heads) => (heads, Some(Fault::Damaged).filter(|_| self.is_spare())),
            Err(fault) => (Vec::new(), Some(fault)),
        };
        for (key, (snapshot, _)) in &*self.unsaved.borrow() {
            heads.retain(|head| head.key != *key);
            heads.push(head_of(snapshot));
        }
        (heads, fault)
    }

    /// Deletes what has been in the bin for too long.
    async fn empty_bin(&self, heads: &mut Vec<Head>, now: u64) {
        let expired: Vec<String> =
            heads.iter().filter(|head| head.has_expired(now)).map(|head| head.key.clone()).collect();
        for key in expired {
            if self.store.delete(&key).await.is_ok() {
                heads.retain(|head| head.key != key);
            }
        }
    }
}

/// The head of a document that is in memory only.
fn head_of(snapshot: &Snapshot) -> Head {
    let Snapshot { key, known, name, tasks, record } = snapshot;
    let (key, name) = (key.clone(), [name, " (in this tab only)"].concat());
    Head {
        form: FORM,
        key,
        name,
        tasks: *tasks,
        bytes: record.len(),
        revision: *known,
        saved: now(),
        ..Head::default()
    }
}

/// Draws a list.
pub async fn draw(desk: &Desk, wanted: protocol::Shelf) -> Vec<Markup> {
    let current = desk.open_document().key.borrow().clone();
    let (mut heads, fault) = desk.shelf.heads().await;
    let fault = fault.map(could_not_read);
    match wanted {
        protocol::Shelf::Recent => documents::recent(heads, &current, now()),
        protocol::Shelf::All => {
            desk.shelf.empty_bin(&mut heads, now()).await;
            documents::all(heads, &current, fault.as_deref(), now())
        }
        protocol::Shelf::Versions(key) => {
            let head = heads.into_iter().find(|head| head.key == key).unwrap_or_default();
            let versions = desk.shelf.store.versions(&key).await.unwrap_or_default();
            documents::versions(&head, &versions, now())
        }
        protocol::Shelf::Link { problem } => share::open_box(&problem),
        protocol::Shelf::Compare { problem } => {
            let versions = match current.as_str() {
                "" => Vec::new(),
                key => desk.shelf.store.versions(key).await.unwrap_or_default(),
            };
            choose::choices(heads, &versions, &current, &problem, now())
        }
    }
}

/// Does what is asked with the documents.
pub async fn keep(desk: &Rc<Desk>, keep: Keep) -> Answer {
    let shelf = &desk.shelf;
    let outcome = match keep {
        Keep::Adopt(old) => adopt(shelf, old).await,
        Keep::Recover(journal) => recover(shelf, journal).await,
        Keep::Duplicate(key) => duplicate(shelf, &key).await,
        Keep::Remove(key) if shelf.why_unsaved(&key).is_some() => Err(ONLY_HERE.to_owned()),
        Keep::Remove(key) => {
            let removed = Some(now());
            let outcome = shelf.store.change_head(&key, |head| head.removed = removed).await;
            outcome.map(|()| "Put into the bin, where it stays for 30 days.".to_owned()).map_err(not_done)
        }
        Keep::PutBack(key) => {
            let outcome = shelf.store.change_head(&key, |head| head.removed = None).await;
            outcome.map(|()| "Taken out of the bin.".to_owned()).map_err(not_done)
        }
        Keep::File(key) => return file(shelf, &key).await,
        Keep::AllFiles => return all_files(shelf).await,
        Keep::Review { markdown } => return Answer::File(desk.session.borrow().review_file(markdown)),
        Keep::NameVersion(name) => name_version(desk, name).await,
        Keep::OpenVersion { key, saved } => copy_of_version(shelf, &key, saved).await,
    };
    Answer::Done(outcome)
}

/// Compares the open plan with what is meant; what is on no device goes to the session.
pub async fn compare(desk: &Desk, compare: Compare) -> Answer {
    let other = match compare {
        Compare::Document(key) => other_document(&desk.shelf, &key).await,
        Compare::Version { key, saved } => other_version(&desk.shelf, &key, saved).await,
        Compare::Revision(name) => other_revision(desk, &name).await,
        compare => return desk.session.borrow_mut().answer(Request::Compare(compare)),
    };
    match other {
        Ok((name, plan)) => desk.session.borrow_mut().compare_with(name, plan),
        Err(message) => Answer::Done(Err(message)),
    }
}

/// What to call a document, and its plan.
async fn other_document(shelf: &Shelf, key: &str) -> Result<(String, Plan), String> {
    let (head, record) = shelf.load(key).await.map_err(could_not_read)?;
    let record = record.ok_or("This plan is no longer on this device.")?;
    let (document, _) = record::read(&record).ok_or("This plan can't be read, so it was not compared.")?;
    let name = head.map_or_else(|| document.name().to_owned(), |head| head.name);
    Ok((format!("“{name}”"), document.plan().clone()))
}

/// What to call a version, and its plan.
async fn other_version(shelf: &Shelf, key: &str, saved: u64) -> Result<(String, Plan), String> {
    let versions = shelf.store.versions(key).await.map_err(could_not_read)?;
    let version = versions.into_iter().find(|version| version.saved == saved);
    let version = version.ok_or("This version is no longer on this device.")?;
    let (document, _) = record::read(&version.record).ok_or("This version is damaged.")?;
    let time = js_sys::Date::new(&(saved as f64).into()).to_locale_string("default", &JsValue::UNDEFINED);
    let name = match version.name.as_str() {
        "" => format!("the version of {}", String::from(time)),
        name => format!("the version “{name}”"),
    };
    Ok((name, document.plan().clone()))
}

/// What to call the plan in a revision that was sent out, and that plan, if a version of the open document is equal to it.
async fn other_revision(desk: &Desk, name: &str) -> Result<(String, Plan), String> {
    const NOWHERE: &str = "The plan as it was then is not among the versions on this device. If you have the link that was sent out, \
        paste it below.";
    let content = desk.session.borrow().content_in(name).ok_or(NOWHERE)?;
    let key = desk.open_document().key.borrow().clone();
    let versions = desk.shelf.store.versions(&key).await.map_err(could_not_read)?;
    let read = |version: Version| Some(record::read(&version.record)?.0.plan().clone());
    let plan = versions.into_iter().filter_map(read).find(|plan| content_of(plan) == content);
    Ok((format!("revision {}, which was looked at", short(name)), plan.ok_or(NOWHERE)?))
}

/// Keeps the open document as it was sent out, so that it can be compared with what becomes of it.
pub async fn keep_sent(desk: &Desk) {
    // If storage refuses, the link itself can still be compared with.
    let _ = name_version(desk, "Sent out".to_owned()).await;
}

/// The beginning of the name of a revision, as reviews show it.
fn short(name: &str) -> String {
    Digest::try_from(name.to_owned()).map_or(String::new(), |digest| digest.short())
}

/// What is told when a document that is in memory only is to be put into the bin.
const ONLY_HERE: &str =
    "This plan is in this tab only and goes when the tab is closed, so it was not put into the bin.";

fn not_done(fault: Fault) -> String {
    format!("That was not done: {}.", fault.words())
}

/// A document as it is stored, with a key of its own.
fn snapshot_of(key: String, document: &Document, history: &History) -> Snapshot {
    let (name, tasks) = (document.name().to_owned(), document.plan().tasks.len());
    Snapshot { key, known: 0, name, tasks, record: record::write(document, history) }
}

/// Stores a document of an earlier program as it is, unless it is stored already. A damaged one stays damaged, and whole.
async fn adopt(shelf: &Shelf, old: OldDocument) -> Result<String, String> {
    let (head, there) = shelf.store.load(&old.key).await.map_err(not_done)?;
    if head.is_some() || there.is_some() {
        return Ok(String::new());
    }
    let read = record::read(&old.record);
    let (name, tasks) = match &read {
        Some((document, _)) => (document.name().to_owned(), document.plan().tasks.len()),
        None => ("Damaged plan".to_owned(), 0),
    };
    let snapshot = Snapshot { key: old.key, known: 0, name, tasks, record: old.record };
    shelf.store.save(&snapshot, &fresh_key(), now()).await.map(|_| String::new()).map_err(not_done)
}

/// Puts the text of a tab that ended into its document, or makes it one of its own if the document was changed since.
async fn recover(shelf: &Shelf, journal: Journal) -> Result<String, String> {
    let Journal { key, revision, text, is_stored } = journal;
    let (head, stored) = shelf.store.load(&key).await.map_err(not_done)?;
    if is_stored && stored.is_some() {
        return Ok(String::new());
    }
    if stored.as_deref().and_then(record::text_of).is_some_and(|stored| stored == text) {
        return Ok(String::new());
    }
    let is_seen = head.is_some_and(|head| head.revision == revision);
    let read = stored.as_deref().filter(|_| is_seen).and_then(record::read);
    let snapshot = match read {
        Some((before, mut history)) => {
            let after = before.typed(text);
            history.record("typing", &before, &after, false);
            Snapshot { known: revision, ..snapshot_of(key, &after, &history) }
        }
        None => {
            // What was stored and is gone gets its place back.
            let key = if is_stored { key } else { fresh_key() };
            snapshot_of(key, &Document::from_text(text), &History::default())
        }
    };
    let written = shelf.store.save(&snapshot, &fresh_key(), now()).await.map_err(not_done)?;
    Ok(written.head.key)
}

async fn duplicate(shelf: &Shelf, key: &str) -> Result<String, String> {
    let (_, record) = shelf.load(key).await.map_err(not_done)?;
    let record = record.ok_or("This plan is no longer on this device.")?;
    let (document, history) =
        record::read(&record).ok_or("This plan can't be read. Download it, and open what is left of it.")?;
    let snapshot = snapshot_of(fresh_key(), &document, &history);
    let taken: Vec<String> = shelf.heads().await.0.into_iter().map(|head| head.name).collect();
    let name = (1..).map(|number| name_of_copy(&snapshot.name, number)).find(|name| !taken.contains(name));
    let snapshot = Snapshot { name: name.unwrap_or_default(), ..snapshot };
    let written = shelf.store.save(&snapshot, &fresh_key(), now()).await.map_err(not_done)?;
    Ok(format!("Made {}.", written.head.name))
}

async fn name_version(desk: &Desk, name: String) -> Result<String, String> {
    let snapshot = desk.snapshot();
    if snapshot.key.is_empty() {
        return Err("There is nothing to keep yet.".to_owned());
    }
    let version = Version {
        document: snapshot.key,
        name: if name.trim().is_empty() { "Kept by hand".to_owned() } else { name.trim().to_owned() },
        tasks: snapshot.tasks,
        saved: now(),
        record: record::without_history(&snapshot.record),
    };
    let outcome = desk.shelf.store.keep_version(&version).await;
    outcome.map(|()| format!("Kept as {}.", version.name)).map_err(not_done)
}

/// Makes a version a document of its own and gives its key.
async fn copy_of_version(shelf: &Shelf, key: &str, saved: u64) -> Result<String, String> {
    let versions = shelf.store.versions(key).await.map_err(not_done)?;
    let version = versions.into_iter().find(|version| version.saved == saved);
    let version = version.ok_or("This version is no longer on this device.")?;
    let (document, _) = record::read(&version.record).ok_or("This version is damaged.")?;
    let snapshot = snapshot_of(fresh_key(), &document, &History::default());
    let written = shelf.store.save(&snapshot, &fresh_key(), now()).await.map_err(not_done)?;
    Ok(written.head.key)
}

/// Makes every document of a file one of this device, but the first, which the session holds to be opened next.
pub async fn import_all(desk: &Desk, records: Vec<(String, String)>) -> Result<Found, String> {
    let count = records.len();
    let mut first = None;
    for (name, record) in records {
        let read = record::read(&record);
        let snapshot = match read {
            Some((document, _)) if first.is_none() => {
                first = Some(document);
                continue;
            }
            Some((document, history)) => snapshot_of(fresh_key(), &document, &history),
            None => Snapshot { key: fresh_key(), known: 0, name, tasks: 0, record },
        };
        desk.shelf.save(&snapshot, &fresh_key(), now()).await.map_err(not_done)?;
    }
    let first = first.ok_or("No plan in this file can be read.")?;
    let tasks = first.plan().tasks.len();
    desk.session.borrow_mut().hold(first);
    let notes = if count > 1 { vec![format!("All {count} are in the list of plans.")] } else { Vec::new() };
    Ok(Found {
        tasks,
        is_plan_text: false,
        is_shared: false,
        is_review: false,
        format: format!("the first of {count} plans"),
        notes,
    })
}

/// A document as plan text; what is left of it if it is damaged.
async fn file(shelf: &Shelf, key: &str) -> Answer {
    match shelf.load(key).await {
        Ok((head, Some(record))) => {
            let name = head.map_or_else(|| "damaged-plan".to_owned(), |head| head.name);
            let text = record::text_of(&record);
            let extension = if text.is_some() { "phaseplan.md" } else { "txt" };
            Answer::File(SavedFile {
                name: format!("{}.{extension}", file_name(&name)),
                media_type: "text/markdown".to_owned(),
                content: text.unwrap_or(record),
            })
        }
        Ok(_) => Answer::Done(Err("This plan is no longer on this device.".to_owned())),
        Err(fault) => Answer::Done(Err(could_not_read(fault))),
    }
}

/// All documents that are not in the bin, as one file.
async fn all_files(shelf: &Shelf) -> Answer {
    let (heads, fault) = shelf.heads().await;
    let mut records = Vec::new();
    for head in heads.iter().filter(|head| head.removed.is_none()) {
        match shelf.load(&head.key).await {
            Ok((_, Some(record))) => records.push((head.name.clone(), record)),
            Ok(_) => {}
            Err(fault) => return Answer::Done(Err(could_not_read(fault))),
        }
    }
    if let (true, Some(fault)) = (records.is_empty(), fault) {
        return Answer::Done(Err(could_not_read(fault)));
    }
    Answer::File(SavedFile {
        name: "phaseplan-plans.json".to_owned(),
        media_type: "application/json".to_owned(),
        content: phaseplan::library::archive::write(&records),
    })
}

/// In letters that every file system takes.
fn file_name(name: &str) -> String {
    let letters = name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' });
    let name: String = letters.take(60).collect::<String>().to_lowercase();
    let name = name.trim_matches('-');
    if name.is_empty() { "plan".to_owned() } else { name.to_owned() }
}
