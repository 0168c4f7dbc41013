//! The selected task: why it runs when it runs, what it is kept apart from, and every field of it.

use leptos::prelude::*;
use phaseplan::document::field::TaskField;
use phaseplan::plan::{Edit, Task};
use phaseplan::{Report, TaskId, explain};

use super::super::element::{El, button, el};
use super::super::keys::test;
use super::super::task_field::task_field;
use super::super::tasks;
use super::super::widgets::{Shape, icon};
use super::super::workspace::{Side, Workspace};
use super::problems;

/// How many conflicts and how many problems are listed.
const SHOWN: usize = 12;

/// The selected task.
pub fn task_panel(workspace: Workspace) -> El {
    let chosen = Memo::new(move |_| {
        let id = workspace.selection.get()?;
        workspace.with_plan(|plan| plan.task(&id).map(|task| task.id.clone()))
    });
    el("div").live(move || {
        vec![match chosen.get() {
            Some(id) => task_view(workspace, id),
            None => el("div")
                .class("calm")
                .child(el("p").text("Select a task to see why it runs when it runs, and to change it.")),
        }]
    })
}

fn task_view(workspace: Workspace, id: TaskId) -> El {
    let task = tasks::follow(workspace, &id);
    let head = el("p")
        .class("task-head")
        .child(el("b").text(id.as_str()))
        .child(el("span").live_text(move || task.with(|task| task.status.name().to_owned())));
    let facts = {
        let id = id.clone();
        el("div").live(move || workspace.report.with(|report| facts(workspace, report, &id)))
    };
    let form = el("div").class("form").children(fields(workspace, &id, task));
    let view = el("div").class("task").test(test::TASK).attr("data-task", id.as_str());
    let remove = button("button danger", move || {
        workspace.edit(Edit::RemoveTask(id.clone()), ["remove ", id.as_str()].concat());
        workspace.select(None);
        workspace.side.set(Side::Problems);
    });
    view.child(head).child(facts).child(form).child(remove.child(icon("trash")).text("Remove the task"))
}

/// Why the task is here, what it is kept apart from, and its problems.
fn facts(workspace: Workspace, report: &Report, id: &TaskId) -> Vec<El> {
    let Some(task) = report.plan.position(id) else { return Vec::new() };
    let why = el("p").class("why").test(test::WHY).sentence(&explain::why_here(report, task));
    let concerning = report.analysis.conflicts.iter();
    let concerning = concerning.filter(|conflict| conflict.a == task || conflict.b == task);
    let conflicts = concerning.take(SHOWN).map(|conflict| {
        let class = if conflict.accepted.is_some() { "fact" } else { "fact is-conflict" };
        el("li").class(class).sentence(&explain::kept_apart(report, conflict, task))
    });
    let found = report.analysis.diagnostics.iter().enumerate();
    let found = found.filter(|(_, found)| found.places.iter().any(|place| place.id == *id));
    let links = found.take(SHOWN).map(|(number, found)| {
        let go = move || {
            workspace.side.set(Side::Problems);
            problems::show(workspace, number);
        };
        let link = button(&["link is-", found.severity.name()].concat(), go);
        el("li").child(link.text(problems::sign(found.severity)).text(" ").sentence(&found.title))
    });
    vec![why, el("ul").class("facts").children(conflicts), el("ul").class("facts").children(links)]
}

/// Every field, those that decide the schedule first.
fn fields(workspace: Workspace, id: &TaskId, task: Memo<Task>) -> [El; 14] {
    const KINDS: &[&str] = &["change", "research", "test", "docs", "config", "integrate", "verify", "gate"];
    const STATES: &[&str] = &["todo", "running", "done", "failed", "dropped"];
    let rows: [(TaskField, &str, &str, Shape); 14] = [
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
    rows.map(|(field, label, hint, shape)| {
        task_field(workspace, id, task, field, label, hint, shape).labelled()
    })
}
