//! The computed plan, as the page sees it.

use std::ops::Range;

use super::wire::{Wire, enums, structs};
use crate::TaskId;
use crate::diagnostic::Severity;
use crate::document::lines::Underline;

/// The parts of the computed plan that the page needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanState {
    /// The number of diagnostics of each severity, worst first.
    pub counts: Vec<usize>,
    /// The first problems.
    pub problems: Vec<Problem>,
    /// The ranges of the text with problems.
    pub underlines: Vec<Underline>,
    /// The message of each underlined diagnostic, with its index.
    pub sentences: Vec<(usize, String)>,
    /// The number of planned tasks.
    pub tasks: usize,
    /// The number of drawn cards.
    pub cards: usize,
    /// A short description of the schedule.
    pub summary: String,
    /// The announcement for screen readers.
    pub announcement: String,
    /// In a comparison, the tasks that differ, in the order of the list.
    pub compared: Option<Vec<TaskId>>,
}

/// The parts of a problem that the page needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problem {
    /// Its tasks.
    pub tasks: Vec<TaskId>,
    /// Whether it has fixes.
    pub has_fixes: bool,
    /// Its byte range in the text, if it is a problem of the text.
    pub range: Option<Range<usize>>,
}

structs! {
    PlanState { counts, problems, underlines, sentences, tasks, cards, summary, announcement, compared }
    Problem { tasks, has_fixes, range }
    Underline { range, severity, diagnostic }
}

enums! {
    Severity { Error, Conflict, Warning, Unknown, Hint }
}
