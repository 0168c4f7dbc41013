//! The critical path: the chain of tasks that determines the makespan.

use std::cmp::Reverse;

use super::{Precedence, Problem, Slot, WhyThen};

/// The longest chain in which each task runs in a later phase than the one before, because it waits for it
/// directly or conflicts with it; first to last. This is the critical path with each conflict taken as an
/// order in the direction the schedule decided, as in the disjunctive graph of Roy and Sussmann 1964. Ties go
/// to order before conflict, then to the lower task number.
///
/// Time: O(edges + conflicting pairs).
pub fn chain(problem: &Problem, precedence: &Precedence, phase_of: &[usize]) -> Vec<usize> {
    let mut by_phase: Vec<usize> = (0..problem.len()).collect();
    by_phase.sort_by_key(|&task| Reverse(phase_of[task]));
    // Minutes from the start of each task to the end of its longest chain, and the next task on that chain.
    let mut tails = vec![0u64; problem.len()];
    let mut next = vec![None; problem.len()];
    for task in by_phase {
        let ordered = precedence.successors[task].iter().map(|&after| (after, false));
        let apart = problem.apart.row(task).ones().map(|other| (other, true));
        let later = ordered.chain(apart).filter(|&(other, _)| phase_of[other] > phase_of[task]);
        next[task] = later
            .min_by_key(|&(other, is_apart)| (Reverse(tails[other]), is_apart, other))
            .map(|(other, _)| other);
        let rest = next[task].map_or(0, |other: usize| tails[other]);
        tails[task] = rest + u64::from(problem.minutes[task]);
    }
    let first = (0..problem.len()).min_by_key(|&task| (Reverse(tails[task]), task));
    std::iter::successors(first, |&task| next[task]).collect()
}

/// The last task of a rolling schedule to end, the task that delayed it, and so on back to one that starts at
/// once; first to last. Each starts the moment the one before ends, so their minutes add up to the makespan.
/// O(tasks).
pub fn rolling_chain(problem: &Problem, slots: &[Slot<u32>], why: &[WhyThen]) -> Vec<usize> {
    let end = |task: usize| u64::from(slots[task].start) + u64::from(problem.minutes[task]);
    let last = (0..problem.len()).min_by_key(|&task| (Reverse(end(task)), task));
    let held_up_by = |&task: &usize| match &why[task] {
        WhyThen::AtOnce | WhyThen::Later => None,
        WhyThen::After(other) | WhyThen::Busy(other) | WhyThen::Alone(other) => Some(*other),
        WhyThen::Conflict { task: other, .. } => Some(*other),
        WhyThen::Resource { tasks, .. } => tasks.first().copied(),
    };
    let mut chain: Vec<usize> = std::iter::successors(last, held_up_by).take(problem.len()).collect();
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::PairSet;

    #[test]
    fn conflicts_are_links_of_the_chain() {
        // As in a plan where 1 and 2 wait for 0, 3 waits for both, and 1 and 2 write one file.
        let mut problem = Problem::unrestricted(vec![20, 45, 20, 30], 5);
        problem.predecessors = vec![vec![], vec![0], vec![0], vec![1, 2]];
        let check = |problem: &Problem, phase_of: &[usize], expect: &[usize]| {
            assert_eq!(chain(problem, &Precedence::of(problem), phase_of), expect);
        };
        check(&problem, &[0, 1, 1, 2], &[0, 1, 3]);
        problem.apart = PairSet::new(4);
        problem.apart.insert(1, 2);
        check(&problem, &[0, 1, 2, 3], &[0, 1, 2, 3]);
        check(&problem, &[0, 2, 1, 3], &[0, 2, 1, 3]);
        check(&Problem::default(), &[], &[]);
    }
}
