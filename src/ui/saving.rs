//! The state of saving on the page. The worker stores documents.

use std::cell::Cell;

use leptos::prelude::window;
use phaseplan::protocol::{Answer, LibraryRequest, Request, SaveState, Saving};

use super::element::{El, button, el};
use super::keys::{storage as key, test};
use super::notices::Notice;
use super::workspace::{SaveStatus, Workspace};
use super::{documents, journal, planner, storage, worker};

/// Handles messages that the worker sends without a request.
pub fn listen(workspace: Workspace) {
    worker::listen(move |answer| match answer {
        Answer::Saved(state) => on_saved(workspace, state),
        // Statements from storage or from another tab, and what they change in the plan.
        Answer::Changed(Ok(changed)) => {
            let is_same_plan = changed.is_same_plan;
            // What is being typed wins.
            let is_latest = !worker::is_pending(workspace.changed_by.get_untracked());
            workspace.take(*changed, is_latest);
            if !is_same_plan {
                journal::note_change(workspace);
                planner::plan_soon(workspace);
            }
        }
        _ => {}
    });
}

/// The message while storage is in doubt.
const DOUBT: &str = "Storage failed, and this browser may lose what it holds when it closes. Download all \
    plans; the next start checks them.";

/// After storage has failed in an earlier session, checks what it held then. As long as another tab is open, the
/// session is not over.
pub fn check_storage(workspace: Workspace) {
    let Some(inventory) = storage::get(key::INVENTORY) else { return };
    if journal::has_other_tabs() {
        return workspace.doubt.set(Some(DOUBT.to_owned()));
    }
    worker::ask(LibraryRequest::ReadBack(inventory), move |answer| match answer {
        Some(Answer::Done(Ok(done))) => {
            storage::remove(key::INVENTORY);
            workspace.notices.show(Notice::plain(done));
        }
        Some(Answer::Done(Err(why))) => workspace.doubt.set(Some(why)),
        _ => {}
    });
}

/// The banner while storage is in doubt.
pub fn banner(workspace: Workspace) -> El {
    el("div").live_option(move || {
        let doubt = workspace.doubt.get()?;
        let close = move || {
            storage::remove(key::INVENTORY);
            workspace.doubt.set(None);
        };
        let download = move || documents::ask(workspace, LibraryRequest::AllFiles);
        Some(
            el("div")
                .class("banner")
                .attr("role", "alert")
                .test(test::DOUBT)
                .child(el("p").text(&doubt))
                .child(button("button", close).text("Close"))
                .child(button("button primary", download).text("Download all")),
        )
    })
}

fn on_saved(workspace: Workspace, state: SaveState) {
    if !state.inventory.is_empty() {
        let _ = storage::set(key::INVENTORY, &state.inventory);
        if matches!(state.saving, Saving::Failed(_)) {
            workspace.doubt.set(Some(DOUBT.to_owned()));
        }
    }
    if !state.notice.is_empty() {
        workspace.notices.show(Notice::problem(state.notice));
    }
    if state.opening != workspace.opening.get_untracked() {
        // The plan was stored only when a link replaced it: the way back from the link leads to it.
        if !state.key.is_empty() && workspace.shared.with_untracked(Option::is_some) {
            let _ = storage::set(key::OPEN, &state.key);
        }
        return;
    }
    workspace.revision.put(state.revision);
    if workspace.key.get_untracked() != state.key {
        workspace.key.set(state.key.clone());
    }
    if !state.key.is_empty() {
        let _ = storage::set(key::OPEN, &state.key);
    }
    let is_latest = state.through >= workspace.changed_by.get_untracked();
    let saved = match state.saving {
        Saving::Failed(why) => {
            journal::write(workspace, false);
            SaveStatus::Failed(why)
        }
        Saving::Elsewhere => {
            let show = move || {
                let key = workspace.key.get_untracked();
                workspace.open_stored(&key);
            };
            let words = "This plan was changed in another tab. If you continue here, your work becomes a \
                separate plan.";
            workspace.notices.show(Notice::problem(words).with_action("Show the other", show));
            SaveStatus::Elsewhere
        }
        _ if !is_latest => return,
        Saving::Nothing => SaveStatus::Nothing,
        Saving::At(time) => SaveStatus::At(time_of_day(time)),
    };
    if matches!(saved, SaveStatus::Nothing | SaveStatus::At(_)) {
        workspace.waiting_journal.stop();
        // If it were not rewritten, the next start would undo changes stored since.
        if saved == SaveStatus::Nothing || !journal::write(workspace, true) {
            journal::remove();
        }
    }
    if matches!(saved, SaveStatus::At(_)) && workspace.saved.get_untracked() == SaveStatus::Pending {
        ask_to_keep();
    }
    workspace.saved.set(saved);
    // The list shows the time of saving.
    if workspace.document_list.with_untracked(Option::is_some) {
        workspace.document_list.update(|_| ());
    }
}

/// Asks the browser to protect the storage from clearing, once something is stored. If the browser refuses,
/// saving continues anyway.
fn ask_to_keep() {
    thread_local! {
        static HAS_ASKED: Cell<bool> = const { Cell::new(false) };
    }
    if !HAS_ASKED.replace(true) {
        let _ = window().navigator().storage().persist();
    }
}

/// Saves immediately, as far as there is time. The page may be about to close.
pub fn leave(workspace: Workspace) {
    if workspace.saved.with_untracked(|saved| matches!(saved, SaveStatus::Pending | SaveStatus::Failed(_))) {
        journal::write(workspace, false);
    }
    worker::ask(Request::Save, |_| ());
}

/// Key of the document that was last open.
pub fn last_open() -> Option<String> {
    storage::get(key::OPEN).filter(|key| !key.is_empty())
}

fn time_of_day(time: u64) -> String {
    let time = js_sys::Date::new(&(time as f64).into());
    format!("{:02}:{:02}", time.get_hours(), time.get_minutes())
}
