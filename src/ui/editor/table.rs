//! The plan as rows of fields.

use leptos::prelude::*;
use phaseplan::TaskId;
use phaseplan::document::field::TaskField;
use phaseplan::plan::{Edit, Task};

use super::super::keys::test;
use super::super::task_field::task_field;
use super::super::tasks;
use super::super::widgets::icon::icon_button;
use super::super::widgets::{Shape, icon};
use super::super::workspace::Workspace;

/// How many rows are drawn at first, and how many more each time more are asked for.
const ROWS: usize = 150;

/// The plan as rows of fields.
#[component]
pub fn Table() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let shown = RwSignal::new(ROWS);
    let ids = Memo::new(move |_| {
        workspace.with_plan(|plan| {
            plan.tasks.iter().take(shown.get()).map(|task| task.id.clone()).collect::<Vec<_>>()
        })
    });
    let hidden = Memo::new(move |_| workspace.with_plan(|plan| plan.tasks.len()).saturating_sub(shown.get()));
    let more = move || {
        let label = format!("Show {} more of {}", hidden.get().min(ROWS), hidden.get());
        view! { <button class="button" type="button" on:click=move |_| shown.update(|rows| *rows += ROWS)>{label}</button> }
    };
    view! {
        <div class="pane-body" data-test=test::TABLE>
            <table class="rows">
                <thead><tr>
                    <th class="row-id">"Id"</th><th>"Title"</th><th>"Owned files"</th><th>"After"</th><th>"Minutes"</th><th>"Agent"</th>
                    <th><span class="spoken">"Move or remove"</span></th>
                </tr></thead>
                <tbody>
                    <For each=move || ids.get() key=TaskId::clone children=move |id| row(workspace, id)/>
                </tbody>
            </table>
            <div class="below-rows">
                <button class="button" type="button" data-test=test::ADD_TASK on:click=move |_| tasks::add(workspace)>
                    {icon("plus")}"Add a task"
                </button>
                {move || (hidden.get() > 0).then(more)}
            </div>
        </div>
    }
    .into_any()
}

fn row(workspace: Workspace, id: TaskId) -> AnyView {
    let task = {
        let id = id.clone();
        Memo::new(move |_| workspace.with_plan(|plan| plan.task(&id).cloned()).unwrap_or_default())
    };
    let is_chosen = {
        let id = id.clone();
        Memo::new(move |_| workspace.selection.with(|selected| selected.as_ref() == Some(&id)))
    };
    let name = id.to_string();
    let select = {
        let id = id.clone();
        move |_| workspace.select(Some(id.clone()))
    };
    let label = name.clone();
    let cells = cells(workspace, &id, task);
    let acts = acts(workspace, id);
    view! {
        <tr class:chosen=move || is_chosen.get() data-test=test::ROW data-task=name>
            <td class="row-id"><button type="button" title="Show all its fields" on:click=select>{label}</button></td>
            {cells}
            <td><div class="acts">{acts}</div></td>
        </tr>
    }
    .into_any()
}

fn cells(workspace: Workspace, id: &TaskId, task: Memo<Task>) -> AnyView {
    let columns: [(TaskField, &str, &str, Shape, &str); 5] = [
        (TaskField::Title, "Title", "Title", Shape::Line, "wide"),
        (TaskField::Owns, "Owned files", "src/**", Shape::Code, "wide"),
        (TaskField::After, "After", "T1", Shape::Code, "narrow"),
        (TaskField::Minutes, "Minutes", "20", Shape::Code, "narrow"),
        (TaskField::Agent, "Agent", "Anyone", Shape::Line, ""),
    ];
    let cells = columns.into_iter().map(|(field, label, hint, shape, class)| {
        let control = task_field(workspace, id, task, field, label, hint, shape).bare();
        view! { <td class=class data-label=label>{control}</td> }
    });
    cells.collect_view().into_any()
}

fn acts(workspace: Workspace, id: TaskId) -> AnyView {
    let move_by = |by: isize| {
        let id = id.clone();
        move || tasks::move_by(workspace, &id, by)
    };
    let remove = {
        let id = id.clone();
        move || workspace.edit(Edit::RemoveTask(id.clone()), format!("remove {id}"))
    };
    view! {
        {icon_button("up", "Move up", "move-up", move_by(-1))}
        {icon_button("down", "Move down", "move-down", move_by(1))}
        {icon_button("trash", "Remove", "remove", remove)}
    }
    .into_any()
}
