//! The interface of storage: texts under keys, read and written in transactions.
//!
//! The program `worker` implements these traits for the browser's storage. The tests use one in memory that
//! fails on command.

use super::StorageError;

/// A set of texts, each under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectStore {
    /// A [`Head`](super::Head) as JSON, under the key of its document.
    Heads,
    /// The record of a document, under its key.
    Records,
    /// A [`Version`](super::Version) as JSON, under the key of its document, `/` and the time.
    Versions,
    /// What is known of the repository of a document, as an evidence file, under its key.
    Evidence,
}

/// Storage of documents.
#[expect(async_fn_in_trait, reason = "storage belongs to one thread, so no future has to be `Send`")]
pub trait Storage {
    /// The transaction type.
    type Transaction: Transaction;

    /// Reads in one transaction. `act` must await nothing but the transaction, and may be called twice: a
    /// lost connection is reopened once.
    async fn read<T>(
        &self,
        act: impl AsyncFn(&Self::Transaction) -> Result<T, StorageError>,
    ) -> Result<T, StorageError>;

    /// Writes in one transaction: stores everything that `act` does, or nothing if it fails. Otherwise like
    /// [`Storage::read`].
    async fn write<T>(
        &self,
        act: impl AsyncFn(&Self::Transaction) -> Result<T, StorageError>,
    ) -> Result<T, StorageError>;

    /// Whether this replaces a storage that can't be opened, so older documents are missing.
    fn is_spare(&self) -> bool;
}

/// A transaction over all object stores. Nobody else writes to them until it ends.
#[expect(async_fn_in_trait, reason = "storage belongs to one thread, so no future has to be `Send`")]
pub trait Transaction {
    /// The text under a key. A value that isn't text is damaged and is returned as an empty text.
    async fn get(&self, store: ObjectStore, key: &str) -> Result<Option<String>, StorageError>;

    /// Stores a text, replacing the one under that key.
    async fn put(&self, store: ObjectStore, key: &str, text: &str) -> Result<(), StorageError>;

    /// Deletes a text, if it exists.
    async fn delete(&self, store: ObjectStore, key: &str) -> Result<(), StorageError>;

    /// All keys that begin with `prefix`, ascending.
    async fn keys(&self, store: ObjectStore, prefix: &str) -> Result<Vec<String>, StorageError>;

    /// The texts under all keys that begin with `prefix`, in key order.
    async fn texts(&self, store: ObjectStore, prefix: &str) -> Result<Vec<String>, StorageError>;
}
