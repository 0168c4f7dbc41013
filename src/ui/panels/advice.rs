//! Advice about the plan.

use phaseplan::protocol::ViewRequest;
use phaseplan::view::ViewOption;

use super::super::drawn::keep_drawn;
use super::super::element::{El, el};
use super::super::workspace::Workspace;

/// By which method to do the plan. What the user says about it stays until the page is left.
pub fn advice(workspace: Workspace) -> El {
    let body = el("div");
    let wanted = move || {
        workspace.planned.track();
        let says = |option| workspace.views.option(option).get();
        let (by_tomorrow, is_interactive) = (says(ViewOption::ByTomorrow), says(ViewOption::Steering));
        Some(ViewRequest::Advice { by_tomorrow, is_interactive })
    };
    keep_drawn(workspace, vec![body.node()], wanted, |_| ());
    body
}
