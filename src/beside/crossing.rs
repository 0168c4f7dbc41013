//! A conflict between tasks of different plans.

use crate::analysis::ConflictKind;

/// A task of a plan among several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Position of the plan.
    pub work: usize,
    /// Position of the task in its plan.
    pub task: usize,
}

/// Two tasks of different plans that can't run at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    /// The tasks, that of the earlier plan first.
    pub places: [Place; 2],
    /// The reason, with 0 and 1 for the first and the second task.
    pub kind: ConflictKind,
    /// Whether the first and the second need what the other leaves: they read it, or extend what it creates.
    pub needs: [bool; 2],
}
