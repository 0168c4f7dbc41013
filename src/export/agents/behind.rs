//! What has to stay behind a task: the tasks that are left out if it fails or is refused, and the answers
//! that a task needs first.

use fixedbitset::FixedBitSet;

use super::doer::Doer;
use super::phases::is_to_do;
use crate::plan::{Status, Task};
use crate::report::Report;

/// Tasks that wait for one, directly or through others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Positions in the plan, ascending.
    pub tasks: Vec<usize>,
    /// Whether these are only the direct ones, because all of them would be too many to list.
    pub has_more: bool,
}

/// The tasks still to do that wait for `task`; all of them if they are at most `most`.
pub fn waiting(report: &Report, task: usize, most: usize) -> Waiting {
    let successors = &report.analysis.order.successors;
    let mut seen = FixedBitSet::with_capacity(successors.len());
    let mut open = successors[task].clone();
    let mut tasks = Vec::new();
    while let Some(next) = open.pop() {
        if seen.put(next) {
            continue;
        }
        if is_to_do(&report.plan, next) {
            tasks.push(next);
        }
        if tasks.len() > most {
            let direct = successors[task].iter().copied().filter(|task| is_to_do(&report.plan, *task));
            return Waiting { tasks: direct.collect(), has_more: true };
        }
        open.extend(&successors[next]);
    }
    tasks.sort_unstable();
    Waiting { tasks, has_more: false }
}

/// The open tasks whose end the orchestrator doesn't see, because it does not launch them.
pub fn unseen(report: &Report) -> FixedBitSet {
    let tasks = report.plan.tasks.iter().enumerate();
    let ends_unseen = |task: &Task| task.status == Status::Running || !Doer::of(task).is_seen();
    tasks.filter(|(_, task)| task.status.is_open() && ends_unseen(task)).map(|(at, _)| at).collect()
}

/// The tasks of earlier phases, among those that end [`unseen`], which must have ended before `task` starts: because
/// it waits for them, or because they could change the same files.
pub fn answers_needed(report: &Report, unseen: &FixedBitSet, task: usize) -> Vec<usize> {
    let phase_of = &report.schedule.phase_of;
    let is_ahead = |other: &usize| phase_of[*other] < phase_of[task];
    let is_decision = |other: &usize| Doer::of(&report.plan.tasks[*other]) == Doer::Decision;
    let waits_for = report.analysis.order.predecessors[task].iter().copied();
    let mut needed: Vec<usize> =
        waits_for.filter(|other| unseen.contains(*other) && is_ahead(other)).collect();
    let apart = report.analysis.apart.row(task).intersection(unseen);
    needed.extend(apart.filter(|other| is_ahead(other) && !is_decision(other)));
    needed.sort_unstable();
    needed.dedup();
    needed
}
