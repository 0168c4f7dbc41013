//! Following, adding and moving tasks.

use leptos::prelude::*;
use phaseplan::plan::{Edit, Task};
use phaseplan::{Plan, TaskId};

use super::workspace::Workspace;

/// The task with this id as the plan has it; an empty one when it is gone.
pub fn follow(workspace: Workspace, id: &TaskId) -> Memo<Task> {
    let id = id.clone();
    Memo::new(move |_| workspace.with_plan(|plan| plan.task(&id).cloned()).unwrap_or_default())
}

/// Puts an empty task at the end and shows its fields.
pub fn add(workspace: Workspace) {
    let document = workspace.document_untracked();
    let id = unused_id(document.plan());
    let group = document.plan().tasks.last().map(|task| task.group.clone()).unwrap_or_default();
    let task = Task { id: id.clone(), title: "New task".to_owned(), group, ..Task::default() };
    let at = document.plan().tasks.len();
    workspace.edit(Edit::InsertTask { at, task: Box::new(task) }, format!("add {id}"));
    workspace.select(Some(id));
}

/// Moves a task among its neighbours.
pub fn move_by(workspace: Workspace, id: &TaskId, by: isize) {
    let document = workspace.document_untracked();
    let Some(from) = document.plan().position(id) else { return };
    let to = from.saturating_add_signed(by).min(document.plan().tasks.len() - 1);
    if to != from {
        workspace.edit(Edit::MoveTask { id: id.clone(), to }, format!("move {id}"));
    }
}

/// The id after the highest of the form `T12`.
fn unused_id(plan: &Plan) -> TaskId {
    let numbers =
        plan.tasks.iter().filter_map(|task| task.id.as_str().strip_prefix('T')?.parse::<u32>().ok());
    TaskId(format!("T{}", numbers.max().unwrap_or(0).saturating_add(1)))
}
