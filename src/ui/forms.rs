//! Fields of tasks that the worker draws: their input is sent back to it.

use leptos::prelude::event_target_value;
use phaseplan::protocol::Change;
use phaseplan::view::task::FieldProblem;
use web_sys::Event;

use super::page::{closest_value, task_of};
use super::workspace::Workspace;

/// Writes the value of a field into the task, and shows the problem with it, if any.
pub fn write_field(workspace: Workspace, event: &Event) {
    let (Some(id), Some(field)) = (task_of(event), closest_value(event, "data-field")) else { return };
    let (task, name) = (id.clone(), field.clone());
    let change = Change::Write { id, field, written: event_target_value(event) };
    workspace.apply_then(change, move |outcome| {
        // A value that can't be read changes nothing, and remains in the field for correction.
        let sentence = outcome.map_or_else(Some, |changed| changed.doubt.clone());
        let problem = sentence.map(|sentence| FieldProblem { task, field: name, sentence });
        workspace.views.field_problem.set(problem);
    });
}
