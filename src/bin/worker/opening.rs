//! Opening a database, also while an older program in another tab holds it.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::Poll;

use idb::request::OpenDatabaseRequest;
use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams};
use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::reviews::REVIEWS;
use super::store::{ALL, Fault, VERSION};

/// A database that an older program may hold.
#[derive(Default)]
pub struct Opening {
    /// Whose turn it is to open it, if anybody's: a promise that is kept when they are done, and what keeps it.
    turn: RefCell<Option<(Promise, Function)>>,
    /// Whether a request waits for connections in other tabs to be closed.
    is_blocked: Cell<bool>,
    /// Called when it has waited long enough.
    on_return: RefCell<Option<Box<dyn Fn()>>>,
}

/// The right to open the database, which nobody else has until this is dropped.
pub struct Turn<'a>(&'a Opening);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some((_, end)) = self.0.turn.take() {
            let _ = end.call0(&JsValue::UNDEFINED);
        }
    }
}

impl Opening {
    /// Waits until nobody else opens the database. Of requests that stand in line, only the first hears that it is blocked.
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

    /// Calls `act` whenever a request that had to wait is done.
    pub fn on_return(&self, act: impl Fn() + 'static) {
        self.on_return.replace(Some(Box::new(act)));
    }

    /// Opens the database. A request that is blocked goes on waiting by itself, and nobody waits for it.
    pub async fn open(self: &Rc<Opening>, name: &str) -> Result<Database, Fault> {
        if self.is_blocked.get() {
            return Err(Fault::Blocked);
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
            // Whoever comes next opens another one, which is there at once.
            if let Ok(database) = answer.await {
                database.close();
            }
            opening.is_blocked.set(false);
            if let Some(act) = &*opening.on_return.borrow() {
                act();
            }
        });
        Err(Fault::Blocked)
    }
}

/// Opens a database, and makes it if there is none.
pub async fn open(name: &str) -> Result<Database, Fault> {
    answer(ask(name)?).await
}

fn ask(name: &str) -> Result<OpenDatabaseRequest, Fault> {
    let mut request = Factory::new()?.open(name, Some(VERSION))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            // Those that are there already are refused, and stay as they are.
            for store in ALL.into_iter().chain([REVIEWS]) {
                let _ = database.create_object_store(store, ObjectStoreParams::new());
            }
        }
    });
    Ok(request)
}

async fn answer(request: OpenDatabaseRequest) -> Result<Database, Fault> {
    let database = request.await.map_err(|error| match Fault::from(error) {
        Fault::Lost => Fault::Damaged,
        fault => fault,
    })?;
    let stores = database.store_names();
    if ALL.iter().all(|name| stores.iter().any(|store| store == name)) {
        Ok(database)
    } else {
        database.close();
        Err(Fault::Damaged)
    }
}

/// What the future gives, unless `end` comes first.
pub async fn before<T>(end: impl Future, mut future: Pin<&mut impl Future<Output = T>>) -> Option<T> {
    let mut end = pin!(end);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => end.as_mut().poll(context).map(|_| None),
    })
    .await
}
