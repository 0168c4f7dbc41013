//! A redundant `after` entry.

use super::{Context, Definition, Finding, Findings, Fix, Place, Rule, Severity};
use crate::analysis::Wait;
use crate::plan::{Edit, TaskId};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP301",
    name: "redundant-wait",
    title: "A dependency is implied by another",
    severity: Severity::Hint,
    help: "\
Another task in the `after` list already waits for this one, directly or through others. The entry changes nothing as long
as that one stays.

Remove the entry, so the list says only what matters. Keep it if the task needs the result itself.",
    example: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**) @after(T1)
- T3 Cart page @owns(src/ui/cart/**) @after(T1, T2)
",
    repaired: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**) @after(T1)
- T3 Cart page @owns(src/ui/cart/**) @after(T2)
",
    },
    check,
};

/// The number of tasks from which one sentence describes all of them.
const MANY: usize = 4;

fn check(context: &Context<'_>, findings: &mut Findings) {
    // An edge through a dropped task has no entry to remove.
    let is_written = |wait: &&Wait| context.task(wait.waiting).after.contains(context.id(wait.awaited));
    let written: Vec<Wait> = context.order.redundant.iter().filter(is_written).copied().collect();
    let by_task: Vec<&[Wait]> = written.chunk_by(|a, b| a.waiting == b.waiting).collect();
    if by_task.len() >= MANY {
        findings.add(|| describe_all(context, &by_task));
    } else {
        for waits in by_task {
            findings.add(|| describe(context, waits));
        }
    }
}

fn describe(context: &Context<'_>, waits: &[Wait]) -> Finding {
    let awaited: Vec<usize> = waits.iter().map(|wait| wait.awaited).collect();
    let list = context.list(&awaited);
    Finding {
        title: format!("{} waits for {list} anyway", context.id(waits[0].waiting)),
        detail: format!(
            "{}{}",
            reason(context, waits[0]),
            if waits.len() > 1 { " The others are implied in the same way." } else { "" }
        ),
        places: places(context, waits).collect(),
        fixes: vec![Fix {
            title: format!("Remove {list} from the list"),
            edits: vec![without(context, waits)].into(),
        }],
    }
}

fn describe_all(context: &Context<'_>, by_task: &[&[Wait]]) -> Finding {
    let tasks: Vec<usize> = by_task.iter().map(|waits| waits[0].waiting).collect();
    let entries: usize = by_task.iter().map(|waits| waits.len()).sum();
    Finding {
        title: format!("{} list dependencies that are implied anyway", context.list(&tasks)),
        detail: format!("{} So do {} more entries.", reason(context, by_task[0][0]), entries - 1),
        places: by_task.iter().flat_map(|waits| places(context, waits)).collect(),
        fixes: vec![Fix {
            title: format!("Remove all {entries}"),
            edits: by_task.iter().map(|waits| without(context, waits)).collect(),
        }],
    }
}

/// The task through which the entry follows.
fn reason(context: &Context<'_>, wait: Wait) -> String {
    let (waiting, awaited) = (context.id(wait.waiting), context.id(wait.awaited));
    let through = context.order.through(wait).map_or("another", |task| context.id(task).as_str());
    format!("{waiting} waits for {through}, and {through} for {awaited}.")
}

fn places(context: &Context<'_>, waits: &[Wait]) -> impl Iterator<Item = Place> {
    waits.iter().map(|wait| context.place(wait.waiting, "after", context.id(wait.awaited).as_str()))
}

fn without(context: &Context<'_>, waits: &[Wait]) -> Edit {
    let entries: Vec<TaskId> = waits.iter().map(|wait| context.id(wait.awaited).clone()).collect();
    context.without_waiting_for(waits[0].waiting, &entries)
}
