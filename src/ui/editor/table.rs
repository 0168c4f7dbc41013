//! The plan as rows of fields.

use phaseplan::protocol::ViewRequest;
use phaseplan::view::List;

use super::super::drawn::keep_drawn;
use super::super::element::{El, el};
use super::super::keys::test;
use super::super::workspace::Workspace;

/// The plan as rows of fields.
pub fn table(workspace: Workspace) -> El {
    let rows = workspace.views.begin_list(List::Rows);
    let body = el("div").class("pane-body").test(test::TABLE);
    let body = body.attr_when("inert", move || workspace.shared.with(Option::is_some));
    let wanted = move || {
        workspace.document.track();
        Some(ViewRequest::Table { rows: rows.get(), selected: workspace.selection.get() })
    };
    keep_drawn(workspace, vec![body.node()], wanted, |_| ());
    body
}
