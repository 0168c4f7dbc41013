//! What keeps a task from starting now, and how that is said.

use crate::analysis::{Analysis, ConflictKind};
use crate::explain::{listed, reason_of};
use crate::plan::{Plan, Status};
use crate::report::Report;

/// A reason why a task can't start now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// It is not to do: it is running, done or dropped.
    Status(Status),
    /// It waits for these tasks, which are open.
    Waits(Vec<usize>),
    /// It may not run at the same time as this one.
    Conflict {
        /// The other task.
        task: usize,
        /// Position in [`Analysis::conflicts`], if it is listed there.
        conflict: Option<usize>,
    },
    /// One of the two lists no files and so runs alone.
    Alone {
        /// The task that lists no files.
        unknown: usize,
        /// The task at work.
        other: usize,
    },
    /// Too little of a resource is left.
    Resource {
        /// Its name.
        resource: String,
        /// How much the task needs.
        demand: u32,
        /// The tasks at work that use it.
        users: Vec<usize>,
    },
    /// As many agents are at work as may be.
    Full,
}

impl Obstacle {
    /// The tasks at work, or to be finished first, that stand in the way.
    pub fn tasks(&self) -> Vec<usize> {
        match self {
            Obstacle::Waits(tasks) | Obstacle::Resource { users: tasks, .. } => tasks.clone(),
            Obstacle::Conflict { task, .. } | Obstacle::Alone { other: task, .. } => vec![*task],
            Obstacle::Status(_) | Obstacle::Full => Vec::new(),
        }
    }

    /// Whether it is about this resource.
    pub(super) fn is_about_resource(&self, analysis: &Analysis, name: &str) -> bool {
        let Obstacle::Conflict { conflict: Some(conflict), .. } = self else { return false };
        let kind = analysis.conflicts.get(*conflict).map(|conflict| &conflict.kind);
        matches!(kind, Some(ConflictKind::Resource { resource, .. }) if resource == name)
    }

    /// Why the task can't start, in one sentence.
    pub fn sentence(&self, report: &Report, task: usize) -> String {
        let plan = &report.plan;
        let id = |task: usize| plan.tasks[task].id.as_str();
        let this = id(task);
        match self {
            Obstacle::Status(Status::Running) => format!("{this} is running already."),
            Obstacle::Status(Status::Done) => format!("{this} is done already."),
            Obstacle::Status(status) => format!("{this} is {}.", status.name()),
            Obstacle::Waits(awaited) => {
                let is_failed = |&&other: &&usize| plan.tasks[other].status == Status::Failed;
                let failed: Vec<usize> = awaited.iter().filter(is_failed).copied().collect();
                let state = match (awaited.len(), failed.len()) {
                    (1, 1) => "which failed".to_owned(),
                    (1, _) => format!("which is {}", state(plan, awaited[0])),
                    (_, 0) => "which are not done".to_owned(),
                    (_, _) => format!("which are not done; {} failed", listed(plan, &failed)),
                };
                format!("{this} waits for {}, {state}.", listed(plan, awaited))
            }
            Obstacle::Conflict { task: other, conflict } => {
                let conflict = conflict.and_then(|at| report.analysis.conflicts.get(at));
                let reason = conflict.map(|conflict| reason_of(report, conflict, task));
                let reason = reason.map_or(String::new(), |reason| format!(": {reason}"));
                format!("{this} can't run beside {}{reason}.", with_state(plan, *other))
            }
            Obstacle::Alone { unknown, other } if *unknown == task => {
                format!("{this} lists no files, so it can't run beside {}.", with_state(plan, *other))
            }
            Obstacle::Alone { unknown, .. } => {
                format!("{} lists no files, so {this} can't run beside it.", with_state(plan, *unknown))
            }
            Obstacle::Resource { resource, demand, users } => {
                let capacity = plan.capacity_of(resource);
                let use_it = if users.len() == 1 { "uses" } else { "use" };
                let users = match users.is_empty() {
                    true => String::new(),
                    false => format!(" and {} {use_it} it too", listed(plan, users)),
                };
                format!("{this} needs {demand} of `{resource}`, there is {capacity}{users}.")
            }
            Obstacle::Full => {
                let most = report.plan.settings.max_parallel.max(1);
                format!("At most {most} may be at work at once, so there is no free place for {this}.")
            }
        }
    }
}

/// The id of a task, and that it is running if it is.
fn with_state(plan: &Plan, task: usize) -> String {
    let id = plan.tasks[task].id.as_str();
    match plan.tasks[task].status {
        Status::Running => format!("{id}, which is running"),
        _ => id.to_owned(),
    }
}

/// The progress of a task as the rest of a sentence.
fn state(plan: &Plan, task: usize) -> &'static str {
    match plan.tasks[task].status {
        Status::Running => "running",
        _ => "not done",
    }
}
