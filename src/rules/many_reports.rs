//! A task that receives more reports than leave it room to work.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::analysis::handover::hands_on;
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Kind, Task, TaskId};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP350",
    name: "many-reports",
    title: "A task receives many reports",
    severity: Severity::Hint,
    help: "\
The reports of research, checks and decisions stand in the prompt of the task that waits for them. Each has up to 400 words,
about 550 tokens. From fifteen on they come to more than 8,000 tokens: whoever hands them on writes all of them again, and
the agent begins its work with a full head.

Let tasks in between sum up a share of the reports each. A summary says what matters for the task behind it, so it replaces
the reports.",
    example: "\
- T1 Read module 1 @kind(research)
- T2 Read module 2 @kind(research)
- T3 Read module 3 @kind(research)
- T4 Read module 4 @kind(research)
- T5 Read module 5 @kind(research)
- T6 Read module 6 @kind(research)
- T7 Read module 7 @kind(research)
- T8 Read module 8 @kind(research)
- T9 Read module 9 @kind(research)
- T10 Read module 10 @kind(research)
- T11 Read module 11 @kind(research)
- T12 Read module 12 @kind(research)
- T13 Read module 13 @kind(research)
- T14 Read module 14 @kind(research)
- T15 Read module 15 @kind(research)
- T16 Choose what to change @owns(docs/choice.md) @after(T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15)
",
    repaired: "\
- T1 Read module 1 @kind(research)
- T2 Read module 2 @kind(research)
- T3 Read module 3 @kind(research)
- T4 Read module 4 @kind(research)
- T5 Read module 5 @kind(research)
- T6 Read module 6 @kind(research)
- T7 Read module 7 @kind(research)
- T8 Read module 8 @kind(research)
- T9 Read module 9 @kind(research)
- T10 Read module 10 @kind(research)
- T11 Read module 11 @kind(research)
- T12 Read module 12 @kind(research)
- T13 Read module 13 @kind(research)
- T14 Read module 14 @kind(research)
- T15 Read module 15 @kind(research)
- T17 Sum up the first eight @kind(research) @after(T1, T2, T3, T4, T5, T6, T7, T8)
- T18 Sum up the others @kind(research) @after(T9, T10, T11, T12, T13, T14, T15)
- T16 Choose what to change @owns(docs/choice.md) @after(T17, T18)
",
    },
    check,
};

/// The most reports that a task can be given.
const COMFORTABLE: usize = 14;
/// Tokens of a report of 400 words.
const TOKENS_OF_A_REPORT: usize = 550;

fn check(context: &Context<'_>, findings: &mut Findings) {
    let is_launched = |task: &Task| task.status.is_open() && !matches!(task.kind, Kind::Gate | Kind::Call);
    for (at, _) in context.tasks().filter(|(_, task)| is_launched(task)) {
        let count = context.analysis.received.get(at).map_or(0, Vec::len);
        if count > COMFORTABLE {
            findings.add(|| describe(context, at, count));
        }
    }
}

fn describe(context: &Context<'_>, at: usize, count: usize) -> Finding {
    let id = context.id(at);
    let tokens = (count * TOKENS_OF_A_REPORT).div_ceil(1_000);
    Finding {
        title: format!("{id} receives {count} reports"),
        detail: format!(
            "They come to about {tokens},000 tokens, which somebody writes again and {id} reads before it begins."
        ),
        places: vec![context.place(at, "after", "")],
        fixes: sum_up(context, at).into_iter().collect(),
    }
}

/// Inserts tasks before this one that sum up a share of its reports each. `None` unless they are the reports of tasks that it
/// names itself.
fn sum_up(context: &Context<'_>, at: usize) -> Option<Fix> {
    let task = context.task(at);
    let (reporting, others): (Vec<TaskId>, Vec<TaskId>) = task.after.iter().cloned().partition(|id| {
        let sender = context.positions.get(id).filter(|sender| **sender != at);
        sender.is_some_and(|&sender| context.is_open(sender) && hands_on(context.task(sender)))
    });
    let groups = reporting.len().div_ceil(COMFORTABLE).max(2);
    // More summaries than a task can be given would only move the problem.
    if reporting.len() <= COMFORTABLE || groups + others.len() > COMFORTABLE {
        return None;
    }
    let ids: Vec<TaskId> = context.fresh_ids(&task.id).take(groups).collect();
    let mut edits: Vec<Edit> = Vec::new();
    for (place, (id, share)) in ids.iter().zip(reporting.chunks(reporting.len().div_ceil(groups))).enumerate()
    {
        let summary = Task {
            id: id.clone(),
            title: format!("Sum up {} reports for {}", share.len(), task.id),
            instructions: format!(
                "Hand on what {} needs, with the places it is about: {}",
                task.id, task.title
            ),
            kind: Kind::Research,
            group: task.group.clone(),
            after: share.to_vec(),
            ..Task::default()
        };
        edits.push(Edit::InsertTask { at: at + place, task: Box::new(summary) });
    }
    let title = format!("Let {} tasks sum up a share each", edits.len());
    let after = [ids[..edits.len()].to_vec(), others].concat();
    edits.push(context.change(at, TaskChange::After(after)));
    Some(Fix { title, edits: edits.into() })
}
