//! What the analysis tells a person: a sentence, a place, and repairs.

use crate::plan::edit::TaskChange;
use crate::plan::{Edit, TaskId};

/// How bad it is. Worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The plan can't be run as it stands.
    Error,
    /// Two tasks are kept apart, or would damage each other's work.
    Conflict,
    /// Something is likely to go wrong.
    Warning,
    /// Nothing says that it is safe.
    Unknown,
    /// Could be better.
    Hint,
}

impl Severity {
    /// The word used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Conflict => "conflict",
            Severity::Warning => "warning",
            Severity::Unknown => "unknown",
            Severity::Hint => "hint",
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Stable code, such as `PP101`; see [`super::rules::RULES`].
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One short sentence that names the tasks.
    pub title: String,
    /// What it means and what to do, in sentences; paths stand between back-ticks.
    pub detail: String,
    /// Where it is; the first place is the one to jump to.
    pub places: Vec<Place>,
    /// Repairs, best first.
    pub fixes: Vec<Fix>,
}

/// A task, and a field of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Position of the task in the plan.
    pub task: usize,
    /// Its id.
    pub id: TaskId,
    /// Name of the field, as in JSON, such as `owns`; empty for the whole task.
    pub field: &'static str,
    /// The value at fault inside the field, as written; empty for the whole field.
    pub value: String,
}

/// A repair that can be applied with one click.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it does, as a button says it.
    pub title: String,
    /// The changes, in order.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// Whether it only gives the author's word that the finding is fine: nothing is mended, and nothing has to change.
    pub fn is_acceptance(&self) -> bool {
        let accepts = |edit: &Edit| matches!(edit, Edit::ChangeTask { change: TaskChange::Accepts(_), .. });
        !self.edits.is_empty() && self.edits.iter().all(accepts)
    }
}
