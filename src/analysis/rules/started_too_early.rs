//! A task that is done or running before one it waits for is done.

use super::{Context, Finding, Findings, Fix, Rule, Severity};
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Status};

pub(super) static RULE: Rule = Rule {
    code: "PP204",
    name: "started-too-early",
    title: "A task started before one it waits for was done",
    severity: Severity::Warning,
    help: "\
The task is running or done, and one it waits for is not. Either a status is out of date, or the task worked without what
it needs.

Set the right status; if the task really ran too early, set it back and let it run again.",
    example: "\
- T1 Cart schema @owns(db/**)
- [x] T2 Cart service @owns(src/cart/**) @after(T1)
",
    mended: "\
- [x] T1 Cart schema @owns(db/**)
- [x] T2 Cart service @owns(src/cart/**) @after(T1)
",
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (at, task) in context.tasks() {
        if !matches!(task.status, Status::Running | Status::Done) {
            continue;
        }
        let is_unfinished = |&&awaited: &&usize| context.task(awaited).status != Status::Done;
        let unfinished: Vec<usize> =
            context.order.predecessors[at].iter().filter(is_unfinished).copied().collect();
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
    let set = |task: usize, status: Status| -> Edit { context.change(task, TaskChange::Status(status)) };
    Finding {
        title: format!("{} is {status}, but {awaited} {is_not} done", task.id),
        detail: format!("{} waits for {awaited}: a status is out of date, or it worked too early.", task.id),
        places: std::iter::once(context.place(at, "status", status))
            .chain(unfinished.iter().map(|&task| context.place(task, "status", "")))
            .collect(),
        fixes: vec![
            Fix {
                title: format!("Mark {awaited} as done"),
                edits: unfinished.iter().map(|&task| set(task, Status::Done)).collect(),
            },
            Fix { title: format!("Set {} back to todo", task.id), edits: vec![set(at, Status::Todo)] },
        ],
    }
}
