//! Explains why a task starts when it does in the rolling schedule.

use super::place::reason_of;
use super::{duration, id, listed};
use crate::report::Report;
use crate::schedule::WhyThen;

/// The worker of a task in the rolling schedule, its start, and why it doesn't start earlier, in one
/// sentence. Empty for a task that is not scheduled.
pub fn why_then(report: &Report, task: usize) -> String {
    let rolling = &report.schedule.rolling;
    let slot = rolling.slots.get(task).copied().flatten();
    let why = rolling.why.get(task).and_then(Option::as_ref);
    let (Some(slot), Some(why)) = (slot, why) else { return String::new() };
    let (worker, start) = (slot.worker + 1, duration(slot.start));
    match reason(report, task, why) {
        Some(reason) => format!("Without phases, agent {worker} starts it at {start}, {reason}."),
        None => format!("Without phases it could start right away (agent {worker})."),
    }
}

/// What delays a task until it starts, as the rest of a sentence; `None` if it starts at once.
fn reason(report: &Report, task: usize, why: &WhyThen) -> Option<String> {
    let plan = &report.plan;
    let when_done = |other: usize| format!("when {} is done", id(plan, other));
    Some(match why {
        WhyThen::AtOnce => return None,
        WhyThen::After(other) => format!("{}, which it waits for", when_done(*other)),
        WhyThen::Conflict { task: other, conflict } => {
            let conflict = conflict.and_then(|number| report.analysis.conflicts.get(number));
            let reason =
                conflict.map_or(String::new(), |conflict| format!(": {}", reason_of(report, conflict, task)));
            format!("{}, which it is kept apart from{reason}", when_done(*other))
        }
        WhyThen::Resource { resource, tasks } => {
            let use_it = if tasks.len() == 1 { "uses" } else { "use" };
            let done = tasks.first().map_or(String::new(), |&first| when_done(first));
            format!("{done}: until then, {} {use_it} too much of `{resource}`", listed(plan, tasks))
        }
        WhyThen::Busy(other) => {
            let all = match plan.settings.max_parallel {
                1 => "the only agent is".to_owned(),
                2 => "both agents are".to_owned(),
                most => format!("all {most} agents are"),
            };
            format!("{}: until then, {all} at work", when_done(*other))
        }
        WhyThen::Alone(other) if plan.tasks[task].has_unknown_ownership() => {
            format!("{}: it lists no files and so runs alone", when_done(*other))
        }
        WhyThen::Alone(other) => {
            format!("{}, which lists no files and so runs alone", when_done(*other))
        }
        WhyThen::Later => "which is as good as earlier".to_owned(),
    })
}
