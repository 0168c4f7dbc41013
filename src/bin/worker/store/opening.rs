//! Opens a database, even while an older program in another tab blocks it.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::Poll;

use idb::request::OpenDatabaseRequest;
use idb::{Database, DatabaseEvent, Factory};
use js_sys::{Function, Promise};
use phaseplan::library::StorageError;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::error::DatabaseError;
use super::schema::{OF_DOCUMENTS, VERSION, upgrade};

/// A database that an older program may block.
#[derive(Default)]
pub struct Opening {
    /// The turn of the current task, if any: a promise that resolves when the task is done, and its resolver.
    turn: RefCell<Option<(Promise, Function)>>,
    /// Whether a request waits for other tabs to close their connections.
    is_blocked: Cell<bool>,
    /// Called when a blocked request succeeds.
    on_return: RefCell<Option<Box<dyn Fn()>>>,
}

/// The exclusive right to open the database, until this is dropped.
pub struct Turn<'a>(&'a Opening);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some((_, end)) = self.0.turn.take() {
            let _ = end.call0(&JsValue::UNDEFINED);
        }
    }
}

impl Opening {
    /// Waits until nobody else is opening the database. Of several waiting tasks, only the first learns that
    /// it is blocked.
    pub async fn turn(&self) -> Turn<'_> {
        loop {
            let before = self.turn.borrow().as_ref().map(|(ended, _)| ended.clone());
            let Some(ended) = before else { break };
            let _ = JsFuture::from(ended).await;
        }
        let mut end = None;
        let ended = Promise::new(&mut |keep, _| end = Some(keep));
        self.turn.replace(end.map(|end| (ended, end)));
        Turn(self)
    }

    /// Calls `act` whenever a blocked request succeeds.
    pub fn on_return(&self, act: impl Fn() + 'static) {
        self.on_return.replace(Some(Box::new(act)));
    }

    /// Opens the database. A blocked request continues in the background, and nobody waits for it.
    pub async fn open(self: &Rc<Opening>, name: &str) -> Result<Database, DatabaseError> {
        if self.is_blocked.get() {
            return Err(StorageError::Blocked.into());
        }
        let mut request = ask(name)?;
        let blocked = Promise::new(&mut |tell, _| {
            request.on_blocked(move |_| drop(tell.call0(&JsValue::UNDEFINED)));
        });
        let mut answer = Box::pin(answer(request));
        if let Some(opened) = before(JsFuture::from(blocked), answer.as_mut()).await {
            return opened;
        }
        self.is_blocked.set(true);
        let opening = self.clone();
        spawn_local(async move {
            // The next caller opens another connection, which succeeds immediately.
            if let Ok(database) = answer.await {
                database.close();
            }
            opening.is_blocked.set(false);
            if let Some(act) = &*opening.on_return.borrow() {
                act();
            }
        });
        Err(StorageError::Blocked.into())
    }
}

/// Opens a database, creating it if necessary.
pub async fn open(name: &str) -> Result<Database, DatabaseError> {
    answer(ask(name)?).await
}

fn ask(name: &str) -> Result<OpenDatabaseRequest, DatabaseError> {
    let mut request = Factory::new()?.open(name, Some(VERSION))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            upgrade(&database);
        }
    });
    Ok(request)
}

async fn answer(request: OpenDatabaseRequest) -> Result<Database, DatabaseError> {
    let database = request.await.map_err(|error| match DatabaseError::from(error) {
        DatabaseError(StorageError::Lost) => DatabaseError(StorageError::Damaged),
        error => error,
    })?;
    let stores = database.store_names();
    if OF_DOCUMENTS.iter().all(|name| stores.iter().any(|store| store == name)) {
        Ok(database)
    } else {
        database.close();
        Err(StorageError::Damaged.into())
    }
}

/// The result of the future, or `None` if `end` completes first.
pub async fn before<T>(end: impl Future, mut future: Pin<&mut impl Future<Output = T>>) -> Option<T> {
    let mut end = pin!(end);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => end.as_mut().poll(context).map(|_| None),
    })
    .await
}
