//! Documents in IndexedDB. Everything that knows how they lie there stands in this file and in `boot.js`, which lists them when
//! the program can't run.
//!
//! Three object stores hold texts of JSON: `heads` and `records` under the key of the document, and `versions` under the key,
//! `/` and the time. A write compares the revision and swaps head and record in one transaction, and counts as done
//! only after it was read back in another one. A connection that fails is opened anew once.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use idb::{
    Database, Error, Event, Factory, KeyRange, ObjectStore, Request, Transaction, TransactionMode,
    TransactionResult,
};
use phaseplan::document::record;
use phaseplan::library::{FORM, Head, Verdict, Version, is_due, judge, to_forget};
use wasm_bindgen::JsValue;

use super::desk::fresh_key;
use super::opening::{Opening, before, open};
use super::reviews::REVIEWS;

const DATABASE: &str = "phaseplan";
/// Takes its place while that one can't be opened.
const SPARE: &str = "phaseplan-2";
/// Version of the object stores.
pub(super) const VERSION: u32 = 2;
const HEADS: &str = "heads";
const RECORDS: &str = "records";
const VERSIONS: &str = "versions";
/// What is stored of documents. Reviews have an object store of their own, see [`super::reviews`].
pub(super) const ALL: [&str; 3] = [HEADS, RECORDS, VERSIONS];

/// How long storage may take, in milliseconds.
const PATIENCE: u32 = 2_000;

/// Why storage did not do what it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No room is left.
    Full,
    /// The browser keeps nothing for this page.
    Forbidden,
    /// It does not answer in time.
    Silent,
    /// The connection is lost, or was never there.
    Lost,
    /// The database can't be opened any more, or holds something else.
    Damaged,
    /// A newer program has changed the object stores.
    Newer,
    /// An older program in another tab keeps the object stores from being changed.
    Blocked,
    /// What was read back is not what was written.
    Different,
}

impl Fault {
    /// As a part of a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Fault::Full => "storage is full",
            Fault::Forbidden => "this browser keeps nothing for this page",
            Fault::Silent | Fault::Lost => "the storage of this browser does not answer",
            Fault::Damaged => "the storage of this browser is damaged",
            Fault::Newer => "a newer version of phaseplan uses the storage, so reload this page",
            Fault::Blocked => {
                "a tab with an older version of phaseplan holds the storage, so reload or close that tab"
            }
            Fault::Different => "storage did not keep what was written",
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        let words = error.to_string();
        let says = |name: &str| words.contains(name);
        match error {
            Error::IndexedDbNotFound(_) => Fault::Forbidden,
            _ if says("Quota") => Fault::Full,
            _ if says("VersionError") => Fault::Newer,
            _ if says("SecurityError") => Fault::Forbidden,
            _ => Fault::Lost,
        }
    }
}

/// A document that is to be saved.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Name in storage.
    pub key: String,
    /// The revision that was read or written last; 0 for none.
    pub known: u32,
    /// What lists call it.
    pub name: String,
    /// How many tasks it has.
    pub tasks: usize,
    /// The document with its history.
    pub record: String,
}

/// What saving came to.
#[derive(Debug, Clone)]
pub struct Written {
    /// Head of the document as it is stored.
    pub head: Head,
    /// Whether it became a document of its own, since another tab had changed the one it was.
    pub is_copy: bool,
}

/// The connection.
#[derive(Default)]
pub struct Store {
    database: RefCell<Option<Rc<Database>>>,
    /// Set by the browser when it closes the connection.
    is_closed: Rc<Cell<bool>>,
    opening: Rc<Opening>,
    /// Whether the documents of before can't be read, so that another database holds those of now.
    pub is_spare: Cell<bool>,
}

impl Store {
    /// Saves a document, unless that would overwrite what the writer has not seen: then it is saved under `spare`.
    pub async fn save(&self, snapshot: &Snapshot, spare: &str, now: u64) -> Result<Written, Fault> {
        let written = self.with(async |database| write(database, snapshot, spare, now).await).await?;
        let (key, revision) = (written.head.key.clone(), written.head.revision);
        let (head, record) = self.load(&key).await?;
        let is_there = head.is_some_and(|head| head.revision == revision)
            && record
                .is_some_and(|record| record == snapshot.record || is_same_text(&record, &snapshot.record));
        if is_there { Ok(written) } else { Err(Fault::Different) }
    }

    /// The head of a document, unless it is missing or damaged, and its record.
    pub async fn load(&self, key: &str) -> Result<(Option<Head>, Option<String>), Fault> {
        self.with(async |database| {
            let transaction = database.transaction(&ALL, TransactionMode::ReadOnly)?;
            let head = text_at(&transaction.object_store(HEADS)?, key).await?;
            let record = text_at(&transaction.object_store(RECORDS)?, key).await?;
            Ok((head.and_then(|head| Head::from_json(&head)), record))
        })
        .await
    }

    /// The heads of all documents, damaged ones included.
    pub async fn heads(&self) -> Result<Vec<Head>, Fault> {
        self.with(async |database| {
            let transaction = database.transaction(&ALL, TransactionMode::ReadOnly)?;
            let heads = transaction.object_store(HEADS)?;
            let texts = heads.get_all(None, None)?.await?;
            let keys = transaction.object_store(RECORDS)?.get_all_keys(None, None)?.await?;
            let mut heads: Vec<Head> =
                texts.iter().filter_map(|text| Head::from_json(&text.as_string()?)).collect();
            for key in keys.iter().filter_map(JsValue::as_string) {
                if !heads.iter().any(|head| head.key == key) {
                    heads.push(Head::of_damaged(&key));
                }
            }
            Ok(heads)
        })
        .await
    }

    /// Changes the head of a document, and nothing else. A damaged head becomes a whole one.
    pub async fn change_head(&self, key: &str, change: impl Fn(&mut Head)) -> Result<(), Fault> {
        self.with(async |database| {
            let transaction = database.transaction(&ALL, TransactionMode::ReadWrite)?;
            let heads = transaction.object_store(HEADS)?;
            let stored = text_at(&heads, key).await?;
            let mut head =
                stored.and_then(|head| Head::from_json(&head)).unwrap_or_else(|| Head::of_damaged(key));
            change(&mut head);
            if let Err(fault) = put(&heads, key, &head.to_json()).await {
                let _ = transaction.abort();
                return Err(fault);
            }
            finish(transaction).await
        })
        .await
    }

    /// Deletes a document with its versions, for good.
    pub async fn delete(&self, key: &str) -> Result<(), Fault> {
        self.with(async |database| {
            let transaction = database.transaction(&ALL, TransactionMode::ReadWrite)?;
            for store in [HEADS, RECORDS] {
                transaction.object_store(store)?.delete(JsValue::from_str(key))?.await?;
            }
            transaction.object_store(VERSIONS)?.delete(versions_of(key)?)?.await?;
            finish(transaction).await
        })
        .await
    }

    /// The versions of a document, the newest first. Damaged ones are left out.
    pub async fn versions(&self, key: &str) -> Result<Vec<Version>, Fault> {
        self.with(async |database| {
            let transaction = database.transaction(&ALL, TransactionMode::ReadOnly)?;
            let mut versions = read_versions(&transaction.object_store(VERSIONS)?, key).await?;
            versions.reverse();
            Ok(versions)
        })
        .await
    }

    /// Keeps a version.
    pub async fn keep_version(&self, version: &Version) -> Result<(), Fault> {
        self.with(async |database| {
            let transaction = database.transaction(&ALL, TransactionMode::ReadWrite)?;
            let versions = transaction.object_store(VERSIONS)?;
            if let Err(fault) = put(&versions, &version_key(version), &version.to_json()).await {
                let _ = transaction.abort();
                return Err(fault);
            }
            finish(transaction).await
        })
        .await
    }

    /// Does something with the database. A lost connection is opened anew once; where there is no room, that would not help.
    pub(super) async fn with<T>(&self, act: impl AsyncFn(&Database) -> Result<T, Fault>) -> Result<T, Fault> {
        match self.try_with(&act).await {
            Err(Fault::Lost) => {
                self.disconnect();
                self.try_with(&act).await
            }
            outcome => outcome,
        }
    }

    async fn try_with<T>(&self, act: &impl AsyncFn(&Database) -> Result<T, Fault>) -> Result<T, Fault> {
        let done = within(PATIENCE, async {
            let database = self.connect().await?;
            act(&database).await
        });
        let done = done.await.unwrap_or(Err(Fault::Silent));
        if matches!(done, Err(Fault::Silent)) {
            // The next one asks another connection.
            self.disconnect();
        }
        done
    }

    /// Calls `act` whenever storage that an older program held can be used.
    pub fn on_return(&self, act: impl Fn() + 'static) {
        self.opening.on_return(act);
    }

    async fn connect(&self) -> Result<Rc<Database>, Fault> {
        let _turn = self.opening.turn().await;
        if self.is_closed.replace(false) {
            self.disconnect();
        }
        if let Some(database) = &*self.database.borrow() {
            return Ok(database.clone());
        }
        let opened = self.opening.open(DATABASE).await;
        self.is_spare.set(matches!(opened, Err(Fault::Damaged)));
        let mut database = match opened {
            Err(Fault::Damaged) => open(SPARE).await?,
            opened => {
                let database = opened?;
                // Should that fail, it is tried again at the next start.
                let _ = bring_home(&database).await;
                database
            }
        };
        let is_closed = self.is_closed.clone();
        database.on_close(move |_| is_closed.set(true));
        // A newer program must be able to change the object stores; what is written afterwards is told as not saved.
        let is_closed = self.is_closed.clone();
        database.on_version_change(move |event| {
            is_closed.set(true);
            if let Some(database) = event.target().and_then(|target| Database::try_from(target).ok()) {
                database.close();
            }
        });
        let database = Rc::new(database);
        self.database.replace(Some(database.clone()));
        Ok(database)
    }

    fn disconnect(&self) {
        if let Some(database) = self.database.take() {
            database.close();
        }
    }
}

/// Moves what the spare database holds, if there is one, into the database that can be opened again. A document that is in
/// both becomes two.
async fn bring_home(database: &Database) -> Result<(), Fault> {
    let mut request = Factory::new()?.open(SPARE, Some(VERSION))?;
    // There is none, and none is to be made.
    request.on_upgrade_needed(|event| {
        if let Some(transaction) = event.target().ok().and_then(|request| request.transaction()) {
            let _ = transaction.abort();
        }
    });
    let spare = request.await?;
    let outcome = move_all(&spare, database).await;
    spare.close();
    outcome?;
    // Another tab may have it open, so that nobody waits for it.
    drop(Factory::new()?.delete(SPARE)?);
    Ok(())
}

async fn move_all(from: &Database, to: &Database) -> Result<(), Fault> {
    let all = [RECORDS, HEADS, VERSIONS, REVIEWS];
    let reading = from.transaction(&all, TransactionMode::ReadOnly)?;
    let mut found = Vec::new();
    for name in all {
        let store = reading.object_store(name)?;
        let keys = store.get_all_keys(None, None)?.await?;
        let values = store.get_all(None, None)?.await?;
        found.push((name, keys, values));
    }
    let writing = to.transaction(&all, TransactionMode::ReadWrite)?;
    let records = writing.object_store(RECORDS)?;
    let there = records.get_all(None, None)?.await?;
    let suffix = ["-", &fresh_key()].concat();
    // Records stand before heads in what follows, so that it is known by then which documents are in both.
    let (mut same, mut others) = (Vec::new(), Vec::new());
    for (name, keys, values) in found {
        let store = writing.object_store(name)?;
        for (key, value) in keys.iter().zip(values) {
            if name == REVIEWS {
                // What is said is the same wherever it stands.
                store.put(&value, Some(key))?.await?;
                continue;
            }
            let (Some(key), Some(text)) = (key.as_string(), value.as_string()) else { continue };
            if name == RECORDS {
                // Another tab, or this one a moment ago, may have moved it already.
                if there.contains(&value) {
                    same.push(key.clone());
                } else if text_at(&records, &key).await?.is_some() {
                    others.push(key.clone());
                }
            }
            if same.contains(&key) {
                continue;
            }
            let is_other = others.contains(&key);
            let (key, text) = if is_other { renamed(&key, &text, &suffix) } else { (key, text) };
            put(&store, &key, &text).await?;
        }
    }
    finish(writing).await
}

/// A head or a record under another key.
fn renamed(key: &str, text: &str, suffix: &str) -> (String, String) {
    let renamed = [key, suffix].concat();
    let head = Head::from_json(text).map(|head| Head { key: renamed.clone(), ..head }.to_json());
    (renamed, head.unwrap_or_else(|| text.to_owned()))
}

/// Compares and swaps. What was stored is kept as a version from time to time.
async fn write(database: &Database, snapshot: &Snapshot, spare: &str, now: u64) -> Result<Written, Fault> {
    let transaction = database.transaction(&ALL, TransactionMode::ReadWrite)?;
    match put_all(&transaction, snapshot, spare, now).await {
        Ok(written) => finish(transaction).await.map(|()| written),
        Err(fault) => {
            // Otherwise what was put so far would be committed alone.
            let _ = transaction.abort();
            Err(fault)
        }
    }
}

async fn put_all(
    transaction: &Transaction,
    snapshot: &Snapshot,
    spare: &str,
    now: u64,
) -> Result<Written, Fault> {
    let heads = transaction.object_store(HEADS)?;
    let records = transaction.object_store(RECORDS)?;
    let stored_head = text_at(&heads, &snapshot.key).await?;
    let stored_record = text_at(&records, &snapshot.key).await?;
    let is_same = stored_record.as_ref().is_some_and(|stored| is_same_text(stored, &snapshot.record));
    // A record without a head is one that can't be read, and not to be overwritten either.
    let seen = stored_head.as_deref().or(stored_record.as_ref().map(|_| ""));
    let verdict = judge(seen, snapshot.known, is_same);
    let before = stored_head.as_deref().and_then(Head::from_json).unwrap_or_default();
    let (key, revision) = match verdict {
        Verdict::Write(revision) => (snapshot.key.as_str(), revision),
        Verdict::Adopt(revision) => (snapshot.key.as_str(), revision),
        Verdict::Fork => (spare, 1),
    };
    let mut head = Head {
        form: FORM,
        key: key.to_owned(),
        name: snapshot.name.clone(),
        tasks: snapshot.tasks,
        bytes: snapshot.record.len(),
        revision,
        saved: now,
        removed: None,
        versioned: now,
    };
    if let (Verdict::Write(_), Some(stored)) = (verdict, stored_record) {
        head.versioned = before.versioned;
        if !is_same && is_due(before.versioned, now) {
            head.versioned = now;
            let version = Version {
                document: key.to_owned(),
                name: String::new(),
                tasks: before.tasks,
                saved: before.saved,
                record: record::without_history(&stored),
            };
            let versions = transaction.object_store(VERSIONS)?;
            put(&versions, &version_key(&version), &version.to_json()).await?;
            let known = read_versions(&versions, key).await?;
            for saved in to_forget(&known, now) {
                let name = version_name(key, saved);
                versions.delete(JsValue::from_str(&name))?.await?;
            }
        }
    }
    put(&heads, key, &head.to_json()).await?;
    put(&records, key, &snapshot.record).await?;
    Ok(Written { head, is_copy: verdict == Verdict::Fork })
}

fn is_same_text(one: &str, other: &str) -> bool {
    one == other || record::text_of(one).is_some_and(|text| record::text_of(other) == Some(text))
}

async fn text_at(store: &ObjectStore, key: &str) -> Result<Option<String>, Fault> {
    let value = store.get(JsValue::from_str(key))?.await?;
    // Something else than a text is damage, and must not be taken for nothing.
    Ok(value.map(|value| value.as_string().unwrap_or_default()))
}

async fn put(store: &ObjectStore, key: &str, text: &str) -> Result<(), Fault> {
    store.put(&JsValue::from_str(text), Some(&JsValue::from_str(key)))?.await?;
    Ok(())
}

pub(super) async fn finish(transaction: Transaction) -> Result<(), Fault> {
    match transaction.commit()?.await? {
        TransactionResult::Committed => Ok(()),
        // The browser ends a transaction by itself where the disk has no room for it.
        TransactionResult::Aborted => Err(Fault::Full),
    }
}

async fn read_versions(versions: &ObjectStore, key: &str) -> Result<Vec<Version>, Fault> {
    let texts = versions.get_all(Some(versions_of(key)?.into()), None)?.await?;
    Ok(texts.iter().filter_map(|text| Version::from_json(&text.as_string()?)).collect())
}

fn versions_of(key: &str) -> Result<KeyRange, Fault> {
    let (first, last) = ([key, "/"].concat(), [key, "/~"].concat());
    Ok(KeyRange::bound(&JsValue::from_str(&first), &JsValue::from_str(&last), None, None)?)
}

fn version_key(version: &Version) -> String {
    version_name(&version.document, version.saved)
}

/// With zeros in front, so that keys stand in the order of time.
fn version_name(key: &str, saved: u64) -> String {
    format!("{key}/{saved:016}")
}

/// What the future gives, unless it takes longer.
async fn within<T>(milliseconds: u32, future: impl Future<Output = T>) -> Option<T> {
    before(TimeoutFuture::new(milliseconds), pin!(future)).await
}
