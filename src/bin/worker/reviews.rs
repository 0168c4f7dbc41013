//! Synchronises the review and the run in the session with storage and with other tabs.
//!
//! Statements that storage rejects stay in memory and are retried with the next statement.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use phaseplan::document::record;
use phaseplan::events::Entry;
use phaseplan::library::{Documents, TabMessage};
use phaseplan::protocol::Answer;
use phaseplan::session::{Session, UnsavedReview};
use wasm_bindgen_futures::spawn_local;

use super::clock;
use super::page::Page;
use super::store::connection::Connection;
use super::store::reviews::{StoredReview, runs_of};
use super::tabs::Tabs;

/// The progress of loading and storing reviews.
pub struct Reviews {
    session: Rc<RefCell<Session>>,
    documents: Rc<Documents<Connection>>,
    page: Rc<Page>,
    tabs: Rc<Tabs>,
    /// Id of the plan whose review was requested last; `None` at the start.
    asked: RefCell<Option<String>>,
    is_loading: Cell<bool>,
    /// Whether another tab stored something while it was being loaded.
    is_outdated: Cell<bool>,
    /// Called whenever a review is loaded.
    on_loaded: RefCell<Option<Box<dyn Fn()>>>,
    /// Called whenever what was noted elsewhere has changed the plan.
    on_changed: RefCell<Option<Box<dyn Fn()>>>,
    /// Unsaved entries by plan.
    unsaved: RefCell<BTreeMap<String, Vec<Entry>>>,
    /// The name of the user, if it is not saved.
    unsaved_name: RefCell<Option<String>>,
}

impl Reviews {
    /// Starts with nothing loaded.
    pub fn new(
        session: Rc<RefCell<Session>>,
        documents: Rc<Documents<Connection>>,
        page: Rc<Page>,
        tabs: Rc<Tabs>,
    ) -> Reviews {
        Reviews {
            session,
            documents,
            page,
            tabs,
            asked: RefCell::default(),
            is_loading: Cell::new(false),
            is_outdated: Cell::new(false),
            on_loaded: RefCell::default(),
            on_changed: RefCell::default(),
            unsaved: RefCell::default(),
            unsaved_name: RefCell::default(),
        }
    }

    /// Whether the review of the open plan is being loaded.
    pub fn is_loading(&self) -> bool {
        self.is_loading.get()
    }

    /// Calls `act` whenever the review of the open plan is loaded.
    pub fn on_loaded(&self, act: impl Fn() + 'static) {
        self.on_loaded.replace(Some(Box::new(act)));
    }

    /// Calls `act` whenever what was noted elsewhere has changed the open plan.
    pub fn on_changed(&self, act: impl Fn() + 'static) {
        self.on_changed.replace(Some(Box::new(act)));
    }

    /// Shows how late the run is, as time goes by.
    pub fn tick(&self) {
        if self.session.borrow().has_run() {
            let mut session = self.session.borrow_mut();
            session.set_ambient(clock::ambient());
            session.refresh_run();
            drop(session);
            self.report();
        }
    }

    /// Synchronises with the session after an answer: loads the review of another plan, and stores new
    /// statements.
    pub fn follow(self: &Rc<Reviews>) {
        self.store_unsaved();
        let plan = self.session.borrow().reviewed_plan().to_owned();
        let is_known = self.asked.borrow().as_ref() == Some(&plan);
        if !is_known {
            self.asked.replace(Some(plan.clone()));
            self.load(plan);
        }
    }

    /// Handles a statement that another tab stored about a plan.
    pub fn on_reviewed_elsewhere(self: &Rc<Reviews>, plan: &str) {
        let is_open = self.asked.borrow().as_deref() == Some(plan);
        match self.is_loading.get() {
            _ if !is_open => {}
            // What is being read may be older.
            true => self.is_outdated.set(true),
            false => self.load(plan.to_owned()),
        }
    }

    fn load(self: &Rc<Reviews>, plan: String) {
        self.is_loading.set(true);
        self.is_outdated.set(false);
        let reviews = self.clone();
        spawn_local(async move {
            let storage = reviews.documents.storage();
            let (stored, error) = match storage.review_of(&plan).await {
                Ok(stored) => (stored, None),
                Err(error) => (StoredReview::default(), Some(error)),
            };
            let run = storage.review_of(&runs_of(&plan)).await.unwrap_or_default().entries;
            // Another plan may have been opened in the meantime, whose review is loading too.
            if reviews.asked.borrow().as_ref() != Some(&plan) {
                return;
            }
            let unsaved_of = |place: &str| reviews.unsaved.borrow().get(place).cloned().unwrap_or_default();
            let (unsaved, unsaved_run) = (unsaved_of(&plan), unsaved_of(&runs_of(&plan)));
            let changed = {
                let mut session = reviews.session.borrow_mut();
                session.set_ambient(clock::ambient());
                session.take_stored_review(&plan, &stored.entries);
                session.take_stored_review(&plan, &unsaved);
                stored.name.into_iter().for_each(|name| session.take_stored_name(name));
                if let (Some(error), false) = (error, plan.is_empty()) {
                    session.set_review_fault(Some(error.to_string()));
                    session.set_run_fault(Some(error.to_string()));
                }
                session.take_stored_run(&plan, &[run, unsaved_run].concat())
            };
            match changed {
                Some(changed) => {
                    reviews.page.post(0, &Answer::Changed(Ok(Box::new(changed))));
                    if let Some(act) = &*reviews.on_changed.borrow() {
                        act();
                    }
                }
                None => reviews.report(),
            }
            reviews.store_unsaved();
            reviews.is_loading.set(false);
            if reviews.is_outdated.take() {
                return reviews.load(plan);
            }
            if let Some(act) = &*reviews.on_loaded.borrow() {
                act();
            }
        });
    }

    /// Sends the state of the review to the page.
    fn report(&self) {
        let changed = self.session.borrow().review_state();
        self.page.post(0, &Answer::Changed(Ok(Box::new(changed))));
    }

    /// Stores the unsaved statements of the session.
    fn store_unsaved(self: &Rc<Reviews>) {
        let UnsavedReview { plan, name, entries } = self.session.borrow_mut().take_unsaved_review();
        let run = self.session.borrow_mut().take_unsaved_run();
        if !run.is_empty() {
            self.store(&plan, runs_of(&plan), None, run);
        }
        if name.is_some() || !entries.is_empty() {
            self.store(&plan, plan.clone(), name, entries);
        }
    }

    /// Stores statements about a plan in their place, with those that could not be stored before.
    fn store(self: &Rc<Reviews>, plan: &str, place: String, name: Option<String>, entries: Vec<Entry>) {
        self.unsaved.borrow_mut().entry(place.clone()).or_default().extend(entries);
        if name.is_some() {
            self.unsaved_name.replace(name);
        }
        let (reviews, plan) = (self.clone(), plan.to_owned());
        spawn_local(async move {
            let entries = reviews.unsaved.borrow_mut().remove(&place).unwrap_or_default();
            let name = reviews.unsaved_name.take();
            let storage = reviews.documents.storage();
            let error = storage.add_to_review(&place, &entries, name.as_deref()).await.err();
            let why = error.map(|error| error.to_string());
            let is_stored = why.is_none();
            match place == plan {
                true => reviews.session.borrow_mut().set_review_fault(why),
                false => reviews.session.borrow_mut().set_run_fault(why),
            }
            if is_stored {
                reviews.tabs.send(&TabMessage::Reviewed { plan });
            } else {
                if reviews.unsaved_name.borrow().is_none() {
                    reviews.unsaved_name.replace(name);
                }
                reviews.unsaved.borrow_mut().entry(place).or_default().extend(entries);
                reviews.report();
            }
        });
    }

    /// Looks up the names of other plans that a reply refers to.
    pub fn name_other_plans(self: &Rc<Reviews>) {
        let ids = self.session.borrow().other_plans();
        if ids.is_empty() {
            return;
        }
        let reviews = self.clone();
        spawn_local(async move {
            let (documents, now) = (&reviews.documents, clock::now());
            for head in documents.heads(now).await.0 {
                let stored = documents.load(&head.key, now).await.ok();
                let record = stored.and_then(|stored| stored.record);
                let id = record.as_deref().and_then(record::plan_id).unwrap_or_default();
                if ids.contains(&id) {
                    reviews.session.borrow_mut().name_other_plan(&id, head.name);
                }
            }
            reviews.report();
        });
    }
}
