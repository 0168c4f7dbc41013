//! The only way to change or replace the open document.
//!
//! A change is sent to the worker, which returns the result. Only typing is shown before that.

use std::cell::Cell;
use std::rc::Rc;

use phaseplan::protocol::{Answer, Change, Content, DocumentRequest, DocumentState, Request};

use super::notices::Notice;
use super::workspace::{Side, Workspace};
use super::{address, documents, journal, planner, worker};

/// The longest pause between keystrokes that are undone together, in milliseconds.
const TYPING_PAUSE: f64 = 1_000.0;

/// The message when the worker does not answer.
const STOPPED: &str =
    "A part of the program failed to load or stopped. Your text is safe; the next change tries again.";

impl Workspace {
    /// Changes the document. If that fails, a notice says why.
    pub fn apply(self, change: Change) {
        self.apply_then(change, move |outcome| {
            if let Err(message) = outcome {
                self.notices.show(Notice::plain(message));
            }
        });
    }

    /// Changes the document; `then` gets the new state, or the reason of a failure. Changes that an import takes
    /// go to its plan while it is shown, without calling `then`.
    pub fn apply_then(self, change: Change, then: impl FnOnce(Result<Rc<DocumentState>, String>) + 'static) {
        if documents::is_previewing(self) && change.fits_import() {
            return documents::change_import(self, DocumentRequest::ChangeImport(change));
        }
        if !matches!(change, Change::Type { .. }) {
            self.typed_at.put(0.0);
        }
        // A plan that takes the place of the text was touched by nobody yet.
        self.is_touched.put(!matches!(change, Change::Become { .. }));
        self.planning.set(true);
        self.send(DocumentRequest::Change(change).into(), Box::new(then));
    }

    /// Changes the document; if that is hardly visible, a notice describes it and offers to undo it.
    pub fn apply_with_notice(self, change: Change) {
        self.apply_then(change, move |outcome| self.show_outcome(outcome));
    }

    /// Describes a change that was made, unless it can be seen, and offers to undo it; or says why it was not.
    pub fn show_outcome(self, outcome: Result<Rc<DocumentState>, String>) {
        self.notices.show(match outcome {
            // It can be seen.
            Ok(changed) if changed.done.is_empty() => return,
            Ok(changed) => self.with_undo(Notice::plain(&*changed.done), &changed),
            Err(message) => Notice::plain(message),
        });
    }

    /// Adds a button to a notice that undoes the change it is about, if there is anything to undo.
    pub fn with_undo(self, notice: Notice, changed: &DocumentState) -> Notice {
        if !changed.is_step {
            return notice;
        }
        let step = changed.step;
        let undo = move || self.apply(Change::UndoStep(step));
        Notice { step: Some(step), ..notice.with_action("Undo", undo) }
    }

    /// Handles typing in the text pane, which now has this text. Consecutive keystrokes become one step of
    /// the history.
    pub fn typed(self, text: String) {
        self.text.set(text.as_str().into());
        journal::note_change(self);
        let joins = self.goes_on_typing();
        self.apply(Change::Type { text, joins });
    }

    /// Opens a new document; the previous one remains in storage.
    pub fn open(self, content: Content) {
        address::leave();
        self.open_new(content);
    }

    /// Opens the plan that was read from a link, which becomes the address.
    pub fn open_link(self, link: &str) {
        if address::current().as_deref() != Some(link) {
            address::replace(link);
        }
        self.open_new(Content::Found);
    }

    fn open_new(self, content: Content) {
        self.leave_document("");
        let opening = self.opening.get_untracked();
        self.open_as(DocumentRequest::Open { opening, content }.into());
        journal::note_change(self);
    }

    /// Opens a stored document by its key.
    pub fn open_stored(self, key: &str) {
        address::leave();
        self.leave_document(key);
        let (opening, key) = (self.opening.get_untracked(), key.to_owned());
        self.open_as(Request::OpenStored { opening, key, revision: None });
    }

    /// Prepares the screen for the stored document with this key.
    fn leave_document(self, key: &str) {
        self.typed_at.put(0.0);
        self.is_touched.put(false);
        self.opening.update(|count| *count += 1);
        self.select(None);
        self.problem.set(None);
        self.highlight.set(Vec::new());
        self.side.set(Side::Problems);
        self.revision.put(0);
        self.key.set(key.to_owned());
        self.planning.set(true);
        self.is_safe.set(false);
    }

    fn open_as(self, request: Request) {
        let opened = move |outcome| {
            if let Err(message) = outcome {
                self.notices.show(Notice::problem(message));
                // The text shown before the program was loaded is all there is of the plan.
                let is_told = self.document.with_untracked(|document| !document.name.is_empty());
                if !is_told && !self.is_blank.get_untracked() {
                    self.typed(self.text.with_untracked(ToString::to_string));
                }
            }
        };
        self.send(request, Box::new(opened));
    }

    fn send(self, request: Request, then: Box<dyn FnOnce(Result<Rc<DocumentState>, String>)>) {
        self.sent.update_silently(|sent| *sent += 1);
        let is_change = matches!(request, Request::Document(DocumentRequest::Change(_)));
        let is_typing = matches!(request, Request::Document(DocumentRequest::Change(Change::Type { .. })));
        let is_sure = is_typing || !is_change;
        let number = Rc::new(Cell::new(0));
        let asked = number.clone();
        worker::ask(request, move |answer| {
            let outcome = match answer {
                Some(Answer::Changed(outcome)) => outcome,
                _ => Err(STOPPED.to_owned()),
            };
            // Other changes may have no effect, and then no later answer contains the text.
            let is_latest = asked.get() >= self.changed_by.get_untracked();
            let outcome = outcome.map(|changed| self.take(*changed, is_latest));
            let is_same_plan = outcome.as_ref().is_ok_and(|changed| changed.is_same_plan);
            if is_change && outcome.is_ok() && !is_same_plan {
                self.changed_by.put(self.changed_by.get_untracked().max(asked.get()));
                journal::note_change(self);
            }
            if is_same_plan {
                planner::go_on(self);
            } else if !self.is_safe.get_untracked() {
                planner::plan_soon(self);
            }
            then(outcome);
        });
        number.set(worker::last_number());
        // Other changes may have no effect, and then there is nothing to wait for.
        if is_sure {
            self.changed_by.put(number.get());
        }
    }

    fn goes_on_typing(self) -> bool {
        let time = js_sys::Date::now();
        let pause = time - self.typed_at.get_untracked();
        self.typed_at.put(time);
        pause < TYPING_PAUSE
    }
}
