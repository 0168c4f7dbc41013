//! Requests about the open document, and its changes.

use std::ops::Range;

use super::wire::{Wire, enums, structs};
use super::{BesideChange, Comparison, Form, SearchRequest, ViewRequest};
use crate::TaskId;
use crate::incoming::Input;
use crate::layout::Direction;
use crate::view::Showing;

/// A request about the open document.
#[derive(Debug, Clone, PartialEq)]
pub enum DocumentRequest {
    /// Opens another document.
    Open {
        /// The number of documents opened so far. While it is unchanged, little moves in the drawing.
        opening: u32,
        /// The content.
        content: Content,
    },
    /// Changes the document.
    Change(Change),
    /// Computes all results of the document.
    Plan,
    /// Draws a part of the screen.
    Draw(ViewRequest),
    /// Finds the next task in a direction.
    Neighbour {
        /// The start; without one, the answer is the first task.
        from: Option<TaskId>,
        /// The view that defines the neighbours.
        showing: Showing,
        /// The direction.
        direction: Direction,
    },
    /// Searches further for a better schedule.
    Search(SearchRequest),
    /// Lists the export formats.
    Formats,
    /// Exports the plan.
    Export {
        /// The position of the format in the list.
        format: usize,
        /// The part of the plan, as [`Part`](crate::export::Part) spells it; of one that is not there, the whole.
        part: String,
    },
    /// Returns the review as a file: [`Answer::Files`](super::Answer::Files).
    ExportReview {
        /// Markdown if set, else the events.
        markdown: bool,
    },
    /// Reads a paste or files, whatever they are, and holds what is read until it is opened or added.
    Import(Input),
    /// Changes the plan that was imported and is not opened yet. The state in the answer is empty.
    ChangeImport(Change),
    /// Reads what was imported again, as the format with this id: [`Answer::Done`](super::Answer::Done).
    ReadImportAs(String),
    /// Compares the open plan with another one.
    Compare(Comparison),
    /// Changes what runs beside the open plan.
    Beside(BesideChange),
}

/// The content of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Plan text.
    Text(String),
    /// A stored document with its history; see [`crate::document::record`].
    Record(String),
    /// The plan of the last [`DocumentRequest::Import`].
    Found,
    /// The text of the last [`DocumentRequest::Import`] as it is, instead of the plan that was read from it.
    Unread,
    /// A plan from a link that is only shown. The page sends it back when it opens it again.
    Shown {
        /// Its text.
        text: String,
        /// The description of the link.
        about: String,
    },
    /// The example at this index.
    Example(usize),
}

/// A change of the open document. Each is one step of the history, except typing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Replaces the text.
    Type {
        /// The whole text.
        text: String,
        /// Whether it may join the previous typing in one step of the history.
        joins: bool,
    },
    /// Replaces the whole document.
    Become {
        /// The new content.
        content: Content,
        /// The label in the history, such as `paste`.
        label: String,
    },
    /// Sets the title of the plan.
    Title(String),
    /// Appends a task.
    Add,
    /// Removes a task.
    Remove(TaskId),
    /// Swaps a task with its neighbour.
    Move {
        /// The task.
        id: TaskId,
        /// Whether to swap with the task below, else with the one above.
        down: bool,
    },
    /// Sets a field of a task, as written in a form.
    Write {
        /// The task.
        id: TaskId,
        /// Name of the field in JSON.
        field: String,
        /// The whole text of the field.
        written: String,
    },
    /// Confirms guessed files, or removes them.
    Guesses {
        /// The task they belong to; `None` for all tasks.
        task: Option<TaskId>,
        /// Whether to confirm them, else to remove them.
        keep: bool,
    },
    /// Applies a fix of a problem.
    Repair {
        /// Index of the problem.
        problem: usize,
        /// Index of the fix.
        fix: usize,
    },
    /// Saves a plan from a link as a document of the user.
    Keep,
    /// Applies a suggestion that shortens the plan, by index.
    Improve(usize),
    /// Sets the number of tasks that may run at the same time.
    Agents(u32),
    /// Adds a statement to the review, or acts on one. Not a step of the history, unless it accepts a
    /// suggestion.
    Review(Form),
    /// Notes something about a run. A step of the history if it changes the plan.
    Run {
        /// The word of a [`RunAct`](crate::view::RunAct).
        act: String,
        /// What was written, and what it is about. Its own act has no meaning.
        form: Form,
    },
    /// Takes in what was imported last about the repository, or forgets all of it. Not a step of the history.
    Know(bool),
    /// Undoes one step.
    Undo,
    /// Undoes the step with this number, if it is still the last one; see [`DocumentState::step`].
    UndoStep(u32),
    /// Redoes one step.
    Redo,
}

impl Change {
    /// Whether it can be made to the plan of an import before that is opened.
    pub fn fits_import(&self) -> bool {
        use Change::{Guesses, Redo, Remove, Undo, Write};
        matches!(self, Remove(_) | Write { .. } | Guesses { .. } | Undo | Redo)
    }
}

/// The state of an opened or changed document, for the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentState {
    /// The text, unless the page already has it.
    pub text: Option<String>,
    /// Title of the plan.
    pub title: String,
    /// The name in lists of documents.
    pub name: String,
    /// All tasks, in the order of the plan.
    pub tasks: Vec<TaskLines>,
    /// What was done, in a sentence; empty if that is obvious.
    pub done: String,
    /// A doubt about the text written into a field.
    pub doubt: Option<String>,
    /// A task to select.
    pub selected: Option<TaskId>,
    /// The description of a document from a link. It is only shown until the user saves it.
    pub shared: Option<String>,
    /// Whether the document is read-only, because a newer program stored it.
    pub is_read_only: bool,
    /// The number of open threads in its review.
    pub open_threads: usize,
    /// Changes whenever the open threads of a task change.
    pub review: u32,
    /// Whether the plan is the same as in the previous message.
    pub is_same_plan: bool,
    /// The number of the state of the history, which no other state had. Whoever offers to undo a step holds it.
    pub step: u32,
    /// Whether this change is the last step of the history.
    pub is_step: bool,
}

/// The lines of a task in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLines {
    /// The task.
    pub id: TaskId,
    /// Its lines, counted from 0.
    pub lines: Range<usize>,
}

enums! {
    DocumentRequest {
        Open { opening, content }, Change(change), Plan, Draw(wanted), Neighbour { from, showing, direction },
        Search(request), Formats, Export { format, part }, ExportReview { markdown }, Import(input),
        ChangeImport(change), ReadImportAs(format), Compare(comparison), Beside(change),
    }
    Content { Text(text), Record(record), Found, Unread, Example(example), Shown { text, about } }
    Change {
        Type { text, joins }, Become { content, label }, Title(title), Add, Remove(id), Move { id, down },
        Write { id, field, written }, Guesses { task, keep }, Repair { problem, fix }, Improve(number), Agents(count), Undo,
        UndoStep(step), Redo,
        Keep, Review(form), Run { act, form }, Know(is_known),
    }
}

structs! {
    DocumentState {
        text, title, name, tasks, done, doubt, selected, shared, is_read_only, open_threads, review,
        is_same_plan, step, is_step,
    }
    TaskLines { id, lines }
}

impl Wire for TaskId {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<TaskId> {
        String::read(bytes).map(TaskId)
    }
}
