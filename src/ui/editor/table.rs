//! The plan as rows of fields.

use phaseplan::protocol::Wanted;
use phaseplan::view::table::ROWS;

use super::super::drawn::keep_drawn;
use super::super::element::{El, el};
use super::super::keys::test;
use super::super::state::State;
use super::super::workspace::Workspace;
use super::super::{acts, forms};

/// The plan as rows of fields.
pub fn table(workspace: Workspace) -> El {
    let rows = State::new(ROWS);
    let body = el("div").class("pane-body").test(test::TABLE);
    let body = body.attr_when("inert", move || workspace.shared.with(Option::is_some));
    let wanted = move || {
        workspace.document.track();
        Some(Wanted::Table { rows: rows.get(), selected: workspace.selection.get() })
    };
    keep_drawn(workspace, vec![body.node()], wanted, |_| ());
    let body = acts::hear(body, workspace, move || rows.update(|rows| *rows += ROWS));
    forms::hear(body, workspace, State::new(None))
}
