//! Saves the open document after each change. Saving waits for no request, and no request waits for it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use gloo::timers::callback::Timeout;
use phaseplan::evidence::{Evidence, EvidenceFile, grouped};
use phaseplan::library::{Documents, Snapshot, Storage, TabMessage};
use phaseplan::protocol::{Answer, SaveState, Saving};
use phaseplan::session::Session;
use wasm_bindgen_futures::spawn_local;

use super::clock;
use super::page::Page;
use super::store::connection::Connection;
use super::tabs::Tabs;

/// Pause after the last change before it is saved, in milliseconds.
const PAUSE: u32 = 300;
/// The longest time that a change waits while others follow it, in milliseconds. If the browser is killed,
/// this is what is lost: its storage for pages, with the journal, may not be on the disk yet.
const LONGEST_WAIT: u64 = 1_000;

/// The most bytes of what is known of a repository that are stored with a plan: some 500,000 names.
const MOST_EVIDENCE: usize = 32 << 20;

/// Saves the open document.
pub struct Autosave {
    session: Rc<RefCell<Session>>,
    documents: Rc<Documents<Connection>>,
    page: Rc<Page>,
    tabs: Rc<Tabs>,
    open: RefCell<Rc<OpenDocument>>,
    /// Whether the page knows that the spare database is in use.
    has_told_spare: Cell<bool>,
    /// After storage has failed, what it held when it could be read last.
    inventory: RefCell<Option<String>>,
}

/// The state of saving a document. It exists until its last save is done.
#[derive(Default)]
pub struct OpenDocument {
    /// The number of documents opened so far.
    pub opening: Cell<u32>,
    /// Key in storage; empty before the first save.
    pub key: RefCell<String>,
    /// The last revision read or written.
    pub revision: Cell<u32>,
    /// Number of the last request it includes.
    pub through: Cell<u32>,
    /// Whether there are changes that no save includes.
    pub is_changed: Cell<bool>,
    /// What became known of the repository and is not stored yet.
    evidence: RefCell<Option<Arc<Evidence>>>,
    /// The content of the next save.
    snapshot: RefCell<Option<(u32, Snapshot)>>,
    is_saving: Cell<bool>,
    /// When the first change happened that no save includes.
    changed_at: Cell<Option<u64>>,
    timer: RefCell<Option<Timeout>>,
}

impl OpenDocument {
    /// An unsaved document without changes.
    pub fn new(opening: u32) -> OpenDocument {
        OpenDocument { opening: Cell::new(opening), ..OpenDocument::default() }
    }
}

impl Autosave {
    /// Starts with an empty document.
    pub fn new(
        session: Rc<RefCell<Session>>,
        documents: Rc<Documents<Connection>>,
        page: Rc<Page>,
        tabs: Rc<Tabs>,
    ) -> Autosave {
        Autosave {
            session,
            documents,
            page,
            tabs,
            open: RefCell::default(),
            has_told_spare: Cell::new(false),
            inventory: RefCell::default(),
        }
    }

    /// The open document.
    pub fn open_document(&self) -> Rc<OpenDocument> {
        self.open.borrow().clone()
    }

    /// Key of the open document in storage; empty if it has none.
    pub fn key(&self) -> String {
        self.open.borrow().key.borrow().clone()
    }

    /// Whether the open document is empty and has no key in storage.
    pub fn holds_nothing(&self) -> bool {
        self.session.borrow().document().is_blank() && self.open.borrow().key.borrow().is_empty()
    }

    /// Switches to another document. Call [`Autosave::save_now`] first.
    pub fn open(&self, document: OpenDocument) {
        self.open.replace(Rc::new(document));
    }

    /// Gives the same document a new number and reports its state to the page.
    pub fn reopen(&self, opening: u32, number: u32) {
        let open = self.open_document();
        open.opening.set(opening);
        open.is_changed.set(true);
        open.through.set(number);
    }

    /// The content that saving the open document would write.
    pub fn snapshot(&self) -> Snapshot {
        let open = self.open_document();
        let session = self.session.borrow();
        let document = session.document();
        let (name, tasks) = (document.name().to_owned(), document.plan().tasks.len());
        let (key, known) = (open.key.borrow().clone(), open.revision.get());
        Snapshot { key, known, name, tasks, record: session.record() }
    }

    /// Records that this request changed the document, and saves it soon, even if changes never pause.
    pub fn note_change(self: &Rc<Autosave>, number: u32) {
        let open = self.open_document();
        open.through.set(number);
        open.is_changed.set(true);
        let autosave = self.clone();
        let now = clock::now();
        let since = open.changed_at.get().unwrap_or(now);
        open.changed_at.set(Some(since));
        let rest = LONGEST_WAIT.saturating_sub(now.saturating_sub(since));
        let pause = PAUSE.min(u32::try_from(rest).unwrap_or(PAUSE));
        let timer = Timeout::new(pause, move || autosave.save_now());
        open.timer.replace(Some(timer));
    }

    /// Like [`Autosave::note_change`], for a change that no request has made.
    pub fn note_own_change(self: &Rc<Autosave>) {
        self.note_change(self.open_document().through.get());
    }

    /// Has the next save also store what is known of the repository.
    pub fn note_evidence(&self) {
        let known = self.session.borrow().evidence().clone();
        self.open_document().evidence.replace(Some(known));
    }

    /// Saves the open document if it has changes and is not an empty document without a key.
    pub fn save_now(self: &Rc<Autosave>) {
        let open = self.open_document();
        if let Some(timer) = open.timer.take() {
            timer.cancel();
        }
        open.changed_at.set(None);
        if !open.is_changed.replace(false) {
            return;
        }
        if self.session.borrow().is_only_shown() || self.holds_nothing() {
            self.report(&open, open.through.get(), Saving::Nothing, String::new());
            return;
        }
        if open.key.borrow().is_empty() {
            open.key.replace(clock::keys().fresh_key());
        }
        open.snapshot.replace(Some((open.through.get(), self.snapshot())));
        if !open.is_saving.replace(true) {
            let autosave = self.clone();
            spawn_local(async move { autosave.save(open).await });
        }
    }

    /// Retries failed saves when storage becomes available again.
    pub fn save_what_waits(self: &Rc<Autosave>) {
        if self.open_document().is_changed.get() {
            // After it, the other unsaved documents follow.
            return self.save_now();
        }
        let documents = self.documents.clone();
        spawn_local(async move { documents.save_unsaved(&clock::keys()).await });
    }

    /// Writes the newest snapshot, until there is none left.
    async fn save(&self, open: Rc<OpenDocument>) {
        while let Some((through, mut snapshot)) = open.snapshot.take() {
            // The snapshot may have been taken during the previous save, which set the key and the revision.
            snapshot.key.clone_from(&open.key.borrow());
            snapshot.known = open.revision.get();
            match self.documents.save(&snapshot, &clock::keys()).await {
                Ok(written) => {
                    let (key, revision) = (written.head.key, written.head.revision);
                    open.revision.set(revision);
                    open.key.replace(key.clone());
                    let notice =
                        if written.is_copy { CHANGED_ELSEWHERE.to_owned() } else { self.spare_notice() };
                    let lost = self.save_evidence(&open, &key).await;
                    let notice = [notice, lost].join(" ").trim().to_owned();
                    self.take_inventory().await;
                    self.report(&open, through, Saving::At(written.head.saved), notice);
                    self.tabs.send(&TabMessage::Saved { key, revision });
                }
                Err(error) => {
                    // The next change retries, and so can the user.
                    open.is_changed.set(true);
                    if error.casts_doubt() {
                        self.inventory.borrow_mut().get_or_insert_with(|| "[]".to_owned());
                        self.take_inventory().await;
                    }
                    self.report(&open, through, Saving::Failed(error.to_string()), String::new());
                }
            }
        }
        open.is_saving.set(false);
    }

    /// Stores what became known of the repository. Returns a sentence if it is not stored; empty otherwise.
    async fn save_evidence(&self, open: &OpenDocument, key: &str) -> String {
        let Some(known) = open.evidence.take() else { return String::new() };
        let text = match known.is_empty() {
            true => String::new(),
            false => EvidenceFile::of(&known).to_json(),
        };
        let files = grouped(known.files().len());
        if text.len() > MOST_EVIDENCE {
            // An earlier list would come back with the plan.
            let _ = self.documents.save_evidence(key, "").await;
            return format!(
                "The list of {files} files is too large to be saved with the plan. It is known until another plan is \
                 opened."
            );
        }
        match (self.documents.save_evidence(key, &text).await, known.is_empty()) {
            (Ok(()), _) => String::new(),
            (Err(error), true) => format!("The list of files is still saved with the plan: {error}."),
            (Err(error), false) => format!(
                "The list of {files} files is not saved with the plan: {error}. It is known until another plan is \
                 opened."
            ),
        }
    }

    /// Remembers that storage may have lost something of this inventory.
    pub fn doubt(&self, inventory: String) {
        self.inventory.replace(Some(inventory));
    }

    /// After storage has failed, notes what it holds now. Keeps what was noted before if it can't be read.
    async fn take_inventory(&self) {
        if self.inventory.borrow().is_some()
            && let Ok(inventory) = self.documents.inventory().await
        {
            self.doubt(inventory);
        }
    }

    /// Handles a save in another tab. Notifies the page if it was the open document.
    pub fn on_saved_elsewhere(&self, key: &str, revision: u32) {
        let open = self.open_document();
        if revision > open.revision.get() && *open.key.borrow() == key {
            self.report(&open, open.through.get(), Saving::Elsewhere, String::new());
        }
    }

    /// Reports the state of saving to the page. `notice` is for the user and may be empty.
    pub fn report(&self, open: &OpenDocument, through: u32, saving: Saving, notice: String) {
        let (opening, revision) = (open.opening.get(), open.revision.get());
        let key = open.key.borrow().clone();
        let inventory = self.inventory.borrow().clone().unwrap_or_default();
        let state = SaveState { opening, key, revision, through, saving, notice, inventory };
        self.page.post(0, &Answer::Saved(state));
    }

    /// A notice, only once, that the spare database is in use; empty otherwise.
    pub fn spare_notice(&self) -> String {
        let is_news = self.documents.storage().is_spare() && !self.has_told_spare.replace(true);
        if is_news { SPARE.to_owned() } else { String::new() }
    }
}

const CHANGED_ELSEWHERE: &str =
    "This plan was changed in another tab. Your changes here are saved as a separate plan.";

const SPARE: &str = "The plans saved in this browser can't be read because its database is damaged. New work \
    is saved in a second database. If the first becomes readable again, its plans reappear in the list.";
