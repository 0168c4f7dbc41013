//! Dispatches requests. [`Queue`] decides their order; the session answers requests about the open document,
//! and [`DocumentRequests`] those about storage.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Interval;
use phaseplan::library::{Documents, TabMessage};
use phaseplan::protocol::{Answer, Change, Content, DocumentRequest, Request};
use phaseplan::session::{Missing, Queue, Session};
use phaseplan::share;
use phaseplan::view::ReviewAct;
use wasm_bindgen_futures::spawn_local;
use web_sys::DedicatedWorkerGlobalScope;

use super::clock;
use super::coder;
use super::documents::DocumentRequests;
use super::page::Page;
use super::reviews::Reviews;
use super::saving::{Autosave, OpenDocument};
use super::store::connection::Connection;
use super::stored_document::{Opening, StoredDocuments};
use super::tabs::Tabs;

/// How often it is shown how late a run is, in milliseconds.
const TICK: u32 = 60_000;

/// Dispatches each request to the part that answers it.
pub struct Router {
    scope: DedicatedWorkerGlobalScope,
    page: Rc<Page>,
    session: Rc<RefCell<Session>>,
    autosave: Rc<Autosave>,
    reviews: Rc<Reviews>,
    requests: Rc<DocumentRequests>,
    stored: Rc<StoredDocuments>,
    queue: RefCell<Queue>,
    /// Whether a stored document is being opened.
    is_opening: Cell<bool>,
    is_loading_coder: Cell<bool>,
}

impl Router {
    /// Starts with an empty document and without a connection to storage.
    pub fn new(scope: DedicatedWorkerGlobalScope) -> Rc<Router> {
        let page = Rc::new(Page::new(scope.clone()));
        let tabs = Rc::new(Tabs::join());
        let session = Rc::new(RefCell::new(Session::default()));
        let documents = Rc::new(Documents::new(Connection::default()));
        let autosave = Rc::new(Autosave::new(session.clone(), documents.clone(), page.clone(), tabs.clone()));
        let reviews = Rc::new(Reviews::new(session.clone(), documents.clone(), page.clone(), tabs.clone()));
        let requests = DocumentRequests {
            session: session.clone(),
            documents: documents.clone(),
            autosave: autosave.clone(),
        };
        let stored = StoredDocuments {
            session: session.clone(),
            documents: documents.clone(),
            autosave: autosave.clone(),
            page: page.clone(),
        };
        let router = Rc::new(Router {
            scope,
            page,
            session,
            autosave,
            reviews,
            requests: Rc::new(requests),
            stored: Rc::new(stored),
            queue: RefCell::default(),
            is_opening: Cell::new(false),
            is_loading_coder: Cell::new(false),
        });
        let autosave = router.autosave.clone();
        documents.storage().on_return(move || autosave.save_what_waits());
        let resumed = router.clone();
        router.reviews.on_loaded(move || resumed.answer_ready());
        let autosave = router.autosave.clone();
        router.reviews.on_changed(move || autosave.note_own_change());
        let reviews = router.reviews.clone();
        Interval::new(TICK, move || reviews.tick()).forget();
        let (autosave, reviews) = (router.autosave.clone(), router.reviews.clone());
        tabs.on_message(move |message| match message {
            TabMessage::Saved { key, revision } => autosave.on_saved_elsewhere(&key, revision),
            TabMessage::Reviewed { plan } => reviews.on_reviewed_elsewhere(&plan),
        });
        router
    }

    /// Accepts a request; its answer is posted once it is ready.
    pub fn take(self: &Rc<Router>, number: u32, request: Request) {
        self.queue.borrow_mut().push(number, request);
        self.answer_ready();
    }

    /// Answers every request that does not have to wait.
    fn answer_ready(self: &Rc<Router>) {
        loop {
            let missing = Missing {
                document: self.is_opening.get(),
                review: self.reviews.is_loading(),
                coder: !share::coder::is_there(),
            };
            let next = self.queue.borrow_mut().next(&self.session.borrow(), missing);
            let Some((number, request)) = next else { break };
            self.answer(number, request);
        }
        let wants_coder =
            !share::coder::is_there() && self.queue.borrow().wants_coder(&self.session.borrow());
        if wants_coder && !self.is_loading_coder.replace(true) {
            let router = self.clone();
            spawn_local(async move { router.load_coder().await });
        }
    }

    /// Loads the coder of links. If that fails, the waiting requests get an error, and the next request that
    /// needs the coder tries again.
    async fn load_coder(self: Rc<Router>) {
        match coder::load(&self.scope).await {
            Ok(loaded) => share::coder::provide(loaded),
            Err(_) => self.queue.borrow_mut().give_up_coder(&self.session.borrow()),
        }
        self.is_loading_coder.set(false);
        self.answer_ready();
    }

    fn answer(self: &Rc<Router>, number: u32, request: Request) {
        self.session.borrow_mut().set_ambient(clock::ambient());
        match request {
            Request::Document(request) => self.answer_about_document(number, request),
            Request::Library(request) => {
                self.post_later(number, async move |requests| requests.answer(request).await);
            }
            Request::OpenStored { opening, key, revision } => {
                self.open_stored(Opening { number, opening, key, known: revision });
            }
            Request::Save => {
                self.autosave.save_now();
                self.page.post(number, &Answer::Done(Ok(String::new())));
            }
        }
        self.reviews.follow();
    }

    fn answer_about_document(self: &Rc<Router>, number: u32, request: DocumentRequest) {
        match request {
            DocumentRequest::Open { opening, content } => self.open(number, opening, content),
            DocumentRequest::Change(change) => self.change(number, change),
            DocumentRequest::Import(input) => match input.records().map(<[_]>::to_vec) {
                Some(records) => self.post_later(number, async move |requests| {
                    Answer::Imported(requests.import_all(records).await)
                }),
                None => self.post_from_session(number, DocumentRequest::Import(input)),
            },
            request => self.post_from_session(number, request),
        }
    }

    fn open(self: &Rc<Router>, number: u32, opening: u32, content: Content) {
        // The document is about to be replaced.
        self.autosave.save_now();
        self.post_from_session(number, DocumentRequest::Open { opening, content });
        self.autosave.open(OpenDocument::new(opening));
        self.autosave.note_change(number);
    }

    fn open_stored(self: &Rc<Router>, asked: Opening) {
        // The document is about to be replaced.
        self.autosave.save_now();
        self.is_opening.set(true);
        let router = self.clone();
        spawn_local(async move {
            router.stored.open(asked).await;
            router.reviews.follow();
            router.is_opening.set(false);
            router.answer_ready();
        });
    }

    fn change(self: &Rc<Router>, number: u32, change: Change) {
        let is_statement = matches!(change, Change::Review(_));
        let is_note = matches!(change, Change::Run { .. });
        let is_evidence = matches!(change, Change::Know(_));
        let is_reply = matches!(
            &change,
            Change::Review(form) if matches!(form.act, ReviewAct::Receive | ReviewAct::ReceiveFound)
        );
        let plan = self.session.borrow().reviewed_plan().to_owned();
        let was_sent_out = is_statement && self.session.borrow().is_sent_out();
        let answer = self.session.borrow_mut().answer(DocumentRequest::Change(change));
        self.page.post(number, &answer);
        let is_beside = is_statement || is_note;
        let has_id_now = *self.session.borrow().reviewed_plan() != plan;
        // A statement or a note changes the document only if it changes a task or gives the plan its id.
        if let Answer::Changed(Ok(changed)) = &answer
            && (!is_beside || !changed.is_same_plan || has_id_now)
        {
            if is_evidence {
                self.autosave.note_evidence();
            }
            self.autosave.note_change(number);
        }
        if is_statement && !was_sent_out && self.session.borrow().is_sent_out() {
            // The document gets a key in storage if it has none.
            self.autosave.save_now();
            let requests = self.requests.clone();
            spawn_local(async move { requests.add_sent_version().await });
        }
        if is_reply {
            self.reviews.name_other_plans();
        }
    }

    /// Posts an answer of the session.
    fn post_from_session(&self, number: u32, request: DocumentRequest) {
        let answer = self.session.borrow_mut().answer(request);
        self.page.post(number, &answer);
    }

    /// Posts an answer that needs storage.
    fn post_later(&self, number: u32, answer: impl AsyncFnOnce(Rc<DocumentRequests>) -> Answer + 'static) {
        let (page, requests) = (self.page.clone(), self.requests.clone());
        spawn_local(async move { page.post(number, &answer(requests).await) });
    }
}
