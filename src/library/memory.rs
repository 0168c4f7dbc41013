//! Storage in memory that fails on command, to test the rules.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::{KeySource, ObjectStore, Storage, StorageError, Transaction};

/// Faults of storage. Numbers count from 0 since the faults were set.
#[derive(Clone, Default)]
pub struct Faults {
    /// Read-only transactions fail, from the one with this number on.
    pub read: Option<(usize, StorageError)>,
    /// Write transactions fail to begin.
    pub write: Option<StorageError>,
    /// There is no room for the text put with this number.
    pub full_at: Option<usize>,
    /// There is no room when a write transaction commits.
    pub is_full_at_end: bool,
    /// Every text loses its first letter when it is put.
    pub mangles: bool,
    /// Before the transaction with this number, another tab puts these texts.
    pub other_tab: Option<(usize, Vec<Put>)>,
    /// The previous storage can't be opened, and this one replaces it.
    pub is_spare: bool,
}

/// A text that is put: its object store, key and content.
type Put = (ObjectStore, String, String);

/// All texts, by object store and key.
type Texts = BTreeMap<(ObjectStore, String), String>;

#[derive(Default)]
struct Shared {
    texts: RefCell<Texts>,
    faults: RefCell<Faults>,
    /// Since the faults were set: the number of transactions, of read-only ones, and of texts put.
    transactions: Cell<usize>,
    reads: Cell<usize>,
    puts: Cell<usize>,
}

/// The storage. Clones share their content, like tabs of one browser.
#[derive(Clone, Default)]
pub struct Memory(Rc<Shared>);

impl Memory {
    /// Sets the faults from now on, replacing earlier ones.
    pub fn set_faults(&self, faults: Faults) {
        self.0.faults.replace(faults);
        for count in [&self.0.transactions, &self.0.reads, &self.0.puts] {
            count.set(0);
        }
    }

    /// Stores a text directly.
    pub fn set(&self, store: ObjectStore, key: &str, text: &str) {
        self.0.texts.borrow_mut().insert((store, key.to_owned()), text.to_owned());
    }

    /// Loses a text.
    pub fn lose(&self, store: ObjectStore, key: &str) {
        self.0.texts.borrow_mut().remove(&(store, key.to_owned()));
    }

    /// The text under a key.
    pub fn at(&self, store: ObjectStore, key: &str) -> Option<String> {
        self.0.texts.borrow().get(&(store, key.to_owned())).cloned()
    }

    /// All texts of an object store, in the order of their keys.
    pub fn all(&self, store: ObjectStore) -> Vec<String> {
        let texts = self.0.texts.borrow();
        texts.iter().filter(|((place, _), _)| *place == store).map(|(_, text)| text.clone()).collect()
    }

    /// Lets the other tab write what it writes before this transaction.
    fn begin(&self) {
        let number = self.0.transactions.replace(self.0.transactions.get() + 1);
        if let Some((at, texts)) = &self.0.faults.borrow().other_tab
            && *at == number
        {
            texts.iter().for_each(|(store, key, text)| self.set(*store, key, text));
        }
    }
}

impl Storage for Memory {
    type Transaction = Memory;

    async fn read<T>(
        &self,
        act: impl AsyncFn(&Memory) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        self.begin();
        let number = self.0.reads.replace(self.0.reads.get() + 1);
        let fault = self.0.faults.borrow().read;
        if let Some((from, error)) = fault
            && number >= from
        {
            return Err(error);
        }
        let before = self.0.texts.borrow().clone();
        let outcome = act(self).await;
        assert_eq!(before, *self.0.texts.borrow(), "a transaction that only reads has written");
        outcome
    }

    async fn write<T>(
        &self,
        act: impl AsyncFn(&Memory) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        self.begin();
        let Faults { write: error, is_full_at_end, .. } = self.0.faults.borrow().clone();
        error.map_or(Ok(()), Err)?;
        let before = self.0.texts.borrow().clone();
        let outcome = act(self).await;
        let outcome =
            outcome.and_then(|done| if is_full_at_end { Err(StorageError::Full) } else { Ok(done) });
        if outcome.is_err() {
            self.0.texts.replace(before);
        }
        outcome
    }

    fn is_spare(&self) -> bool {
        self.0.faults.borrow().is_spare
    }
}

impl Transaction for Memory {
    async fn get(&self, store: ObjectStore, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.at(store, key))
    }

    async fn put(&self, store: ObjectStore, key: &str, text: &str) -> Result<(), StorageError> {
        let number = self.0.puts.replace(self.0.puts.get() + 1);
        let Faults { full_at, mangles, .. } = self.0.faults.borrow().clone();
        if full_at == Some(number) {
            return Err(StorageError::Full);
        }
        self.set(store, key, if mangles { text.get(1..).unwrap_or_default() } else { text });
        Ok(())
    }

    async fn delete(&self, store: ObjectStore, key: &str) -> Result<(), StorageError> {
        self.lose(store, key);
        Ok(())
    }

    async fn keys(&self, store: ObjectStore, prefix: &str) -> Result<Vec<String>, StorageError> {
        let texts = self.0.texts.borrow();
        let keys = texts.keys().filter(|(place, key)| *place == store && key.starts_with(prefix));
        Ok(keys.map(|(_, key)| key.clone()).collect())
    }

    async fn texts(&self, store: ObjectStore, prefix: &str) -> Result<Vec<String>, StorageError> {
        let texts = self.0.texts.borrow();
        let found = texts.iter().filter(|((place, key), _)| *place == store && key.starts_with(prefix));
        Ok(found.map(|(_, text)| text.clone()).collect())
    }
}

/// Runs a future to completion. Nothing wakes it: storage in memory is always ready.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

/// A key source at this time.
pub fn at(now: u64) -> KeySource {
    KeySource::new(now, 0)
}
