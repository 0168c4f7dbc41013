//! The database connection. A lost connection is reopened once.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use idb::Database;
use phaseplan::library::StorageError;

use super::error::DatabaseError;
use super::opening::{Opening, before, open};
use super::schema::{DATABASE, SPARE};
use super::spare;

/// How long to wait for storage, in milliseconds.
const PATIENCE: u32 = 2_000;

/// The connection, opened on first use.
#[derive(Default)]
pub struct Connection {
    database: RefCell<Option<Rc<Database>>>,
    /// Set when the browser closes the connection.
    is_closed: Rc<Cell<bool>>,
    opening: Rc<Opening>,
    /// Whether the spare database is in use, because the first can't be opened.
    pub(super) is_spare: Cell<bool>,
}

impl Connection {
    /// Runs an operation on the database. Reopens a lost connection once, but not if the disk is full, when
    /// that would not help.
    pub(super) async fn with<T>(
        &self,
        act: impl AsyncFn(&Database) -> Result<T, DatabaseError>,
    ) -> Result<T, StorageError> {
        match self.try_with(&act).await {
            Err(StorageError::Lost) => {
                self.disconnect();
                self.try_with(&act).await
            }
            outcome => outcome,
        }
    }

    async fn try_with<T>(
        &self,
        act: &impl AsyncFn(&Database) -> Result<T, DatabaseError>,
    ) -> Result<T, StorageError> {
        let done = within(PATIENCE, async {
            let database = self.connect().await?;
            act(&database).await
        });
        let done = done.await.unwrap_or(Err(StorageError::Silent.into())).map_err(StorageError::from);
        if matches!(done, Err(StorageError::Silent)) {
            // The next operation opens a new connection.
            self.disconnect();
        }
        done
    }

    /// Calls `act` when a database that an older program blocked becomes available.
    pub fn on_return(&self, act: impl Fn() + 'static) {
        self.opening.on_return(act);
    }

    async fn connect(&self) -> Result<Rc<Database>, DatabaseError> {
        let _turn = self.opening.turn().await;
        if self.is_closed.replace(false) {
            self.disconnect();
        }
        if let Some(database) = &*self.database.borrow() {
            return Ok(database.clone());
        }
        let opened = self.opening.open(DATABASE).await;
        self.is_spare.set(matches!(opened, Err(DatabaseError(StorageError::Damaged))));
        let mut database = if self.is_spare.get() {
            open(SPARE).await?
        } else {
            let database = opened?;
            // If that fails, the next start retries it.
            let _ = spare::recover(&database).await;
            database
        };
        self.watch(&mut database);
        let database = Rc::new(database);
        self.database.replace(Some(database.clone()));
        Ok(database)
    }

    /// Detects that the connection is closed, by the browser or for a newer program.
    fn watch(&self, database: &mut Database) {
        let is_closed = self.is_closed.clone();
        database.on_close(move |_| is_closed.set(true));
        // A newer program must be able to change the object stores. Later writes are reported as unsaved.
        let is_closed = self.is_closed.clone();
        database.on_version_change(move |event| {
            is_closed.set(true);
            if let Some(database) = event.target().and_then(|target| Database::try_from(target).ok()) {
                database.close();
            }
        });
    }

    fn disconnect(&self) {
        if let Some(database) = self.database.take() {
            database.close();
        }
    }
}

/// The result of the future, or `None` after the time limit.
async fn within<T>(milliseconds: u32, future: impl Future<Output = T>) -> Option<T> {
    before(TimeoutFuture::new(milliseconds), pin!(future)).await
}
