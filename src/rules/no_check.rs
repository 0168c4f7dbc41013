//! A change that names no check in a plan whose author names them.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Kind, Task};
use crate::prose::commands::as_command;
use crate::prose::paragraphs::{Part, parts};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP316",
    name: "no-check",
    title: "A change names no check",
    severity: Severity::Hint,
    help: "\
Other tasks of the plan say how to tell that they are done, this one does not: its agent decides that itself, and a mistake shows
only when everything is tested together, where nobody knows whose it is. Tests, documents and tasks whose text names a command need none.

Name the narrowest command that fails if the change is wrong, or a sentence that somebody can check. The repair is offered if
several tasks have the same check, and stands for all of them.",
    example: "\
- T1 Round prices @owns(src/prices/**) @check(cargo test prices)
- T2 Show the old price @owns(src/labels/**)
",
    repaired: "\
- T1 Round prices @owns(src/prices/**) @check(cargo test prices)
- T2 Show the old price @owns(src/labels/**) @check(cargo test labels)
",
    },
    check,
};

/// How many tasks without a check there may be for one that has one; beyond, naming checks is no habit of the author.
const MOST_FOR_ONE: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings) {
    let changing: Vec<usize> =
        context.tasks().filter(|(_, task)| needs_check(task)).map(|(at, _)| at).collect();
    let (checked, others): (Vec<usize>, Vec<usize>) =
        changing.into_iter().partition(|&task| !context.task(task).checks.is_empty());
    let missing: Vec<usize> = others
        .into_iter()
        .filter(|&task| context.is_open(task) && !names_command(context.task(task)))
        .collect();
    if !missing.is_empty() && missing.len() <= checked.len() * MOST_FOR_ONE {
        findings.add(|| describe(context, &checked, &missing));
    }
}

/// Whether what the task changes can be wrong without anybody seeing it.
fn needs_check(task: &Task) -> bool {
    matches!(task.kind, Kind::Change | Kind::Config | Kind::Integrate)
}

/// Whether the text of a task names a command, which most often is how to check it.
fn names_command(task: &Task) -> bool {
    parts(&task.instructions).into_iter().any(|part| match part {
        Part::CodeLine(line) => as_command(line).is_some(),
        Part::Prose(prose) => prose.split('`').skip(1).step_by(2).any(|code| as_command(code).is_some()),
    })
}

fn describe(context: &Context<'_>, checked: &[usize], missing: &[usize]) -> Finding {
    let list = context.list(missing);
    let (change, they) = match missing.len() {
        1 => ("changes files and names no check", "its agent decides"),
        _ => ("change files and name no check", "their agents decide"),
    };
    Finding {
        title: format!("{list} {change}"),
        detail: format!(
            "Others of this plan say how to tell that their work is done; here {they}. Name a command that fails if \
             the change is wrong."
        ),
        places: missing.iter().map(|&task| context.place(task, "checks", "")).collect(),
        fixes: usual(context, checked).map(|check| add(context, missing, check)).into_iter().collect(),
    }
}

/// The one check that several tasks have, if all that have one have the same.
fn usual<'a>(context: &Context<'a>, checked: &[usize]) -> Option<&'a [String]> {
    let checks = |task: usize| context.task(task).checks.as_slice();
    let first = checks(*checked.first()?);
    (checked.len() > 1 && checked.iter().all(|&task| checks(task) == first)).then_some(first)
}

fn add(context: &Context<'_>, missing: &[usize], check: &[String]) -> Fix {
    let edits: Vec<Edit> =
        missing.iter().map(|&task| context.change(task, TaskChange::Checks(check.to_vec()))).collect();
    Fix { title: format!("Check {} like the others", context.list(missing)), edits: edits.into() }
}
