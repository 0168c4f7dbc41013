//! The dialog with all plans on this device, drawn by the worker.

use phaseplan::protocol::{DocumentList, LibraryRequest};
use phaseplan::view::List;
use web_sys::Event;

use super::super::drawn::keep_drawn;
use super::super::element::{El, button, el};
use super::super::keys::test;
use super::super::page::{rescue_focus, stay_in_front};
use super::super::widgets::{icon, icon_button};
use super::super::workspace::Workspace;
use super::super::{address, documents};

/// The dialog with all plans on this device.
pub fn documents_dialog(workspace: Workspace) -> El {
    let list = el("div").class("shelf-body");
    let wanted = move || {
        // The guesses of the open plan are those of its last state.
        workspace.document.track();
        let rows = workspace.views.rows(List::Import).get();
        workspace.document_list.get().map(|list| LibraryRequest::Draw { list, rows })
    };
    keep_drawn(workspace, vec![list.node()], wanted, |_| ());
    // The same dialog has fields to paste into, and imports.
    let title = move || {
        workspace.document_list.with(|list| match list {
            Some(DocumentList::Link { .. }) => Some("Open a link"),
            Some(DocumentList::Compare { beside: true, .. }) => Some("Beside this plan"),
            Some(DocumentList::Compare { .. }) => Some("Compare this plan"),
            Some(DocumentList::Broken { .. }) => Some("This link can't be opened"),
            Some(DocumentList::Import { .. }) => Some("Check the import"),
            Some(DocumentList::Imported) => Some("What was imported"),
            _ => None,
        })
    };
    let is_broken =
        move || workspace.document_list.with(|list| matches!(list, Some(DocumentList::Broken { .. })));
    let download_all = button("button", move || documents::ask(workspace, LibraryRequest::AllFiles))
        .test(test::DOWNLOAD_ALL);
    let head = el("div")
        .class("dialog-head")
        .child(
            el("h2")
                .attr("id", "documents-title")
                .live_text(move || title().unwrap_or("Plans on this device").to_owned()),
        )
        .child(
            download_all
                .child(icon("download"))
                .text("Download all")
                .attr_when("hidden", move || title().is_some()),
        )
        .child(icon_button("close", "Close", move || documents::close(workspace)).test(test::CLOSE_DIALOG));
    el("dialog")
        .class("dialog")
        .class_when("small", move || {
            let is_small = |list: &DocumentList| {
                matches!(list, DocumentList::Link { .. } | DocumentList::Compare { .. })
            };
            workspace.document_list.with(|list| list.as_ref().is_some_and(is_small))
        })
        .class_when("whole", is_broken)
        .attr("id", "documents")
        .attr("aria-labelledby", "documents-title")
        .test(test::SHELF)
        .on("close", move |_: Event| {
            if is_broken() {
                address::leave();
            }
            workspace.document_list.set(None);
            stay_in_front();
            rescue_focus();
        })
        .child(head)
        .child(list)
}
