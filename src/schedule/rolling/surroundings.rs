//! Facts about each task that hold in every schedule: the time before it and after it, and the tasks that
//! can't run in parallel with it.

use fixedbitset::FixedBitSet;

use super::model::resources;
use super::tails::tails;
use super::{Precedence, Problem};
use crate::schedule::bounds::incompatible;

/// Beyond this many tasks, the analysis takes too long.
const MOST_TASKS: usize = 500;

/// The input of the lower bounds. Lists have one entry per task unless stated otherwise.
#[derive(Debug)]
pub struct Surroundings {
    /// The least minutes from the start of the plan to the start of each task.
    pub heads: Vec<u32>,
    /// The least minutes from the end of each task to the end of the plan.
    pub tails: Vec<u32>,
    /// Per resource (outer) and task (inner): the demand while the task runs. After the resources of the
    /// problem come the workers, if there may be too few, and finally a heavy set of mutually exclusive
    /// tasks, as a resource of capacity 1.
    pub demands: Vec<Vec<u32>>,
    /// Capacity per resource.
    pub capacities: Vec<u32>,
    /// The tasks that can't overlap with each task: because of the order, a conflict, or a shared resource.
    pub exclusive: Vec<FixedBitSet>,
}

impl Surroundings {
    /// Analyses a problem. `None` if it is too large. O(tasks² · (resources + log tasks)).
    pub fn of(problem: &Problem, precedence: &Precedence) -> Option<Surroundings> {
        let work: u64 = problem.minutes.iter().map(|&minutes| u64::from(minutes)).sum();
        // Sums of minutes must fit into 32 bits.
        if problem.len() > MOST_TASKS || work > u64::from(u32::MAX / 16) {
            return None;
        }
        let (mut demands, mut capacities) = resources(problem);
        let mut precedence = precedence.clone();
        exclude_shortages(&mut precedence.incompatible, &demands, &capacities);
        let clique = incompatible::heaviest(problem, &precedence).1;
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

/// Adds the pairs that together need more of a resource than its capacity.
fn exclude_shortages(exclusive: &mut [FixedBitSet], demands: &[Vec<u32>], capacities: &[u32]) {
    for (demand, &capacity) in demands.iter().zip(capacities) {
        for (task, row) in exclusive.iter_mut().enumerate().filter(|(task, _)| demand[*task] > 0) {
            let left = capacity.saturating_sub(demand[task]);
            row.extend((0..demand.len()).filter(|&other| other != task && demand[other] > left));
        }
    }
}
