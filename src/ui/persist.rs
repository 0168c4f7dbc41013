//! Saving, as the page sees it. The worker stores documents; the page says how far that is.
//!
//! The page keeps the whole text as a journal in local storage, which is written at once. The next start brings home the journal
//! of a tab that ended: what was not stored yet, and what storage has lost since. Also brings home what earlier programs kept in local storage.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::{document, window};
use phaseplan::protocol::{Answer, Content, Journal, Keep, Kept, OldDocument, Request, Saving};

use super::json::Object;
use super::keys::storage as key;
use super::notices::Notice;
use super::workspace::Workspace;
use super::{storage, worker};

/// How long what is typed may be in memory only.
const PAUSE: Duration = Duration::from_millis(400);

/// How far saving is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Saved {
    /// Nothing to save.
    #[default]
    Nothing,
    /// Changed since the last save.
    Pending,
    /// Read back and equal; local time such as `14:02`.
    At(String),
    /// Kept in this tab only, and why.
    Failed(String),
    /// Another tab saved the document.
    Elsewhere,
}

/// Follows what the worker tells about saving.
pub fn listen(workspace: Workspace) {
    worker::listen(move |answer| match answer {
        Answer::Kept(kept) => hear(workspace, kept),
        // What was said about the plan came from storage or from another tab.
        Answer::Changed(Ok(changed)) => drop(workspace.take(*changed, false)),
        _ => {}
    });
}

fn hear(workspace: Workspace, kept: Kept) {
    if !kept.told.is_empty() {
        workspace.notices.show(Notice::problem(kept.told));
    }
    if kept.opening != workspace.opening.get_untracked() {
        // A plan that was stored only when a link took its place: the way back from the link leads there.
        if !kept.key.is_empty() && workspace.shared.with_untracked(Option::is_some) {
            let _ = storage::set(key::OPEN, &kept.key);
        }
        return;
    }
    workspace.revision.put(kept.revision);
    if workspace.key.get_untracked() != kept.key {
        workspace.key.set(kept.key.clone());
    }
    if !kept.key.is_empty() {
        let _ = storage::set(key::OPEN, &kept.key);
    }
    let is_latest = kept.through >= workspace.changed_by.get_untracked();
    let saved = match kept.saving {
        Saving::Failed(why) => {
            write_journal(workspace, false);
            Saved::Failed(why)
        }
        Saving::Elsewhere => {
            let show = move || {
                let key = workspace.key.get_untracked();
                workspace.open(&key, stored(&key));
            };
            let words = "This plan was changed in another tab. If you go on here, your work becomes a plan of its own.";
            workspace.notices.show(Notice::problem(words).with_action("Show the other", show));
            Saved::Elsewhere
        }
        _ if !is_latest => return,
        Saving::Nothing => Saved::Nothing,
        Saving::At(time) => Saved::At(time_of_day(time)),
    };
    if matches!(saved, Saved::Nothing | Saved::At(_)) {
        workspace.waiting_journal.stop();
        // One that was not written anew would take back what was stored since.
        if saved == Saved::Nothing || !write_journal(workspace, true) {
            storage::remove(&journal_key());
        }
    }
    if matches!(saved, Saved::At(_)) && workspace.saved.get_untracked() == Saved::Pending {
        ask_to_keep();
    }
    workspace.saved.set(saved);
    // The list shows the time of saving.
    if workspace.shelf.with_untracked(Option::is_some) {
        workspace.shelf.update(|_| ());
    }
}

/// Asks the browser not to clear what is stored, once something is. It may say no, and saving goes on all the same.
fn ask_to_keep() {
    thread_local! {
        static HAS_ASKED: Cell<bool> = const { Cell::new(false) };
    }
    if !HAS_ASKED.replace(true) {
        let _ = window().navigator().storage().persist();
    }
}

/// Notes that the text is another one: the worker saves it, and the journal holds it until then.
pub fn note_change(workspace: Workspace) {
    workspace.saved.set(Saved::Pending);
    if !workspace.waiting_journal.is_waiting() {
        workspace.waiting_journal.start(PAUSE, move || {
            write_journal(workspace, false);
        });
    }
}

/// Saves at once, as far as there is time. The page may be about to end.
pub fn leave(workspace: Workspace) {
    if workspace.saved.with_untracked(|saved| matches!(saved, Saved::Pending | Saved::Failed(_))) {
        write_journal(workspace, false);
    }
    worker::ask(&Request::Save, |_| ());
}

/// Gives whether the text stands in the journal; `is_stored` says that storage has it too.
fn write_journal(workspace: Workspace, is_stored: bool) -> bool {
    // One that could not be fetched is as empty here as one that is new.
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
    storage::set(&journal_key(), &journal.to_text()).is_ok()
}

/// What tells the worker to open a document that is on this device.
pub fn stored(key: &str) -> Content {
    Content::Stored { key: key.to_owned(), revision: None }
}

/// The document that was open last.
pub fn last_open() -> Option<String> {
    storage::get(key::OPEN).filter(|key| !key.is_empty())
}

/// Something in local storage that belongs into that of the worker.
pub struct Stray {
    name: String,
    keep: Keep,
}

impl Stray {
    /// What it holds, to be opened as it is.
    pub fn content(&self) -> Content {
        match &self.keep {
            Keep::Adopt(old) => Content::Record(old.record.clone()),
            Keep::Recover(journal) => Content::Text(journal.text.clone()),
            _ => Content::Text(String::new()),
        }
    }

    /// Forgets it once the open document, which has taken it over, stands in a journal of its own.
    pub fn forget(self, workspace: Workspace) {
        if matches!(self.keep, Keep::Recover(_)) && write_journal(workspace, false) {
            storage::remove(&self.name);
        }
    }
}

/// Gives the worker what stands in local storage and is not in its own, then calls `then`. What the worker has stored is
/// taken out of local storage; the rest stays for the next start, and the last of it is given to `then`.
pub fn bring_home(then: impl FnOnce(Option<Stray>) + 'static) {
    let found = strays();
    if found.is_empty() {
        return then(None);
    }
    let (left, then) = (Rc::new(Cell::new(found.len())), Rc::new(Cell::new(Some(then))));
    let refused = Rc::new(Cell::new(None));
    for stray in found {
        let (left, then, refused) = (left.clone(), then.clone(), refused.clone());
        worker::ask(&Request::Keep(stray.keep.clone()), move |answer| {
            if let Some(Answer::Done(Ok(opened))) = answer {
                storage::remove(&stray.name);
                if !opened.is_empty() {
                    let _ = storage::set(key::OPEN, &opened);
                }
            } else {
                refused.set(Some(stray));
            }
            left.set(left.get() - 1);
            if left.get() == 0
                && let Some(then) = then.take()
            {
                then(refused.take());
            }
        });
    }
}

/// What stands in local storage and should not: documents of earlier programs, and journals of tabs that ended.
fn strays() -> Vec<Stray> {
    let live = page_data("data-tabs").unwrap_or_default();
    let names = storage::names().into_iter();
    let found = names.filter_map(|name| {
        let value = || storage::get(&name);
        let keep = if let Some(key) = name.strip_prefix(key::DOCUMENT) {
            Keep::Adopt(OldDocument { key: key.to_owned(), record: value()? })
        } else if let Some(tab) = name.strip_prefix(key::JOURNAL) {
            if live.split(' ').any(|other| other == tab) {
                return None;
            }
            Keep::Recover(read_journal(&value()?)?)
        } else if name == key::RESCUED {
            Keep::Recover(read_journal(&value()?)?)
        } else {
            return None;
        };
        Some(Stray { name, keep })
    });
    found.collect()
}

fn read_journal(text: &str) -> Option<Journal> {
    let object = Object::parse(text)?;
    let revision = object.number("revision") as u32;
    let is_stored = object.number("stored") > 0;
    Some(Journal { key: object.text("key")?, revision, text: object.text("text")?, is_stored })
}

fn journal_key() -> String {
    [key::JOURNAL, &page_data("data-tab").unwrap_or_default()].concat()
}

/// What `boot.js` found out about this tab and others.
fn page_data(name: &str) -> Option<String> {
    document().document_element()?.get_attribute(name)
}

fn time_of_day(time: u64) -> String {
    let time = js_sys::Date::new(&(time as f64).into());
    format!("{:02}:{:02}", time.get_hours(), time.get_minutes())
}
