//! The layout of documents in storage.
//!
//! The head and the record of a document are under its key, in separate object stores. Its versions are under
//! the key, `/` and the time. A save compares the revision and swaps head and record in one transaction, and
//! succeeds only after another transaction has read it back.

use super::storage::{ObjectStore, Storage, Transaction};
use super::versions::{key_prefix, version_key};
use super::{FORM, Head, Snapshot, StorageError, Verdict, Version, Written, is_due, judge, to_forget};
use crate::document::record;

/// The stored parts of one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stored {
    /// Its head; `None` if it is missing or damaged.
    pub head: Option<Head>,
    /// Its record, which may be damaged; `None` if it is missing.
    pub record: Option<String>,
}

/// Reads a document.
pub async fn load(storage: &impl Storage, key: &str) -> Result<Stored, StorageError> {
    storage
        .read(async |transaction| {
            let head = transaction.get(ObjectStore::Heads, key).await?;
            let record = transaction.get(ObjectStore::Records, key).await?;
            Ok(Stored { head: head.as_deref().and_then(Head::from_json), record })
        })
        .await
}

/// The heads of all documents, including damaged ones.
pub async fn heads(storage: &impl Storage) -> Result<Vec<Head>, StorageError> {
    storage
        .read(async |transaction| {
            let texts = transaction.texts(ObjectStore::Heads, "").await?;
            let mut heads: Vec<Head> = texts.iter().filter_map(|text| Head::from_json(text)).collect();
            for key in transaction.keys(ObjectStore::Records, "").await? {
                if !heads.iter().any(|head| head.key == key) {
                    heads.push(Head::of_damaged(&key));
                }
            }
            Ok(heads)
        })
        .await
}

/// Saves a document. If that would overwrite a revision that the writer has not seen, saves it under
/// `spare_key` instead.
pub async fn save(
    storage: &impl Storage,
    snapshot: &Snapshot,
    spare_key: &str,
    now: u64,
) -> Result<Written, StorageError> {
    let written = storage
        .write(async |transaction| compare_and_swap(transaction, snapshot, spare_key, now).await)
        .await?;
    let stored = load(storage, &written.head.key).await?;
    let is_there = stored.head.is_some_and(|head| head.revision == written.head.revision)
        && stored.record.is_some_and(|record| has_same_text(&record, &snapshot.record));
    if is_there { Ok(written) } else { Err(StorageError::Different) }
}

/// Changes only the head of a document. A damaged head is replaced by a valid one.
pub async fn change_head(
    storage: &impl Storage,
    key: &str,
    change: impl Fn(&mut Head),
) -> Result<(), StorageError> {
    storage
        .write(async |transaction| {
            let stored = transaction.get(ObjectStore::Heads, key).await?;
            let mut head =
                stored.as_deref().and_then(Head::from_json).unwrap_or_else(|| Head::of_damaged(key));
            change(&mut head);
            transaction.put(ObjectStore::Heads, key, &head.to_json()).await
        })
        .await
}

/// Deletes a document with its versions and what is known of its repository permanently.
pub async fn delete(storage: &impl Storage, key: &str) -> Result<(), StorageError> {
    storage
        .write(async |transaction| {
            transaction.delete(ObjectStore::Heads, key).await?;
            transaction.delete(ObjectStore::Records, key).await?;
            transaction.delete(ObjectStore::Evidence, key).await?;
            for version in transaction.keys(ObjectStore::Versions, &key_prefix(key)).await? {
                transaction.delete(ObjectStore::Versions, &version).await?;
            }
            Ok(())
        })
        .await
}

/// The versions of a document, newest first, without damaged ones.
pub async fn versions(storage: &impl Storage, key: &str) -> Result<Vec<Version>, StorageError> {
    storage
        .read(async |transaction| {
            let mut versions = read_versions(transaction, key).await?;
            versions.reverse();
            Ok(versions)
        })
        .await
}

/// Stores a version.
pub async fn add_version(storage: &impl Storage, version: &Version) -> Result<(), StorageError> {
    storage.write(async |transaction| put_version(transaction, version).await).await
}

/// Writes a document as [`judge`] decides. From time to time, turns the previously stored one into a version.
async fn compare_and_swap(
    transaction: &impl Transaction,
    snapshot: &Snapshot,
    spare_key: &str,
    now: u64,
) -> Result<Written, StorageError> {
    let stored_head = transaction.get(ObjectStore::Heads, &snapshot.key).await?;
    let stored_record = transaction.get(ObjectStore::Records, &snapshot.key).await?;
    let is_same = stored_record.as_ref().is_some_and(|stored| has_same_text(stored, &snapshot.record));
    // A record without a head can't be read, and must not be overwritten either.
    let seen = stored_head.as_deref().or(stored_record.as_ref().map(|_| ""));
    let verdict = judge(seen, snapshot.known, is_same);
    let (key, revision) = match verdict {
        Verdict::Write(revision) | Verdict::Adopt(revision) => (snapshot.key.as_str(), revision),
        Verdict::Fork => (spare_key, 1),
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
        let before = stored_head.as_deref().and_then(Head::from_json).unwrap_or_default();
        head.versioned = before.versioned;
        if !is_same && is_due(before.versioned, now) {
            head.versioned = now;
            add_automatic_version(transaction, key, &before, &stored, now).await?;
        }
    }
    transaction.put(ObjectStore::Heads, key, &head.to_json()).await?;
    transaction.put(ObjectStore::Records, key, &snapshot.record).await?;
    Ok(Written { head, is_copy: verdict == Verdict::Fork })
}

/// Turns the stored document into a version, and deletes versions that are no longer needed.
async fn add_automatic_version(
    transaction: &impl Transaction,
    key: &str,
    before: &Head,
    record: &str,
    now: u64,
) -> Result<(), StorageError> {
    let version = Version {
        document: key.to_owned(),
        name: String::new(),
        tasks: before.tasks,
        saved: before.saved,
        record: record::without_history(record),
    };
    put_version(transaction, &version).await?;
    for saved in to_forget(&read_versions(transaction, key).await?, now) {
        transaction.delete(ObjectStore::Versions, &version_key(key, saved)).await?;
    }
    Ok(())
}

async fn put_version(transaction: &impl Transaction, version: &Version) -> Result<(), StorageError> {
    let key = version_key(&version.document, version.saved);
    transaction.put(ObjectStore::Versions, &key, &version.to_json()).await
}

/// The versions of a document, oldest first.
async fn read_versions(transaction: &impl Transaction, key: &str) -> Result<Vec<Version>, StorageError> {
    let texts = transaction.texts(ObjectStore::Versions, &key_prefix(key)).await?;
    Ok(texts.iter().filter_map(|text| Version::from_json(text)).collect())
}

fn has_same_text(one: &str, other: &str) -> bool {
    one == other || record::text_of(one).is_some_and(|text| record::text_of(other) == Some(text))
}
