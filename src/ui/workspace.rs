//! What all parts of the screen share: the open document, what follows from it, and what the person looks at.
//!
//! Components read signals; [`Workspace::apply`] is the only way to change the document. Undo, saving and planning hang on
//! it and nowhere else.

use std::sync::Arc;

use leptos::prelude::*;
use phaseplan::document::{Document, History};
use phaseplan::layout::Scene;
use phaseplan::plan::{Edit, Plan};
use phaseplan::{Report, TaskId};

use super::notices::{Notice, Notices};
use super::timer::Timer;
use super::{persist, planner};

/// A change of the open document, or of which document is open.
pub enum Change {
    /// The text pane now holds this. Keystrokes that follow each other become one step of the history.
    Text(String),
    /// Changes of the plan that are undone together; the label is what the history calls them, such as `move T4`.
    Edits(Vec<Edit>, String),
    /// The whole document becomes this one, in one step that can be undone; the label is as above.
    Become(Document, String),
    /// Another document takes the screen. The one before stays in storage.
    Open(Box<Opened>),
    /// One step back.
    Undo,
    /// One step forth.
    Redo,
}

/// A document with what belongs to it besides its contents.
#[derive(Default)]
pub struct Opened {
    /// Name in storage; empty for a document that is not in storage yet.
    pub key: String,
    /// Contents.
    pub document: Document,
    /// What can be undone.
    pub history: History,
}

/// What the middle shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Columns of cards.
    #[default]
    Phases,
    /// Bars on a time axis.
    Timeline,
    /// Nested lists, equal to the drawing.
    Outline,
}

/// What a phone shows; wider screens show all three side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// Text and table.
    #[default]
    Tasks,
    /// The schedule.
    Phases,
    /// Problems, and the selected task.
    Problems,
}

/// How the left pane lets the plan be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Writing {
    /// As plan text.
    #[default]
    Text,
    /// As rows of fields.
    Table,
}

/// What the right pane shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Diagnostics with repairs.
    #[default]
    Problems,
    /// The selected task.
    Task,
}

/// Shared by context: `expect_context::<Workspace>()`. Copies share the same state.
#[derive(Clone, Copy)]
pub struct Workspace {
    document: RwSignal<Arc<Document>>,
    history: StoredValue<History>,
    /// Name of the open document in storage; changes when another one is opened.
    pub key: RwSignal<String>,
    /// Everything that follows from the last plan that was computed. May lag behind [`Workspace::document`] while a
    /// large plan is computed; positions of tasks are those of `report.plan`.
    pub report: RwSignal<Arc<Report>>,
    /// The drawing of `report`, which changes together with it.
    pub scene: StoredValue<Arc<Scene>>,
    /// Whether a newer report is on its way.
    pub planning: RwSignal<bool>,
    /// The selected task, in all views.
    pub selection: RwSignal<Option<TaskId>>,
    /// Tasks that something on the screen points at, such as the problem under the pointer; views may emphasise them.
    pub highlight: RwSignal<Vec<TaskId>>,
    /// What the middle shows.
    pub view: RwSignal<View>,
    /// What a phone shows.
    pub pane: RwSignal<Pane>,
    /// How the left pane lets the plan be written.
    pub writing: RwSignal<Writing>,
    /// What the right pane shows.
    pub side: RwSignal<Side>,
    /// Whether a phone shows the selected task over everything else.
    pub sheet: RwSignal<bool>,
    /// The problem that was jumped to last, as a position in the diagnostics.
    pub problem: RwSignal<Option<usize>>,
    /// The line of the text that the caret is in, from 0.
    pub caret_line: RwSignal<usize>,
    /// Counts the documents that were opened.
    pub opening: RwSignal<u32>,
    /// Whether nothing has been written yet.
    pub is_blank: Memo<bool>,
    /// How far saving is.
    pub saved: RwSignal<persist::Saved>,
    /// What is told to the person, on the screen and to screen readers.
    pub notices: Notices,
    typed_at: StoredValue<f64>,
    /// How often the open document was saved; see [`persist`].
    pub(super) revision: StoredValue<u32>,
    /// The timer of [`planner`].
    pub(super) waiting_plan: Timer,
    /// Whether [`planner`] waits for an answer.
    pub(super) is_asking_for_plan: StoredValue<bool>,
    /// What [`planner`] told last.
    pub(super) told_result: StoredValue<String>,
    /// The timer of [`persist`].
    pub(super) waiting_save: Timer,
}

/// Longest pause, in milliseconds, between keystrokes that are undone together.
const TYPING_PAUSE: f64 = 1_000.0;

impl Workspace {
    /// An empty document.
    pub fn new() -> Workspace {
        let document = RwSignal::new(Arc::<Document>::default());
        Workspace {
            document,
            history: StoredValue::new(History::default()),
            key: RwSignal::new(String::new()),
            report: RwSignal::new(Arc::default()),
            scene: StoredValue::new(Arc::default()),
            planning: RwSignal::new(false),
            selection: RwSignal::new(None),
            highlight: RwSignal::new(Vec::new()),
            view: RwSignal::new(View::default()),
            pane: RwSignal::new(Pane::default()),
            writing: RwSignal::new(Writing::default()),
            side: RwSignal::new(Side::default()),
            sheet: RwSignal::new(false),
            problem: RwSignal::new(None),
            caret_line: RwSignal::new(0),
            opening: RwSignal::new(0),
            is_blank: Memo::new(move |_| document.with(|document| document.is_blank())),
            saved: RwSignal::new(persist::Saved::default()),
            notices: Notices::new(),
            typed_at: StoredValue::new(0.0),
            revision: StoredValue::new(0),
            waiting_plan: Timer::new(),
            is_asking_for_plan: StoredValue::new(false),
            told_result: StoredValue::new(String::new()),
            waiting_save: Timer::new(),
        }
    }

    /// The only way to change the document.
    pub fn apply(self, change: Change) {
        let before = self.document.get_untracked();
        let is_typing = matches!(change, Change::Text(_));
        match change {
            Change::Text(text) => self.replace("typing", before.typed(text), self.goes_on_typing()),
            Change::Edits(edits, label) => self.replace(&label, before.edited(edits), false),
            Change::Become(document, label) => self.replace(&label, document, false),
            Change::Open(opened) => self.open(*opened),
            Change::Undo => self.walk("Undone", History::undo),
            Change::Redo => self.walk("Redone", History::redo),
        }
        if !is_typing {
            self.typed_at.set_value(0.0);
        }
        planner::plan_soon(self);
    }

    /// Changes one field of one task, and similar small edits.
    pub fn edit(self, edit: Edit, label: impl Into<String>) {
        self.apply(Change::Edits(vec![edit], label.into()));
    }

    /// The document, read for good: the reader runs again when it changes.
    pub fn document(self) -> Arc<Document> {
        self.document.get()
    }

    /// The document as it is, without listening to changes.
    pub fn document_untracked(self) -> Arc<Document> {
        self.document.get_untracked()
    }

    /// Reads something of the plan, and runs again when the document changes.
    pub fn with_plan<T>(self, read: impl FnOnce(&Plan) -> T) -> T {
        self.document.with(|document| read(document.plan()))
    }

    /// Reads something of the history as it is.
    pub fn with_history<T>(self, read: impl FnOnce(&History) -> T) -> T {
        self.history.with_value(read)
    }

    /// Selects a task and shows its fields; `None` clears the selection.
    pub fn select(self, task: Option<TaskId>) {
        self.sheet.set(task.is_some());
        if task.is_some() {
            self.side.set(Side::Task);
        }
        self.selection.set(task);
    }

    /// Leaves the task that covers a phone's screen; the problems stand behind it.
    pub fn close_sheet(self) {
        self.sheet.set(false);
        self.side.set(Side::Problems);
    }

    /// Tells screen readers something, politely.
    pub fn tell(self, message: impl Into<String>) {
        self.notices.tell(message.into());
    }

    fn goes_on_typing(self) -> bool {
        let time = js_sys::Date::now();
        let pause = time - self.typed_at.get_value();
        self.typed_at.set_value(time);
        pause < TYPING_PAUSE
    }

    fn replace(self, label: &str, after: Document, joins: bool) {
        let before = self.document.get_untracked();
        self.history.update_value(|history| history.record(label, &before, &after, joins));
        self.document.set(Arc::new(after));
        persist::save_soon(self);
    }

    fn walk(self, done: &str, step: fn(&mut History, &Document) -> Option<(Document, String)>) {
        let before = self.document.get_untracked();
        let reached = self.history.try_update_value(|history| step(history, &before)).flatten();
        match reached {
            Some((document, label)) => {
                self.document.set(Arc::new(document));
                persist::save_soon(self);
                self.tell(format!("{done}: {label}."));
            }
            None => self.notices.show(Notice::plain(match done {
                "Undone" => "There is nothing to undo.",
                _ => "There is nothing to redo.",
            })),
        }
    }

    fn open(self, opened: Opened) {
        persist::save_now(self);
        self.history.set_value(opened.history);
        self.select(None);
        self.problem.set(None);
        self.highlight.set(Vec::new());
        self.revision.set_value(persist::revision(&opened.key));
        self.key.set(opened.key);
        self.opening.update(|count| *count += 1);
        self.document.set(Arc::new(opened.document));
        persist::save_soon(self);
    }
}
