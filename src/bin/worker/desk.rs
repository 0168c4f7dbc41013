//! Where requests arrive: the session answers what is about the open document, the shelf what is about storage.
//!
//! The session is asked in the order of the requests; while a stored document is being fetched, what comes after it waits. What
//! needs the coder of links while that is being loaded waits by itself.
//! Saving waits for nobody and nobody waits for it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::Uint8Array;
use phaseplan::library::archive;
use phaseplan::protocol::wire::to_bytes;
use phaseplan::protocol::{Answer, Change, Content, Kept, Request, Saving, Wanted};
use phaseplan::session::Session;
use phaseplan::share;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, JsCast};
use wasm_bindgen_futures::spawn_local;
use web_sys::{BroadcastChannel, DedicatedWorkerGlobalScope, MessageEvent};

use super::coder;
use super::reviews::{self, Reviews};
use super::shelf::{self, Shelf};
use super::store::{Fault, Snapshot, Store};

/// Pause after the last change before it is saved, in milliseconds.
const PAUSE: u32 = 300;

/// Tells other tabs which document was saved.
const CHANNEL: &str = "phaseplan";

/// What the worker holds.
pub struct Desk {
    scope: DedicatedWorkerGlobalScope,
    pub(super) session: RefCell<Session>,
    pub(super) shelf: Shelf,
    pub(super) reviews: Reviews,
    open: RefCell<Rc<OpenDocument>>,
    waiting: RefCell<VecDeque<(u32, Request)>>,
    is_fetching: Cell<bool>,
    /// What waits for the coder of links.
    links: RefCell<Vec<(u32, Request)>>,
    /// Whether the person was told that another database holds what is saved.
    has_told_spare: Cell<bool>,
    channel: Option<BroadcastChannel>,
}

/// The open document, as far as saving is concerned. Lives on until its last save is done.
#[derive(Default)]
pub struct OpenDocument {
    /// Counts the documents that were opened.
    opening: Cell<u32>,
    /// Name in storage; empty before the first save.
    pub key: RefCell<String>,
    /// The revision that was read or written last.
    pub revision: Cell<u32>,
    /// Number of the last request that is part of it.
    through: Cell<u32>,
    /// Whether there are changes that no save has taken.
    is_changed: Cell<bool>,
    /// What the next save writes.
    snapshot: RefCell<Option<(u32, Snapshot)>>,
    is_saving: Cell<bool>,
    timer: RefCell<Option<Timeout>>,
}

impl Desk {
    /// An empty document, and no connection to storage yet.
    pub fn new(scope: DedicatedWorkerGlobalScope) -> Rc<Desk> {
        let channel = BroadcastChannel::new(CHANNEL).ok();
        let desk = Rc::new(Desk {
            scope,
            session: RefCell::default(),
            shelf: Shelf::new(Store::default()),
            reviews: Reviews::default(),
            open: RefCell::default(),
            waiting: RefCell::default(),
            is_fetching: Cell::new(false),
            has_told_spare: Cell::new(false),
            links: RefCell::default(),
            channel,
        });
        let hearing = desk.clone();
        let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| hearing.hear(&event));
        if let Some(channel) = &desk.channel {
            channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        }
        hear.forget();
        let returning = desk.clone();
        desk.shelf.store().on_return(move || returning.save_what_waits());
        desk
    }

    /// Takes a request; its answer is posted when it is there.
    pub fn take(self: &Rc<Desk>, number: u32, request: Request) {
        if !share::coder::is_there() && self.session.borrow().needs_coder(&request) {
            let mut links = self.links.borrow_mut();
            links.push((number, request));
            if links.len() == 1 {
                let desk = self.clone();
                spawn_local(async move { desk.fetch_coder().await });
            }
        } else {
            self.take_in_turn(number, request);
        }
    }

    fn take_in_turn(self: &Rc<Desk>, number: u32, request: Request) {
        if self.is_fetching.get() {
            self.waiting.borrow_mut().push_back((number, request));
        } else if !reviews::must_wait(self, number, &request) {
            self.answer(number, request);
        }
    }

    /// Loads the coder of links for those who wait for it. Without it they get a sentence that says so, and the next one who
    /// needs it tries again.
    async fn fetch_coder(self: Rc<Desk>) {
        if let Ok(loaded) = coder::load(&self.scope).await {
            share::coder::provide(loaded);
        }
        for (number, request) in self.links.take() {
            self.take_in_turn(number, request);
        }
    }

    fn answer(self: &Rc<Desk>, number: u32, request: Request) {
        self.session.borrow_mut().tell_moment(reviews::moment());
        match request {
            Request::Open { opening, content: Content::Stored { key, revision } } => {
                // Another document takes the place of this one.
                self.save_now();
                self.is_fetching.set(true);
                let desk = self.clone();
                spawn_local(async move { desk.fetch(number, opening, key, revision).await });
            }
            Request::Open { opening, content } => {
                // Another document takes the place of this one.
                self.save_now();
                let answer = self.session.borrow_mut().answer(Request::Open { opening, content });
                self.post(number, &answer);
                self.opened(opening, OpenDocument::default());
                self.changed(number);
            }
            Request::Change(Change::Review(form)) => {
                let plan = self.session.borrow().reviewed_plan().to_owned();
                let is_reply = form.act == "receive";
                let was_sent = self.session.borrow().is_sent_out();
                let answer = self.session.borrow_mut().answer(Request::Change(Change::Review(form)));
                self.post(number, &answer);
                let has_id_now = *self.session.borrow().reviewed_plan() != plan;
                if let Answer::Changed(Ok(told)) = &answer
                    && (!told.is_same_plan || has_id_now)
                {
                    self.changed(number);
                }
                if !was_sent && self.session.borrow().is_sent_out() {
                    // It gets a name in storage, if it has none.
                    self.save_now();
                    let desk = self.clone();
                    spawn_local(async move { shelf::keep_sent(&desk).await });
                }
                if is_reply {
                    reviews::name_strangers(self);
                }
            }
            Request::Change(change) => {
                let answer = self.session.borrow_mut().answer(Request::Change(change));
                self.post(number, &answer);
                if let Answer::Changed(Ok(_)) = answer {
                    self.changed(number);
                }
            }
            Request::Import { bytes, name } => match archive::read(&bytes) {
                Some(records) => {
                    let desk = self.clone();
                    spawn_local(async move {
                        desk.post(number, &Answer::Imported(shelf::import_all(&desk, records).await));
                    });
                }
                None => {
                    let answer = self.session.borrow_mut().answer(Request::Import { bytes, name });
                    self.post(number, &answer);
                }
            },
            Request::Save => {
                self.save_now();
                self.post(number, &Answer::Done(Ok(String::new())));
            }
            Request::Keep(keep) => {
                let desk = self.clone();
                spawn_local(async move { desk.post(number, &shelf::keep(&desk, keep).await) });
            }
            Request::Compare(compare) => {
                let desk = self.clone();
                spawn_local(async move { desk.post(number, &shelf::compare(&desk, compare).await) });
            }
            Request::Draw(Wanted::Shelf(wanted)) => {
                let desk = self.clone();
                spawn_local(async move {
                    let group = shelf::draw(&desk, wanted).await;
                    desk.post(number, &Answer::Drawn { groups: vec![group], place: None });
                });
            }
            request => {
                let answer = self.session.borrow_mut().answer(request);
                self.post(number, &answer);
            }
        }
        reviews::follow(self);
    }

    /// The open document.
    pub fn open_document(&self) -> Rc<OpenDocument> {
        self.open.borrow().clone()
    }

    /// What a save of the open document would write.
    pub fn snapshot(&self) -> Snapshot {
        let open = self.open_document();
        let mut session = self.session.borrow_mut();
        let record = match session.answer(Request::Record) {
            Answer::Record(record) => record,
            _ => String::new(),
        };
        let document = session.document();
        let (name, tasks) = (document.name().to_owned(), document.plan().tasks.len());
        Snapshot { key: open.key.borrow().clone(), known: open.revision.get(), name, tasks, record }
    }

    /// Opens a document from storage, then answers what came meanwhile.
    async fn fetch(self: Rc<Desk>, number: u32, opening: u32, key: String, known: Option<u32>) {
        let stored = self.shelf.load(&key).await;
        let mut saved = None;
        let outcome = match stored {
            // The page brings the text itself, and saving will compare the revision.
            Err(_) if known.is_some() => {
                let content = Content::Text(String::new());
                let opened = OpenDocument { key: RefCell::new(key), ..OpenDocument::default() };
                opened.revision.set(known.unwrap_or_default());
                self.opened(opening, opened);
                self.session.borrow_mut().answer(Request::Open { opening, content })
            }
            Ok((head, Some(record))) => {
                let content = Content::Record(record);
                let answer = self.session.borrow_mut().answer(Request::Open { opening, content });
                let opened = OpenDocument { key: RefCell::new(key), ..OpenDocument::default() };
                opened.revision.set(known.unwrap_or(head.as_ref().map_or(0, |head| head.revision)));
                opened.through.set(number);
                let why_unsaved = self.shelf.why_unsaved(&opened.key.borrow());
                // What is in memory only is tried again.
                opened.is_changed.set(why_unsaved.is_some());
                if let Answer::Changed(Ok(_)) = &answer {
                    self.opened(opening, opened);
                    saved = Some(match (why_unsaved, head) {
                        (Some(fault), _) => Saving::Failed(fault.words().to_owned()),
                        (None, Some(head)) => Saving::At(head.saved),
                        (None, None) => Saving::Nothing,
                    });
                }
                answer
            }
            Ok(_) if self.shelf.is_spare() => Answer::Changed(Err(could_not_read(Fault::Damaged))),
            Ok(_) => Answer::Changed(Err("This plan is no longer on this device.".to_owned())),
            Err(fault) => {
                if self.holds_nothing() {
                    // The page may show its text, and saving will compare the revision.
                    self.opened(opening, OpenDocument { key: RefCell::new(key), ..OpenDocument::default() });
                    saved = Some(Saving::Failed(fault.words().to_owned()));
                }
                Answer::Changed(Err(could_not_read(fault)))
            }
        };
        if let (Answer::Changed(Err(_)), None) = (&outcome, &saved) {
            // The document before stays; the page must hear which one that is.
            let open = self.open_document();
            open.opening.set(opening);
            open.is_changed.set(true);
            open.through.set(number);
        }
        self.post(number, &outcome);
        reviews::follow(&self);
        // Behind the text, which the page then knows to be the stored one.
        if let Some(saved) = saved {
            let told = self.news_of_spare().to_owned();
            self.tell(&self.open_document(), number, saved, told);
        }
        self.save_now();
        self.is_fetching.set(false);
        while !self.is_fetching.get() {
            let Some((number, request)) = self.waiting.borrow_mut().pop_front() else { return };
            self.answer(number, request);
        }
    }

    /// Whether the open document is an empty page without a name in storage.
    fn holds_nothing(&self) -> bool {
        self.session.borrow().document().is_blank() && self.open_document().key.borrow().is_empty()
    }

    fn opened(&self, opening: u32, document: OpenDocument) {
        document.opening.set(opening);
        self.open.replace(Rc::new(document));
    }

    /// Notes that the document is another one since this request, and saves it soon.
    fn changed(self: &Rc<Desk>, number: u32) {
        let open = self.open_document();
        open.through.set(number);
        open.is_changed.set(true);
        let desk = self.clone();
        let timer = Timeout::new(PAUSE, move || desk.save_now());
        open.timer.replace(Some(timer));
    }

    /// Saves the open document, if it holds changes and is more than an empty page.
    fn save_now(self: &Rc<Desk>) {
        let open = self.open_document();
        if let Some(timer) = open.timer.take() {
            timer.cancel();
        }
        if !open.is_changed.replace(false) {
            return;
        }
        if self.session.borrow().is_only_shown() || self.holds_nothing() {
            self.tell(&open, open.through.get(), Saving::Nothing, String::new());
            return;
        }
        if open.key.borrow().is_empty() {
            open.key.replace(fresh_key());
        }
        open.snapshot.replace(Some((open.through.get(), self.snapshot())));
        if !open.is_saving.replace(true) {
            let desk = self.clone();
            spawn_local(async move { desk.save(open).await });
        }
    }

    /// Storage can be used again.
    fn save_what_waits(self: &Rc<Desk>) {
        if self.open_document().is_changed.get() {
            // The others follow what is saved.
            return self.save_now();
        }
        let desk = self.clone();
        spawn_local(async move { desk.shelf.save_the_rest(now()).await });
    }

    /// Writes the newest snapshot until none is left.
    async fn save(self: Rc<Desk>, open: Rc<OpenDocument>) {
        while let Some((through, mut snapshot)) = open.snapshot.take() {
            // It may have been taken while the save before it was on its way.
            snapshot.key.clone_from(&open.key.borrow());
            snapshot.known = open.revision.get();
            match self.shelf.save(&snapshot, &fresh_key(), now()).await {
                Ok(written) => {
                    open.revision.set(written.head.revision);
                    open.key.replace(written.head.key.clone());
                    let told = if written.is_copy { CHANGED_ELSEWHERE } else { self.news_of_spare() };
                    self.tell(&open, through, Saving::At(written.head.saved), told.to_owned());
                    self.tell_other_tabs(&open);
                }
                Err(fault) => {
                    // The next change tries again, and so does the person.
                    open.is_changed.set(true);
                    self.tell(&open, through, Saving::Failed(fault.words().to_owned()), String::new());
                }
            }
        }
        open.is_saving.set(false);
    }

    fn tell(&self, open: &OpenDocument, through: u32, saving: Saving, told: String) {
        let (opening, revision) = (open.opening.get(), open.revision.get());
        let key = open.key.borrow().clone();
        self.post(0, &Answer::Kept(Kept { opening, key, revision, through, saving, told }));
    }

    /// What is to be told, once, when another database has taken the place of the first.
    fn news_of_spare(&self) -> &'static str {
        let is_news = self.shelf.is_spare() && !self.has_told_spare.replace(true);
        if is_news { SPARE } else { "" }
    }

    fn tell_other_tabs(&self, open: &OpenDocument) {
        let Some(channel) = &self.channel else { return };
        let words = format!("{} {}", open.revision.get(), open.key.borrow());
        let _ = channel.post_message(&JsValue::from_str(&words));
    }

    /// Another tab saved a document.
    fn hear(self: &Rc<Desk>, event: &MessageEvent) {
        let Some(words) = event.data().as_string() else { return };
        if let Some(plan) = words.strip_prefix("review ") {
            return reviews::hear(self, plan);
        }
        let Some((revision, key)) = words.split_once(' ') else { return };
        let open = self.open_document();
        let is_newer = revision.parse().is_ok_and(|revision: u32| revision > open.revision.get());
        if is_newer && *open.key.borrow() == key {
            self.tell(&open, open.through.get(), Saving::Elsewhere, String::new());
        }
    }

    /// Tells other tabs that something was said about a plan.
    pub fn tell_others_of_review(&self, plan: &str) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&JsValue::from_str(&["review ", plan].concat()));
        }
    }

    pub(super) fn post(&self, number: u32, answer: &Answer) {
        let mut bytes = to_bytes(&number);
        bytes.extend(to_bytes(answer));
        // Fails only when the page is gone, and then nobody misses the answer.
        let _ = self.scope.post_message(&Uint8Array::from(bytes.as_slice()));
    }
}

const CHANGED_ELSEWHERE: &str =
    "This plan was changed in another tab. What you do here is kept as a plan of its own.";

const SPARE: &str = "The plans that were stored in this browser can't be read, because its database is damaged. What you write is \
    kept in another one. Should the first be readable again, its plans come back to the list.";

/// A sentence about a document that could not be fetched.
pub fn could_not_read(fault: Fault) -> String {
    format!(
        "The plans on this device can't be read: {}. Try again, or write a plan and download it.",
        fault.words()
    )
}

/// A name that no other document has.
pub fn fresh_key() -> String {
    let random = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("{:x}-{random:x}", now())
}

/// Milliseconds since 1970 by the clock of the device.
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}
