//! The comparison: the banner above everything, and the list of changes.

use phaseplan::protocol::ViewRequest;
use phaseplan::view::{List, ViewOption};

use super::super::compare::is_comparing;
use super::super::drawn::keep_drawn;
use super::super::element::{El, effect, el};
use super::super::workspace::Workspace;

/// The banner of a comparison.
pub fn banner(workspace: Workspace) -> El {
    keep(workspace, Box::new(|current| ViewRequest::Comparing { current }))
}

/// The list of changes.
pub fn changes(workspace: Workspace) -> El {
    let as_text = workspace.views.begin_option(ViewOption::ChangesAsText);
    let rows = workspace.views.begin_list(List::Changes);
    // Only the list can show the current change.
    effect(move || {
        if workspace.change.get().is_some() {
            as_text.set(false);
        }
    });
    let wanted = move |current| ViewRequest::Changes { rows: rows.get(), current, as_text: as_text.get() };
    keep(workspace, Box::new(wanted))
}

/// Updates an element with the view `wanted` of the comparison, given the current change.
fn keep(workspace: Workspace, wanted: Box<dyn Fn(Option<usize>) -> ViewRequest>) -> El {
    let element = el("div");
    let is_comparing = is_comparing(workspace);
    let wanted = move || {
        // Without a comparison there is nothing to redraw.
        if is_comparing.get() {
            workspace.planned.track();
        }
        Some(wanted(workspace.change.get()))
    };
    keep_drawn(workspace, vec![element.node()], wanted, |_| ());
    element
}
