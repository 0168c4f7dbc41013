//! Problems in which tasks are running already, reduced to problems in which none is.
//!
//! All running tasks share the first phase, so they become one task. That its phase is the first needs no constraint on
//! the order of phases: it is enough that no task with predecessors joins it, since a phase without such tasks can
//! always be put before all others. So every search and every bound works for such problems unchanged.

use super::{Assignment, LowerBound, Problem, earliest};
use crate::schedule::BoundArgument;

/// The resource of the reduced problem that counts the tasks of a phase.
const PLACES: &str = "\0places";

/// A problem in which all running tasks are one.
pub struct Merged {
    /// The reduced problem.
    pub problem: Problem,
    /// For each task of the original problem, its number in the reduced one.
    number: Vec<usize>,
    /// For each task of the reduced problem, a task of the original one; the longest of the running ones.
    stands_for: Vec<usize>,
    /// The number of the task that stands for the running ones.
    group: usize,
}

impl Merged {
    /// Reduces a problem; `None` if nothing is running. O(n² / 64 + edges).
    pub fn of(problem: &Problem) -> Option<Merged> {
        let group = problem.running.iter().position(|&running| running)?;
        let mut stands_for: Vec<usize> =
            (0..problem.len()).filter(|&task| task == group || !problem.running[task]).collect();
        let mut number = vec![group; problem.len()];
        for (at, &task) in stands_for.iter().enumerate() {
            number[task] = at;
        }
        let group = number[group];
        let running: Vec<usize> = (0..problem.len()).filter(|&task| problem.running[task]).collect();
        running.iter().for_each(|&task| number[task] = group);
        stands_for[group] = running.iter().copied().max_by_key(|&task| problem.minutes[task])?;

        let minutes = stands_for.iter().map(|&task| problem.minutes[task]).collect();
        let mut merged = Problem::unrestricted(minutes, problem.max_parallel);
        merged.capacities.clone_from(&problem.capacities);
        merged.resources.clone_from(&problem.resources);
        merged.demands =
            problem.demands.iter().map(|demand| added_up(demand, &number, stands_for.len())).collect();
        if running.len() > 1 && problem.max_parallel < problem.len() {
            merged.capacities.push(problem.max_parallel as u32);
            merged.resources.push(PLACES.to_owned());
            merged.demands.push(added_up(&vec![1; problem.len()], &number, stands_for.len()));
        }
        for (at, &task) in stands_for.iter().enumerate().filter(|&(at, _)| at != group) {
            merged.alone[at] = problem.alone[task];
            let mut before: Vec<usize> =
                problem.predecessors[task].iter().map(|&first| number[first]).collect();
            before.sort_unstable();
            before.dedup();
            if !before.is_empty() {
                merged.apart.insert(at, group);
            }
            merged.predecessors[at] = before;
        }
        for task in 0..problem.len() {
            for other in problem.apart.row(task).ones() {
                merged.apart.insert(number[task], number[other]);
            }
        }
        Some(Merged { problem: merged, number, stands_for, group })
    }

    /// The phases in which the tasks of the reduced problem were; see [`super::solve_near`].
    pub fn old(&self, old: &[Option<usize>]) -> Vec<Option<usize>> {
        match old {
            [] => Vec::new(),
            _ => self.stands_for.iter().map(|&task| old[task]).collect(),
        }
    }

    /// The assignment of the original problem, with the running tasks in the first phase.
    pub fn expand(&self, problem: &Problem, assignment: &[usize]) -> Assignment {
        let first = assignment[self.group];
        let in_order = |phase: usize| match phase {
            _ if phase == first => 0,
            _ if phase < first => phase + 1,
            _ => phase,
        };
        let mut expanded: Assignment = self.number.iter().map(|&task| in_order(assignment[task])).collect();
        earliest::pull(problem, &mut expanded);
        expanded
    }

    /// The bound in terms of the original problem.
    pub fn expand_bound(&self, bound: LowerBound<u32>) -> LowerBound<u32> {
        let original = |tasks: Vec<usize>| tasks.into_iter().map(|task| self.stands_for[task]).collect();
        let argument = match bound.argument {
            BoundArgument::Chain(tasks) => BoundArgument::Chain(original(tasks)),
            BoundArgument::Incompatible(tasks) => BoundArgument::Incompatible(original(tasks)),
            BoundArgument::Resource(name) if name == PLACES => BoundArgument::Load,
            argument => argument,
        };
        LowerBound { argument, ..bound }
    }
}

/// The demand of each task of the reduced problem.
fn added_up(demand: &[u32], number: &[usize], len: usize) -> Vec<u32> {
    let mut sums = vec![0; len];
    for (&need, &task) in demand.iter().zip(number) {
        sums[task] += need;
    }
    sums
}
