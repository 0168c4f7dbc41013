//! Two revisions of a plan side by side, task by task: what was added, removed and changed, what that did to phases and
//! conflicts, and to the totals. Tasks are the same if their ids are.
//!
//! Which words of a text changed is not in a comparison: it is worked out for what is shown ([`FieldChange::words`]).

mod edits;
mod entries;
mod text;
mod words;

pub use edits::edits;
pub use entries::{Entry, Sign};
pub use text::{OTHER_FIELDS, text};
pub use words::{Piece, words};

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::analysis::Conflict;
use crate::plan::{Plan, TaskId};
use crate::report::Report;
use crate::review::Field;
use crate::review::field::shown;
use crate::schedule::{Budget, Previous, Why};

/// Everything that differs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// Fields of the plan itself.
    pub plan: Vec<FieldChange>,
    /// Tasks only in the plan after, in its order.
    pub added: Vec<Named>,
    /// Tasks only in the plan before, in its order.
    pub removed: Vec<Named>,
    /// Tasks in both that are not alike, in the order of the plan after.
    pub changed: Vec<TaskDifference>,
    /// Tasks in both that run in another phase, in the order of the plan after.
    pub moved: Vec<PhaseMove>,
    /// Conflicts only in the plan after.
    pub gained: Vec<ConflictLine>,
    /// Conflicts only in the plan before.
    pub lost: Vec<ConflictLine>,
    /// Sentences about what else differs and belongs to no task.
    pub remarks: Vec<&'static str>,
    /// Figures of both plans, also those that are equal.
    pub totals: Vec<Total>,
}

/// A task by its id and its title.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// The id.
    pub id: TaskId,
    /// The title in the plan that it is in.
    pub title: String,
}

/// A task that is not as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskDifference {
    /// The task, with its title after.
    pub task: Named,
    /// What differs, in the order of fields; empty if only unknown fields differ.
    pub fields: Vec<FieldChange>,
}

/// A field that is not as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// Which one.
    pub field: Field,
    /// Its value before, as text; lists line by line.
    pub before: String,
    /// Its value after.
    pub after: String,
    /// For lists, the entries that are only in the list after.
    pub came: Vec<String>,
    /// For lists, the entries that are only in the list before.
    pub gone: Vec<String>,
}

impl FieldChange {
    /// Whether it is prose, which is compared word by word.
    pub fn is_prose(&self) -> bool {
        matches!(self.field, Field::Title | Field::Goal | Field::Instructions)
    }

    /// Prose word by word; nothing for other fields. For its costs see [`words()`].
    pub fn words(&self) -> Vec<Piece> {
        if self.is_prose() { words(&self.before, &self.after) } else { Vec::new() }
    }
}

/// A task that runs in another phase. Phases are counted from 1; `None` if the task is not planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseMove {
    /// Which one.
    pub task: Named,
    /// Its phase before.
    pub before: Option<usize>,
    /// Its phase after.
    pub after: Option<usize>,
    /// Why, as the end of a sentence that begins with “because”.
    pub reason: String,
}

/// A pair of tasks that may not run at the same time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConflictLine {
    /// The task that stands first in the plan.
    pub a: TaskId,
    /// The other one.
    pub b: TaskId,
    /// `write/write`, `read/write` or `resource`.
    pub code: &'static str,
    /// A path that both match, or the name of the resource.
    pub over: String,
}

/// One figure of both plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// What it counts.
    pub name: &'static str,
    /// Whether it is minutes.
    pub is_minutes: bool,
    /// In the plan before.
    pub before: u32,
    /// In the plan after.
    pub after: u32,
}

impl Comparison {
    /// Whether the plans are alike, and so is what follows from them.
    pub fn is_empty(&self) -> bool {
        self.plan.is_empty()
            && self.added.is_empty()
            && self.removed.is_empty()
            && self.changed.is_empty()
            && self.moved.is_empty()
            && self.gained.is_empty()
            && self.lost.is_empty()
            && self.remarks.is_empty()
    }
}

/// Compares two plans. As expensive as planning both.
pub fn compare_plans(before: &Plan, after: &Plan, budget: &Budget) -> Comparison {
    let after = Report::new(after.clone(), budget);
    compare(&beside(before.clone(), &after, budget), &after)
}

/// Plans one plan so that it can be compared with another one: where equally good schedules exist, tasks are in the same
/// phases, so that what moved did so because of a change.
pub fn beside(plan: Plan, other: &Report, budget: &Budget) -> Report {
    Report::near(plan, &Previous::of(&other.plan, &other.schedule), budget)
}

/// Compares two plans whose phases are known. Expected linear time.
pub fn compare(before: &Report, after: &Report) -> Comparison {
    let old = before.plan.positions();
    let new = after.plan.positions();
    let named = |plan: &Plan, task: usize| Named {
        id: plan.tasks[task].id.clone(),
        title: plan.tasks[task].title.clone(),
    };
    let only_in = |plan: &Plan, other: &FxHashMap<&TaskId, usize>| {
        let tasks = (0..plan.tasks.len()).filter(|&task| !other.contains_key(&plan.tasks[task].id));
        tasks.map(|task| named(plan, task)).collect()
    };
    let (gained, lost) = conflicts(before, after);
    let mut comparison = Comparison {
        plan: Field::OF_PLAN
            .iter()
            .filter_map(|field| {
                let values = [&before.plan, &after.plan].map(|plan| field.of_plan(plan));
                difference(*field, values)
            })
            .collect(),
        added: only_in(&after.plan, &old),
        removed: only_in(&before.plan, &new),
        gained,
        lost,
        remarks: remarks(before, after),
        totals: totals(before, after),
        ..Comparison::default()
    };
    for (position, task) in after.plan.tasks.iter().enumerate() {
        let Some(&earlier) = old.get(&task.id) else { continue };
        let was = &before.plan.tasks[earlier];
        if was != task {
            let fields = Field::OF_TASK
                .iter()
                .filter_map(|field| difference(*field, [was, task].map(|task| field.of_task(task))));
            let difference = TaskDifference { task: named(&after.plan, position), fields: fields.collect() };
            comparison.changed.push(difference);
        }
        let phase = |report: &Report, task: usize| {
            report.schedule.phase_of.get(task).copied().flatten().map(|phase| phase + 1)
        };
        let phases = (phase(before, earlier), phase(after, position));
        if phases.0 != phases.1 {
            comparison.moved.push(PhaseMove {
                task: named(&after.plan, position),
                before: phases.0,
                after: phases.1,
                reason: String::new(),
            });
        }
    }
    explain_moves(&mut comparison, before, after);
    comparison
}

/// What differs between two values of a field, if anything.
fn difference(field: Field, [before, after]: [Option<serde_json::Value>; 2]) -> Option<FieldChange> {
    if before == after {
        return None;
    }
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let entries = |value: &serde_json::Value| match value {
        serde_json::Value::Array(entries) => entries.iter().map(shown).collect(),
        _ => Vec::new(),
    };
    let (old, new): (Vec<String>, Vec<String>) = (entries(&before), entries(&after));
    let without = |list: &[String], other: &[String]| {
        let other: BTreeSet<&String> = other.iter().collect();
        list.iter().filter(|entry| !other.contains(entry)).cloned().collect()
    };
    Some(FieldChange {
        field,
        came: without(&new, &old),
        gone: without(&old, &new),
        before: shown(&before),
        after: shown(&after),
    })
}

/// What differs and is no field of a task, and no field of the plan that has a name.
fn remarks(before: &Report, after: &Report) -> Vec<&'static str> {
    let is_cut = is_cut(before) || is_cut(after);
    let (before, after) = (&before.plan, &after.plan);
    let in_both = |plan: &Plan, other: &Plan| -> Vec<TaskId> {
        let known = other.positions();
        plan.tasks.iter().map(|task| task.id.clone()).filter(|id| known.contains_key(id)).collect()
    };
    let is_reordered = in_both(before, after) != in_both(after, before);
    let differ_otherwise = before.unknown != after.unknown;
    let differs = before.tasks != after.tasks
        || before.settings != after.settings
        || before.resources != after.resources;
    let remarks = [
        (
            is_cut && differs,
            "There are too many conflicts to list, so more may have come and gone than are named.",
        ),
        (is_reordered, "The tasks stand in another order."),
        (differ_otherwise, "Fields of the plan that phaseplan does not know differ."),
    ];
    remarks.into_iter().filter_map(|(holds, remark)| holds.then_some(remark)).collect()
}

/// Conflicts that came, and those that went. Accepted ones count as gone.
fn conflicts(before: &Report, after: &Report) -> (Vec<ConflictLine>, Vec<ConflictLine>) {
    let lines = |report: &Report| -> Vec<ConflictLine> {
        let is_open = |conflict: &&Conflict| conflict.accepted.is_none();
        report.analysis.conflicts.iter().filter(is_open).map(|conflict| line(report, conflict)).collect()
    };
    // The path is only an example, so it does not tell conflicts apart; nor does the order of tasks.
    let key = |line: &ConflictLine| {
        let (a, b) = (line.a.clone(), line.b.clone());
        if a <= b { (a, b, line.code) } else { (b, a, line.code) }
    };
    let (old, new) = (lines(before), lines(after));
    let without = |lines: &[ConflictLine], other: &[ConflictLine], report: &Report| {
        let other: BTreeSet<_> = other.iter().map(key).collect();
        let positions = report.plan.positions();
        // A pair that is kept apart there may have a conflict that is only counted.
        let is_unlisted = |line: &ConflictLine| {
            let [a, b] = [&line.a, &line.b].map(|id| positions.get(id).copied());
            a.zip(b).is_some_and(|(a, b)| is_cut(report) && report.analysis.apart.contains(a, b))
        };
        lines.iter().filter(|line| !other.contains(&key(line)) && !is_unlisted(line)).cloned().collect()
    };
    (without(&new, &old, before), without(&old, &new, after))
}

/// Whether there are conflicts that are only counted.
fn is_cut(report: &Report) -> bool {
    report.analysis.conflicts.len() < report.analysis.conflict_count
}

fn line(report: &Report, conflict: &Conflict) -> ConflictLine {
    let id = |task: usize| report.plan.tasks[task].id.clone();
    let over = match &conflict.kind {
        crate::analysis::ConflictKind::Resource { resource, .. } => resource.clone(),
        kind => kind.witness().unwrap_or_default().to_owned(),
    };
    ConflictLine { a: id(conflict.a), b: id(conflict.b), code: conflict.kind.code(), over }
}

fn totals(before: &Report, after: &Report) -> Vec<Total> {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let widest =
        |report: &Report| report.schedule.phases.iter().map(|phase| phase.tasks.len()).max().unwrap_or(0);
    let chain = |report: &Report| {
        let minutes = report
            .schedule
            .critical_path
            .iter()
            .map(|&task| report.plan.minutes_of(&report.plan.tasks[task]));
        minutes.fold(0u32, u32::saturating_add)
    };
    let total = |name, is_minutes, figure: &dyn Fn(&Report) -> u32| Total {
        name,
        is_minutes,
        before: figure(before),
        after: figure(after),
    };
    vec![
        total("tasks", false, &|report| count(report.plan.tasks.len())),
        total("conflicts", false, &|report| count(report.analysis.conflict_count)),
        total("phases", false, &|report| count(report.schedule.phases.len())),
        total("most at once", false, &|report| count(widest(report))),
        total("in phases", true, &|report| report.schedule.phased),
        total("without barriers", true, &|report| report.schedule.rolling.minutes),
        total("longest chain", true, &chain),
    ]
}

fn pair(a: &TaskId, b: &TaskId) -> (TaskId, TaskId) {
    (a.min(b).clone(), a.max(b).clone())
}

/// What each pair of tasks conflicts over; the first if there are several.
fn by_pair(lines: &[ConflictLine]) -> FxHashMap<(TaskId, TaskId), String> {
    lines.iter().rev().map(|line| (pair(&line.a, &line.b), line.over.clone())).collect()
}

/// Says for each task that moved what holds it where it is, or what no longer holds it back.
fn explain_moves(comparison: &mut Comparison, before: &Report, after: &Report) {
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
        Some(Why::First) | None => "the phases were arranged anew".to_owned(),
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
