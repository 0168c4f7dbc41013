//! Documents in IndexedDB: transactions for the operations of the library.

use idb::{KeyRange, Query, TransactionMode};
use phaseplan::library::{ObjectStore, Storage, StorageError, Transaction};
use wasm_bindgen::JsValue;

use super::connection::Connection;
use super::error::DatabaseError;
use super::schema::{OF_DOCUMENTS, name_of};
use super::transaction::{finish, put, text_at};

/// A transaction over the object stores of documents.
pub struct DocumentTransaction(idb::Transaction);

impl Storage for Connection {
    type Transaction = DocumentTransaction;

    async fn read<T>(
        &self,
        act: impl AsyncFn(&DocumentTransaction) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        self.with(async |database| {
            let transaction = database.transaction(&OF_DOCUMENTS, TransactionMode::ReadOnly)?;
            Ok(act(&DocumentTransaction(transaction)).await?)
        })
        .await
    }

    async fn write<T>(
        &self,
        act: impl AsyncFn(&DocumentTransaction) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        self.with(async |database| {
            let transaction = database.transaction(&OF_DOCUMENTS, TransactionMode::ReadWrite)?;
            let transaction = DocumentTransaction(transaction);
            let outcome = act(&transaction).await;
            finish(transaction.0, outcome.map_err(DatabaseError::from)).await
        })
        .await
    }

    fn is_spare(&self) -> bool {
        self.is_spare.get()
    }
}

impl Transaction for DocumentTransaction {
    async fn get(&self, store: ObjectStore, key: &str) -> Result<Option<String>, StorageError> {
        Ok(text_at(&self.store(store)?, key).await?)
    }

    async fn put(&self, store: ObjectStore, key: &str, text: &str) -> Result<(), StorageError> {
        Ok(put(&self.store(store)?, key, text).await?)
    }

    async fn delete(&self, store: ObjectStore, key: &str) -> Result<(), StorageError> {
        let deleted = async || -> Result<(), DatabaseError> {
            Ok(self.store(store)?.delete(JsValue::from_str(key))?.await?)
        };
        Ok(deleted().await?)
    }

    async fn keys(&self, store: ObjectStore, prefix: &str) -> Result<Vec<String>, StorageError> {
        let found = async || -> Result<Vec<JsValue>, DatabaseError> {
            Ok(self.store(store)?.get_all_keys(beginning_with(prefix)?, None)?.await?)
        };
        Ok(found().await?.iter().filter_map(JsValue::as_string).collect())
    }

    async fn texts(&self, store: ObjectStore, prefix: &str) -> Result<Vec<String>, StorageError> {
        let found = async || -> Result<Vec<JsValue>, DatabaseError> {
            Ok(self.store(store)?.get_all(beginning_with(prefix)?, None)?.await?)
        };
        Ok(found().await?.iter().filter_map(JsValue::as_string).collect())
    }
}

impl DocumentTransaction {
    fn store(&self, store: ObjectStore) -> Result<idb::ObjectStore, DatabaseError> {
        Ok(self.0.object_store(name_of(store))?)
    }
}

/// All keys with this prefix; all keys if it is empty.
fn beginning_with(prefix: &str) -> Result<Option<Query>, DatabaseError> {
    if prefix.is_empty() {
        return Ok(None);
    }
    let (first, last) = (JsValue::from_str(prefix), JsValue::from_str(&[prefix, "\u{ffff}"].concat()));
    Ok(Some(KeyRange::bound(&first, &last, None, None)?.into()))
}
