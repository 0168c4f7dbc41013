//! What the page and its worker say to each other.
//!
//! The page holds what it shows: the text, and what a person picked. The worker holds the document and everything that is
//! computed from it; its side is [`crate::session::Session`]. Each [`Request`] has a number and gets one [`Answer`] with that
//! number. What is told without being asked has the number 0. Before all that the worker says which [`BUILD`] it is of: a site may
//! have been updated since the page was loaded.
//! Only a long [`search`](crate::search) has its own worker, so that it can be ended.

mod keeping;
mod messages;
pub mod wire;

use std::ops::Range;

use crate::TaskId;
use crate::document::lines::Wave;
use crate::layout::Direction;
use crate::view::task::FieldProblem;
use crate::view::{Markup, Picks, Showing};

/// Names the build. Messages have the same form on both ends only within one, so that the worker begins by saying this.
pub const BUILD: &str = match option_env!("PHASEPLAN_BUILD") {
    Some(build) => build,
    None => "",
};

pub use keeping::{Journal, Keep, Kept, OldDocument, SavedFile, Saving, Shelf};

/// What the page asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Takes up another document.
    Open {
        /// Counts the documents that were opened. While it stays the same, little moves in the drawing.
        opening: u32,
        /// What it holds.
        content: Content,
    },
    /// Changes the document.
    Change(Change),
    /// Computes everything that follows from the document.
    Plan,
    /// Draws a part of the screen.
    Draw(Wanted),
    /// The task to go to from a task.
    Neighbour {
        /// Where to start; with none, the first task is meant.
        from: Option<TaskId>,
        /// The view in which they are neighbours.
        showing: Showing,
        /// Which way to go.
        direction: Direction,
    },
    /// Prepares a search for a better schedule; see [`crate::search`].
    Search {
        /// Whether to search longer than was done for this plan before.
        longer: bool,
    },
    /// Takes in what the worker that searches told.
    Heard {
        /// Its message, as it came.
        message: Vec<u8>,
        /// Since when it has been searching.
        seconds: u32,
    },
    /// Nothing more is to be heard of the search.
    EndSearch,
    /// The formats that plans are written in.
    Formats,
    /// The plan in the format with this position.
    Export(usize),
    /// Reads a plan in any known format, and keeps it to be opened.
    Import {
        /// The bytes of the file or of the paste.
        bytes: Vec<u8>,
        /// The file's name, where there is one; only used in sentences.
        name: Option<String>,
    },
    /// The document with its history, to be stored.
    Record,
    /// Saves at once what is not saved yet. Changes are saved by themselves after a pause.
    Save,
    /// Does something with the documents on this device.
    Keep(Keep),
    /// Compares the open plan with another one. Answered by [`Answer::Planned`], or by [`Answer::Done`] with a sentence why it
    /// could not be.
    Compare(Compare),
}

/// What to compare the open plan with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compare {
    /// A plan in any known format, or a message with a link. Nothing is opened.
    Given {
        /// The bytes of the file or of the paste.
        bytes: Vec<u8>,
        /// The file's name, where there is one.
        name: Option<String>,
    },
    /// The document on this device with this key.
    Document(String),
    /// An earlier version of a document.
    Version {
        /// Key of the document.
        key: String,
        /// Which version, by the time it was saved.
        saved: u64,
    },
    /// The plan in the revision with this name, which was looked at in a review, if it is among the versions of the open
    /// document.
    Revision(String),
    /// The one before becomes the one after.
    Swap,
    /// Nothing any more.
    End,
}

/// What a document holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Plan text.
    Text(String),
    /// What [`Request::Record`] gave.
    Record(String),
    /// The document on this device with this key.
    Stored {
        /// Its name in storage.
        key: String,
        /// The revision that the page has seen. If another one is stored, what is changed becomes a document of its own.
        revision: Option<u32>,
    },
    /// What [`Request::Import`] read last.
    Found,
    /// A plan that came in a link and is only shown, as the page has it.
    Shown {
        /// Its text.
        text: String,
        /// What is said of it.
        about: String,
    },
    /// The example with this position.
    Example(usize),
}

/// A change of the open document. All but typing are one step of the history each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The text is this one.
    Type {
        /// All of it.
        text: String,
        /// Whether it may become one step of the history with the typing before.
        joins: bool,
    },
    /// The whole document becomes another one.
    Become {
        /// What it holds.
        content: Content,
        /// What the history calls it, such as `paste`.
        label: String,
    },
    /// Another title of the plan.
    Title(String),
    /// One more task at the end.
    Add,
    /// One task less.
    Remove(TaskId),
    /// A task changes places with its neighbour.
    Move {
        /// Which one.
        id: TaskId,
        /// With the one below, or else the one above.
        down: bool,
    },
    /// A field of a task, as it was written into a form.
    Write {
        /// The task.
        id: TaskId,
        /// Name of the field, as in JSON.
        field: String,
        /// All of what stands in it.
        written: String,
    },
    /// A repair of a problem.
    Repair {
        /// Position of the problem.
        problem: usize,
        /// Position of the repair.
        fix: usize,
    },
    /// A plan that came in a link becomes one's own.
    Keep,
    /// A change that was offered to make the whole plan shorter, by its position.
    Improve(usize),
    /// So many tasks may run at the same time.
    Agents(u32),
    /// Says something about the plan, or does something with what was said. It is no step of the history, unless a suggestion
    /// is accepted.
    Review(Form),
    /// One step back.
    Undo,
    /// One step forth.
    Redo,
}

/// A form of a review as it was sent off; see [`crate::session`] for the acts. What a form does not ask for is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// What to do.
    pub act: String,
    /// Name of the event that it is about.
    pub about: String,
    /// The task that it is about.
    pub task: Option<TaskId>,
    /// Name of the field that it is about, as in JSON.
    pub field: String,
    /// What was written.
    pub text: String,
    /// Another value for the field.
    pub value: String,
    /// The name that its author gave, where it was asked for.
    pub name: String,
}

/// A part of the screen that is drawn anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The figures above the schedule.
    Totals {
        /// Whether they say what limits the plan.
        is_limit_open: bool,
    },
    /// Columns and cards: three groups, see [`crate::view::stage::cards`].
    Cards(Picks),
    /// The lines between them.
    Lines(Picks),
    /// A view of the schedule that is read like a page.
    Reading {
        /// Which one.
        showing: Showing,
        /// The selected task.
        selected: Option<TaskId>,
        /// How many tasks are listed at most.
        rows: usize,
    },
    /// The list of problems.
    Problems {
        /// The one that was jumped to last.
        current: Option<usize>,
    },
    /// The form of a task.
    Task {
        /// Which one.
        id: Option<TaskId>,
        /// What is wrong with what was written last.
        problem: Option<FieldProblem>,
    },
    /// The link of the plan, and what is to be known of it.
    Share {
        /// Whether instructions are left out.
        structure_only: bool,
        /// Address of this page.
        page: String,
    },
    /// The table of tasks.
    Table {
        /// How many rows are drawn at most.
        rows: usize,
        /// The selected task.
        selected: Option<TaskId>,
    },
    /// A list of the documents on this device.
    Shelf(Shelf),
    /// What stands above everything while plans are compared.
    Comparing {
        /// The number of the change that was gone to last.
        current: Option<usize>,
    },
    /// A step of the presentation: three groups, see [`crate::view::present::present`].
    Presentation {
        /// Its position; beyond the last one, the last is meant.
        step: usize,
    },
    /// The list of what differs between the plans that are compared.
    Changes {
        /// How many tasks are listed at least.
        rows: usize,
        /// The number of the change that was gone to last.
        current: Option<usize>,
        /// Whether all of it is shown as text, to be copied.
        as_text: bool,
    },
    /// The review of the plan.
    Review {
        /// Address of this page.
        page: String,
        /// How many threads are drawn at most.
        rows: usize,
    },
}

/// What the worker answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The document was opened or changed; or a sentence why it could not be.
    Changed(Result<Box<Changed>, String>),
    /// Everything is computed.
    Planned(Box<Planned>),
    /// What was wanted.
    Drawn {
        /// The children of the elements that are drawn, in order.
        groups: Vec<Vec<Markup>>,
        /// Left and upper edge, width and height of the card of the selected task, if cards were wanted.
        place: Option<[i32; 4]>,
    },
    /// The task to go to.
    Neighbour(Option<TaskId>),
    /// The job for the worker that searches; `None` if there is nothing to search for.
    Job(Option<Vec<u8>>),
    /// What was heard is taken in.
    Heard {
        /// What follows from a better schedule, if it was one.
        planned: Option<Box<Planned>>,
        /// Whether nothing more will come.
        is_over: bool,
    },
    /// The formats, in the order of the menu.
    Formats(Vec<Format>),
    /// The whole file.
    Exported(String),
    /// What was read, or why nothing could be, in sentences.
    Imported(Result<Found, String>),
    /// The document to be stored.
    Record(String),
    /// How far saving the open document is. Also told without being asked, whenever that changes.
    Kept(Kept),
    /// What was done with the documents on this device, in a sentence that may be empty; or why it could not be.
    Done(Result<String, String>),
    /// A file to be downloaded.
    File(SavedFile),
}

/// What the page must know of a document that was opened or changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// The text, unless the page has it.
    pub text: Option<String>,
    /// Title of the plan.
    pub title: String,
    /// What lists of documents call it.
    pub name: String,
    /// All tasks, in the order of the plan.
    pub tasks: Vec<TaskLines>,
    /// What was done, in a sentence; empty for what need not be told.
    pub done: String,
    /// What is doubtful about what was written into a field.
    pub doubt: Option<String>,
    /// A task to be selected.
    pub selected: Option<TaskId>,
    /// What is to be said of a document that came in a link: it is only shown until it is kept.
    pub shared: Option<String>,
    /// Whether it can be looked at only, since a newer program stored it.
    pub is_read_only: bool,
    /// How many threads of its review are open.
    pub open_threads: usize,
    /// Changes when the open threads of any task do.
    pub review: u32,
    /// Whether the plan is the one that was told before.
    pub is_same_plan: bool,
}

/// Where a task stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLines {
    /// Which one.
    pub id: TaskId,
    /// Its lines, counted from 0.
    pub lines: Range<usize>,
}

/// What the page must know of what was computed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Planned {
    /// How many diagnostics there are of each severity, the worst first.
    pub counts: Vec<usize>,
    /// The first problems.
    pub problems: Vec<Problem>,
    /// What is wrong with the text.
    pub waves: Vec<Wave>,
    /// How many tasks were planned.
    pub tasks: usize,
    /// How many cards are drawn.
    pub cards: usize,
    /// Width and height of the drawing, in pixels.
    pub size: (i32, i32),
    /// The schedule in a few words.
    pub summary: String,
    /// What screen readers are told.
    pub told: String,
    /// While plans are compared, the tasks that differ, in the order of the list.
    pub compared: Option<Vec<TaskId>>,
}

/// What the page must know of a problem.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problem {
    /// The tasks it is about.
    pub tasks: Vec<TaskId>,
    /// Whether anything can be done about it at once.
    pub has_fixes: bool,
}

/// A format that plans are written in; see [`crate::export::Exporter`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is what the method of `Exporter` with its name gives")]
pub struct Format {
    pub id: String,
    pub title: String,
    pub description: String,
    pub extension: String,
    pub media_type: String,
}

/// What is told of a plan that came from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How many tasks it has.
    pub tasks: usize,
    /// Whether it is plan text, so that the text itself was kept.
    pub is_plan_text: bool,
    /// Whether it came in a link, so that it is only shown at first.
    pub is_shared: bool,
    /// Whether it is no plan but what people say about one, to be taken in by [`Change::Review`].
    pub is_review: bool,
    /// What it was taken for.
    pub format: String,
    /// What was guessed and what was skipped.
    pub notes: Vec<String>,
}
