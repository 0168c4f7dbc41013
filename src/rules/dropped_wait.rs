//! A task that waits for a dropped one.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::plan::Status;
use crate::plan::TaskId;
use crate::plan::edit::TaskChange;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
        code: "PP214",
        name: "dropped-wait",
        title: "A task waits for a dropped one",
        severity: Severity::Warning,
        help: "\
The task waits for one that was dropped, so what it waits for will never come. It doesn't wait in vain: it starts when what
the dropped task waited for is done. But it may need a result that nobody provides.

Remove the entry if the task can do without, or take up the dropped task again.",
        example: "\
- [-] T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**) @after(T1)
",
        repaired: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**) @after(T1)
",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (at, _) in context.tasks().filter(|&(at, _)| context.is_open(at)) {
        let mut dropped = context.awaited(at);
        dropped.retain(|&awaited| context.task(awaited).status == Status::Dropped);
        if !dropped.is_empty() {
            findings.add(|| describe(context, at, &dropped));
        }
    }
}

fn describe(context: &Context<'_>, at: usize, dropped: &[usize]) -> Finding {
    let ids: Vec<TaskId> = dropped.iter().map(|&task| context.id(task).clone()).collect();
    let (names, was) = (context.list(dropped), if dropped.len() == 1 { "was" } else { "were" });
    Finding {
        title: format!("{} waits for {names}, which {was} dropped", context.id(at)),
        detail: format!("It no longer waits, and gets nothing from {names}."),
        places: std::iter::once(context.place(at, "after", ids[0].as_str()))
            .chain(dropped.iter().map(|&task| context.place(task, "status", "dropped")))
            .collect(),
        fixes: vec![
            Fix {
                title: format!("Don't wait for {names}"),
                edits: vec![context.without_waiting_for(at, &ids)].into(),
            },
            Fix {
                title: format!("Take up {names} again"),
                edits: dropped
                    .iter()
                    .map(|&task| context.change(task, TaskChange::Status(Status::Todo)))
                    .collect(),
            },
        ],
    }
}
