//! Explains why a task is in its phase.

use super::id;
use crate::analysis::{Conflict, ConflictKind};
use crate::glob::CommonFiles;
use crate::plan::{Status, Task};
use crate::report::Report;
use crate::schedule::Why;

/// Why a task is in its phase and not in an earlier one, in one sentence.
pub fn why_here(report: &Report, task: usize) -> String {
    let plan = &report.plan;
    let Some(phase) = report.schedule.phase_of.get(task).copied().flatten() else {
        return match plan.tasks.get(task).map(|task| task.status) {
            Some(Status::Done) => "Done, so it is in no phase.".to_owned(),
            _ => "Dropped, so it is in no phase.".to_owned(),
        };
    };
    // People count phases from 1: the number of the previous phase is the index of this one.
    let (this, before) = (phase + 1, phase);
    let Some(why) = report.schedule.why.get(task).and_then(Option::as_ref) else {
        return format!("Phase {this}.");
    };
    match why {
        Why::First if plan.tasks[task].status == Status::Running => {
            "Phase 1, because it is running.".to_owned()
        }
        Why::First if plan.tasks[task].after.is_empty() => {
            "Phase 1, because it waits for nothing.".to_owned()
        }
        Why::First => "Phase 1, because all it waits for is done.".to_owned(),
        Why::After(other) => {
            format!("Phase {this} because {}, which it waits for, is in phase {before}.", id(plan, *other))
        }
        Why::Conflict { task: other, conflict } => {
            let reason = conflict.and_then(|number| report.analysis.conflicts.get(number));
            let reason =
                reason.map_or(String::new(), |conflict| format!(": {}", reason_of(report, conflict, task)));
            format!(
                "Phase {this} because it is kept apart from {} in phase {before}{reason}.",
                id(plan, *other)
            )
        }
        Why::Resource(name) => format!("Phase {this} because phase {before} leaves too little of `{name}`."),
        Why::Full => {
            let most = match plan.settings.max_parallel {
                1 => "one task".to_owned(),
                most => format!("{most} tasks"),
            };
            format!("Phase {this} because phase {before} is full: at most {most} may run at once.")
        }
        Why::Alone if plan.tasks.get(task).is_some_and(Task::has_unknown_ownership) => {
            format!("Phase {this} because it lists no files and so runs alone.")
        }
        Why::Alone => {
            format!("Phase {this} because the task in phase {before} lists no files and so runs alone.")
        }
        Why::Longer => {
            format!("Phase {this}: it could run in phase {before}, but the plan would take longer.")
        }
    }
}

/// What separates a task from another one, in one sentence about the task.
pub fn kept_apart(report: &Report, conflict: &Conflict, task: usize) -> String {
    let other = if conflict.a == task { conflict.b } else { conflict.a };
    let reason = reason_of(report, conflict, task);
    match &conflict.accepted {
        None => format!("Kept apart from {}: {reason}.", id(&report.plan, other)),
        Some(accepted) => {
            format!("May run beside {} although {reason}: {accepted}.", id(&report.plan, other))
        }
    }
}

/// The evidence, as the rest of a sentence about the task.
pub fn reason_of(report: &Report, conflict: &Conflict, task: usize) -> String {
    let other = id(&report.plan, if conflict.a == task { conflict.b } else { conflict.a });
    let files = || conflict.common_files(&report.plan).map_or(String::new(), CommonFiles::in_sentence);
    match &conflict.kind {
        ConflictKind::WriteWrite(_) => format!("both can write {}", files()),
        ConflictKind::ReadWrite { reader, .. } if *reader == task => {
            format!("it reads {}, which {other} can write", files())
        }
        ConflictKind::ReadWrite { .. } => format!("it can write {}, which {other} reads", files()),
        ConflictKind::Resource { resource, demand, capacity } => {
            format!("together they need {demand} of `{resource}` and there is {capacity}")
        }
        ConflictKind::Migrations { chain } => format!("both add migrations to `{chain}`"),
        ConflictKind::Creation { creator, path } if *creator == task => {
            format!("it creates `{path}`, which {other} changes")
        }
        ConflictKind::Creation { path, .. } => format!("it changes `{path}`, which {other} creates"),
    }
}
