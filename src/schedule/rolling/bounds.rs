//! Lower bounds of the rolling makespan, in minutes.

use super::model::resources;
use super::tails::tails;
use super::{Precedence, Problem};
use crate::schedule::bounds::incompatible;

/// Beyond so many tasks only what costs next to nothing is tried.
const MOST_TASKS_IN_DEPTH: usize = 500;

/// The best of: the longest chain, the work per worker and per resource, and a set of tasks of which no two may run at the
/// same time. For all but very large problems the last three count what has to happen before and after them too: see
/// [`windows`].
pub fn bound(problem: &Problem, precedence: &Precedence) -> u64 {
    let chain = super::tails(problem, precedence).into_iter().max().unwrap_or(0);
    let work: u64 = problem.minutes.iter().map(|&minutes| u64::from(minutes)).sum();
    let load = work.div_ceil(problem.max_parallel as u64);
    let pairs = problem.demands.iter().zip(&problem.capacities);
    let resources = pairs.map(|(demand, &capacity)| work_of(demand, &problem.minutes, capacity)).max();
    let clique = incompatible::heaviest(problem, precedence, 0).0;
    let quick = chain.max(load).max(clique).max(resources.unwrap_or(0));
    // The sums below must fit into 32 bits.
    if problem.len() > MOST_TASKS_IN_DEPTH || work > u64::from(u32::MAX / 16) {
        return quick;
    }
    quick.max(windows(problem, precedence))
}

/// For how long a resource is needed.
fn work_of(demand: &[u32], minutes: &[u32], capacity: u32) -> u64 {
    let pairs = demand.iter().zip(minutes);
    let needed: u128 = pairs.map(|(&amount, &minutes)| u128::from(amount) * u128::from(minutes)).sum();
    u64::try_from(needed.div_ceil(u128::from(capacity.max(1)))).unwrap_or(u64::MAX)
}

/// Tasks that can't start before a moment, and are followed by some minutes at least, share a resource between the two
/// (the one-machine bound of Carlier 1982, for every resource and for a heavy set of tasks of which no two may overlap).
/// O(tasks² · (resources + log tasks)).
fn windows(problem: &Problem, precedence: &Precedence) -> u64 {
    let (mut demands, mut capacities) = resources(problem);
    let clique = incompatible::heaviest(problem, &with_shortages(problem, precedence), 0).1;
    demands.push((0..problem.len()).map(|task| u32::from(clique.binary_search(&task).is_ok())).collect());
    capacities.push(1);

    let minutes = &problem.minutes;
    let first_last = &precedence.topological;
    let last_first: Vec<usize> = first_last.iter().rev().copied().collect();
    let tail = tails(minutes, &precedence.successors, &last_first, &demands, &capacities);
    let head = tails(minutes, &problem.predecessors, first_last, &demands, &capacities);
    let mut longest = 0;
    let mut by_rest: Vec<usize> = (0..problem.len()).collect();
    by_rest.sort_unstable_by_key(|&task| std::cmp::Reverse(tail[task] - minutes[task]));
    for from in 0..problem.len() {
        let begin = head[from] - minutes[from];
        longest = longest.max(u64::from(begin + tail[from]));
        for (demand, &capacity) in demands.iter().zip(&capacities) {
            let is_inside = |task: &&usize| demand[**task] > 0 && head[**task] - minutes[**task] >= begin;
            let mut work = 0u64;
            for &task in by_rest.iter().filter(is_inside) {
                work = work.saturating_add(u64::from(demand[task]) * u64::from(minutes[task]));
                let rest = u64::from(tail[task] - minutes[task]);
                longest = longest.max(u64::from(begin) + work.div_ceil(u64::from(capacity.max(1))) + rest);
            }
        }
    }
    longest
}

/// The order, with pairs that together need more of a resource than there is among those that share no moment.
fn with_shortages(problem: &Problem, precedence: &Precedence) -> Precedence {
    let mut precedence = precedence.clone();
    for (demand, &capacity) in problem.demands.iter().zip(&problem.capacities) {
        for a in 0..problem.len() {
            let is_short =
                |b: &usize| *b != a && demand[a] > capacity.saturating_sub(demand[*b]) && demand[a] > 0;
            let partners: Vec<usize> = (0..problem.len()).filter(|b| demand[*b] > 0 && is_short(b)).collect();
            precedence.incompatible[a].extend(partners);
        }
    }
    precedence
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Task 0 goes before 1, 2 and 3, which go before 4.
    fn fan(max_parallel: usize) -> Problem {
        let mut problem = Problem::unrestricted(vec![5, 4, 4, 4, 7], max_parallel);
        problem.predecessors = vec![vec![], vec![0], vec![0], vec![0], vec![1, 2, 3]];
        problem
    }

    fn check(problem: &Problem, expect: u64) {
        assert_eq!(bound(problem, &Precedence::of(problem)), expect);
    }

    #[test]
    fn what_goes_before_and_after_the_work_counts() {
        check(&fan(5), 16);
        check(&fan(2), 18);
        let mut one_at_a_time = fan(5);
        one_at_a_time.demands = vec![vec![0, 2, 2, 2, 0]];
        one_at_a_time.capacities = vec![3];
        check(&one_at_a_time, 24);
        let mut apart = fan(5);
        apart.apart.insert(1, 2);
        check(&apart, 20);
    }
}
