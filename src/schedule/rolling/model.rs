//! A [`Problem`] prepared for fast generation of schedules: project scheduling under limited resources, with pairs of
//! tasks that may not overlap.
//!
//! The limit on running tasks is a resource like any other, and a task that runs alone needs all of it.

use super::amounts::Lanes;
use super::tails::tails;
use super::{Precedence, Problem};

/// One direction of time: forward as the plan runs, or backward from its end. Lists have one entry per task.
#[derive(Debug, Clone)]
pub struct Direction {
    /// What must be placed before each task, as its start depends on their ends.
    pub before: Vec<Vec<usize>>,
    /// What waits for each task.
    pub after: Vec<Vec<usize>>,
    /// Minutes from the start of each task to the end at least.
    pub tail: Vec<u32>,
}

/// What schedules are generated from.
#[derive(Debug, Clone)]
pub struct Model {
    /// How long each task takes.
    pub minutes: Vec<u32>,
    /// As the plan runs.
    pub forward: Direction,
    /// From its end.
    pub backward: Direction,
    /// How amounts of resources are packed into words.
    pub lanes: Lanes,
    /// How much there is of each resource, packed.
    pub capacities: Vec<u64>,
    /// For each task, those that may not overlap with it.
    pub apart: Vec<Vec<usize>>,
    /// For each task, the part of all resources that it takes up while it runs, times its minutes.
    pub energy: Vec<u64>,
    /// What each task needs of each resource, packed: a row per task.
    demands: Vec<u64>,
}

impl Model {
    /// Prepares a problem; `None` if the search can't take it: the sum of all minutes does not fit, or a task of no
    /// length needs a resource or must not meet one that runs alone. That would block an instant, and a profile knows
    /// only stretches.
    /// O(tasks² · (resources + log tasks)).
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
        Some(Model {
            forward: Direction::new(before, after, tails(after, &last_first)),
            backward: Direction::new(after, before, tails(before, first_last)),
            apart: (0..problem.len()).map(|task| problem.apart.row(task).ones().collect()).collect(),
            minutes: problem.minutes.clone(),
            capacities: lanes.packed(&capacities),
            lanes,
            energy,
            demands: packed,
        })
    }

    /// How many tasks there are.
    pub fn len(&self) -> usize {
        self.minutes.len()
    }

    /// What one task needs of each resource, packed.
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
    fn new(before: &[Vec<usize>], after: &[Vec<usize>], tail: Vec<u32>) -> Direction {
        Direction { before: before.to_vec(), after: after.to_vec(), tail }
    }
}

/// What each task needs of each resource, a row per resource, and how much there is. The tasks that run are counted like
/// a resource where there is a limit to them.
pub fn resources(problem: &Problem) -> (Vec<Vec<u32>>, Vec<u32>) {
    let (mut demands, mut capacities) = (problem.demands.clone(), problem.capacities.clone());
    if problem.max_parallel < problem.len() || problem.alone.contains(&true) {
        let parallel = problem.max_parallel.min(problem.len()) as u32;
        demands.push(problem.alone.iter().map(|&alone| if alone { parallel } else { 1 }).collect());
        capacities.push(parallel);
    }
    (demands, capacities)
}

/// The part of all resources that a task takes up, in thousandths; of a problem without resources, a task is all there is.
fn share(demand: &[u32], capacities: &[u32]) -> u64 {
    let parts = demand.iter().zip(capacities);
    let share: u64 =
        parts.map(|(&need, &capacity)| u64::from(need) * 1000 / u64::from(capacity.max(1))).sum();
    if capacities.is_empty() { 1000 } else { share }
}
