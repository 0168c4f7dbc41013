//! The journal: the whole text in local storage, written immediately. The next start uses it if the worker
//! had not stored the text, or storage has lost it since.

use std::time::Duration;

use leptos::prelude::document;
use phaseplan::protocol::Journal;

use super::json::Object;
use super::keys::storage as key;
use super::storage;
use super::workspace::{SaveStatus, Workspace};

/// The longest time that typed text may be only in memory.
const PAUSE: Duration = Duration::from_millis(400);

/// Records that the text has changed: the worker saves it, and the journal holds it until then.
pub fn note_change(workspace: Workspace) {
    workspace.saved.set(SaveStatus::Pending);
    if !workspace.waiting_journal.is_waiting() {
        workspace.waiting_journal.start(PAUSE, move || {
            write(workspace, false);
        });
    }
}

/// Writes the journal, and returns whether it contains the text. `is_stored`: storage has the text too.
pub fn write(workspace: Workspace, is_stored: bool) -> bool {
    // A document that could not be loaded looks as empty here as a new one.
    let is_new = workspace.key.with_untracked(String::is_empty)
        || workspace.document.with_untracked(|document| document.name.is_empty());
    if workspace.shared.with_untracked(Option::is_some) || is_new && workspace.is_blank.get_untracked() {
        return false;
    }
    let journal = Object::new()
        .with_text("key", &workspace.key.get_untracked())
        .with_number("revision", workspace.revision.get_untracked() as usize)
        .with_number("stored", usize::from(is_stored))
        .with_text("text", &workspace.text.get_untracked());
    storage::set(&own_key(), &journal.to_text()).is_ok()
}

/// Removes the journal of this tab.
pub fn remove() {
    storage::remove(&own_key());
}

/// The journal in this text.
pub fn read(text: &str) -> Option<Journal> {
    let object = Object::parse(text)?;
    let revision = object.number("revision") as u32;
    let is_stored = object.number("stored") > 0;
    Some(Journal { key: object.text("key")?, revision, text: object.text("text")?, is_stored })
}

/// Whether another tab is open.
pub fn has_other_tabs() -> bool {
    page_data("data-tabs").is_some_and(|tabs| tabs.contains(' '))
}

fn own_key() -> String {
    [key::JOURNAL, &page_data("data-tab").unwrap_or_default()].concat()
}

/// Data that `boot.js` found about this tab and others.
pub fn page_data(name: &str) -> Option<String> {
    document().document_element()?.get_attribute(name)
}
