//! Facts about a plan before scheduling: its order, its files, and which tasks can't run at the same time.
//!
//! Analysis never fails and never changes the plan: for a plan with mistakes, it computes as much as
//! possible. [`crate::rules`] turns the findings into diagnostics.

pub mod claims;
pub mod conflict;
mod creation;
pub mod cycles;
pub mod edges;
mod endings;
mod groups;
pub mod handover;
mod migrations;
pub mod needless;
pub mod order;
pub mod ownership;
pub mod pair_set;
pub mod progress;
mod shared_files;
mod shortage;

pub use conflict::{Conflict, ConflictKind, OrderedOverlap};
pub use edges::Wait;
pub use order::Order;
pub use ownership::{CaseClash, Field, FolderReading, KnownFolder, Ownership, Reduced, Unreadable, Written};
pub use pair_set::PairSet;
pub use progress::Progress;

use crate::evidence::Evidence;
use crate::plan::{Plan, Task};

/// The facts about a plan before scheduling. Tasks are positions in the plan.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Analysis {
    /// The order of the tasks, without cycles.
    pub order: Order,
    /// Conflicts of unordered pairs, sorted by pair, with evidence. At most [`conflict::MAX_LISTED`].
    pub conflicts: Vec<Conflict>,
    /// The number of conflicts, listed or not.
    pub conflict_count: usize,
    /// All pairs that can't run at the same time, listed or not. Excludes accepted conflicts.
    pub apart: PairSet,
    /// Pairs of conflicting tasks of which the first goes first: see [`conflict::Conflicts::directed`].
    pub directed: Vec<(usize, usize)>,
    /// Pairs that would conflict if they were not ordered.
    pub ordered_overlaps: Vec<OrderedOverlap>,
    /// Open tasks that may change files but don't list them.
    pub unknown_ownership: Vec<usize>,
    /// The parsed patterns of all tasks, and the unreadable ones.
    pub ownership: Ownership,
    /// The number of pattern pairs that were too many to compare, and count as overlapping.
    pub assumed_overlaps: usize,
    /// For each task, the positions of its conflicts in `conflicts`, ascending.
    pub conflicts_of: Vec<Vec<usize>>,
    /// How far the plan has come.
    pub progress: Progress,
    /// For each task, the tasks whose reports it receives: see [`handover::received`].
    pub received: Vec<Vec<usize>>,
}

/// Analyses a plan.
pub fn analyse(plan: &Plan) -> Analysis {
    analyse_with(plan, &Evidence::default())
}

/// Analyses a plan with what is known of the repository, which only ever adds conflicts.
pub fn analyse_with(plan: &Plan, evidence: &Evidence) -> Analysis {
    let order = Order::of(plan);
    let found = conflict::find_with(plan, &order, evidence);
    let is_unknown = |task: &Task| task.status.is_open() && task.has_unknown_ownership();
    let unknown_ownership = (0..plan.tasks.len()).filter(|&task| is_unknown(&plan.tasks[task])).collect();
    let mut conflicts_of = vec![Vec::new(); plan.tasks.len()];
    for (position, conflict) in found.listed.iter().enumerate() {
        conflicts_of[conflict.a].push(position);
        conflicts_of[conflict.b].push(position);
    }
    let progress = Progress::of(plan, &order);
    Analysis {
        received: handover::received(plan, &order),
        progress,
        order,
        conflicts: found.listed,
        conflict_count: found.count,
        apart: found.apart,
        directed: found.directed,
        ordered_overlaps: found.ordered_overlaps,
        unknown_ownership,
        ownership: found.ownership,
        assumed_overlaps: found.assumed,
        conflicts_of,
    }
}

impl Analysis {
    /// The tasks that must be finished before this one: its direct predecessors in the order, and the tasks
    /// that create what it changes.
    pub fn predecessors(&self, task: usize) -> impl Iterator<Item = usize> {
        let from = self.directed.partition_point(|&(_, second)| second < task);
        let created = self.directed[from..].iter().take_while(move |&&(_, second)| second == task);
        let direct = self.order.predecessors.get(task).map_or(&[][..], Vec::as_slice);
        direct.iter().copied().chain(created.map(|&(first, _)| first))
    }
}
