//! Compares two revisions of a plan task by task: what was added, removed and changed, and the effect on
//! phases, conflicts and totals. Tasks are matched by id.
//!
//! Word differences of a text are not part of a comparison: they are computed only for display
//! ([`FieldChange::words`]).

mod comparison;
mod conflicts;
mod edits;
mod entries;
mod moves;
mod text;
mod totals;
mod words;

pub use comparison::{Comparison, ConflictLine, FieldChange, Named, PhaseMove, TaskDifference, Total};
pub use edits::edits;
pub use entries::{Entry, Sign};
pub use text::{OTHER_FIELDS, text};
pub use words::{Piece, words};

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::plan::{Field, Plan, TaskId};
use crate::report::Report;
use crate::schedule::{Budget, Previous};
use conflicts::{conflicts, is_cut};
use moves::explain_moves;
use totals::totals;

/// Compares two plans. As expensive as planning both.
pub fn compare_plans(before: &Plan, after: &Plan, budget: &Budget) -> Comparison {
    let after = Report::new(after.clone(), budget);
    compare(&beside(before.clone(), &after, budget), &after)
}

/// Schedules a plan for comparison with another one: among equally good schedules, tasks are in the same
/// phases as there, so a task moves only because of a change.
pub fn beside(plan: Plan, other: &Report, budget: &Budget) -> Report {
    Report::near(plan, &Previous::of(&other.plan, &other.schedule), budget)
}

/// Compares two plans that are already scheduled. Expected linear time.
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
                let values = [&before.plan, &after.plan].map(|plan| plan.field_as_json(*field));
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
                .filter_map(|field| difference(*field, [was, task].map(|task| task.field_as_json(*field))));
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

/// The difference between two values of a field, if any.
fn difference(field: Field, [before, after]: [Option<serde_json::Value>; 2]) -> Option<FieldChange> {
    if before == after {
        return None;
    }
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let (old, new) = (field.show_entries(&before), field.show_entries(&after));
    let without = |list: &[String], other: &[String]| {
        let other: BTreeSet<&String> = other.iter().collect();
        list.iter().filter(|entry| !other.contains(entry)).cloned().collect()
    };
    Some(FieldChange {
        field,
        came: without(&new, &old),
        gone: without(&old, &new),
        before: field.show_json(&before),
        after: field.show_json(&after),
    })
}

/// Differences outside the fields of tasks and the named fields of the plan.
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
