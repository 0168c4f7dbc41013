//! The tasks at work at one moment, and what they leave for others.

use super::Obstacle;
use crate::analysis::Analysis;
use crate::doer::Doer;
use crate::plan::Plan;

/// Tasks that are at work at the same time, or are about to be.
#[derive(Debug, Clone)]
pub struct AtWork<'a> {
    plan: &'a Plan,
    analysis: &'a Analysis,
    tasks: Vec<usize>,
    /// The places taken. What is running takes one each, whoever does it; of what starts, only agents do.
    places: usize,
}

impl<'a> AtWork<'a> {
    /// The running tasks of a plan.
    pub fn of(plan: &'a Plan, analysis: &'a Analysis) -> AtWork<'a> {
        let tasks = analysis.progress.running.clone();
        AtWork { plan, analysis, places: tasks.len(), tasks }
    }

    /// Adds a task that starts.
    pub fn start(&mut self, task: usize) {
        self.tasks.push(task);
        self.places += usize::from(takes_place(self.plan, task));
    }

    /// The tasks, in the order in which they started.
    pub fn tasks(&self) -> &[usize] {
        &self.tasks
    }

    /// The most agents that may be at work at once.
    pub fn limit(&self) -> usize {
        (self.plan.settings.max_parallel as usize).max(1)
    }

    /// How many more agents may start.
    pub fn free_places(&self) -> usize {
        self.limit().saturating_sub(self.places)
    }

    /// Everything that keeps a task from starting beside these, the weightiest first. Empty if it can start.
    /// O(tasks at work · entries of `uses`), plus the tasks it waits for.
    pub fn obstacles(&self, task: usize) -> Vec<Obstacle> {
        let status = self.plan.tasks[task].status;
        if !status.can_start() {
            return vec![Obstacle::Status(status)];
        }
        let mut found = self.waits(task).into_iter().collect::<Vec<_>>();
        // A decision takes no place and touches nothing, so it can be asked beside anything.
        if Doer::of(&self.plan.tasks[task]) == Doer::Decision {
            return found;
        }
        for &other in self.tasks.iter().filter(|&&other| other != task) {
            found.extend(self.between(task, other));
        }
        found.extend(self.shortages(task, &found));
        if takes_place(self.plan, task) && self.free_places() == 0 {
            found.push(Obstacle::Full);
        }
        found
    }

    /// The open tasks that must be finished first.
    fn waits(&self, task: usize) -> Option<Obstacle> {
        let mut awaited: Vec<usize> = self.analysis.predecessors(task).collect();
        awaited.retain(|&before| self.plan.tasks[before].status.is_open());
        awaited.sort_unstable();
        awaited.dedup();
        (!awaited.is_empty()).then_some(Obstacle::Waits(awaited))
    }

    /// What keeps two tasks from running at the same time.
    fn between(&self, task: usize, other: usize) -> Option<Obstacle> {
        if self.analysis.apart.contains(task, other) {
            let pair = (task.min(other), task.max(other));
            let is_pair = |at: &&usize| {
                let conflict = &self.analysis.conflicts[**at];
                (conflict.a, conflict.b) == pair && conflict.is_open()
            };
            let conflict = self.analysis.conflicts_of[task].iter().find(is_pair).copied();
            return Some(Obstacle::Conflict { task: other, conflict });
        }
        let runs_alone = |one: usize| self.plan.runs_alone(&self.plan.tasks[one]);
        let is_decision = |one: usize| Doer::of(&self.plan.tasks[one]) == Doer::Decision;
        if is_decision(other) {
            return None;
        }
        [task, other]
            .into_iter()
            .find(|&one| runs_alone(one))
            .map(|unknown| Obstacle::Alone { unknown, other })
    }

    /// Resources of which too little is left, unless one of the obstacles found so far says so already.
    fn shortages(&self, task: usize, found: &[Obstacle]) -> Vec<Obstacle> {
        let mut names: Vec<&str> = self.plan.tasks[task].demands().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        let is_told =
            |name: &str| found.iter().any(|obstacle| obstacle.is_about_resource(self.analysis, name));
        let short = |name: &&str| {
            let capacity = self.plan.capacity_of(name);
            let demand = demand(self.plan, task, name);
            let others = self.tasks.iter().filter(|&&other| other != task);
            let used: u64 = others.map(|&other| u64::from(demand_of(self.plan, other, name))).sum();
            let left = u64::from(capacity).saturating_sub(used);
            // A task that needs more than there is gets it all, and runs without others that use it.
            demand > 0 && u64::from(demand.min(capacity)) > left || demand > capacity && used > 0
        };
        let is_new = |name: &&str| !is_told(name);
        names.into_iter().filter(short).filter(is_new).map(|name| self.shortage(task, name)).collect()
    }

    fn shortage(&self, task: usize, name: &str) -> Obstacle {
        let uses = |other: &&usize| **other != task && demand(self.plan, **other, name) > 0;
        let users = self.tasks.iter().filter(uses).copied().collect();
        Obstacle::Resource { resource: name.to_owned(), demand: demand(self.plan, task, name), users }
    }
}

/// Whether a task takes one of the places for agents.
pub(super) fn takes_place(plan: &Plan, task: usize) -> bool {
    Doer::of(&plan.tasks[task]).is_launched()
}

/// How much of a resource a task uses.
fn demand(plan: &Plan, task: usize, name: &str) -> u32 {
    let demands = plan.tasks[task].demands().filter(|(resource, _)| *resource == name);
    demands.fold(0, |sum, (_, amount)| sum.saturating_add(amount))
}

/// How much of a resource is taken while a task runs: never more than there is.
fn demand_of(plan: &Plan, task: usize, name: &str) -> u32 {
    demand(plan, task, name).min(plan.capacity_of(name))
}
