//! A secret in the text of a plan.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Task};
use crate::prose::secrets::{Secret, secrets};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP340",
    name: "secret",
    title: "The plan holds a secret",
    severity: Severity::Warning,
    help: "\
A text of the plan holds what looks like a key, a token or a password. Whoever gets the plan, a link to it or one of its
exports can read it, and so can every agent whose prompt has it. The message never repeats the secret itself.

Name a variable such as `$PASSWORD` or the entry of a vault in its place. If the plan was shared or committed, the secret is
known: replace it where it is used. Variables, templates and words such as `changeme` are not taken for secrets.",
    example: "\
- T1 Load the archive @owns(archive/**)
  Log in with password=hunter2 and copy all of it.
",
    repaired: "\
- T1 Load the archive @owns(archive/**)
  Log in with password=$ARCHIVE_PASSWORD and copy all of it.
",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let of_plan = [("title", &plan.title), ("goal", &plan.goal)];
    for (field, text) in of_plan {
        if let Some(secret) = secrets(text).first() {
            findings.add(|| describe_plan(field, text, secret));
        }
    }
    for (at, task) in context.tasks() {
        let found = texts(task).find_map(|(field, text)| Some((field, secrets(text).into_iter().next()?)));
        if let Some((field, secret)) = found {
            findings.add(|| describe(context, at, field, &secret));
        }
    }
}

/// The texts of a task in which a secret may stand, with their fields.
fn texts(task: &Task) -> impl Iterator<Item = (&'static str, &str)> {
    let words = [("title", task.title.as_str()), ("instructions", task.instructions.as_str())];
    let checks = task.checks.iter().map(|check| ("checks", check.as_str()));
    let reasons = task.accepts.iter().map(|accepted| ("accepts", accepted.reason.as_str()));
    words.into_iter().chain(checks).chain(reasons)
}

/// What follows from it, whoever holds it.
const DANGER: &str = "Whoever gets the plan, its link or an export can read it. Name a variable or an entry of a vault \
    in its place; if the plan was shared, the secret is known and has to be replaced.";

fn describe(context: &Context<'_>, at: usize, field: &'static str, secret: &Secret) -> Finding {
    let id = context.id(at);
    let part = match field {
        "title" => "title",
        "checks" => "check",
        "accepts" => "reason",
        _ => "text",
    };
    Finding {
        title: format!("{id} holds what looks like {}", secret.what),
        detail: format!("It stands in the {part} of {id}. {DANGER}"),
        places: vec![context.place(at, field, "")],
        fixes: vec![Fix {
            title: "Put variables in the place of secrets".to_owned(),
            edits: without_secrets(context, at).into(),
        }],
    }
}

fn describe_plan(field: &str, text: &str, secret: &Secret) -> Finding {
    let edit = if field == "title" { Edit::SetTitle } else { Edit::SetGoal };
    Finding {
        title: format!("The {field} of the plan holds what looks like {}", secret.what),
        detail: DANGER.to_owned(),
        fixes: vec![Fix {
            title: "Put variables in the place of secrets".to_owned(),
            edits: vec![edit(replaced(text))].into(),
        }],
        ..Finding::default()
    }
}

/// The edits that put a variable in the place of each secret of a task.
fn without_secrets(context: &Context<'_>, at: usize) -> Vec<Edit> {
    let task = context.task(at);
    let mut changes = Vec::new();
    if !secrets(&task.title).is_empty() {
        changes.push(TaskChange::Title(replaced(&task.title)));
    }
    if !secrets(&task.instructions).is_empty() {
        changes.push(TaskChange::Instructions(replaced(&task.instructions)));
    }
    if task.checks.iter().any(|check| !secrets(check).is_empty()) {
        changes.push(TaskChange::Checks(task.checks.iter().map(|check| replaced(check)).collect()));
    }
    if task.accepts.iter().any(|accepted| !secrets(&accepted.reason).is_empty()) {
        let mut accepts = task.accepts.clone();
        accepts.iter_mut().for_each(|accepted| accepted.reason = replaced(&accepted.reason));
        changes.push(TaskChange::Accepts(accepts));
    }
    changes.into_iter().map(|change| context.change(at, change)).collect()
}

fn replaced(text: &str) -> String {
    let mut text = text.to_owned();
    for secret in secrets(&text).into_iter().rev() {
        text.replace_range(secret.range, secret.variable);
    }
    text
}
