//! The edges of the order, as lists: for each task, the tasks at the other ends of its edges.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use fixedbitset::FixedBitSet;
use serde::{Deserialize, Serialize};

/// A direct dependency: one task waits for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Wait {
    /// The task that waits.
    pub waiting: usize,
    /// The task that must be finished first.
    pub awaited: usize,
}

/// The same edges, listed at their other ends. Each list is ascending.
pub fn reversed(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut reversed = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().enumerate() {
        for &to in targets {
            reversed[to].push(from);
        }
    }
    reversed
}

/// Every task once, each after all its predecessors; ties go to plan order (Kahn 1962, with a heap). The
/// edges must have no cycles. O(edges + tasks · log tasks).
pub fn topological(predecessors: &[Vec<usize>], successors: &[Vec<usize>]) -> Vec<usize> {
    let mut waits_for: Vec<usize> = predecessors.iter().map(Vec::len).collect();
    let mut ready: BinaryHeap<Reverse<usize>> =
        (0..predecessors.len()).filter(|&task| waits_for[task] == 0).map(Reverse).collect();
    let mut topological = Vec::with_capacity(predecessors.len());
    while let Some(Reverse(task)) = ready.pop() {
        topological.push(task);
        for &next in &successors[task] {
            waits_for[next] -= 1;
            if waits_for[next] == 0 {
                ready.push(Reverse(next));
            }
        }
    }
    topological
}

/// Whether `to` comes after `from`, or is the same, by the lists of successors. O(edges).
pub fn reaches(successors: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = FixedBitSet::with_capacity(successors.len());
    let mut open = vec![from];
    while let Some(task) = open.pop() {
        if task == to {
            return true;
        }
        open.extend(successors[task].iter().filter(|&&next| !seen.put(next)));
    }
    false
}
