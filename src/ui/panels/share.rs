//! The dialog with the link of the plan.

use leptos::prelude::window;
use phaseplan::protocol::ViewRequest;
use phaseplan::view::ViewOption;

use super::super::drawn::keep_drawn;
use super::super::element::{El, el};
use super::super::keys::test;
use super::super::review;
use super::super::state::State;
use super::super::widgets::dialog;
use super::super::workspace::Workspace;

/// The dialog with the link of the plan.
pub fn share_dialog(workspace: Workspace, is_open: State<bool>) -> El {
    dialog("Share", "dialog small", test::SHARE_DIALOG, is_open, move || share(workspace))
}

fn share(workspace: Workspace) -> El {
    review::publish(workspace);
    let structure_only = workspace.views.begin_option(ViewOption::StructureOnly);
    let status = workspace.views.share_status;
    status.put("");
    let body = el("div");
    let page = window().location().href().unwrap_or_default();
    let wanted = move || {
        workspace.planned.track();
        // A link made now would be one of an empty plan.
        if workspace.is_starting.get() {
            return None;
        }
        Some(ViewRequest::Share { structure_only: structure_only.get(), page: page.clone() })
    };
    keep_drawn(workspace, vec![body.node()], wanted, |_| ());
    let words = el("p").class("share-said").attr("aria-hidden", "true");
    el("div").class("share").child(body).child(words.live_text(move || status.get().to_owned()))
}
