//! Pairwise incompatible tasks run in different phases: a clique, weighted by minutes.

use super::{LowerBound, Precedence, Problem, shown};
use crate::schedule::BoundArgument;

/// The number of tasks from which a clique is grown.
const STARTS: usize = 64;

/// The bound of a heavy clique: each of its tasks needs its own phase.
pub fn bound(problem: &Problem, precedence: &Precedence) -> LowerBound<u32> {
    let (minutes, clique) = heaviest(problem, precedence);
    LowerBound { minutes: shown(minutes), argument: BoundArgument::Incompatible(clique) }
}

/// A heavy set of pairwise incompatible tasks and its weight. A task weighs its minutes.
/// Grown greedily from the heaviest tasks. O(starts · n²/64).
pub fn heaviest(problem: &Problem, precedence: &Precedence) -> (u64, Vec<usize>) {
    let weight = |task: usize| u64::from(problem.minutes[task]);
    let rivals: Vec<u64> = precedence.incompatible.iter().map(|row| row.count_ones(..) as u64).collect();
    let mut by_weight: Vec<usize> = (0..problem.len()).collect();
    by_weight.sort_by_key(|&task| std::cmp::Reverse(weight(task) * (rivals[task] + 1)));

    let mut best = (0, Vec::new());
    for &start in by_weight.iter().take(STARTS) {
        let mut open = precedence.incompatible[start].clone();
        let mut clique = vec![start];
        for &task in &by_weight {
            if open.contains(task) {
                open.intersect_with(&precedence.incompatible[task]);
                clique.push(task);
            }
        }
        let minutes: u64 = clique.iter().map(|&task| weight(task)).sum();
        if minutes > best.0 {
            best = (minutes, clique);
        }
    }
    best.1.sort_unstable();
    best
}
