//! A phase uses at most the capacity of each resource.

use super::{LowerBound, Problem, shown};
use crate::schedule::BoundArgument;

/// The best bound over all resources. O(resources · n log n).
pub fn bound(problem: &Problem) -> LowerBound<u32> {
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

/// For each length, the tasks that take at least that long need at least demand / capacity phases of that
/// length.
fn work(problem: &Problem, demand: &[u32], capacity: u32) -> u64 {
    let mut users: Vec<usize> = (0..problem.len()).filter(|&task| demand[task] > 0).collect();
    users.sort_by_key(|&task| std::cmp::Reverse(problem.minutes[task]));
    let (mut total, mut phases, mut needed) = (0, 0, 0);
    for task in users {
        needed += u64::from(demand[task]);
        let necessary = needed.div_ceil(u64::from(capacity.max(1)));
        total += (necessary - phases) * u64::from(problem.minutes[task]);
        phases = necessary;
    }
    total
}
