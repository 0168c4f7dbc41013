//! Lower bounds of the rolling makespan, in minutes.

use std::cmp::Reverse;

use super::surroundings::Surroundings;
use super::{Precedence, Problem};
use crate::schedule::bounds::{chain::longest, incompatible};
use crate::schedule::{BoundArgument, LowerBound, Shared, shown};

/// The best of these bounds: the longest chain, the work per worker, the work per resource, and a set of
/// tasks of which no two may run at the same time. If `surroundings` is given, the last three also count what
/// must happen before and after the tasks: see [`window`]. Ties go to the simplest argument.
pub fn bound(
    problem: &Problem,
    precedence: &Precedence,
    surroundings: Option<&Surroundings>,
) -> LowerBound<u32> {
    let work: u64 = problem.minutes.iter().map(|&minutes| u64::from(minutes)).sum();
    let load = LowerBound {
        minutes: shown(work.div_ceil(problem.max_parallel as u64)),
        argument: BoundArgument::Load,
    };
    let (minutes, clique) = incompatible::heaviest(problem, precedence);
    let clique = LowerBound { minutes: shown(minutes), argument: BoundArgument::Incompatible(clique) };
    let mut best =
        LowerBound::default().or_higher(chain(problem, precedence)).or_higher(load).or_higher(clique);
    for (resource, demand) in problem.demands.iter().enumerate() {
        let minutes = shown(work_of(demand, &problem.minutes, problem.capacities[resource]));
        let argument = BoundArgument::Resource(name_of(problem, resource));
        best = best.or_higher(LowerBound { minutes, argument });
    }
    match surroundings {
        Some(surroundings) => best.or_higher(window(problem, surroundings)),
        None => best,
    }
}

/// The longest chain of tasks that wait for each other.
fn chain(problem: &Problem, precedence: &Precedence) -> LowerBound<u32> {
    let tails = super::tails(problem, precedence);
    let minutes = shown(tails.iter().copied().max().unwrap_or(0));
    LowerBound { minutes, argument: BoundArgument::Chain(longest(precedence, &tails)) }
}

fn name_of(problem: &Problem, resource: usize) -> String {
    problem.resources.get(resource).cloned().unwrap_or_default()
}

/// The minutes for which a resource is needed.
fn work_of(demand: &[u32], minutes: &[u32], capacity: u32) -> u64 {
    let pairs = demand.iter().zip(minutes);
    let needed: u128 = pairs.map(|(&amount, &minutes)| u128::from(amount) * u128::from(minutes)).sum();
    u64::try_from(needed.div_ceil(u128::from(capacity.max(1)))).unwrap_or(u64::MAX)
}

/// Tasks that can't start before a given minute, and are followed by at least some minutes, share a resource
/// in between (the one-machine bound of Carlier 1982, for every resource and for a heavy set of tasks of
/// which no two may overlap). O(tasks² · (resources + log tasks)).
fn window(problem: &Problem, surroundings: &Surroundings) -> LowerBound<u32> {
    let Surroundings { heads, tails, demands, capacities, .. } = surroundings;
    let minutes = &problem.minutes;
    let mut by_tail: Vec<usize> = (0..problem.len()).collect();
    by_tail.sort_unstable_by_key(|&task| Reverse(tails[task]));
    // Minutes, then least minutes outside the window; the first and the last task; the resource that is
    // short.
    let mut longest = (0, Reverse(0), 0, 0, usize::MAX);
    let mut offer = |least: u64, first: usize, last: usize, row: usize| {
        let outside = u64::from(heads[first]) + u64::from(tails[last]);
        longest = longest.max((least + outside, Reverse(outside), first, last, row));
    };
    for from in 0..problem.len() {
        offer(u64::from(minutes[from]), from, from, usize::MAX);
        for (row, (demand, &capacity)) in demands.iter().zip(capacities).enumerate() {
            let mut work = 0u64;
            for &task in by_tail.iter().filter(|&&task| demand[task] > 0 && heads[task] >= heads[from]) {
                work = work.saturating_add(u64::from(demand[task]) * u64::from(minutes[task]));
                offer(work.div_ceil(u64::from(capacity.max(1))), from, task, row);
            }
        }
    }
    let (least, _, first, last, row) = longest;
    let is_inside = |&task: &usize| match demands.get(row) {
        Some(demand) => demand[task] > 0 && heads[task] >= heads[first] && tails[task] >= tails[last],
        None => task == first,
    };
    let shared = match row {
        _ if row < problem.demands.len() => Shared::Resource(name_of(problem, row)),
        _ if row == demands.len() - 1 => Shared::Turns,
        _ => Shared::Workers,
    };
    let tasks: Vec<usize> = (0..problem.len()).filter(is_inside).collect();
    let (before, after) = if tasks.is_empty() { (0, 0) } else { (heads[first], tails[last]) };
    LowerBound { minutes: shown(least), argument: BoundArgument::Window { tasks, shared, before, after } }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Task 0 precedes 1, 2 and 3, which precede 4.
    fn fan(max_parallel: usize) -> Problem {
        let mut problem = Problem::unrestricted(vec![5, 4, 4, 4, 7], max_parallel);
        problem.predecessors = vec![vec![], vec![0], vec![0], vec![0], vec![1, 2, 3]];
        problem
    }

    fn check(problem: &Problem, expect: u32) {
        let precedence = Precedence::of(problem);
        let surroundings = Surroundings::of(problem, &precedence);
        assert_eq!(bound(problem, &precedence, surroundings.as_ref()).minutes, expect);
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
