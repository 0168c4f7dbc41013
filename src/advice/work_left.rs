//! What is left of a plan, as the methods look at it.

use crate::agents::MOST_PER_MESSAGE;
use crate::doer::Doer;
use crate::plan::Task;
use crate::report::Report;

use super::lengths;
use super::tokens::{self, Work};

/// The tasks that are left, with what decides about methods.
#[derive(Debug, Clone, Copy)]
pub struct WorkLeft<'a> {
    /// The plan and its schedules.
    pub report: &'a Report,
}

impl<'a> WorkLeft<'a> {
    /// Positions of the tasks, in the order of the phases.
    pub fn tasks(self) -> Vec<usize> {
        self.report.schedule.phases.iter().flat_map(|phase| phase.tasks.iter().copied()).collect()
    }

    /// The task at a position.
    pub fn task(self, task: usize) -> &'a Task {
        &self.report.plan.tasks[task]
    }

    /// The tasks for which this holds, in the order of the phases.
    pub fn those(self, holds: impl Fn(&Task) -> bool) -> Vec<usize> {
        self.tasks().into_iter().filter(|&task| holds(self.task(task))).collect()
    }

    /// The tasks that wait for others that are left.
    pub fn waiting(self) -> Vec<usize> {
        let predecessors = &self.report.analysis.order.predecessors;
        let waits = |task: &usize| predecessors.get(*task).is_some_and(|before| !before.is_empty());
        self.tasks().into_iter().filter(waits).collect()
    }

    /// The tasks that an agent can do, tool calls among them.
    pub fn launched(self) -> Vec<usize> {
        self.those(|task| Doer::of(task).is_seen())
    }

    /// Whether no task needs an agent, so that agents would make tool calls only.
    pub fn is_calls_only(self) -> bool {
        self.those(|task| Doer::of(task).is_launched()).is_empty()
    }

    /// The likely minutes of a task.
    pub fn minutes(self, task: usize) -> f64 {
        lengths::minutes(&self.report.plan, self.task(task))
    }

    /// The likely minutes of all tasks together.
    pub fn all_minutes(self) -> f64 {
        self.tasks().into_iter().map(|task| self.minutes(task)).sum()
    }

    /// The minutes of the shortest and of the longest task.
    pub fn shortest_and_longest(self) -> (f64, f64) {
        let minutes = || self.tasks().into_iter().map(|task| self.minutes(task));
        let shortest = minutes().fold(f64::INFINITY, f64::min);
        (if shortest.is_finite() { shortest } else { 0.0 }, minutes().fold(0.0, f64::max))
    }

    /// See [`lengths::squared_variation`].
    pub fn squared_variation(self) -> f64 {
        lengths::squared_variation(&self.report.plan, &self.tasks())
    }

    /// The work of a task for a model.
    pub fn work(self, task: usize) -> Work {
        tokens::work(&self.report.evidence, self.task(task), self.minutes(task))
    }

    /// The tasks as tool calls of one message after the other: first those that wait for nobody, then those that wait for
    /// these, and so on, and no more in one message than run side by side.
    pub fn messages(self) -> Vec<Vec<usize>> {
        let order = &self.report.analysis.order;
        let mut depths = vec![0; self.report.plan.tasks.len()];
        let mut tiers: Vec<Vec<usize>> = Vec::new();
        for &task in &order.topological {
            if !self.task(task).status.is_open() {
                continue;
            }
            let before = order.predecessors[task].iter().map(|&other| depths[other] + 1);
            depths[task] = before.max().unwrap_or(0);
            tiers.resize(tiers.len().max(depths[task] + 1), Vec::new());
            tiers[depths[task]].push(task);
        }
        tiers.iter().flat_map(|tier| tier.chunks(MOST_PER_MESSAGE).map(<[usize]>::to_vec)).collect()
    }
}
