//! The review of the plan.

use leptos::prelude::window;
use phaseplan::protocol::ViewRequest;
use phaseplan::view::List;
use web_sys::Element;

use super::super::drawn::keep_drawn;
use super::super::element::{El, el};
use super::super::review::fill;
use super::super::workspace::Workspace;

/// The review of the plan.
pub fn review(workspace: Workspace) -> El {
    let rows = workspace.views.begin_list(List::Threads);
    let panel = el("div");
    let page = window().location().href().unwrap_or_default();
    let wanted = move || {
        workspace.document.track();
        Some(ViewRequest::Review { page: page.clone(), rows: rows.get() })
    };
    let node = panel.node::<Element>();
    keep_drawn(workspace, vec![node.clone()], wanted, move |_| fill(workspace, &node));
    panel
}
