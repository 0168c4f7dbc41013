//! Lower bounds of the rolling makespan, in minutes.

use std::cmp::Reverse;

use super::model::resources;
use super::tails::tails;
use super::{Precedence, Problem};
use crate::schedule::bounds::{chain::longest, incompatible};
use crate::schedule::{BoundArgument, LowerBound, Shared, shown};

/// Beyond so many tasks only what costs next to nothing is tried.
const MOST_TASKS_IN_DEPTH: usize = 500;

/// The best of: the longest chain, the work per worker and per resource, and a set of tasks of which no two may run at the
/// same time. For all but very large problems the last three count what has to happen before and after them too: see
/// [`windows`]. Of equal ones the simplest argument is named.
pub fn bound(problem: &Problem, precedence: &Precedence) -> LowerBound {
    let work: u64 = problem.minutes.iter().map(|&minutes| u64::from(minutes)).sum();
    let load = LowerBound {
        minutes: shown(work.div_ceil(problem.max_parallel as u64)),
        argument: BoundArgument::Load,
    };
    let (minutes, clique) = incompatible::heaviest(problem, precedence, 0);
    let clique = LowerBound { minutes: shown(minutes), argument: BoundArgument::Incompatible(clique) };
    let mut best =
        LowerBound::default().or_higher(chain(problem, precedence)).or_higher(load).or_higher(clique);
    for (resource, demand) in problem.demands.iter().enumerate() {
        let minutes = shown(work_of(demand, &problem.minutes, problem.capacities[resource]));
        let argument = BoundArgument::Resource(name_of(problem, resource));
        best = best.or_higher(LowerBound { minutes, argument });
    }
    // The sums below must fit into 32 bits.
    if problem.len() > MOST_TASKS_IN_DEPTH || work > u64::from(u32::MAX / 16) {
        return best;
    }
    best.or_higher(windows(problem, precedence))
}

/// The longest chain of tasks that wait for each other.
fn chain(problem: &Problem, precedence: &Precedence) -> LowerBound {
    let tails = super::tails(problem, precedence);
    let minutes = shown(tails.iter().copied().max().unwrap_or(0));
    LowerBound { minutes, argument: BoundArgument::Chain(longest(precedence, &tails)) }
}

fn name_of(problem: &Problem, resource: usize) -> String {
    problem.resources.get(resource).cloned().unwrap_or_default()
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
fn windows(problem: &Problem, precedence: &Precedence) -> LowerBound {
    let (mut demands, mut capacities) = resources(problem);
    let clique = incompatible::heaviest(problem, &with_shortages(problem, precedence), 0).1;
    demands.push((0..problem.len()).map(|task| u32::from(clique.binary_search(&task).is_ok())).collect());
    capacities.push(1);

    let minutes = &problem.minutes;
    let first_last = &precedence.topological;
    let last_first: Vec<usize> = first_last.iter().rev().copied().collect();
    let tail = tails(minutes, &precedence.successors, &last_first, &demands, &capacities);
    let head = tails(minutes, &problem.predecessors, first_last, &demands, &capacities);
    let begin = |task: usize| head[task] - minutes[task];
    let rest = |task: usize| tail[task] - minutes[task];
    let mut by_rest: Vec<usize> = (0..problem.len()).collect();
    by_rest.sort_unstable_by_key(|&task| Reverse(rest(task)));
    // The minutes and, of equal ones, least outside; the first and the last task, and the row of what is short in between.
    let mut longest = (0, Reverse(0), 0, 0, usize::MAX);
    let mut offer = |least: u64, first: usize, last: usize, row: usize| {
        let outside = u64::from(begin(first)) + u64::from(rest(last));
        longest = longest.max((least + outside, Reverse(outside), first, last, row));
    };
    for from in 0..problem.len() {
        offer(u64::from(minutes[from]), from, from, usize::MAX);
        for (row, (demand, &capacity)) in demands.iter().zip(&capacities).enumerate() {
            let mut work = 0u64;
            for &task in by_rest.iter().filter(|&&task| demand[task] > 0 && begin(task) >= begin(from)) {
                work = work.saturating_add(u64::from(demand[task]) * u64::from(minutes[task]));
                offer(work.div_ceil(u64::from(capacity.max(1))), from, task, row);
            }
        }
    }
    let (least, _, first, last, row) = longest;
    let is_inside = |&task: &usize| match demands.get(row) {
        Some(demand) => demand[task] > 0 && begin(task) >= begin(first) && rest(task) >= rest(last),
        None => task == first,
    };
    let shared = match row {
        _ if row < problem.demands.len() => Shared::Resource(name_of(problem, row)),
        _ if row == demands.len() - 1 => Shared::Turns,
        _ => Shared::Workers,
    };
    let tasks: Vec<usize> = (0..problem.len()).filter(is_inside).collect();
    let (before, after) = if tasks.is_empty() { (0, 0) } else { (begin(first), rest(last)) };
    LowerBound { minutes: shown(least), argument: BoundArgument::Window { tasks, shared, before, after } }
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

    fn check(problem: &Problem, expect: u32) {
        assert_eq!(bound(problem, &Precedence::of(problem)).minutes, expect);
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
