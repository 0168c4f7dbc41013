//! A [`Problem`] prepared for fast schedule generation: project scheduling under limited resources, with
//! pairs of tasks that can't overlap.
//!
//! The limit on running tasks is a resource like any other. A task that runs alone needs all of it.

use super::amounts::Lanes;
use super::tails::tails;
use super::{Precedence, Problem};

/// A direction of time: forward from the start of the plan, or backward from its end. Lists have one entry
/// per task.
#[derive(Debug, Clone)]
pub struct Direction {
    /// For each task, the tasks that must be placed before it.
    pub before: Vec<Vec<usize>>,
    /// For each task, the tasks that wait for it.
    pub after: Vec<Vec<usize>>,
    /// For each task, the least minutes from its start to the end of the plan.
    pub tail: Vec<u32>,
    /// Tasks to be placed before all others: forward those that are running already.
    pub first: Vec<usize>,
}

/// The input of schedule generation.
#[derive(Debug, Clone)]
pub struct Model {
    /// Minutes of each task.
    pub minutes: Vec<u32>,
    /// Forward from the start of the plan.
    pub forward: Direction,
    /// Backward from its end.
    pub backward: Direction,
    /// The packing of resource amounts into words.
    pub lanes: Lanes,
    /// Capacity of each resource, packed.
    pub capacities: Vec<u64>,
    /// For each task, the tasks that can't overlap with it.
    pub apart: Vec<Vec<usize>>,
    /// For each task, the share of all resources that it uses while it runs, times its minutes.
    pub energy: Vec<u64>,
    /// Demand of each task for each resource, packed: one row per task.
    demands: Vec<u64>,
}

impl Model {
    /// Prepares a problem. `None` if the search can't handle it: the sum of all minutes is too large, or a
    /// task of 0 minutes needs a resource or conflicts with a task that runs alone. Such a task would block
    /// an instant, and a profile only has intervals. O(tasks² · (resources + log tasks)).
    pub fn of(problem: &Problem, precedence: &Precedence) -> Option<Model> {
        let total: u64 = problem.minutes.iter().map(|&minutes| u64::from(minutes)).sum();
        let is_instant = |task: usize| problem.minutes[task] == 0;
        let blocks_an_instant = (0..problem.len()).any(is_instant)
            && (problem.alone.contains(&true)
                || problem
                    .demands
                    .iter()
                    .any(|row| (0..row.len()).any(|task| row[task] > 0 && is_instant(task))));
        if total > u64::from(u32::MAX / 16) || blocks_an_instant {
            return None;
        }
        let (demands, capacities) = resources(problem);
        let (before, after) = (&problem.predecessors, &precedence.successors);
        let tails = |after: &[Vec<usize>], last_first: &[usize]| {
            tails(&problem.minutes, after, last_first, &demands, &capacities)
        };
        let first_last = &precedence.topological;
        let last_first: Vec<usize> = first_last.iter().rev().copied().collect();

        let lanes = Lanes::for_amounts_to(capacities.iter().copied().max().unwrap_or(0));
        let (mut packed, mut energy) = (Vec::new(), Vec::new());
        for task in 0..problem.len() {
            let demand: Vec<u32> = demands.iter().map(|row| row[task]).collect();
            energy.push(share(&demand, &capacities) * u64::from(problem.minutes[task]));
            lanes.pack(&demand, &mut packed);
        }
        let running = (0..problem.len()).filter(|&task| problem.running[task]).collect();
        Some(Model {
            forward: Direction::new(before, after, tails(after, &last_first), running),
            backward: Direction::new(after, before, tails(before, first_last), Vec::new()),
            apart: (0..problem.len()).map(|task| problem.apart.row(task).ones().collect()).collect(),
            minutes: problem.minutes.clone(),
            capacities: lanes.packed(&capacities),
            lanes,
            energy,
            demands: packed,
        })
    }

    /// Whether a schedule in this direction of time starts the running tasks at once.
    pub fn keeps_running(&self, is_forward: bool) -> bool {
        is_forward || self.forward.first.is_empty()
    }

    /// The number of tasks.
    pub fn len(&self) -> usize {
        self.minutes.len()
    }

    /// The demand of one task for each resource, packed.
    pub fn demand(&self, task: usize) -> &[u64] {
        let width = self.capacities.len();
        &self.demands[task * width..][..width]
    }

    /// The direction, by whether it is forward.
    pub fn direction(&self, is_forward: bool) -> &Direction {
        if is_forward { &self.forward } else { &self.backward }
    }
}

impl Direction {
    fn new(before: &[Vec<usize>], after: &[Vec<usize>], tail: Vec<u32>, first: Vec<usize>) -> Direction {
        Direction { before: before.to_vec(), after: after.to_vec(), tail, first }
    }
}

/// Demands, one row per resource with an entry per task, and capacities. If there is a limit on running
/// tasks, it is one of the resources.
pub fn resources(problem: &Problem) -> (Vec<Vec<u32>>, Vec<u32>) {
    let (mut demands, mut capacities) = (problem.demands.clone(), problem.capacities.clone());
    if problem.max_parallel < problem.len() || problem.alone.contains(&true) {
        let parallel = problem.max_parallel.min(problem.len()) as u32;
        demands.push(problem.alone.iter().map(|&alone| if alone { parallel } else { 1 }).collect());
        capacities.push(parallel);
    }
    (demands, capacities)
}

/// The share of all resources that a task uses, in thousandths. Without resources, a task uses everything.
fn share(demand: &[u32], capacities: &[u32]) -> u64 {
    let parts = demand.iter().zip(capacities);
    let share: u64 =
        parts.map(|(&need, &capacity)| u64::from(need) * 1000 / u64::from(capacity.max(1))).sum();
    if capacities.is_empty() { 1000 } else { share }
}
