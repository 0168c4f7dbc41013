//! An accepted conflict that is not there, or not there any more.

use rustc_hash::FxHashSet;

use super::{Context, Finding, Findings, Fix, Rule, Severity};
use crate::plan::edit::TaskChange;
use crate::plan::{Acceptance, TaskId};

pub(super) static RULE: Rule = Rule {
    code: "PP302",
    name: "stale-acceptance",
    title: "An allowed conflict is not there",
    severity: Severity::Hint,
    help: "\
A task says that it may run beside another in spite of a conflict, but the two have none: their files no longer overlap, an
order has been set, or the other task is gone. The entry has no effect today, and would hide a conflict that comes later.

Take it out.",
    example: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**) @accept(T1: only adds a column)
",
    mended: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**)
",
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    // Of a list that was cut short, nothing can be said.
    if context.conflicts.count > context.conflicts.listed.len() {
        return;
    }
    let in_conflict: FxHashSet<(usize, usize)> =
        context.conflicts.listed.iter().map(|conflict| (conflict.a, conflict.b)).collect();
    for (at, task) in context.tasks().filter(|&(at, _)| context.is_open(at)) {
        for accepted in &task.accepts {
            let other = context.positions.get(&accepted.task).copied();
            // With a task that is finished there can be no conflict; the entry is part of the record.
            let is_finished = other.is_some_and(|other| !context.is_open(other));
            let is_used = other.is_some_and(|other| in_conflict.contains(&(at.min(other), at.max(other))));
            if !is_finished && !is_used {
                findings.add(|| describe(context, at, &accepted.task, other));
            }
        }
    }
}

fn describe(context: &Context<'_>, at: usize, allowed: &TaskId, other: Option<usize>) -> Finding {
    let task = context.task(at);
    let reason = match other {
        None => format!("There is no task {allowed}."),
        Some(other) if context.order.are_ordered(at, other) => {
            format!("One of them waits for the other, so {} and {allowed} can't collide.", task.id)
        }
        Some(_) => "Their files and resources do not overlap.".to_owned(),
    };
    let accepts: Vec<Acceptance> =
        task.accepts.iter().filter(|kept| kept.task != *allowed).cloned().collect();
    Finding {
        title: format!("{} allows a conflict with {allowed} that is not there", task.id),
        detail: format!("{reason} The entry would hide a conflict that comes later."),
        places: vec![context.place(at, "accepts", allowed.as_str())],
        fixes: vec![Fix {
            title: "Take the entry out".to_owned(),
            edits: vec![context.change(at, TaskChange::Accepts(accepts))],
        }],
    }
}
