//! Tasks of which no two may share a phase: a clique, weighted with the minutes.

use super::{LowerBound, Precedence, Problem, shown};
use crate::schedule::BoundArgument;

/// How many tasks a clique is grown from.
const STARTS: usize = 64;

/// Each task of a heavy clique needs a phase of its own.
pub fn bound(problem: &Problem, precedence: &Precedence) -> LowerBound {
    let (minutes, clique) = heaviest(problem, precedence, problem.phase_overhead);
    LowerBound { minutes: shown(minutes), argument: BoundArgument::Incompatible(clique) }
}

/// A heavy set of pairwise incompatible tasks and its weight, where each task weighs its minutes and `overhead`; grown
/// greedily from the heaviest tasks. O(starts · n²/64).
pub fn heaviest(problem: &Problem, precedence: &Precedence, overhead: u32) -> (u64, Vec<usize>) {
    let weight = |task: usize| u64::from(problem.minutes[task]) + u64::from(overhead);
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
