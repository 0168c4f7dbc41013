//! Reviews in IndexedDB: one entry for each event, so that tabs that write at the same time never lose one; nothing is ever
//! replaced by something else.
//!
//! The object store `reviews` holds texts. The key of an entry is the list of the plan's id, the kind of the entry and the name of
//! the event; the name of the person stands under the text `name`. What storage does not take stays in memory and is tried
//! again with the next statement.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use idb::{Database, KeyRange, TransactionMode};
use js_sys::Array;
use phaseplan::document::record;
use phaseplan::protocol::{Answer, Change, Request, Wanted};
use phaseplan::review::folder::{Entry, Kind};
use phaseplan::session::{Moment, Unsaved};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::desk::{Desk, now};
use super::store::{Fault, Store, finish};

/// Name of the object store.
pub const REVIEWS: &str = "reviews";
/// Where the name of the person stands.
const NAME: &str = "name";

/// How far reviews are loaded and stored.
#[derive(Default)]
pub struct Reviews {
    /// Id of the plan whose review was asked for last; `None` at the start.
    asked: RefCell<Option<String>>,
    is_loading: Cell<bool>,
    /// Requests that must know the review.
    waiting: RefCell<Vec<(u32, Request)>>,
    /// What is in no storage, by plan.
    unsaved: RefCell<BTreeMap<String, Vec<Entry>>>,
}

/// The time, and chance for the id of a plan.
pub fn moment() -> Moment {
    let chance = std::array::from_fn(|_| (js_sys::Math::random() * 256.0) as u8);
    Moment { seconds: now() / 1_000, chance }
}

/// Whether a request can be answered only when the review is there; then it is answered later.
pub fn must_wait(desk: &Desk, number: u32, request: &Request) -> bool {
    let needs_review = matches!(
        request,
        Request::Change(Change::Review(_)) | Request::Draw(Wanted::Share { .. } | Wanted::Review { .. })
    );
    let waits = needs_review && desk.reviews.is_loading.get();
    if waits {
        desk.reviews.waiting.borrow_mut().push((number, request.clone()));
    }
    waits
}

/// Keeps up with the session after it answered: fetches the review of another plan, and stores what was said.
pub fn follow(desk: &Rc<Desk>) {
    store_unsaved(desk);
    let plan = desk.session.borrow().reviewed_plan().to_owned();
    let is_known = desk.reviews.asked.borrow().as_ref() == Some(&plan);
    if !is_known {
        desk.reviews.asked.replace(Some(plan.clone()));
        load(desk, plan);
    }
}

/// Another tab stored something that was said about a plan.
pub fn hear(desk: &Rc<Desk>, plan: &str) {
    let is_open = desk.reviews.asked.borrow().as_deref() == Some(plan);
    if is_open && !desk.reviews.is_loading.get() {
        load(desk, plan.to_owned());
    }
}

fn load(desk: &Rc<Desk>, plan: String) {
    desk.reviews.is_loading.set(true);
    let desk = desk.clone();
    spawn_local(async move {
        let (stored, fault) = match desk.shelf.store().review_of(&plan).await {
            Ok(stored) => (stored, None),
            Err(fault) => (Stored::default(), Some(fault)),
        };
        // Another plan may have been opened meanwhile, whose review is on its way too.
        if desk.reviews.asked.borrow().as_ref() != Some(&plan) {
            return;
        }
        let unsaved = desk.reviews.unsaved.borrow().get(&plan).cloned().unwrap_or_default();
        {
            let mut session = desk.session.borrow_mut();
            session.take_stored_review(&plan, &stored.entries);
            session.take_stored_review(&plan, &unsaved);
            stored.name.into_iter().for_each(|name| session.take_stored_name(name));
            if let (Some(fault), false) = (fault, plan.is_empty()) {
                session.set_review_fault(Some(fault.words().to_owned()));
            }
        }
        tell(&desk);
        desk.reviews.is_loading.set(false);
        for (number, request) in desk.reviews.waiting.take() {
            desk.take(number, request);
        }
    });
}

/// Tells the page what there is.
fn tell(desk: &Desk) {
    let told = desk.session.borrow().told_of_review();
    desk.post(0, &Answer::Changed(Ok(Box::new(told))));
}

/// Stores what the session has and storage has not.
fn store_unsaved(desk: &Rc<Desk>) {
    let Unsaved { plan, name, entries } = desk.session.borrow_mut().take_unsaved_review();
    if name.is_none() && entries.is_empty() {
        return;
    }
    let desk = desk.clone();
    desk.reviews.unsaved.borrow_mut().entry(plan.clone()).or_default().extend(entries);
    spawn_local(async move {
        let entries = desk.reviews.unsaved.borrow_mut().remove(&plan).unwrap_or_default();
        let outcome = desk.shelf.store().keep_review(&plan, &entries, name.as_deref()).await;
        let fault = outcome.err();
        if fault.is_some() {
            desk.reviews.unsaved.borrow_mut().entry(plan.clone()).or_default().extend(entries);
        } else {
            desk.tell_others_of_review(&plan);
        }
        desk.session.borrow_mut().set_review_fault(fault.map(|fault| fault.words().to_owned()));
        if fault.is_some() {
            tell(&desk);
        }
    });
}

/// Looks for the plans that a reply is about and that are not open, and tells their names.
pub fn name_strangers(desk: &Rc<Desk>) {
    let strangers = desk.session.borrow().strangers();
    if strangers.is_empty() {
        return;
    }
    let desk = desk.clone();
    spawn_local(async move {
        for head in desk.shelf.store().heads().await.unwrap_or_default() {
            let record = desk.shelf.load(&head.key).await.ok().and_then(|(_, record)| record);
            let plan = record.as_deref().and_then(record::plan_id).unwrap_or_default();
            if strangers.contains(&plan) {
                desk.session.borrow_mut().name_stranger(&plan, head.name);
            }
        }
        tell(&desk);
    });
}

/// What storage has of a review.
#[derive(Debug, Default)]
struct Stored {
    entries: Vec<Entry>,
    /// The name of the person, whatever the plan.
    name: Option<String>,
}

impl Store {
    /// What is stored of the review of a plan. Damaged entries are left out.
    async fn review_of(&self, plan: &str) -> Result<Stored, Fault> {
        self.with(async |database| {
            let transaction = database.transaction(&[REVIEWS], TransactionMode::ReadOnly)?;
            let reviews = transaction.object_store(REVIEWS)?;
            let keys = reviews.get_all_keys(Some(range_of(plan)?.into()), None)?.await?;
            let texts = reviews.get_all(Some(range_of(plan)?.into()), None)?.await?;
            let entries = keys.iter().zip(&texts).filter_map(|(key, text)| entry_of(key, text)).collect();
            let name = reviews.get(JsValue::from_str(NAME))?.await?.and_then(|name| name.as_string());
            Ok(Stored { entries, name })
        })
        .await
    }

    /// Adds entries, and counts as done only after they were read back.
    async fn keep_review(&self, plan: &str, entries: &[Entry], name: Option<&str>) -> Result<(), Fault> {
        if let Some(name) = name {
            self.with(async |database| put_all(database, &[(NAME.into(), name)]).await).await?;
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

/// So many entries are written in one transaction, which takes storage a part of a second.
const AT_ONCE: usize = 1_000;

async fn put_all(database: &Database, texts: &[(JsValue, &str)]) -> Result<(), Fault> {
    let transaction = database.transaction(&[REVIEWS], TransactionMode::ReadWrite)?;
    let reviews = transaction.object_store(REVIEWS)?;
    let put = async {
        // All are asked for before the first is waited for.
        let asked = texts.iter().map(|(key, text)| reviews.put(&JsValue::from_str(text), Some(key)));
        for request in asked.collect::<Result<Vec<_>, _>>()? {
            request.await?;
        }
        Ok(())
    };
    if let Err(fault) = put.await {
        let _ = transaction.abort();
        return Err(fault);
    }
    finish(transaction).await
}

/// Fails unless storage holds exactly these texts.
async fn compare_all(database: &Database, texts: &[(JsValue, &str)]) -> Result<(), Fault> {
    let transaction = database.transaction(&[REVIEWS], TransactionMode::ReadOnly)?;
    let reviews = transaction.object_store(REVIEWS)?;
    let asked = texts.iter().map(|(key, _)| reviews.get(key.clone()));
    for (request, (_, text)) in asked.collect::<Result<Vec<_>, _>>()?.into_iter().zip(texts) {
        if request.await?.and_then(|stored| stored.as_string()).as_deref() != Some(*text) {
            return Err(Fault::Different);
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
    let kind = Kind::ALL.into_iter().find(|known| known.name() == kind)?;
    Some(Entry { kind, id: key.get(2).as_string()?, line: text.as_string()? })
}

/// All keys that begin with the plan; an array is greater than every text.
fn range_of(plan: &str) -> Result<KeyRange, Fault> {
    let (first, last) = (Array::of1(&plan.into()), Array::of2(&plan.into(), &Array::new()));
    Ok(KeyRange::bound(&first, &last, None, None)?)
}
