//! What is wrong with a plan, and which tasks may not run at the same time.
//!
//! Analysis never fails and never changes the plan: a plan with mistakes gets diagnostics, and everything that can be
//! known of it is still computed.

pub mod conflict;
pub mod cycles;
pub mod diagnostic;
pub mod order;
pub mod ownership;
pub mod pair_set;
pub mod rules;
mod shared_files;
mod shortage;

pub use conflict::{Conflict, ConflictKind, OrderedOverlap};
pub use diagnostic::{Diagnostic, Fix, Place, Severity};
pub use order::{Order, Wait};
pub use ownership::{CaseClash, Field, FolderReading, Ownership, Unreadable, Written};
pub use pair_set::PairSet;

use crate::plan::Plan;

/// Everything known of a plan before it is scheduled. Tasks are named by their position in the plan.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Analysis {
    /// Which task must be finished before which; free of cycles.
    pub order: Order,
    /// Conflicts of unordered pairs, by pair; each with its evidence. At most [`conflict::MAX_LISTED`].
    pub conflicts: Vec<Conflict>,
    /// How many conflicts there are, listed or not.
    pub conflict_count: usize,
    /// All pairs that may not run at the same time, listed or not. Accepted conflicts are not among them.
    pub apart: PairSet,
    /// Pairs that would be in conflict if they were not ordered.
    pub ordered_overlaps: Vec<OrderedOverlap>,
    /// Tasks whose writes are not known.
    pub unknown_ownership: Vec<usize>,
    /// What a person should look at, worst first.
    pub diagnostics: Vec<Diagnostic>,
}

/// Everything that can be known of a plan before it is scheduled.
pub fn analyse(plan: &Plan) -> Analysis {
    let order = Order::of(plan);
    let found = conflict::find(plan, &order);
    let diagnostics = rules::check_all(&rules::Context::new(plan, &order, &found));
    let unknown_ownership =
        (0..plan.tasks.len()).filter(|&task| plan.tasks[task].has_unknown_ownership()).collect();
    Analysis {
        order,
        conflicts: found.listed,
        conflict_count: found.count,
        apart: found.apart,
        ordered_overlaps: found.ordered_overlaps,
        unknown_ownership,
        diagnostics,
    }
}
