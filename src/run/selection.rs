//! Whether tasks that somebody picked can all start now.

use super::at_work::takes_place;
use super::{AtWork, Obstacle};
use crate::report::Report;

/// Why a task of a selection can't start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The task.
    pub task: usize,
    /// What stands in the way.
    pub obstacle: Obstacle,
}

/// Everything that keeps these tasks from all starting now, together and beside what is running; empty if
/// they can. By task, in the order given. Where there are too few places, those that come first get them.
pub fn refusals(report: &Report, selected: &[usize]) -> Vec<Refusal> {
    let (plan, analysis) = (&report.plan, &report.analysis);
    let running = AtWork::of(plan, analysis);
    let mut places = running.free_places();
    let mut refusals = Vec::new();
    for &task in selected {
        let mut beside = running.clone();
        selected.iter().filter(|&&other| other != task).for_each(|&other| {
            if plan.tasks[other].status.can_start() {
                beside.start(other);
            }
        });
        let obstacles = beside.obstacles(task);
        let is_startable = plan.tasks[task].status.can_start();
        let is_full = is_startable && takes_place(plan, task) && places == 0;
        if is_startable && takes_place(plan, task) {
            places = places.saturating_sub(1);
        }
        let of_others = obstacles.into_iter().filter(|obstacle| *obstacle != Obstacle::Full);
        let full = is_full.then_some(Obstacle::Full);
        refusals.extend(of_others.chain(full).map(|obstacle| Refusal { task, obstacle }));
    }
    refusals
}
