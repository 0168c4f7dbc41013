//! Which task must be finished before which.

use fixedbitset::FixedBitSet;

/// The order that the schedule keeps: `after` lists without unknown ids, self references, repetitions and the edges
/// that were left out to break cycles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// For each task, the tasks it waits for directly, ascending.
    pub predecessors: Vec<Vec<usize>>,
    /// For each task, the tasks that wait for it directly, ascending.
    pub successors: Vec<Vec<usize>>,
    /// Every task once, each after all it waits for; ties go by position in the plan.
    pub topological: Vec<usize>,
    /// For each task, everything it waits for, directly or through others.
    pub ancestors: Vec<FixedBitSet>,
    /// Cycles as the ids go round, first task not repeated; each lost its closing edge.
    pub cycles: Vec<Vec<usize>>,
}

impl Order {
    /// Whether one of the two must be finished before the other starts.
    pub fn are_ordered(&self, a: usize, b: usize) -> bool {
        self.ancestors[a].contains(b) || self.ancestors[b].contains(a)
    }
}
