//! A task that is running or done although a predecessor is not done.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Status};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP204",
    name: "started-too-early",
    title: "A task started before one it waits for was done",
    severity: Severity::Warning,
    help: "\
The task is running or done, and one it waits for is not. Either a status is out of date, or the task worked without what
it needs.

Set the right status; if the task really ran too early, set it back and run it again.",
    example: "\
- T1 Cart schema @owns(db/**)
- [x] T2 Cart service @owns(src/cart/**) @after(T1)
",
    repaired: "\
- [x] T1 Cart schema @owns(db/**)
- [x] T2 Cart service @owns(src/cart/**) @after(T1)
",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (at, task) in context.tasks() {
        if !matches!(task.status, Status::Running | Status::Done) {
            continue;
        }
        // The order no longer has these edges, since what has started waits for nothing.
        let mut unfinished = context.awaited(at);
        unfinished.retain(|&awaited| context.is_open(awaited));
        if !unfinished.is_empty() {
            findings.add(|| describe(context, at, &unfinished));
        }
    }
}

fn describe(context: &Context<'_>, at: usize, unfinished: &[usize]) -> Finding {
    let task = context.task(at);
    let status = task.status.name();
    let is_not = if unfinished.len() == 1 { "is not" } else { "are not" };
    let awaited = context.list(unfinished);
    let has_failed = |task: &usize| context.task(*task).status == Status::Failed;
    let failed: Vec<usize> = unfinished.iter().copied().filter(has_failed).collect();
    Finding {
        title: format!("{} is {status}, but {awaited} {is_not} done", task.id),
        detail: match context.list(&failed) {
            failed if failed.is_empty() => {
                format!("{} waits for {awaited}: a status is out of date, or it worked too early.", task.id)
            }
            failed => format!("{failed} failed, so {} works without what it waits for.", task.id),
        },
        places: std::iter::once(context.place(at, "status", status))
            .chain(unfinished.iter().map(|&task| context.place(task, "status", "")))
            .collect(),
        fixes: fixes(context, at, unfinished),
    }
}

/// A failed task was tried and is not done, so its status is not what is out of date.
fn fixes(context: &Context<'_>, at: usize, unfinished: &[usize]) -> Vec<Fix> {
    let set = |task: usize, status: Status| -> Edit { context.change(task, TaskChange::Status(status)) };
    let done = Fix {
        title: format!("Mark {} as done", context.list(unfinished)),
        edits: unfinished.iter().map(|&task| set(task, Status::Done)).collect(),
    };
    let again = Fix {
        title: format!("Set {} back to todo", context.id(at)),
        edits: vec![set(at, Status::Todo)].into(),
    };
    match unfinished.iter().any(|&task| context.task(task).status == Status::Failed) {
        true => vec![again],
        false => vec![done, again],
    }
}
