//! The state that all parts of the screen share: the text, the worker's results, and the user's selections.
//!
//! Components read these states. The worker holds the document itself, and only [`door`](super::door) can
//! change it.

use std::ops::Range;
use std::rc::Rc;

use phaseplan::TaskId;
use phaseplan::protocol::{DocumentList, DocumentState, PlanState, TaskLines};

use super::notices::Notices;
use super::state::{Derived, State};
use super::timer::Timer;
use super::views::Views;

/// The view in the middle pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Columns of cards.
    #[default]
    Phases,
    /// Bars on a time axis.
    Timeline,
    /// Nested lists, equivalent to the drawing.
    Outline,
}

/// The pane on a phone; wider screens show all of them side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// Text and table.
    #[default]
    Tasks,
    /// The schedule.
    Phases,
    /// Problems, and the selected task.
    Problems,
    /// The review.
    Review,
}

/// The editor in the left pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Writing {
    /// Plan text.
    #[default]
    Text,
    /// Rows of fields.
    Table,
}

/// The tab of the right pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Diagnostics with fixes.
    #[default]
    Problems,
    /// The selected task.
    Task,
    /// The differences from the other plan of a comparison.
    Changes,
    /// The review of the plan.
    Review,
}

/// The state of saving the open document.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum SaveStatus {
    /// There is nothing to save.
    #[default]
    Nothing,
    /// Changed since the last save.
    Pending,
    /// Saved and verified, at a local time such as `14:02`.
    At(String),
    /// Only in this tab, with the reason.
    Failed(String),
    /// Another tab saved the document.
    Elsewhere,
}

/// Copies share the same state.
#[derive(Clone, Copy)]
pub struct Workspace {
    /// The text in the text pane.
    pub text: State<Rc<str>>,
    /// The last state of the document from the worker, without its text.
    pub document: State<Rc<DocumentState>>,
    /// The last plan from the worker, which may be of an earlier state of the document.
    pub planned: State<Rc<PlanState>>,
    /// Key of the open document in storage; empty if it is not stored. Changes when another one is opened.
    pub key: State<String>,
    /// Whether a newer plan is being computed.
    pub planning: State<bool>,
    /// The number of messages about the plan after it was computed.
    pub search_events: State<u32>,
    /// Whether the user has touched anything since the plan was opened. Then nothing moves by itself.
    pub is_touched: State<bool>,
    /// The number of pending drawings.
    pub drawing: State<usize>,
    /// The selected task, in all views.
    pub selection: State<Option<TaskId>>,
    /// Tasks highlighted by another element on the screen, such as the problem under the pointer.
    pub highlight: State<Vec<TaskId>>,
    /// The view in the middle pane.
    pub view: State<View>,
    /// The pane on a phone.
    pub pane: State<Pane>,
    /// The editor in the left pane.
    pub writing: State<Writing>,
    /// The tab of the right pane.
    pub side: State<Side>,
    /// Whether the selected task covers the screen of a phone.
    pub sheet: State<bool>,
    /// The problem last jumped to, as an index of the diagnostics.
    pub problem: State<Option<usize>>,
    /// The change last jumped to in a comparison, as an index of [`PlanState::compared`].
    pub change: State<Option<usize>>,
    /// The line of the caret in the text, from 0.
    pub caret_line: State<usize>,
    /// The byte of the text to move the caret and the focus to.
    pub caret_wanted: State<Option<usize>>,
    /// Whether it is still to be decided which document is opened first. Until then the worker holds another
    /// one than the text on the screen.
    pub is_starting: State<bool>,
    /// The number of documents opened so far.
    pub opening: State<u32>,
    /// Whether the document is still empty.
    pub is_blank: Derived<bool>,
    /// The description of a document from a link that is only shown.
    pub shared: Derived<Option<String>>,
    /// The number of open threads, and a number that changes when those of any task do.
    pub review: Derived<(usize, u32)>,
    /// The state of saving.
    pub saved: State<SaveStatus>,
    /// After storage has failed, a sentence about what may be lost.
    pub doubt: State<Option<String>>,
    /// Notices and announcements for screen readers.
    pub notices: Notices,
    /// The list in the open dialog of documents.
    pub document_list: State<Option<DocumentList>>,
    /// Whether the presentation is open.
    pub is_presenting: State<bool>,
    /// The settings of each part of the screen.
    pub views: Views,
    /// Whether planning crashed twice, so it waits for the user's request.
    pub is_safe: State<bool>,
    /// The number of crashes since something was planned.
    pub(super) losses: State<u32>,
    /// The time of the last typing, in milliseconds.
    pub(super) typed_at: State<f64>,
    /// The number of requests sent to change the document.
    pub(super) sent: State<u32>,
    /// The number of saves of the open document; see [`saving`](super::saving).
    pub(super) revision: State<u32>,
    /// The timer of [`planner`](super::planner).
    pub(super) waiting_plan: Timer,
    /// The timer of [`search`](super::search).
    pub(super) waiting_search: Timer,
    /// Whether [`planner`](super::planner) waits for an answer.
    pub(super) is_asking_for_plan: State<bool>,
    /// The last announcement about the plan.
    pub(super) announced: State<String>,
    /// Number of the last request that changed the document.
    pub(super) changed_by: State<u32>,
    /// The timer of [`journal`](super::journal).
    pub(super) waiting_journal: Timer,
}

impl Workspace {
    /// An empty document.
    pub fn new() -> Workspace {
        let text = State::new(Rc::from(""));
        let document = State::new(Rc::<DocumentState>::default());
        let planned = State::new(Rc::default());
        Workspace {
            text,
            document,
            planned,
            key: State::new(String::new()),
            planning: State::new(false),
            search_events: State::new(0),
            is_touched: State::new(false),
            drawing: State::new(0),
            selection: State::new(None),
            highlight: State::new(Vec::new()),
            view: State::new(View::default()),
            pane: State::new(Pane::default()),
            writing: State::new(Writing::default()),
            side: State::new(Side::default()),
            sheet: State::new(false),
            problem: State::new(None),
            change: State::new(None),
            caret_line: State::new(0),
            caret_wanted: State::new(None),
            is_starting: State::new(true),
            opening: State::new(0),
            is_blank: Derived::new(move || text.with(|text| text.trim().is_empty())),
            shared: Derived::new(move || document.with(|document| document.shared.clone())),
            review: Derived::new(move || document.with(|document| (document.open_threads, document.review))),
            saved: State::new(SaveStatus::default()),
            doubt: State::new(None),
            notices: Notices::new(),
            document_list: State::new(None),
            is_presenting: State::new(false),
            views: Views::new(planned),
            is_safe: State::new(false),
            losses: State::new(0),
            typed_at: State::new(0.0),
            sent: State::new(0),
            revision: State::new(0),
            waiting_plan: Timer::new(),
            waiting_search: Timer::new(),
            is_asking_for_plan: State::new(false),
            announced: State::new(String::new()),
            changed_by: State::new(0),
            waiting_journal: Timer::new(),
        }
    }

    /// Shows a state from the worker. Leaves the text alone if there was more typing since, because another
    /// answer will follow.
    pub fn take(self, mut changed: DocumentState, is_latest: bool) -> Rc<DocumentState> {
        if let Some(text) = changed.text.take()
            && is_latest
        {
            self.text.set(text.into());
        }
        if !changed.done.is_empty() {
            self.announce(changed.done.as_str());
        }
        self.notices.keep_step(changed.step);
        let changed = Rc::new(changed);
        self.document.set(changed.clone());
        if let Some(task) = &changed.selected {
            self.select(Some(task.clone()));
        }
        changed
    }

    /// Shows a computed plan, and announces it to screen readers unless that would repeat the last
    /// announcement.
    pub fn show_plan(self, planned: Box<PlanState>) {
        let result = planned.announcement.clone();
        self.planned.set(Rc::from(planned));
        if self.announced.get_untracked() != result {
            self.announced.put(result.clone());
            self.announce(result);
        }
    }

    /// The lines of a task in the text.
    pub fn lines_of(self, task: &TaskId) -> Option<Range<usize>> {
        let is_it = |lines: &&TaskLines| lines.id == *task;
        self.document.with_untracked(|document| Some(document.tasks.iter().find(is_it)?.lines.clone()))
    }

    /// The task that a line of the text belongs to.
    pub fn task_at_line(self, line: usize) -> Option<TaskId> {
        let is_it = |lines: &&TaskLines| lines.lines.contains(&line);
        self.document.with_untracked(|document| Some(document.tasks.iter().find(is_it)?.id.clone()))
    }

    /// Selects a task and shows its fields; `None` clears the selection.
    pub fn select(self, task: Option<TaskId>) {
        self.sheet.set(task.is_some());
        if task.is_some() {
            self.side.set(Side::Task);
        }
        self.selection.set(task);
    }

    /// Closes the task that covers a phone's screen; the problems are behind it.
    pub fn close_sheet(self) {
        self.sheet.set(false);
        self.side.set(Side::Problems);
    }

    /// Announces a message to screen readers, politely.
    pub fn announce(self, message: impl Into<String>) {
        self.notices.announce(message.into());
    }

    /// The number of requests sent to change the document.
    pub fn sent(self) -> u32 {
        self.sent.get_untracked()
    }
}
