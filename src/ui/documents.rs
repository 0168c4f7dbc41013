//! The dialog with all plans on this device. What it shows is drawn by the worker.

use phaseplan::protocol::{Answer, Compare, Content, Keep, Request, SavedFile, Shelf, Wanted};
use web_sys::{Event, HtmlDialogElement, HtmlInputElement, HtmlTextAreaElement};

use super::drawn::keep_drawn;
use super::element::{El, button, el};
use super::keys::test;
use super::notices::{self, Notice};
use super::page::{self, closest_value};
use super::widgets::{icon, icon_button};
use super::workspace::Workspace;
use super::{compare, files, incoming, menus, worker};

const DIALOG: &str = "#documents";

/// The dialog.
pub fn documents_dialog(workspace: Workspace) -> El {
    let list = el("div").class("shelf-body");
    let wanted = move || workspace.shelf.get().map(Wanted::Shelf);
    keep_drawn(workspace, vec![list.node()], wanted, |_| ());
    // The same dialog has places to paste into.
    let paste = move || {
        workspace.shelf.with(|shelf| match shelf {
            Some(Shelf::Link { .. }) => Some("Open a link"),
            Some(Shelf::Compare { .. }) => Some("Compare this plan"),
            _ => None,
        })
    };
    let download_all = button("button", move || ask(workspace, Keep::AllFiles)).test(test::DOWNLOAD_ALL);
    let head = el("div")
        .class("dialog-head")
        .child(
            el("h2")
                .attr("id", "documents-title")
                .live_text(move || paste().unwrap_or("Plans on this device").to_owned()),
        )
        .child(
            download_all
                .child(icon("download"))
                .text("Download all")
                .attr_when("hidden", move || paste().is_some()),
        )
        .child(icon_button("close", "Close", close).test(test::CLOSE_DIALOG));
    let dialog = el("dialog")
        .class("dialog")
        .class_when("small", move || paste().is_some())
        .attr("id", "documents")
        .attr("aria-labelledby", "documents-title")
        .test(test::SHELF)
        .on("close", move |_: Event| {
            workspace.shelf.set(None);
            notices::stay_in_front();
        })
        .child(head)
        .child(list);
    hear(dialog, workspace)
}

/// Opens it with this list.
pub fn show(workspace: Workspace, shelf: Shelf) {
    page::hide("open-menu");
    workspace.shelf.set(Some(shelf));
    if let Some(dialog) = page::find::<HtmlDialogElement>(DIALOG) {
        let _ = dialog.show_modal();
    }
}

/// What was pasted into it.
pub fn pasted() -> String {
    page::find::<HtmlTextAreaElement>("#documents textarea").map(|area| area.value()).unwrap_or_default()
}

/// Closes it, and the menu that has a list as well.
pub fn close() {
    page::hide("open-menu");
    if let Some(dialog) = page::find::<HtmlDialogElement>(DIALOG) {
        dialog.close();
    }
}

/// Hears what is pressed in a list of documents.
pub fn hear(element: El, workspace: Workspace) -> El {
    element.on("click", move |event: Event| {
        let Some(act) = closest_value(&event, "data-act") else { return };
        let key = closest_value(&event, "data-key").unwrap_or_default();
        let number = closest_value(&event, "data-number").and_then(|number| number.parse().ok()).unwrap_or(0);
        do_act(workspace, &act, key, number);
    })
}

fn do_act(workspace: Workspace, act: &str, key: String, number: u64) {
    match act {
        "open-document" => {
            close();
            files::open_stored(workspace, &key);
        }
        "list-documents" => workspace.shelf.set(Some(Shelf::All)),
        "versions" => workspace.shelf.set(Some(Shelf::Versions(key))),
        "compare" => {
            // A version is compared with the plan it is of.
            if workspace.key.get_untracked() != key {
                files::open_stored(workspace, &key);
            }
            compare::compare(workspace, Compare::Version { key, saved: number });
        }
        "compare-plan" => compare::choose(workspace, String::new()),
        "present" => {
            page::hide("open-menu");
            workspace.is_presenting.set(true);
        }
        "compare-file" => menus::choose_file(true),
        "compare-document" => compare::compare(workspace, Compare::Document(key)),
        "compare-pasted" => compare::compare_pasted(workspace),
        "open-link" => show(workspace, Shelf::Link { problem: String::new() }),
        "open-pasted-link" => incoming::open_pasted(workspace),
        "open-version" => open_version(workspace, Keep::OpenVersion { key, saved: number }),
        "name-version" => {
            let field = page::find::<HtmlInputElement>("#documents input");
            ask(workspace, Keep::NameVersion(field.map(|field| field.value()).unwrap_or_default()));
        }
        "duplicate" => ask(workspace, Keep::Duplicate(key)),
        "remove-document" => ask(workspace, Keep::Remove(key)),
        "put-back" => ask(workspace, Keep::PutBack(key)),
        "download-document" => ask(workspace, Keep::File(key)),
        _ => {}
    }
}

/// Has something done, tells what came of it, and draws the list again.
pub fn ask(workspace: Workspace, keep: Keep) {
    worker::ask(&Request::Keep(keep), move |answer| {
        match answer {
            Some(Answer::Done(Ok(done))) => workspace.notices.show(Notice::plain(done)),
            Some(Answer::File(SavedFile { name, media_type, content })) => {
                files::download(&name, &media_type, &content);
            }
            answer => refuse(workspace, answer),
        }
        workspace.shelf.update(|_| ());
    });
}

fn open_version(workspace: Workspace, keep: Keep) {
    worker::ask(&Request::Keep(keep), move |answer| match answer {
        Some(Answer::Done(Ok(key))) => {
            close();
            workspace.open(&key, Content::Stored { key: key.clone(), revision: None });
        }
        answer => refuse(workspace, answer),
    });
}

/// Tells why something was not done.
pub fn refuse(workspace: Workspace, answer: Option<Answer>) {
    workspace.notices.show(Notice::problem(match answer {
        Some(Answer::Done(Err(why))) => why,
        _ => "That was not done, because a part of the program stopped. Try again.".to_owned(),
    }));
}
