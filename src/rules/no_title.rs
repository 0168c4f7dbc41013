//! A task without a title.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::plan::edit::TaskChange;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
        code: "PP306",
        name: "no-title",
        title: "A task has no title",
        severity: Severity::Hint,
        help: "\
Graphs, lists and prompts name a task by its title; without one, people and agents see only its id.

Write in a few words what is to be done.",
        example: "- T1 @owns(db/**)\n",
        repaired: "- T1 Cart schema @owns(db/**)\n",
    },
    check,
};

/// The longest line of instructions that can become a title, in characters.
const LONGEST: usize = 80;

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (at, task) in context.tasks().filter(|(_, task)| task.title.trim().is_empty()) {
        findings.add(|| Finding {
            title: format!("{} has no title", task.id),
            detail: "Say in a few words what is to be done.".to_owned(),
            places: vec![context.place(at, "title", "")],
            fixes: from_instructions(context, at).into_iter().collect(),
        });
    }
}

/// Makes the first line of the instructions the title, if it is short.
fn from_instructions(context: &Context<'_>, at: usize) -> Option<Fix> {
    let first = context.task(at).instructions.lines().next()?.trim();
    (!first.is_empty() && first.chars().count() <= LONGEST).then(|| Fix {
        title: format!("Call it “{first}”"),
        edits: vec![context.change(at, TaskChange::Title(first.to_owned()))].into(),
    })
}
