//! Phases with barriers: least makespan first, then fewest phases, then the earliest assignment.
//!
//! Constructive rules make a first assignment; see [`list`].

pub mod earliest;
pub mod list;

use super::{Precedence, Problem};

/// The phase of each task; phases are numbered from 0 without holes.
pub type Assignment = Vec<usize>;

/// Minutes and number of phases, in the order in which they are compared.
pub fn value(problem: &Problem, assignment: &[usize]) -> (u64, usize) {
    let count = assignment.iter().map(|&phase| phase + 1).max().unwrap_or(0);
    let mut longest = vec![0; count];
    for (task, &phase) in assignment.iter().enumerate() {
        longest[phase] = longest[phase].max(problem.minutes[task]);
    }
    let overhead = u64::from(problem.phase_overhead) * count as u64;
    (overhead + longest.iter().map(|&minutes| u64::from(minutes)).sum::<u64>(), count)
}

/// The best assignment that can be found.
pub fn solve(problem: &Problem, precedence: &Precedence) -> Assignment {
    let mut best = Assignment::new();
    let mut least = (u64::MAX, usize::MAX);
    for rule in list::RULES {
        let assignment = list::assign(problem, precedence, &(rule.priority)(problem, precedence));
        let value = value(problem, &assignment);
        if value < least {
            (best, least) = (assignment, value);
        }
    }
    earliest::pull(problem, &mut best);
    best
}
