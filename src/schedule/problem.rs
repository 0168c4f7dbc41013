//! A plan reduced to numbers: what the search works on.

use crate::analysis::PairSet;

/// Tasks are numbered from 0; every list has one entry per task unless it says otherwise.
///
/// Always solvable: the order has no cycles, no task needs more of a resource than there is, `max_parallel >= 1`.
#[derive(Debug, Clone, Default)]
pub struct Problem {
    /// How long each task takes.
    pub minutes: Vec<u32>,
    /// What each task waits for directly.
    pub predecessors: Vec<Vec<usize>>,
    /// Pairs that may not run at the same time.
    pub apart: PairSet,
    /// Per resource (outer) and task (inner): how much it needs while it runs.
    pub demands: Vec<Vec<u32>>,
    /// Per resource: how much there is.
    pub capacities: Vec<u32>,
    /// Tasks that share no phase with anything.
    pub alone: Vec<bool>,
    /// How many tasks may run at the same time.
    pub max_parallel: usize,
    /// Minutes each phase costs besides its longest task.
    pub phase_overhead: u32,
}

impl Problem {
    /// How many tasks there are.
    pub fn len(&self) -> usize {
        self.minutes.len()
    }

    /// Whether there is nothing to schedule.
    pub fn is_empty(&self) -> bool {
        self.minutes.is_empty()
    }
}
