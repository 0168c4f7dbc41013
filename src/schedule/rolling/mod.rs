//! Schedules without barriers: a task starts as soon as what it waits for is done, what it is kept apart from is not
//! running, and a worker is free.

pub mod bounds;
mod parallel_generation;

use super::{Precedence, Problem, Slot};

/// A rolling schedule of every task, and a makespan that none can beat, in minutes.
pub fn solve(problem: &Problem, precedence: &Precedence) -> (Vec<Slot>, u64) {
    (
        parallel_generation::generate(problem, precedence, &tails(problem, precedence)),
        bounds::bound(problem, precedence),
    )
}

/// For each task, the minutes from its start to the end of the last task that waits for it.
fn tails(problem: &Problem, precedence: &Precedence) -> Vec<u64> {
    let mut tails = vec![0; problem.len()];
    for &task in precedence.topological.iter().rev() {
        let rest = precedence.successors[task].iter().map(|&after| tails[after]).max().unwrap_or(0);
        tails[task] = rest + u64::from(problem.minutes[task]);
    }
    tails
}

/// When the last task is done.
pub fn minutes(problem: &Problem, slots: &[Slot]) -> u64 {
    let ends =
        slots.iter().zip(&problem.minutes).map(|(slot, &minutes)| u64::from(slot.start) + u64::from(minutes));
    ends.max().unwrap_or(0)
}
