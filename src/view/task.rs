//! The selected task: why it runs when it runs, what it is kept apart from, and every field of it.

use super::field::{Field, Shape};
use super::markup::{Markup, button, icon, markup};
use super::problems::sign;
use super::review::{Talk, of_field, of_task};
use super::test_name as test;
use crate::document::field::TaskField;
use crate::plan::Task;
use crate::{Report, TaskId, explain};

/// How many conflicts and how many problems are listed.
const SHOWN: usize = 12;

const KINDS: &[&str] = &["change", "research", "test", "docs", "config", "integrate", "verify", "gate"];
const STATES: &[&str] = &["todo", "running", "done", "failed", "dropped"];

/// Every field, those that decide the schedule first.
const FIELDS: [(TaskField, &str, &str, Shape); 14] = [
    (TaskField::Title, "Title", "What is to be done", Shape::Line),
    (TaskField::Owns, "Owned files", "src/api/**\n!src/api/generated/**", Shape::CodeLines),
    (TaskField::Reads, "Reads", "db/schema.sql", Shape::CodeLines),
    (TaskField::After, "After", "T1, T2", Shape::Code),
    (TaskField::Minutes, "Minutes", "20, 1h30m or 10/20/45", Shape::Code),
    (TaskField::Uses, "Uses", "db, api-quota 2", Shape::Code),
    (TaskField::Agent, "Agent", "Anyone", Shape::Line),
    (TaskField::Model, "Model", "The agent's own", Shape::Line),
    (TaskField::Kind, "Kind", "", Shape::Choice(KINDS)),
    (TaskField::Status, "Status", "", Shape::Choice(STATES)),
    (TaskField::Group, "Group", "Heading it stands under", Shape::Line),
    (TaskField::Instructions, "Instructions", "What the agent is told", Shape::Prose),
    (TaskField::Checks, "Done when", "One statement or command per line", Shape::Prose),
    (TaskField::Accepts, "Accepted conflicts", "T4: only adds a file", Shape::Prose),
];

/// What is wrong with what was written into a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The task.
    pub task: TaskId,
    /// Name of the field.
    pub field: String,
    /// A sentence.
    pub sentence: String,
}

/// The label of the field with this name in JSON.
pub fn label_of(name: &str) -> &str {
    let field = FIELDS.iter().find(|(field, ..)| field.name() == name);
    match (field, name) {
        (Some((_, label, ..)), _) => label,
        (None, "goal") => "Goal",
        (None, "settings") => "Settings",
        (None, "resources") => "Resources",
        (None, other) => other,
    }
}

/// The task with this id, with what the report says of it and what people say about it; a hint if there is no such task.
pub fn task(
    talk: &Talk<'_>,
    report: &Report,
    id: Option<&TaskId>,
    problem: Option<&FieldProblem>,
) -> Vec<Markup> {
    let Some(task) = id.and_then(|id| talk.plan.task(id)) else {
        let hint = "Select a task to see why it runs when it runs, and to change it.";
        return vec![markup("div", "calm").child(markup("p", "").text(hint))];
    };
    let id = task.id.as_str();
    let head = markup("p", "task-head")
        .child(markup("b", "").text(id))
        .child(markup("span", "").text(task.status.name()));
    let remove = button("button danger").set("data-act", "remove").set("data-task", id);
    let view = markup("div", "task").key(id).set("data-test", test::TASK).set("data-task", id).child(head);
    let view = view.child(markup("div", "").children(facts(report, &task.id)));
    let view = view.child(of_task(talk, &task.id));
    let view = view.child(markup("div", "form").children(fields(talk, task, problem)));
    let removal = talk.is_own.then(|| remove.child(icon("trash")).text("Remove the task"));
    vec![view.children(removal.into_iter().collect())]
}

/// Why the task is here, what it is kept apart from, and its problems.
fn facts(report: &Report, id: &TaskId) -> Vec<Markup> {
    let Some(task) = report.plan.position(id) else { return Vec::new() };
    let why = markup("p", "why").set("data-test", test::WHY).sentence(&explain::why_here(report, task));
    let then = explain::why_then(report, task);
    let then = markup("p", "why").set("data-test", test::WHY_THEN).sentence(&then);
    let concerning = report.analysis.conflicts.iter();
    let concerning = concerning.filter(|conflict| conflict.a == task || conflict.b == task);
    let conflicts = concerning.take(SHOWN).map(|conflict| {
        let class = if conflict.accepted.is_some() { "fact" } else { "fact is-conflict" };
        markup("li", class).sentence(&explain::kept_apart(report, conflict, task))
    });
    let found = report.analysis.diagnostics.iter().enumerate();
    let found = found.filter(|(_, found)| found.places.iter().any(|place| place.id == *id));
    let links = found.take(SHOWN).map(|(number, found)| {
        let link = button(&["link is-", found.severity.name()].concat())
            .set("data-act", "show")
            .set("data-number", &number.to_string());
        markup("li", "").child(link.text(sign(found.severity)).text(" ").sentence(&found.title))
    });
    let list = |items: Vec<Markup>| markup("ul", "facts").children(items);
    vec![why, then, list(conflicts.collect()), list(links.collect())]
}

fn fields(talk: &Talk<'_>, task: &Task, problem: Option<&FieldProblem>) -> Vec<Markup> {
    let fields = FIELDS.iter().map(|&(field, label, hint, shape)| {
        let here = problem.filter(|problem| problem.task == task.id && problem.field == field.name());
        let problem = here.map(|problem| problem.sentence.as_str());
        let field = Field { field, label, hint, shape };
        field.labelled(task, problem, talk.is_own, of_field(talk, task, &field))
    });
    fields.collect()
}
