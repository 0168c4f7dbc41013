//! The dialog with the link of the plan.

use leptos::prelude::window;
use phaseplan::protocol::{Form, Wanted};
use web_sys::Event;

use super::super::drawn::keep_drawn;
use super::super::element::{El, el};
use super::super::keys::test;
use super::super::page::closest_value;
use super::super::state::State;
use super::super::widgets::dialog;
use super::super::workspace::Workspace;
use super::super::{clipboard, files, link};
use super::review;

/// The dialog with the link of the plan.
pub fn share_dialog(workspace: Workspace, is_open: State<bool>) -> El {
    dialog("Share", "dialog small", test::SHARE_DIALOG, is_open, move || share(workspace))
}

fn share(workspace: Workspace) -> El {
    review::send(workspace, Form { act: "publish".to_owned(), ..Form::default() }, |_| ());
    let structure_only = State::new(false);
    let said = State::new("");
    let body = el("div");
    let page = window().location().href().unwrap_or_default();
    let wanted = move || {
        workspace.planned.track();
        Some(Wanted::Share { structure_only: structure_only.get(), page: page.clone() })
    };
    keep_drawn(workspace, vec![body.node()], wanted, |_| ());
    let body = body.on("click", move |event: Event| match closest_value(&event, "data-act").as_deref() {
        Some("full") => structure_only.set(false),
        Some("structure") => structure_only.set(true),
        Some("file") => files::download_text(workspace),
        _ => {
            if let Some(text) = closest_value(&event, "data-copy") {
                copy(workspace, said, &text);
            }
        }
    });
    let words =
        el("p").class("share-said").attr("aria-hidden", "true").live_text(move || said.get().to_owned());
    el("div").class("share").child(body).child(words)
}

fn copy(workspace: Workspace, said: State<&'static str>, text: &str) {
    let shared = text.to_owned();
    clipboard::copy(text, move |went| {
        let words = match went {
            true => "Copied.",
            false => "The browser does not let pages copy. Select the link and press Ctrl+C.",
        };
        if went {
            link::show(&shared);
        }
        said.set(words);
        workspace.tell(words);
    });
}
