//! Owned files that a reader guessed from words, and nobody has confirmed.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::plan::Ownership;
use crate::plan::edit::TaskChange;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP107",
    name: "guessed-ownership",
    title: "Owned files are guessed",
    severity: Severity::Hint,
    help: "\
The list that the task comes from has no field for files, so they were guessed from its words. A file that the words don't
name is missing, and so is every conflict over it.

Look at the owned files, and confirm them.",
    example: "- T1 Cart schema @owns(db/**) @ownership(guessed)\n",
    repaired: "- T1 Cart schema @owns(db/**)\n",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let guessed: Vec<usize> = (0..context.plan.tasks.len())
        .filter(|&task| context.is_open(task) && context.task(task).is_guessed())
        .collect();
    let title = match &guessed[..] {
        [] => return,
        [only] => format!("The files of {} are guessed", context.id(*only)),
        many => format!("The files of {} tasks are guessed", many.len()),
    };
    let is_marked = |task: &usize| context.task(*task).ownership == Ownership::Guessed;
    let marked = (0..context.plan.tasks.len()).filter(is_marked);
    let confirm = |task: usize| context.change(task, TaskChange::Ownership(Ownership::Declared));
    findings.add(|| Finding {
        title,
        detail:
            "They come from words. A file that the words don't name is missing, and so are its conflicts."
                .to_owned(),
        places: guessed.iter().map(|&task| context.place(task, "owns", "")).collect(),
        fixes: vec![Fix {
            title: if guessed.len() == 1 { "Confirm them" } else { "Confirm all of them" }.to_owned(),
            // Finished tasks too, so that no mark is left behind.
            edits: marked.map(confirm).collect(),
        }],
    });
}
