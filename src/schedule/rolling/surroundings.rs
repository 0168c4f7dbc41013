//! What surrounds each task whatever the schedule: what must happen before it and after it, and what can't run beside it.

use fixedbitset::FixedBitSet;

use super::model::resources;
use super::tails::tails;
use super::{Precedence, Problem};
use crate::schedule::bounds::incompatible;

/// Beyond so many tasks this takes too long to be worth it.
const MOST_TASKS: usize = 500;

/// What lower bounds are argued from. Lists have one entry per task unless they say otherwise.
#[derive(Debug)]
pub struct Surroundings {
    /// Minutes from the very beginning to the start of each task at least.
    pub heads: Vec<u32>,
    /// Minutes from the end of each task to the very end at least.
    pub tails: Vec<u32>,
    /// Per resource (outer) and task (inner): how much it needs while it runs. After the resources of the problem come the
    /// workers, if they can run short, and at last a heavy set of tasks that exclude each other, as one worker.
    pub demands: Vec<Vec<u32>>,
    /// Per resource: how much there is.
    pub capacities: Vec<u32>,
    /// The tasks that share no moment with each task: for the order, for a conflict, or because together they need more of
    /// a resource than there is.
    pub exclusive: Vec<FixedBitSet>,
}

impl Surroundings {
    /// Looks at a problem; `None` if it is very large. O(tasks² · (resources + log tasks)).
    pub fn of(problem: &Problem, precedence: &Precedence) -> Option<Surroundings> {
        let work: u64 = problem.minutes.iter().map(|&minutes| u64::from(minutes)).sum();
        // Sums of minutes must fit into 32 bits.
        if problem.len() > MOST_TASKS || work > u64::from(u32::MAX / 16) {
            return None;
        }
        let (mut demands, mut capacities) = resources(problem);
        let mut precedence = precedence.clone();
        exclude_shortages(&mut precedence.incompatible, &demands, &capacities);
        let clique = incompatible::heaviest(problem, &precedence, 0).1;
        demands.push((0..problem.len()).map(|task| u32::from(clique.binary_search(&task).is_ok())).collect());
        capacities.push(1);

        let minutes = &problem.minutes;
        let first_last = &precedence.topological;
        let last_first: Vec<usize> = first_last.iter().rev().copied().collect();
        let around = |after: &[Vec<usize>], last_first: &[usize]| {
            let with_tasks = tails(minutes, after, last_first, &demands, &capacities);
            with_tasks.iter().zip(minutes).map(|(with_task, minutes)| with_task - minutes).collect()
        };
        Some(Surroundings {
            heads: around(&problem.predecessors, first_last),
            tails: around(&precedence.successors, &last_first),
            exclusive: precedence.incompatible,
            demands,
            capacities,
        })
    }
}

/// Adds the pairs that together need more of a resource than there is.
fn exclude_shortages(exclusive: &mut [FixedBitSet], demands: &[Vec<u32>], capacities: &[u32]) {
    for (demand, &capacity) in demands.iter().zip(capacities) {
        for (task, row) in exclusive.iter_mut().enumerate().filter(|(task, _)| demand[*task] > 0) {
            let left = capacity.saturating_sub(demand[task]);
            row.extend((0..demand.len()).filter(|&other| other != task && demand[other] > left));
        }
    }
}
