//! An accepted conflict that does not exist, or no longer exists.

use rustc_hash::FxHashSet;

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::plan::edit::TaskChange;
use crate::plan::{Acceptance, TaskId};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP302",
    name: "stale-acceptance",
    title: "An allowed conflict does not exist",
    severity: Severity::Hint,
    help: "\
A task says that it may run beside another in spite of a conflict, but there is none: their files no longer overlap, an
order has been set, or the other task is gone. The entry has no effect today, and would hide a conflict that arises later.

Take it out.",
    example: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**) @accept(T1: only adds a column)
",
    repaired: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**)
",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    // An incomplete list of conflicts does not show whether one exists.
    if context.analysis.conflict_count > context.analysis.conflicts.len() {
        return;
    }
    let in_conflict: FxHashSet<(usize, usize)> =
        context.analysis.conflicts.iter().map(|conflict| (conflict.a, conflict.b)).collect();
    for (at, task) in context.tasks().filter(|&(at, _)| context.is_open(at)) {
        for accepted in &task.accepts {
            let other = context.positions.get(&accepted.task).copied();
            // A finished task has no conflicts; the entry is part of the record.
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
        title: format!("{} allows a conflict with {allowed} that does not exist", task.id),
        detail: format!("{reason} The entry would hide a conflict that arises later."),
        places: vec![context.place(at, "accepts", allowed.as_str())],
        fixes: vec![Fix {
            title: "Remove the entry".to_owned(),
            edits: vec![context.change(at, TaskChange::Accepts(accepts))].into(),
        }],
    }
}
