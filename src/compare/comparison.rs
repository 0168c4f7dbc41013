//! The differences between two plans, as data.

use super::words::{Piece, words};
use crate::plan::{Field, Shape, TaskId};

/// All differences.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// Fields of the plan itself.
    pub plan: Vec<FieldChange>,
    /// Tasks only in the plan after, in its order.
    pub added: Vec<Named>,
    /// Tasks only in the plan before, in its order.
    pub removed: Vec<Named>,
    /// Tasks in both that differ, in the order of the plan after.
    pub changed: Vec<TaskDifference>,
    /// Tasks in both that run in another phase, in the order of the plan after.
    pub moved: Vec<PhaseMove>,
    /// Conflicts only in the plan after.
    pub gained: Vec<ConflictLine>,
    /// Conflicts only in the plan before.
    pub lost: Vec<ConflictLine>,
    /// Sentences about other differences that belong to no task.
    pub remarks: Vec<&'static str>,
    /// Figures of both plans, including equal ones.
    pub totals: Vec<Total>,
}

/// A task by its id and its title.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// The id.
    pub id: TaskId,
    /// The title, in the plan that contains the task.
    pub title: String,
}

/// A task that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskDifference {
    /// The task, with its title after.
    pub task: Named,
    /// The fields that differ, in field order. Empty if only unknown fields differ.
    pub fields: Vec<FieldChange>,
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// The field.
    pub field: Field,
    /// Its value before, as text; for lists, one entry per line.
    pub before: String,
    /// Its value after.
    pub after: String,
    /// For lists, the added entries.
    pub came: Vec<String>,
    /// For lists, the removed entries.
    pub gone: Vec<String>,
}

impl FieldChange {
    /// Whether it is prose, which is compared word by word.
    pub fn is_prose(&self) -> bool {
        matches!(self.field.shape(), Shape::Words | Shape::Prose)
    }

    /// The differences of prose word by word; empty for other fields. For the cost see [`words()`].
    pub fn words(&self) -> Vec<Piece> {
        if self.is_prose() { words(&self.before, &self.after) } else { Vec::new() }
    }
}

/// A task that runs in another phase. Phases are counted from 1; `None` if the task is not scheduled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseMove {
    /// The task.
    pub task: Named,
    /// Its phase before.
    pub before: Option<usize>,
    /// Its phase after.
    pub after: Option<usize>,
    /// The reason, as the end of a sentence that begins with “because”.
    pub reason: String,
}

/// A conflict between two tasks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConflictLine {
    /// The task that comes first in the plan.
    pub a: TaskId,
    /// The other task.
    pub b: TaskId,
    /// See [`crate::analysis::ConflictKind::code`].
    pub code: &'static str,
    /// A path that both match, or the name of the resource.
    pub over: String,
}

/// One figure of both plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// Its name.
    pub name: &'static str,
    /// Whether the unit is minutes.
    pub is_minutes: bool,
    /// The value before.
    pub before: u32,
    /// The value after.
    pub after: u32,
}

impl Comparison {
    /// Whether the plans and everything derived from them are equal.
    pub fn is_empty(&self) -> bool {
        self.plan.is_empty()
            && self.added.is_empty()
            && self.removed.is_empty()
            && self.changed.is_empty()
            && self.moved.is_empty()
            && self.gained.is_empty()
            && self.lost.is_empty()
            && self.remarks.is_empty()
    }
}
