//! The selected task.

use phaseplan::protocol::ViewRequest;
use web_sys::Element;

use super::super::drawn::keep_drawn;
use super::super::element::{El, el};
use super::super::review::fill;
use super::super::workspace::Workspace;

/// The selected task, with every field.
pub fn task_panel(workspace: Workspace) -> El {
    let problem = workspace.views.field_problem;
    problem.put(None);
    let panel = el("div");
    let wanted = move || {
        workspace.document.track();
        workspace.planned.track();
        Some(ViewRequest::Task { id: workspace.selection.get(), problem: problem.get() })
    };
    let node = panel.node::<Element>();
    keep_drawn(workspace, vec![node.clone()], wanted, move |_| fill(workspace, &node));
    panel
}
