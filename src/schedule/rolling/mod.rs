//! Schedules without barriers: a task starts as soon as its predecessors are done, no conflicting task is
//! running, and a worker is free. Known as the resource-constrained project scheduling problem, with
//! conflicts as disjunctions.
//!
//! [`parallel_generation`] makes the first schedule. [`population`] searches for shorter ones: [`sampling`]
//! and [`crossover`] make lists, and [`serial_generation`] turns them into schedules. [`bounds`] computes the
//! lower bound, and [`refutation`] raises it.

mod amounts;
pub mod bounds;
mod crossover;
mod member;
mod model;
mod parallel_generation;
mod population;
mod profile;
mod refutation;
mod sampling;
mod serial_generation;
mod surroundings;
mod tails;
mod workers;

use super::{BoundArgument, LowerBound, Meter, Precedence, Problem, Slot, shown};
use crate::sort;
use model::Model;
use serial_generation::Generator;
use surroundings::Surroundings;

/// Beyond this many tasks the first schedule is final: one generation would take too long for a page.
const MOST_TASKS_TO_SEARCH: usize = 2_000;

/// A rolling schedule of all tasks, and a lower bound of the makespan. No single task could start earlier,
/// except tasks of 0 minutes. A step of the meter is one trial placement of a task.
pub fn solve(
    problem: &Problem,
    precedence: &Precedence,
    seed: u64,
    meter: &mut dyn Meter,
) -> (Vec<Slot<u32>>, LowerBound<u32>) {
    let first = parallel_generation::generate(problem, precedence, &tails(problem, precedence));
    let surroundings = Surroundings::of(problem, precedence);
    let mut bound = bounds::bound(problem, precedence, surroundings.as_ref());
    let makespan = shown(minutes(problem, &first));
    let mut steps = 0;
    if let Some(surroundings) = surroundings.filter(|_| bound.minutes < makespan) {
        let range = (bound.minutes, makespan);
        let (raised, taken) = refutation::raise(problem, precedence, &surroundings, range, meter);
        bound = bound.or_higher(LowerBound { minutes: raised, argument: BoundArgument::Refuted });
        steps = taken;
    }
    if problem.len() > MOST_TASKS_TO_SEARCH || makespan <= bound.minutes {
        return (first, bound);
    }
    let Some(model) = Model::of(problem, precedence) else { return (first, bound) };
    let starts = first.iter().map(|slot| slot.start).collect();
    let starts = population::search(&model, starts, (bound.minutes, steps), seed, meter);
    let starts = left_justified(&model, precedence, starts);
    (workers::assign(problem, &starts).unwrap_or(first), bound)
}

/// Moves every task as early as the tasks that started before it allow. The result is active: no single task
/// could start earlier (Sprecher, Kolisch & Drexl 1995). It is never longer, because at a task's turn all
/// earlier tasks end no later than before. Tasks of 0 minutes break that rule, since they can't lie inside a
/// task that has moved; if the result would be longer because of them, the schedule stays as it was.
fn left_justified(model: &Model, precedence: &Precedence, starts: Vec<u32>) -> Vec<u32> {
    let mut list = precedence.topological.clone();
    let key = |task: usize| (i64::from(starts[task]), i64::from(model.minutes[task].min(1)));
    sort::by_key(&mut list, &mut |task| key(task));
    let ends = starts.iter().zip(&model.minutes).map(|(start, minutes)| start + minutes);
    let makespan = ends.max().unwrap_or(0);
    match Generator::new(model).generate(&model.forward, &list, makespan) {
        Some((justified, minutes)) if minutes <= makespan => justified,
        _ => starts,
    }
}

/// For each task, the minutes from its start to the end of its last successor.
fn tails(problem: &Problem, precedence: &Precedence) -> Vec<u64> {
    let mut tails = vec![0; problem.len()];
    for &task in precedence.topological.iter().rev() {
        let rest = precedence.successors[task].iter().map(|&after| tails[after]).max().unwrap_or(0);
        tails[task] = rest + u64::from(problem.minutes[task]);
    }
    tails
}

/// The makespan in minutes.
pub fn minutes(problem: &Problem, slots: &[Slot<u32>]) -> u64 {
    let ends =
        slots.iter().zip(&problem.minutes).map(|(slot, &minutes)| u64::from(slot.start) + u64::from(minutes));
    ends.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::schedule::{Budget, verify};

    /// A problem with tasks of these `minutes`. `pairs` are read as order (lower number first) or as
    /// conflicts.
    fn problem(
        minutes: &[u32],
        order: &[(usize, usize)],
        apart: &[(usize, usize)],
        max_parallel: usize,
    ) -> Problem {
        let mut problem = Problem::unrestricted(minutes.to_vec(), max_parallel);
        for &(a, b) in order.iter().filter(|(a, b)| a != b) {
            let (first, then) = (a.min(b), a.max(b));
            if !problem.predecessors[then].contains(&first) {
                problem.predecessors[then].push(first);
            }
        }
        for &(a, b) in apart {
            problem.apart.insert(a, b);
        }
        problem
    }

    fn makespan(problem: &Problem, steps: u64) -> u64 {
        let precedence = Precedence::of(problem);
        let (slots, bound) = solve(problem, &precedence, 1, &mut Budget { steps, seed: 1 });
        let makespan = verify::rolling(problem, &slots).expect("a valid schedule");
        assert!(u64::from(bound.minutes) <= makespan, "the bound {bound:?} is above {makespan}");
        makespan
    }

    #[test]
    fn finds_what_a_list_by_longest_tail_misses() {
        // Longest first on two workers gives 8 + 6 and 7 + 5 + 4; the best split is 8 + 7 and 6 + 5 + 4.
        let problem = problem(&[8, 7, 6, 5, 4], &[], &[], 2);
        assert_eq!(makespan(&problem, 0), 17);
        assert_eq!(makespan(&problem, 5_000), 15);
    }

    #[test]
    fn tasks_kept_apart_never_overlap() {
        let problem = problem(&[10, 10, 10], &[], &[(0, 1), (1, 2), (0, 2)], 3);
        assert_eq!(makespan(&problem, 1_000), 30);
    }

    proptest! {
        #[test]
        fn every_schedule_is_valid_and_searching_never_makes_it_longer(
            minutes in prop::collection::vec(0u32..9, 1..14),
            order in prop::collection::vec((0usize..14, 0usize..14), 0..12),
            apart in prop::collection::vec((0usize..14, 0usize..14), 0..12),
            needs in prop::collection::vec(0u32..3, 14),
            alone in prop::collection::vec(prop::bool::weighted(0.1), 14),
            max_parallel in 1usize..5,
        ) {
            let within = |pair: &(usize, usize)| pair.0 < minutes.len() && pair.1 < minutes.len();
            let order: Vec<_> = order.into_iter().filter(within).collect();
            let apart: Vec<_> = apart.into_iter().filter(within).collect();
            let mut problem = problem(&minutes, &order, &apart, max_parallel);
            problem.demands = vec![needs[..minutes.len()].to_vec()];
            problem.capacities = vec![2];
            problem.alone = alone[..minutes.len()].to_vec();
            let shortest = makespan(&problem, 3_000);
            prop_assert!(shortest <= makespan(&problem, 0));
            let precedence = Precedence::of(&problem);
            let surroundings = Surroundings::of(&problem, &precedence).expect("it is small");
            let (steps, end) = (100_000, shown(shortest) + 9);
            let mut meter = Budget { steps, seed: 1 };
            let (bound, _) = refutation::raise(&problem, &precedence, &surroundings, (0, end), &mut meter);
            prop_assert!(u64::from(bound) <= shortest, "{bound} is above {shortest}");
        }
    }
}
