//! Splits a long task on the critical path into two that can run in parallel.

use std::cmp::Reverse;

use super::{Candidate, ImprovementKind};
use crate::glob::FileSet;
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Estimate, FreeIds, Minutes, Status, Task, TaskId};
use crate::report::Report;

/// The most tasks tried, longest first.
const MOST_TASKS: usize = 3;

/// The most waiting tasks that may be changed together with the split task.
const MOST_WAITING: usize = 50;

/// Splits of the longest tasks on the critical path that own several files.
pub fn candidates(report: &Report) -> Vec<Candidate> {
    let plan = &report.plan;
    let minutes = |task: usize| plan.minutes_of(&plan.tasks[task]);
    let mut by_minutes = report.schedule.critical_path.clone();
    by_minutes.sort_by_key(|&task| Reverse(minutes(task)));
    by_minutes.into_iter().filter_map(|task| halved(report, task)).take(MOST_TASKS).collect()
}

/// Splits a task that is not done yet. `None` if its files can't be divided without overlap, or if another
/// task has its id.
fn halved(report: &Report, position: usize) -> Option<Candidate> {
    let plan = &report.plan;
    let task = &plan.tasks[position];
    let is_first = plan.tasks.iter().position(|other| other.id == task.id) == Some(position);
    if !is_first || task.status != Status::Todo || plan.minutes_of(task) < 2 {
        return None;
    }
    let (kept, given) = shared_out(&task.owns)?;
    let minutes = task.minutes.unwrap_or(Estimate::exactly(plan.settings.default_minutes));
    let half = |part: Minutes| Minutes::whole(part.rounded_up().div_ceil(2));
    let half = Some(Estimate::between(half(minutes.low), half(minutes.likely), half(minutes.high)));

    let id = FreeIds::of(plan).take();
    let title = format!("{} (second half)", task.title);
    let second = Task { id: id.clone(), title, owns: given, minutes: half, ..task.clone() };
    let change = |change: TaskChange| Edit::ChangeTask { id: task.id.clone(), change };
    let mut edits = vec![
        change(TaskChange::Title(format!("{} (first half)", task.title))),
        change(TaskChange::Owns(kept)),
        change(TaskChange::Minutes(half)),
    ];
    edits.extend(waiting_for_both(report, &task.id, &id)?);
    edits.push(Edit::InsertTask { at: position + 1, task: Box::new(second) });
    Some(Candidate {
        kind: ImprovementKind::Split,
        title: format!("Split {} in two", task.id),
        condition: format!("The two halves of {} can be done without each other.", task.id),
        edits,
        saves_otherwise: false,
    })
}

/// The first and the second half of the patterns, each with all excludes.
fn shared_out(owns: &[String]) -> Option<(Vec<String>, Vec<String>)> {
    let is_exclude = |entry: &&String| entry.starts_with('!');
    let includes: Vec<&String> = owns.iter().filter(|entry| !is_exclude(entry)).collect();
    let (first, second) = includes.split_at(includes.len().div_ceil(2));
    let with_excludes = |half: &[&String]| -> Vec<String> {
        half.iter().copied().chain(owns.iter().filter(is_exclude)).cloned().collect()
    };
    let (first, second) = (with_excludes(first), with_excludes(second));
    let (kept, errors) = FileSet::parse(&first);
    let (given, more_errors) = FileSet::parse(&second);
    let is_clear = !given.includes().is_empty()
        && errors.is_empty()
        && more_errors.is_empty()
        && kept.overlap(&given).is_none();
    is_clear.then_some((first, second))
}

/// Makes every task that waits for `task` wait for `other` as well. `None` if there are too many.
fn waiting_for_both(report: &Report, task: &TaskId, other: &TaskId) -> Option<Vec<Edit>> {
    let waiting: Vec<&Task> =
        report.plan.tasks.iter().filter(|waiting| waiting.after.contains(task)).collect();
    let edit = |waiting: &&Task| Edit::ChangeTask {
        id: waiting.id.clone(),
        change: TaskChange::After(waiting.after.iter().chain([other]).cloned().collect()),
    };
    (waiting.len() <= MOST_WAITING).then(|| waiting.iter().map(edit).collect())
}
