//! Fields of tasks that the worker draws: what is written into one goes back there.

use leptos::prelude::event_target_value;
use phaseplan::protocol::Change;
use phaseplan::view::task::FieldProblem;
use web_sys::Event;

use super::acts::task_of;
use super::element::El;
use super::page::closest_value;
use super::state::State;
use super::workspace::Workspace;

/// Hears what is written into the fields inside an element, and keeps what is wrong with it.
pub fn hear(element: El, workspace: Workspace, problem: State<Option<FieldProblem>>) -> El {
    element.on("change", move |event: Event| {
        let (Some(id), Some(field)) = (task_of(&event), closest_value(&event, "data-field")) else { return };
        let (task, name) = (id.clone(), field.clone());
        let change = Change::Write { id, field, written: event_target_value(&event) };
        workspace.apply_then(change, move |outcome| {
            // A value that can't be read changes nothing, and the field keeps it for mending.
            let sentence = outcome.map_or_else(Some, |changed| changed.doubt.clone());
            problem.set(sentence.map(|sentence| FieldProblem { task, field: name, sentence }));
        });
    })
}
