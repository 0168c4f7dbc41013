//! Explains why a task runs in another phase than before.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::comparison::{Comparison, ConflictLine};
use crate::plan::TaskId;
use crate::report::Report;
use crate::schedule::Why;

fn pair(a: &TaskId, b: &TaskId) -> (TaskId, TaskId) {
    (a.min(b).clone(), a.max(b).clone())
}

/// What each pair of tasks conflicts over: the first conflict if there are several.
fn by_pair(lines: &[ConflictLine]) -> FxHashMap<(TaskId, TaskId), String> {
    lines.iter().rev().map(|line| (pair(&line.a, &line.b), line.over.clone())).collect()
}

/// Sets the reason of each moved task: what delays it now, or what no longer delays it.
pub(super) fn explain_moves(comparison: &mut Comparison, before: &Report, after: &Report) {
    let old = before.plan.positions();
    let new = after.plan.positions();
    let (gained, lost) = (by_pair(&comparison.gained), by_pair(&comparison.lost));
    let moved: BTreeSet<TaskId> = comparison.moved.iter().map(|one| one.task.id.clone()).collect();
    let waits = |report: &Report, task: usize, other: &TaskId| report.plan.tasks[task].after.contains(other);
    for index in 0..comparison.moved.len() {
        let one = &comparison.moved[index];
        let id = &one.task.id;
        let (earlier, later) = (old[id], new[id]);
        let went_back = one.before > one.after && one.after.is_some();
        let reason = if one.after.is_none() {
            "it was dropped".to_owned()
        } else if one.before.is_none() {
            "it was dropped before".to_owned()
        } else if went_back {
            freed(
                before,
                earlier,
                &|other| lost.contains_key(&pair(id, other)),
                &|other| new.contains_key(other).then(|| waits(after, later, other)),
                &moved,
            )
        } else {
            held(
                after,
                later,
                &|other| gained.get(&pair(id, other)).cloned(),
                &|other| !old.contains_key(other) || !waits(before, earlier, other),
                &moved,
            )
        };
        comparison.moved[index].reason = reason;
    }
}

/// Why a task runs later than before.
fn held(
    after: &Report,
    task: usize,
    gained: &dyn Fn(&TaskId) -> Option<String>,
    is_new_wait: &dyn Fn(&TaskId) -> bool,
    moved: &BTreeSet<TaskId>,
) -> String {
    let id = |task: usize| &after.plan.tasks[task].id;
    match after.schedule.why.get(task).and_then(Option::as_ref) {
        Some(Why::After(other)) if is_new_wait(id(*other)) => format!("it waits for {} now", id(*other)),
        Some(Why::After(other)) if moved.contains(id(*other)) => {
            format!("{}, which it waits for, moved", id(*other))
        }
        Some(Why::After(other)) => format!("it waits for {}", id(*other)),
        Some(Why::Conflict { task: other, .. }) => match gained(id(*other)) {
            Some(over) => format!("it shares `{over}` with {} now", id(*other)),
            None if moved.contains(id(*other)) => {
                format!("{}, which it may not run beside, moved", id(*other))
            }
            None => format!("it may not run beside {}", id(*other)),
        },
        Some(Why::Resource(name)) => format!("the phase before has no `{name}` left"),
        Some(Why::Full) => "the phase before is full".to_owned(),
        Some(Why::Alone) => "its files are not known, so it runs alone".to_owned(),
        Some(Why::Longer) => "an earlier phase would take longer with it".to_owned(),
        Some(Why::First) | None => "the phases were rearranged".to_owned(),
    }
}

/// Why a task runs earlier than before.
fn freed(
    before: &Report,
    task: usize,
    lost: &dyn Fn(&TaskId) -> bool,
    still_waits: &dyn Fn(&TaskId) -> Option<bool>,
    moved: &BTreeSet<TaskId>,
) -> String {
    let id = |task: usize| &before.plan.tasks[task].id;
    match before.schedule.why.get(task).and_then(Option::as_ref) {
        Some(Why::After(other) | Why::Conflict { task: other, .. }) if still_waits(id(*other)).is_none() => {
            format!("{} is gone", id(*other))
        }
        Some(Why::After(other)) if still_waits(id(*other)) == Some(false) => {
            format!("it does not wait for {} any more", id(*other))
        }
        Some(Why::Conflict { task: other, .. }) if lost(id(*other)) => {
            format!("it shares nothing with {} any more", id(*other))
        }
        Some(Why::After(other) | Why::Conflict { task: other, .. }) if moved.contains(id(*other)) => {
            format!("{}, which held it back, moved", id(*other))
        }
        _ => "there is room earlier".to_owned(),
    }
}
