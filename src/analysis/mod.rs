//! What is wrong with a plan, and which tasks may not run at the same time.
//!
//! Analysis never fails and never changes the plan: a plan with mistakes gets diagnostics, and everything that can be
//! known of it is still computed.

pub mod conflict;
pub mod cycles;
pub mod diagnostic;
mod endings;
pub mod order;
pub mod ownership;
pub mod pair_set;
pub mod rules;
mod shared_files;
mod shortage;
mod stars;

pub use conflict::{Conflict, ConflictKind, OrderedOverlap};
pub use diagnostic::{Diagnostic, Fix, Place, Severity};
pub use order::{Order, Wait};
pub use ownership::{CaseClash, Field, FolderReading, Ownership, Unreadable, Written};
pub use pair_set::PairSet;

use crate::plan::{Plan, Status};

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
    /// For each task, the positions of its conflicts in `conflicts`, ascending.
    pub conflicts_of: Vec<Vec<usize>>,
    /// For each task, the positions of the diagnostics about it, worst first.
    pub diagnostics_of: Vec<Vec<usize>>,
    /// For each task, the worst that is said about it, also where a conflict is only counted and not described.
    pub worst_of: Vec<Option<Severity>>,
}

impl Analysis {
    /// How many diagnostics there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Fills the lists by task.
    fn index(&mut self, plan: &Plan) {
        self.conflicts_of = vec![Vec::new(); plan.tasks.len()];
        self.diagnostics_of = vec![Vec::new(); plan.tasks.len()];
        self.worst_of = vec![None; plan.tasks.len()];
        for (position, conflict) in self.conflicts.iter().enumerate() {
            self.conflicts_of[conflict.a].push(position);
            self.conflicts_of[conflict.b].push(position);
        }
        let mut note = |task: usize, severity: Severity| {
            let worst = &mut self.worst_of[task];
            *worst = Some(worst.map_or(severity, |known| known.min(severity)));
        };
        let is_open = |task: usize| !matches!(plan.tasks[task].status, Status::Done | Status::Dropped);
        let could_meet =
            |conflict: &&Conflict| conflict.accepted.is_none() && is_open(conflict.a) && is_open(conflict.b);
        for conflict in self.conflicts.iter().filter(could_meet) {
            note(conflict.a, rules::severity_of(&conflict.kind));
            note(conflict.b, rules::severity_of(&conflict.kind));
        }
        for &task in self.unknown_ownership.iter().filter(|&&task| is_open(task)) {
            note(task, Severity::Unknown);
        }
        for (position, diagnostic) in self.diagnostics.iter().enumerate() {
            for place in &diagnostic.places {
                note(place.task, diagnostic.severity);
                let known = &mut self.diagnostics_of[place.task];
                if known.last() != Some(&position) {
                    known.push(position);
                }
            }
        }
    }
}

/// Everything that can be known of a plan before it is scheduled.
pub fn analyse(plan: &Plan) -> Analysis {
    let order = Order::of(plan);
    let found = conflict::find(plan, &order);
    let diagnostics = rules::check_all(&rules::Context::new(plan, &order, &found));
    let unknown_ownership =
        (0..plan.tasks.len()).filter(|&task| plan.tasks[task].has_unknown_ownership()).collect();
    let mut analysis = Analysis {
        order,
        conflicts: found.listed,
        conflict_count: found.count,
        apart: found.apart,
        ordered_overlaps: found.ordered_overlaps,
        unknown_ownership,
        diagnostics,
        ..Analysis::default()
    };
    analysis.index(plan);
    analysis
}
