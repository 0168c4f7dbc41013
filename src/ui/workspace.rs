//! What all parts of the screen share: the text, what the worker told of the document, and what the person looks at.
//!
//! Components read states; [`Workspace::apply`] is the only way to change the document. The document itself is the worker's:
//! a change is sent there, and what it came to comes back. Only typing is shown before that.

use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;
use std::time::Duration;

use phaseplan::TaskId;
use phaseplan::protocol::{Answer, Change, Changed, Content, Planned, Request, Shelf, TaskLines};

use super::element::effect;
use super::keys::storage as key;
use super::notices::{Notice, Notices};
use super::state::{Derived, State};
use super::timer::Timer;
use super::{link, page, persist, planner, storage, worker};

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
    /// The review.
    Review,
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
    /// What differs from the plan that the open one is compared with.
    Changes,
    /// What people say about the plan.
    Review,
}

/// Copies share the same state.
#[derive(Clone, Copy)]
pub struct Workspace {
    /// What the text pane shows.
    pub text: State<Rc<str>>,
    /// What the worker told of the document last, but its text.
    pub document: State<Rc<Changed>>,
    /// What the worker told of the plan it computed last, which may be of an earlier state of the document.
    pub planned: State<Rc<Planned>>,
    /// Name of the open document in storage; empty if it is not stored. Changes when another one is opened.
    pub key: State<String>,
    /// Whether a newer plan is on its way.
    pub planning: State<bool>,
    /// Counts what was heard of the plan after it was computed.
    pub heard: State<u32>,
    /// How many drawings are on their way.
    pub drawing: State<usize>,
    /// The selected task, in all views.
    pub selection: State<Option<TaskId>>,
    /// Tasks that something on the screen points at, such as the problem under the pointer; views may emphasise them.
    pub highlight: State<Vec<TaskId>>,
    /// What the middle shows.
    pub view: State<View>,
    /// What a phone shows.
    pub pane: State<Pane>,
    /// How the left pane lets the plan be written.
    pub writing: State<Writing>,
    /// What the right pane shows.
    pub side: State<Side>,
    /// Whether a phone shows the selected task over everything else.
    pub sheet: State<bool>,
    /// The problem that was jumped to last, as a position in the diagnostics.
    pub problem: State<Option<usize>>,
    /// The change that was gone to last while plans are compared, as a position in [`Planned::compared`].
    pub change: State<Option<usize>>,
    /// The line of the text that the caret is in, from 0.
    pub caret_line: State<usize>,
    /// Counts the documents that were opened.
    pub opening: State<u32>,
    /// Whether nothing has been written yet.
    pub is_blank: Derived<bool>,
    /// What is to be said of a document that came in a link and is only shown.
    pub shared: Derived<Option<String>>,
    /// How many threads of the review are open, and a number that changes when those of any task do.
    pub review: Derived<(usize, u32)>,
    /// How far saving is.
    pub saved: State<persist::Saved>,
    /// What is told to the person, on the screen and to screen readers.
    pub notices: Notices,
    /// Which list of documents the dialog shows, if it is open.
    pub shelf: State<Option<Shelf>>,
    /// Whether the plan is presented.
    pub is_presenting: State<bool>,
    /// Whether planning broke down twice, so that it waits to be asked for.
    pub is_safe: State<bool>,
    /// How often the worker broke down since something was planned.
    losses: State<u32>,
    typed_at: State<f64>,
    /// Counts what was sent to change the document.
    sent: State<u32>,
    /// How often the open document was saved; see [`persist`].
    pub(super) revision: State<u32>,
    /// The timer of [`planner`].
    pub(super) waiting_plan: Timer,
    /// The timer of [`search`](super::search).
    pub(super) waiting_search: Timer,
    /// Whether [`planner`] waits for an answer.
    pub(super) is_asking_for_plan: State<bool>,
    /// What [`planner`] told last.
    pub(super) told_result: State<String>,
    /// Number of the last request that changed the document.
    pub(super) changed_by: State<u32>,
    /// The timer of [`persist`].
    pub(super) waiting_journal: Timer,
}

/// Longest pause, in milliseconds, between keystrokes that are undone together.
const TYPING_PAUSE: f64 = 1_000.0;

/// What is told when the worker does not answer.
const STOPPED: &str =
    "A part of the program did not load or stopped. Your text is kept; the next change tries again.";

/// What is told of a worker that does not answer.
const SILENT: &str =
    "Planning takes longer than usual. You can go on writing, or stop it and have it start anew.";
/// What is told when the worker is of another build.
const UPDATED: &str = "phaseplan was updated since this page was loaded, so that nothing can be planned here any more. Your text is \
    kept; reload the page to go on.";
/// What is told when planning broke down again.
const BROKE_TWICE: &str = "Planning this text stopped the program twice, so it waits until you ask for it. Your text is kept, \
    and you can go on writing.";

impl Workspace {
    /// An empty document.
    pub fn new() -> Workspace {
        let text = State::new(Rc::from(""));
        let document = State::new(Rc::<Changed>::default());
        Workspace {
            text,
            document,
            planned: State::new(Rc::default()),
            key: State::new(String::new()),
            planning: State::new(false),
            heard: State::new(0),
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
            opening: State::new(0),
            is_blank: Derived::new(move || text.with(|text| text.trim().is_empty())),
            shared: Derived::new(move || document.with(|document| document.shared.clone())),
            review: Derived::new(move || document.with(|document| (document.open_threads, document.review))),
            saved: State::new(persist::Saved::default()),
            notices: Notices::new(),
            shelf: State::new(None),
            is_presenting: State::new(false),
            is_safe: State::new(false),
            losses: State::new(0),
            typed_at: State::new(0.0),
            sent: State::new(0),
            revision: State::new(0),
            waiting_plan: Timer::new(),
            waiting_search: Timer::new(),
            is_asking_for_plan: State::new(false),
            told_result: State::new(String::new()),
            changed_by: State::new(0),
            waiting_journal: Timer::new(),
        }
    }

    /// The only way to change the document. What could not be done is told.
    pub fn apply(self, change: Change) {
        self.apply_then(change, move |outcome| {
            if let Err(message) = outcome {
                self.notices.show(Notice::plain(message));
            }
        });
    }

    /// Changes the document; `then` gets what the worker told of it, or why nothing was changed.
    pub fn apply_then(self, change: Change, then: impl FnOnce(Result<Rc<Changed>, String>) + 'static) {
        if !matches!(change, Change::Type { .. }) {
            self.typed_at.put(0.0);
        }
        self.planning.set(true);
        self.send(Request::Change(change), Box::new(then));
    }

    /// The text pane holds this. Keystrokes that follow each other become one step of the history.
    pub fn typed(self, text: String) {
        self.text.set(text.as_str().into());
        persist::note_change(self);
        let joins = self.goes_on_typing();
        self.apply(Change::Type { text, joins });
    }

    /// Another document takes the screen. The one before stays in storage. `key` is the name in storage, if it is there.
    pub fn open(self, key: &str, content: Content) {
        link::leave();
        self.typed_at.put(0.0);
        self.opening.update(|count| *count += 1);
        self.select(None);
        self.problem.set(None);
        self.highlight.set(Vec::new());
        self.side.set(Side::Problems);
        self.revision.put(0);
        self.key.set(key.to_owned());
        self.planning.set(true);
        self.is_safe.set(false);
        let is_stored = matches!(content, Content::Stored { .. });
        let opened = move |outcome| {
            if let Err(message) = outcome {
                self.notices.show(Notice::problem(message));
                // What is shown from before the program ran is all there is of the plan.
                let is_told = self.document.with_untracked(|document| !document.name.is_empty());
                if !is_told && !self.is_blank.get_untracked() {
                    self.typed(self.text.with_untracked(|text| text.to_string()));
                }
            }
        };
        self.send(Request::Open { opening: self.opening.get_untracked(), content }, Box::new(opened));
        if !is_stored {
            persist::note_change(self);
        }
    }

    fn send(self, request: Request, then: Box<dyn FnOnce(Result<Rc<Changed>, String>)>) {
        self.sent.update_silently(|sent| *sent += 1);
        let is_change = matches!(request, Request::Change(_));
        let is_sure = matches!(request, Request::Open { .. } | Request::Change(Change::Type { .. }));
        let number = Rc::new(Cell::new(0));
        let asked = number.clone();
        worker::ask(&request, move |answer| {
            let outcome = match answer {
                Some(Answer::Changed(outcome)) => outcome,
                _ => Err(STOPPED.to_owned()),
            };
            // Other changes may come to nothing, and then no later answer brings the text.
            let is_latest = asked.get() >= self.changed_by.get_untracked();
            let outcome = outcome.map(|changed| self.take(*changed, is_latest));
            let is_same_plan = outcome.as_ref().is_ok_and(|changed| changed.is_same_plan);
            if is_change && outcome.is_ok() && !is_same_plan {
                self.changed_by.put(self.changed_by.get_untracked().max(asked.get()));
                persist::note_change(self);
            }
            if is_same_plan {
                planner::go_on(self);
            } else if !self.is_safe.get_untracked() {
                planner::plan_soon(self);
            }
            then(outcome);
        });
        number.set(worker::last_number());
        // Other changes may come to nothing, and then there is nothing to wait for.
        if is_sure {
            self.changed_by.put(number.get());
        }
    }

    /// Looks after the worker: when it breaks down, another one gets the document, and what was drawn last stays on the screen.
    /// When it breaks down again before anything was planned, planning waits until it is asked for.
    pub fn watch_worker(self) {
        effect(move || {
            self.planned.track();
            self.losses.put(0);
        });
        let on_silence = move || {
            let stop = Notice::problem(SILENT).with_action("Stop it", worker::break_down);
            self.notices.show(stop);
        };
        // Not the timer of the planner, which those stop who are told that there will be no answer.
        let afterwards = Timer::new();
        let on_loss = move || {
            self.losses.update_silently(|losses| *losses += 1);
            match self.losses.get_untracked() {
                0 | 1 => {
                    self.restore();
                    // After those who waited for the other worker were told.
                    afterwards.start(Duration::ZERO, move || planner::plan_soon(self));
                }
                losses => {
                    self.is_safe.set(true);
                    self.planning.set(false);
                    // The third time it broke down over the text itself; the journal has it.
                    if losses == 2 {
                        self.restore();
                    }
                    let again = move || {
                        self.is_safe.set(false);
                        self.losses.put(0);
                        self.restore();
                        planner::plan_soon(self);
                    };
                    let notice = Notice::problem(BROKE_TWICE).with_action("Plan again", again);
                    // After what those tell who waited for the worker.
                    afterwards.start(Duration::ZERO, move || self.notices.show(notice));
                }
            }
        };
        worker::watch(on_loss, on_silence, move || self.meet_other_build());
    }

    /// The site was updated. A page in which nothing was done yet may be an old copy of the browser's, and is loaded anew once;
    /// any other is the person's to reload.
    fn meet_other_build(self) {
        let is_untouched = self.saved.get_untracked() == persist::Saved::Nothing;
        if is_untouched && storage::get(key::RELOADED).is_none() && storage::set(key::RELOADED, "1").is_ok() {
            return page::reload();
        }
        persist::note_change(self);
        self.planning.set(false);
        let reload = move || {
            persist::leave(self);
            page::reload();
        };
        self.notices.show(Notice::problem(UPDATED).with_action("Reload", reload));
    }

    /// Gives the document to a worker that took the place of one that broke down: as it was stored, with the text of now. What
    /// is only shown stays so.
    fn restore(self) {
        let text = self.text.with_untracked(|text| text.to_string());
        let key = self.key.get_untracked();
        let revision = Some(self.revision.get_untracked());
        let is_read_only = self.document.with_untracked(|document| document.is_read_only);
        let (content, is_own) = match self.shared.get_untracked() {
            Some(about) => (Content::Shown { text: text.clone(), about }, false),
            None if is_read_only => (persist::stored(&key), false),
            None if key.is_empty() => (Content::Text(text.clone()), true),
            None => (Content::Stored { key, revision }, true),
        };
        let opening = self.opening.get_untracked();
        worker::ask(&Request::Open { opening, content }, |_| ());
        if is_own {
            worker::ask(&Request::Change(Change::Type { text, joins: false }), |_| ());
        }
        self.changed_by.put(worker::last_number());
    }

    /// Shows what the worker told. The text is left alone if more was typed since: then it is on its way.
    pub(super) fn take(self, mut changed: Changed, is_latest: bool) -> Rc<Changed> {
        if let Some(text) = changed.text.take()
            && is_latest
        {
            self.text.set(text.into());
        }
        if !changed.done.is_empty() {
            self.tell(changed.done.as_str());
        }
        let changed = Rc::new(changed);
        self.document.set(changed.clone());
        if let Some(task) = &changed.selected {
            self.select(Some(task.clone()));
        }
        changed
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

    /// Leaves the task that covers a phone's screen; the problems stand behind it.
    pub fn close_sheet(self) {
        self.sheet.set(false);
        self.side.set(Side::Problems);
    }

    /// Tells screen readers something, politely.
    pub fn tell(self, message: impl Into<String>) {
        self.notices.tell(message.into());
    }

    /// Counts what was sent to change the document.
    pub fn sent(self) -> u32 {
        self.sent.get_untracked()
    }

    fn goes_on_typing(self) -> bool {
        let time = js_sys::Date::now();
        let pause = time - self.typed_at.get_untracked();
        self.typed_at.put(time);
        pause < TYPING_PAUSE
    }
}
