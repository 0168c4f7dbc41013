//! A [`Problem`] prepared for fast generation of schedules: project scheduling under limited resources, with pairs of
//! tasks that may not overlap.
//!
//! The limit on running tasks is a resource like any other, and a task that runs alone needs all of it.

use super::amounts::Lanes;
use super::{Precedence, Problem};

/// One direction of time: forward as the plan runs, or backward from its end. Lists have one entry per task.
#[derive(Debug, Clone)]
pub struct Direction {
    /// What must be placed before each task, as its start depends on their ends.
    pub before: Vec<Vec<usize>>,
    /// What waits for each task.
    pub after: Vec<Vec<usize>>,
    /// Minutes of the longest chain that starts with this task, itself included.
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
    /// O(tasks² / 64 + edges).
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
        let parallel = problem.max_parallel.min(problem.len()) as u32;
        // Without a limit that binds, the tasks that run are no resource.
        let counts_tasks = problem.max_parallel < problem.len() || problem.alone.contains(&true);
        let mut capacities: Vec<u32> = counts_tasks.then_some(parallel).into_iter().collect();
        capacities.extend(&problem.capacities);
        let lanes = Lanes::for_amounts_to(capacities.iter().copied().max().unwrap_or(0));
        let width = lanes.words(capacities.len());
        let (mut demands, mut energy) = (Vec::with_capacity(problem.len() * width), Vec::new());
        for task in 0..problem.len() {
            let running = counts_tasks.then_some(if problem.alone[task] { parallel } else { 1 });
            let demand: Vec<u32> =
                running.into_iter().chain(problem.demands.iter().map(|row| row[task])).collect();
            energy.push(share(&demand, &capacities) * u64::from(problem.minutes[task]));
            lanes.pack(&demand, &mut demands);
        }
        let mut packed = Vec::with_capacity(width);
        lanes.pack(&capacities, &mut packed);
        let order = &precedence.topological;
        let (before, after) = (&problem.predecessors, &precedence.successors);
        Some(Model {
            forward: Direction::new(before, after, order.iter().rev(), &problem.minutes),
            backward: Direction::new(after, before, order.iter(), &problem.minutes),
            apart: (0..problem.len()).map(|task| problem.apart.row(task).ones().collect()).collect(),
            minutes: problem.minutes.clone(),
            capacities: packed,
            lanes,
            energy,
            demands,
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
    /// `last_first` names every task after everything that waits for it.
    fn new<'a>(
        before: &[Vec<usize>],
        after: &[Vec<usize>],
        last_first: impl Iterator<Item = &'a usize>,
        minutes: &[u32],
    ) -> Direction {
        let mut tail = vec![0; minutes.len()];
        for &task in last_first {
            let rest = after[task].iter().map(|&next| tail[next]).max().unwrap_or(0);
            tail[task] = rest + minutes[task];
        }
        Direction { before: before.to_vec(), after: after.to_vec(), tail }
    }
}

/// The part of all resources that a task takes up, in thousandths; of a problem without resources, a task is all there is.
fn share(demand: &[u32], capacities: &[u32]) -> u64 {
    let parts = demand.iter().zip(capacities);
    let share: u64 =
        parts.map(|(&need, &capacity)| u64::from(need) * 1000 / u64::from(capacity.max(1))).sum();
    if capacities.is_empty() { 1000 } else { share }
}
