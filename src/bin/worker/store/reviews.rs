//! Reviews, and logs of runs, in IndexedDB: one entry per event, so tabs that write at the same time never
//! lose one. Entries are never replaced.

use idb::{Database, KeyRange, TransactionMode};
use js_sys::Array;
use phaseplan::events::{Entry, EntryKind};
use phaseplan::library::StorageError;
use wasm_bindgen::JsValue;

use super::connection::Connection;
use super::error::DatabaseError;
use super::schema::{PERSON, REVIEWS};
use super::transaction::finish;

/// The entries per transaction, which takes a fraction of a second.
const AT_ONCE: usize = 1_000;

/// The stored part of a review.
#[derive(Debug, Default)]
pub struct StoredReview {
    /// The statements.
    pub entries: Vec<Entry>,
    /// The name of the user, the same for all plans.
    pub name: Option<String>,
}

/// The place of the log of a plan's runs, beside that of its review. No id of a plan has a space.
pub fn runs_of(plan: &str) -> String {
    ["run ", plan].concat()
}

impl Connection {
    /// The stored review of a plan, without damaged entries.
    pub async fn review_of(&self, plan: &str) -> Result<StoredReview, StorageError> {
        self.with(async |database| {
            let transaction = database.transaction(&[REVIEWS], TransactionMode::ReadOnly)?;
            let reviews = transaction.object_store(REVIEWS)?;
            let keys = reviews.get_all_keys(Some(range_of(plan)?.into()), None)?.await?;
            let texts = reviews.get_all(Some(range_of(plan)?.into()), None)?.await?;
            let entries = keys.iter().zip(&texts).filter_map(|(key, text)| entry_of(key, text)).collect();
            let name = reviews.get(JsValue::from_str(PERSON))?.await?.and_then(|name| name.as_string());
            Ok(StoredReview { entries, name })
        })
        .await
    }

    /// Adds entries, and the user's name if it is new. Reads them back to verify them.
    pub async fn add_to_review(
        &self,
        plan: &str,
        entries: &[Entry],
        name: Option<&str>,
    ) -> Result<(), StorageError> {
        if let Some(name) = name {
            self.with(async |database| put_all(database, &[(PERSON.into(), name)]).await).await?;
        }
        for entries in entries.chunks(AT_ONCE) {
            let texts: Vec<(JsValue, &str)> =
                entries.iter().map(|entry| (key_of(plan, entry), entry.line.as_str())).collect();
            self.with(async |database| put_all(database, &texts).await).await?;
            self.with(async |database| compare_all(database, &texts).await).await?;
        }
        Ok(())
    }
}

async fn put_all(database: &Database, texts: &[(JsValue, &str)]) -> Result<(), DatabaseError> {
    let transaction = database.transaction(&[REVIEWS], TransactionMode::ReadWrite)?;
    let reviews = transaction.object_store(REVIEWS)?;
    let put = async {
        // Issues all requests before waiting for the first.
        let asked = texts.iter().map(|(key, text)| reviews.put(&JsValue::from_str(text), Some(key)));
        for request in asked.collect::<Result<Vec<_>, _>>()? {
            request.await?;
        }
        Ok(())
    };
    let outcome = put.await;
    finish(transaction, outcome).await
}

/// Fails unless storage contains exactly these texts.
async fn compare_all(database: &Database, texts: &[(JsValue, &str)]) -> Result<(), DatabaseError> {
    let transaction = database.transaction(&[REVIEWS], TransactionMode::ReadOnly)?;
    let reviews = transaction.object_store(REVIEWS)?;
    let asked = texts.iter().map(|(key, _)| reviews.get(key.clone()));
    for (request, (_, text)) in asked.collect::<Result<Vec<_>, _>>()?.into_iter().zip(texts) {
        if request.await?.and_then(|stored| stored.as_string()).as_deref() != Some(*text) {
            return Err(StorageError::Different.into());
        }
    }
    Ok(())
}

fn key_of(plan: &str, entry: &Entry) -> JsValue {
    Array::of3(&plan.into(), &entry.kind.name().into(), &entry.id.as_str().into()).into()
}

fn entry_of(key: &JsValue, text: &JsValue) -> Option<Entry> {
    let key = Array::from(key);
    let kind = key.get(1).as_string()?;
    let kind = EntryKind::ALL.into_iter().find(|known| known.name() == kind)?;
    Some(Entry { kind, id: key.get(2).as_string()?, line: text.as_string()? })
}

/// All keys that begin with the plan; an array is greater than every text.
fn range_of(plan: &str) -> Result<KeyRange, DatabaseError> {
    let (first, last) = (Array::of1(&plan.into()), Array::of2(&plan.into(), &Array::new()));
    Ok(KeyRange::bound(&first, &last, None, None)?)
}
