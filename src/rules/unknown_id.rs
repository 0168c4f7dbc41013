//! An id in `after` that no task has.

use super::meant_ids::meant_ids;
use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::plan::TaskId;
use crate::plan::edit::TaskChange;
use crate::spelling::one_slip_apart;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
        code: "PP002",
        name: "unknown-id",
        title: "A task waits for a task that does not exist",
        severity: Severity::Error,
        help: "\
The `after` list names an id that no task of the plan has: a typo, or a task that was removed. The
dependency is ignored, so the task may start too early. Each entry is one id: a range such as `T1-T3` is spelled out.

Write the id that was meant, or remove the entry.",
        example: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**) @after(T11)
",
        repaired: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**) @after(T1)
",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (at, task) in context.tasks().filter(|&(at, _)| context.is_open(at)) {
        for (entry, id) in task.after.iter().enumerate() {
            let is_repeated = || task.after[..entry].contains(id);
            if !context.positions.contains_key(id) && !is_repeated() {
                findings.add(|| describe(context, at, id));
            }
        }
    }
}

fn describe(context: &Context<'_>, at: usize, id: &TaskId) -> Finding {
    let task = context.task(at);
    let mut meant = meant_ids(context, at, id);
    if meant.is_empty() {
        meant.extend(nearest(context, at, id).map(|meant| context.id(meant).clone()));
    }
    let instead = (!meant.is_empty()).then(|| Fix {
        title: format!("Wait for {} instead", listed(&meant)),
        edits: vec![context.change(at, TaskChange::After(replaced(&task.after, id, &meant)))].into(),
    });
    let taken_out = Fix {
        title: format!("Remove {id}"),
        edits: vec![context.without_waiting_for(at, std::slice::from_ref(id))].into(),
    };
    Finding {
        title: format!("{} waits for {id}, but there is no {id}", task.id),
        detail: "The dependency is ignored, so the task may start too early.".to_owned(),
        places: vec![context.place(at, "after", id.as_str())],
        fixes: instead.into_iter().chain([taken_out]).collect(),
    }
}

/// All ids, since the repair is about each of them: `T1, T2 and T3`.
fn listed(ids: &[TaskId]) -> String {
    let names: Vec<&str> = ids.iter().map(TaskId::as_str).collect();
    match &names[..] {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.concat(),
    }
}

/// The list with one id replaced by others, without duplicates.
fn replaced(after: &[TaskId], from: &TaskId, to: &[TaskId]) -> Vec<TaskId> {
    let mut list: Vec<TaskId> = Vec::new();
    for id in after {
        let ids = if id == from { to } else { std::slice::from_ref(id) };
        for id in ids {
            if !list.contains(id) {
                list.push(id.clone());
            }
        }
    }
    list
}

/// The task whose id differs by one letter (added, missing or changed) or only in case, if it is the only one
/// and waiting for it closes no cycle.
fn nearest(context: &Context<'_>, waiting: usize, id: &TaskId) -> Option<usize> {
    let is_likely = |&(at, task): &(usize, &crate::plan::Task)| {
        context.is_first_with_its_id(at) && one_slip_apart(task.id.as_str(), id.as_str())
    };
    let mut likely = context.tasks().filter(is_likely).map(|(at, _)| at);
    let only = likely.next().filter(|_| likely.next().is_none())?;
    (!context.order.would_close_cycle(waiting, only)).then_some(only)
}
