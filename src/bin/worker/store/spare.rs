//! The spare database: it stores documents while the first can't be opened.

use idb::{Database, DatabaseEvent, Event, Factory, Request, Transaction, TransactionMode};
use phaseplan::library::Head;
use wasm_bindgen::JsValue;

use super::error::DatabaseError;
use super::schema::{ALL, HEADS, RECORDS, REVIEWS, SPARE, VERSION, upgrade};
use super::transaction::{finish, put, text_at};
use crate::clock;

/// Moves the content of the spare database, if it exists, to the first one. A document in both becomes two.
pub async fn recover(database: &Database) -> Result<(), DatabaseError> {
    let mut request = Factory::new()?.open(SPARE, Some(VERSION))?;
    request.on_upgrade_needed(|event| {
        // An earlier program may have made it.
        if event.old_version().is_ok_and(|version| version > 0) {
            if let Ok(database) = event.database() {
                upgrade(&database);
            }
            return;
        }
        // It does not exist and must not be created.
        if let Some(transaction) = event.target().ok().and_then(|request| request.transaction()) {
            let _ = transaction.abort();
        }
    });
    let spare = request.await?;
    let outcome = move_all(&spare, database).await;
    spare.close();
    outcome?;
    // Another tab may have it open, so this does not wait for the deletion.
    drop(Factory::new()?.delete(SPARE)?);
    Ok(())
}

/// The keys and values of an object store.
type Entries = (&'static str, Vec<JsValue>, Vec<JsValue>);

async fn move_all(from: &Database, to: &Database) -> Result<(), DatabaseError> {
    let reading = from.transaction(&ALL, TransactionMode::ReadOnly)?;
    let mut found = Vec::new();
    for name in ALL {
        let store = reading.object_store(name)?;
        found.push((name, store.get_all_keys(None, None)?.await?, store.get_all(None, None)?.await?));
    }
    let writing = to.transaction(&ALL, TransactionMode::ReadWrite)?;
    let outcome = put_all(&writing, found).await;
    finish(writing, outcome).await
}

/// Records come first in `found`, which shows which documents are in both databases.
async fn put_all(writing: &Transaction, found: Vec<Entries>) -> Result<(), DatabaseError> {
    let records = writing.object_store(RECORDS)?;
    let there = records.get_all(None, None)?.await?;
    let suffix = ["-", &clock::keys().fresh_key()].concat();
    let (mut same, mut others) = (Vec::new(), Vec::new());
    for (name, keys, values) in found {
        let store = writing.object_store(name)?;
        for (key, value) in keys.iter().zip(values) {
            if name == REVIEWS {
                // An entry is the same in both.
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
            let (key, text) = if is_other { renamed(name, &key, &text, &suffix) } else { (key, text) };
            put(&store, &key, &text).await?;
        }
    }
    Ok(())
}

/// An entry of an object store with another key, which a head also names.
fn renamed(store: &str, key: &str, text: &str, suffix: &str) -> (String, String) {
    let renamed = [key, suffix].concat();
    let head = Some(text)
        .filter(|_| store == HEADS)
        .and_then(Head::from_json)
        .map(|head| Head { key: renamed.clone(), ..head }.to_json());
    (renamed, head.unwrap_or_else(|| text.to_owned()))
}
