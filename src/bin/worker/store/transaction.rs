//! Reads and writes texts in object stores, and ends transactions.

use idb::{ObjectStore, Transaction, TransactionResult};
use phaseplan::library::StorageError;
use wasm_bindgen::JsValue;

use super::error::DatabaseError;

/// The text at a key. A value that is not a text is damage, not absence: it is returned as an empty text.
pub async fn text_at(store: &ObjectStore, key: &str) -> Result<Option<String>, DatabaseError> {
    let value = store.get(JsValue::from_str(key))?.await?;
    Ok(value.map(|value| value.as_string().unwrap_or_default()))
}

/// Stores a text.
pub async fn put(store: &ObjectStore, key: &str, text: &str) -> Result<(), DatabaseError> {
    store.put(&JsValue::from_str(text), Some(&JsValue::from_str(key)))?.await?;
    Ok(())
}

/// Commits a transaction, or aborts it if writing failed, so nothing of it is stored.
pub async fn finish<T>(
    transaction: Transaction,
    outcome: Result<T, DatabaseError>,
) -> Result<T, DatabaseError> {
    match outcome {
        Ok(done) => match transaction.commit()?.await? {
            TransactionResult::Committed => Ok(done),
            // The browser aborts a transaction when the disk is full.
            TransactionResult::Aborted => Err(StorageError::Full.into()),
        },
        Err(error) => {
            // Otherwise the writes so far would be committed alone.
            let _ = transaction.abort();
            Err(error)
        }
    }
}
