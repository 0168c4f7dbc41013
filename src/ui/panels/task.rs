//! The selected task: why it runs when it runs, what it is kept apart from, and every field of it.

use leptos::prelude::*;
use phaseplan::document::field::TaskField;
use phaseplan::plan::{Edit, Task};
use phaseplan::{Report, TaskId, explain};

use super::super::keys::test;
use super::super::task_field::task_field;
use super::super::widgets::{Shape, icon, sentence};
use super::super::workspace::{Side, Workspace};
use super::problems;

/// How many conflicts are listed.
const SHOWN_CONFLICTS: usize = 12;

/// The selected task.
#[component]
pub fn TaskPanel() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let chosen = Memo::new(move |_| {
        let id = workspace.selection.get()?;
        workspace.with_plan(|plan| plan.task(&id).map(|task| task.id.clone()))
    });
    view! {
        {move || match chosen.get() {
            Some(id) => task_view(workspace, id),
            None => view! { <div class="calm"><p>"Select a task to see why it runs when it runs, and to change it."</p></div> }.into_any(),
        }}
    }
    .into_any()
}

fn task_view(workspace: Workspace, id: TaskId) -> AnyView {
    let task = {
        let id = id.clone();
        Memo::new(move |_| workspace.with_plan(|plan| plan.task(&id).cloned()).unwrap_or_default())
    };
    let remove = {
        let id = id.clone();
        move |_| {
            workspace.edit(Edit::RemoveTask(id.clone()), format!("remove {id}"));
            workspace.select(None);
            workspace.side.set(Side::Problems);
        }
    };
    view! {
        <div class="task" data-test=test::TASK data-task=id.to_string()>
            <p class="task-head"><b>{id.to_string()}</b><span>{move || status_words(&task.get())}</span></p>
            {facts(workspace, id.clone())}
            <div class="form">{fields(workspace, &id, task)}</div>
            <button class="button danger" type="button" on:click=remove>{icon("trash")}"Remove the task"</button>
        </div>
    }
    .into_any()
}

fn status_words(task: &Task) -> &'static str {
    task.status.name()
}

/// Why it is here, what it is kept apart from, and its problems.
fn facts(workspace: Workspace, id: TaskId) -> AnyView {
    let position = {
        let id = id.clone();
        Memo::new(move |_| workspace.report.with(|report| report.plan.position(&id)))
    };
    let why = move || {
        let at = position.get()?;
        workspace.report.with(|report| Some(sentence(&explain::why_here(report, at))))
    };
    let conflicts = move || {
        let at = position.get()?;
        workspace.report.with(|report| Some(conflict_list(report, at)))
    };
    view! {
        <p class="why" data-test=test::WHY>{why}</p>
        {conflicts}
        {move || problem_links(workspace, &id)}
    }
    .into_any()
}

fn conflict_list(report: &Report, task: usize) -> AnyView {
    let conflicts =
        report.analysis.conflicts.iter().filter(|conflict| conflict.a == task || conflict.b == task);
    let items = conflicts.take(SHOWN_CONFLICTS).map(|conflict| {
        let class = if conflict.accepted.is_some() { "fact" } else { "fact is-conflict" };
        view! { <li class=class>{sentence(&explain::kept_apart(report, conflict, task))}</li> }
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| view! { <ul class="facts">{items}</ul> }).into_any()
}

fn problem_links(workspace: Workspace, id: &TaskId) -> AnyView {
    let numbered = workspace.report.with(|report| {
        let found = report.analysis.diagnostics.iter().enumerate();
        let concerning = found.filter(|(_, found)| found.places.iter().any(|place| place.id == *id));
        concerning
            .map(|(number, found)| (number, found.severity, found.title.clone()))
            .take(SHOWN_CONFLICTS)
            .collect::<Vec<_>>()
    });
    let links = numbered.into_iter().map(|(number, severity, title)| {
        let class = ["link is-", severity.name()].concat();
        let go = move |_| {
            workspace.side.set(Side::Problems);
            problems::show(workspace, number);
        };
        view! { <li><button class=class type="button" on:click=go>{problems::sign(severity)}" "{sentence(&title)}</button></li> }
    });
    let links: Vec<_> = links.collect();
    (!links.is_empty()).then(|| view! { <ul class="facts">{links}</ul> }).into_any()
}

/// Every field, those that decide the schedule first.
fn fields(workspace: Workspace, id: &TaskId, task: Memo<Task>) -> AnyView {
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
    rows.into_iter()
        .map(|(field, label, hint, shape)| {
            task_field(workspace, id, task, field, label, hint, shape).labelled()
        })
        .collect_view()
        .into_any()
}
