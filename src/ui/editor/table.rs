//! The plan as rows of fields.

use leptos::prelude::*;
use phaseplan::TaskId;
use phaseplan::document::field::TaskField;
use phaseplan::plan::{Edit, Task};

use super::super::element::{El, button, el};
use super::super::keys::test;
use super::super::task_field::task_field;
use super::super::tasks;
use super::super::widgets::{Shape, icon, icon_button};
use super::super::workspace::Workspace;

/// How many rows are drawn at first, and how many more each time more are asked for.
const ROWS: usize = 150;
const HEADS: [&str; 6] = ["Id", "Title", "Owned files", "After", "Minutes", "Agent"];

/// The plan as rows of fields.
pub fn table(workspace: Workspace) -> El {
    let shown = RwSignal::new(ROWS);
    let ids = Memo::new(move |_| {
        workspace.with_plan(|plan| {
            plan.tasks.iter().take(shown.get()).map(|task| task.id.to_string()).collect::<Vec<_>>()
        })
    });
    let heads = HEADS.map(|head| el("th").text(head));
    let acts = el("th").child(el("span").class("spoken").text("Move or remove"));
    let head = el("thead").child(el("tr").children(heads).child(acts));
    let body = el("tbody").live_keyed(move || ids.get(), move |id| row(workspace, id.into()));
    let add = button("button", move || tasks::add(workspace))
        .test(test::ADD_TASK)
        .child(icon("plus"))
        .text("Add a task");
    let hidden = move || workspace.with_plan(|plan| plan.tasks.len()).saturating_sub(shown.get());
    let more = button("button", move || shown.update(|rows| *rows += ROWS))
        .attr_when("hidden", move || hidden() == 0)
        .live_text(move || format!("Show {} more of {}", hidden().min(ROWS), hidden()));
    el("div")
        .class("pane-body")
        .test(test::TABLE)
        .child(el("table").class("rows").child(head).child(body))
        .child(el("div").class("below-rows").child(add).child(more))
}

fn row(workspace: Workspace, id: TaskId) -> El {
    let task = tasks::follow(workspace, &id);
    let (chosen, select) = (id.clone(), id.clone());
    let name = button("", move || workspace.select(Some(select.clone())))
        .attr("title", "Show all its fields")
        .text(id.as_str());
    el("tr")
        .test(test::ROW)
        .attr("data-task", id.as_str())
        .class_when("chosen", move || workspace.selection.with(|selected| selected.as_ref() == Some(&chosen)))
        .child(el("td").class("row-id").child(name))
        .children(cells(workspace, &id, task))
        .child(el("td").child(acts(workspace, id)))
}

fn cells(workspace: Workspace, id: &TaskId, task: Memo<Task>) -> [El; 5] {
    let columns: [(TaskField, &str, &str, Shape, &str); 5] = [
        (TaskField::Title, "Title", "Title", Shape::Line, "wide"),
        (TaskField::Owns, "Owned files", "src/**", Shape::Code, "wide"),
        (TaskField::After, "After", "T1", Shape::Code, "narrow"),
        (TaskField::Minutes, "Minutes", "20", Shape::Code, "narrow"),
        (TaskField::Agent, "Agent", "Anyone", Shape::Line, ""),
    ];
    columns.map(|(field, label, hint, shape, class)| {
        let control = task_field(workspace, id, task, field, label, hint, shape).bare();
        el("td").class(class).attr("data-label", label).child(control)
    })
}

fn acts(workspace: Workspace, id: TaskId) -> El {
    let (up, down) = (id.clone(), id.clone());
    let remove = move || workspace.edit(Edit::RemoveTask(id.clone()), ["remove ", id.as_str()].concat());
    el("div")
        .class("acts")
        .child(icon_button("up", "Move up", move || tasks::move_by(workspace, &up, -1)).test(test::MOVE_UP))
        .child(
            icon_button("down", "Move down", move || tasks::move_by(workspace, &down, 1))
                .test(test::MOVE_DOWN),
        )
        .child(icon_button("trash", "Remove", remove).test(test::REMOVE))
}
