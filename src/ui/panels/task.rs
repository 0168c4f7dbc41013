//! The selected task.

use phaseplan::protocol::Wanted;
use web_sys::Element;

use super::super::drawn::keep_drawn;
use super::super::element::{El, el};
use super::super::state::State;
use super::super::workspace::Workspace;
use super::super::{acts, forms};
use super::review;

/// The selected task, with every field.
pub fn task_panel(workspace: Workspace) -> El {
    let problem = State::new(None);
    let panel = el("div");
    let wanted = move || {
        workspace.document.track();
        workspace.planned.track();
        Some(Wanted::Task { id: workspace.selection.get(), problem: problem.get() })
    };
    let node = panel.node::<Element>();
    keep_drawn(workspace, vec![node.clone()], wanted, move |_| review::fill(workspace, &node));
    review::hear(forms::hear(acts::hear(panel, workspace, || ()), workspace, problem), workspace)
}
