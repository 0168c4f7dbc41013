//! One field of one task, wired to the document.

use leptos::prelude::*;
use phaseplan::TaskId;
use phaseplan::document::field::TaskField;
use phaseplan::plan::{Edit, Task};

use super::widgets::{Field, Shape};
use super::workspace::Workspace;

/// A field that shows the task's value and writes it back as one step of the history.
pub fn task_field(
    workspace: Workspace,
    id: &TaskId,
    task: Memo<Task>,
    field: TaskField,
    label: &'static str,
    hint: &'static str,
    shape: Shape,
) -> Field {
    let separator = if shape == Shape::CodeLines { "\n" } else { ", " };
    let id = id.clone();
    Field {
        name: field.name(),
        label,
        hint,
        shape,
        value: Signal::derive(move || task.with(|task| field.show(task, separator))),
        write: Box::new(move |written: String| {
            let change = match field.read(&written) {
                Ok(change) => change,
                Err(message) => return Some(message),
            };
            let doubt = workspace.document_untracked();
            let doubt = field.doubt(&change, doubt.plan());
            let label = format!("change {} of {id}", field.name());
            workspace.edit(Edit::ChangeTask { id: id.clone(), change }, label);
            doubt
        }),
    }
}
