//! A phase uses no more of a resource than there is.

use super::{LowerBound, Problem, shown};
use crate::schedule::BoundArgument;

/// The best bound over all resources. O(resources · n log n).
pub fn bound(problem: &Problem) -> LowerBound {
    let mut best = LowerBound::default();
    for (resource, demand) in problem.demands.iter().enumerate() {
        let minutes = shown(work(problem, demand, problem.capacities[resource]));
        if minutes > best.minutes {
            let name = problem.resources.get(resource).cloned().unwrap_or_default();
            best = LowerBound { minutes, argument: BoundArgument::Resource(name) };
        }
    }
    best
}

/// The tasks that last at least a given time need at least their demand over the capacity in phases of that length.
fn work(problem: &Problem, demand: &[u32], capacity: u32) -> u64 {
    let mut users: Vec<usize> = (0..problem.len()).filter(|&task| demand[task] > 0).collect();
    users.sort_by_key(|&task| std::cmp::Reverse(problem.minutes[task]));
    let (mut total, mut phases, mut needed) = (0, 0, 0);
    for task in users {
        needed += u64::from(demand[task]);
        let necessary = needed.div_ceil(u64::from(capacity.max(1)));
        total +=
            (necessary - phases) * (u64::from(problem.minutes[task]) + u64::from(problem.phase_overhead));
        phases = necessary;
    }
    total
}
