//! An `after` entry that says nothing new.

use super::{Context, Finding, Findings, Fix, Rule, Severity};
use crate::analysis::Wait;
use crate::plan::TaskId;

pub(super) static RULE: Rule = Rule {
    code: "PP301",
    name: "redundant-wait",
    title: "A task would wait for another anyway",
    severity: Severity::Hint,
    help: "\
One of the tasks in the `after` list is already waited for by another in it, directly or through others. The entry changes
nothing as long as that one stays.

Take the entry out, so that the list says only what matters. Keep it if the task needs the result itself.",
    example: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**) @after(T1)
- T3 Cart page @owns(src/ui/cart/**) @after(T1, T2)
",
    mended: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**) @after(T1)
- T3 Cart page @owns(src/ui/cart/**) @after(T2)
",
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for waits in context.order.redundant.chunk_by(|a, b| a.waiting == b.waiting) {
        // An edge that passes through a dropped task has no entry of its own to take out.
        let is_written = |wait: &&Wait| context.task(wait.waiting).after.contains(context.id(wait.awaited));
        let written: Vec<Wait> = waits.iter().filter(is_written).copied().collect();
        if !written.is_empty() {
            findings.add(|| describe(context, &written));
        }
    }
}

fn describe(context: &Context<'_>, waits: &[Wait]) -> Finding {
    let waiting = waits[0].waiting;
    let awaited: Vec<usize> = waits.iter().map(|wait| wait.awaited).collect();
    let entries: Vec<TaskId> = awaited.iter().map(|&task| context.id(task).clone()).collect();
    let through = context.order.through(waits[0]).map_or("another", |task| context.id(task).as_str());
    let list = context.list(&awaited);
    Finding {
        title: format!("{} waits for {list} anyway", context.id(waiting)),
        detail: format!(
            "It waits for {through}, which comes after {}{}",
            context.id(awaited[0]),
            if awaited.len() > 1 { "; the others follow in the same way." } else { "." }
        ),
        places: awaited
            .iter()
            .map(|&task| context.place(waiting, "after", context.id(task).as_str()))
            .collect(),
        fixes: vec![Fix {
            title: format!("Take {list} out of the list"),
            edits: vec![context.without_waiting_for(waiting, &entries)],
        }],
    }
}
