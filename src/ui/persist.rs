//! Keeping documents on this device. Everything that knows how they are stored stands in this file.
//!
//! A document is one record, which the worker writes and reads. A save is believed only after it was read back. A record that
//! was changed by another tab is never overwritten: the work of this tab then becomes a document of its own.
//!
//! When the page is left there is no time to ask the worker, so that the text is put aside as it is, for the next start.

use std::time::Duration;

use phaseplan::protocol::{Answer, Request};

use super::json::Object;
use super::keys::storage as key;
use super::notices::Notice;
use super::storage::{self, Refusal};
use super::worker;
use super::workspace::Workspace;

/// Pause after the last change before it is saved.
const PAUSE: Duration = Duration::from_millis(300);
/// How far saving is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Saved {
    /// Nothing to save.
    #[default]
    Nothing,
    /// As it is in storage.
    Stored,
    /// Changed since the last save.
    Pending,
    /// Read back and equal; local time such as `14:02`.
    At(String),
    /// Kept in this tab only, and why.
    Failed(&'static str),
}

/// A line of the list of documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Recent {
    /// Name in storage.
    pub key: String,
    /// What lists call it.
    pub name: String,
    /// How many tasks it has.
    pub tasks: usize,
    /// How often it was saved; tells whether another tab changed it.
    pub revision: u32,
}

/// All documents on this device, the one saved last first.
pub fn recent() -> Vec<Recent> {
    let stored = storage::get(key::RECENT).and_then(|list| Object::parse(&list));
    let lines = stored.map_or(Vec::new(), |stored| stored.list("documents"));
    lines.iter().filter_map(read_line).collect()
}

/// The record of a document, if it is on this device.
pub fn stored(name: &str) -> Option<String> {
    storage::get(&document_key(name)).filter(|_| !name.is_empty())
}

/// How often this document was saved.
pub fn revision(name: &str) -> u32 {
    recent().iter().find(|line| line.key == name).map_or(0, |line| line.revision)
}

/// The name of the document that was open last.
pub fn last_open() -> Option<String> {
    storage::get(key::OPEN).filter(|name| !name.is_empty())
}

/// Takes a document out of storage and gives what is needed to put it back.
pub fn remove(name: &str) -> Option<(Recent, String)> {
    let record = storage::get(&document_key(name))?;
    let mut list = recent();
    let at = list.iter().position(|line| line.key == name)?;
    let line = list.remove(at);
    write_list(&list).ok()?;
    storage::remove(&document_key(name));
    Some((line, record))
}

/// Puts a removed document back.
pub fn put_back(line: Recent, record: &str) {
    let mut list = recent();
    if storage::set(&document_key(&line.key), record).is_ok() {
        list.insert(0, line);
        let _ = write_list(&list);
    }
}

/// Notes which document is open, so that the next start opens it again.
pub fn note_opened(workspace: Workspace, name: &str) {
    let _ = storage::set(key::OPEN, name);
    workspace.saved.set(Saved::Stored);
}

/// Saves after a pause.
pub fn save_soon(workspace: Workspace) {
    workspace.saved.set(Saved::Pending);
    workspace.waiting_save.start(PAUSE, move || save_now(workspace));
}

/// Saves at once, if something is waiting to be saved.
pub fn save_now(workspace: Workspace) {
    if workspace.saved.get_untracked() != Saved::Pending {
        return;
    }
    workspace.waiting_save.stop();
    if workspace.shared.with_untracked(Option::is_some) {
        workspace.saved.set(Saved::Nothing);
        return;
    }
    if workspace.is_blank.get_untracked() && workspace.key.get_untracked().is_empty() {
        workspace.saved.set(Saved::Nothing);
        return;
    }
    let (opening, sent) = (workspace.opening.get_untracked(), workspace.sent());
    let document = workspace.document.get_untracked();
    let known = workspace.key.get_untracked();
    let revision = workspace.revision.get_untracked();
    let line = Recent { key: known, name: document.name.clone(), tasks: document.tasks.len(), revision };
    worker::ask(&Request::Record, move |answer| {
        let outcome = match answer {
            Some(Answer::Record(record)) => save(workspace, line, &record),
            _ => Err(Refusal::Different),
        };
        if opening != workspace.opening.get_untracked() {
            return;
        }
        if let Ok(line) = &outcome {
            workspace.revision.put(line.revision);
            if workspace.key.get_untracked() != line.key {
                workspace.key.set(line.key.clone());
            }
        }
        // What was changed in the meantime has its own timer.
        if outcome.is_err() || sent == workspace.sent() {
            workspace.saved.set(match outcome {
                Ok(_) => Saved::At(time_of_day()),
                Err(Refusal::Full) => Saved::Failed("storage is full"),
                Err(Refusal::Forbidden) => Saved::Failed("this browser keeps nothing for this page"),
                Err(Refusal::Different) => Saved::Failed("storage did not keep what was written"),
            });
        }
    });
}

/// Puts the text aside for the next start if it is not saved, and saves as far as there is time.
pub fn leave(workspace: Workspace) {
    let is_mine = workspace.shared.with_untracked(Option::is_none);
    if workspace.saved.get_untracked() == Saved::Pending && is_mine && !workspace.is_blank.get_untracked() {
        let text = workspace.text.get_untracked();
        let rescued = Object::new().with_text("key", &workspace.key.get_untracked()).with_text("text", &text);
        let _ = storage::set(key::RESCUED, &rescued.to_text());
    }
    save_now(workspace);
}

/// Stores the record of the document of `line`, and gives the line of the list as it is then.
fn save(workspace: Workspace, line: Recent, record: &str) -> Result<Recent, Refusal> {
    let mut list = recent();
    let key = name_to_save_under(workspace, &line, &list);
    storage::set(&document_key(&key), record)?;
    let line = Recent { key, revision: line.revision + 1, ..line };
    list.retain(|other| other.key != line.key);
    list.insert(0, line.clone());
    write_list(&list)?;
    storage::set(key::OPEN, &line.key)?;
    storage::remove(key::RESCUED);
    Ok(line)
}

/// The name of the document; a name of its own if it has none, or if another tab saved under its name.
fn name_to_save_under(workspace: Workspace, line: &Recent, list: &[Recent]) -> String {
    let known = list.iter().find(|other| other.key == line.key);
    match known {
        Some(other) if other.revision != line.revision => {
            workspace.notices.show(Notice::problem(
                "This plan was changed in another tab. What you do here is kept as a plan of its own.",
            ));
            fresh_name()
        }
        _ if line.key.is_empty() => fresh_name(),
        _ => line.key.clone(),
    }
}

/// A name that no other document has.
fn fresh_name() -> String {
    let random = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("{:x}-{random:x}", js_sys::Date::now() as u64)
}

fn write_list(list: &[Recent]) -> Result<(), Refusal> {
    let lines = list.iter().map(|line| {
        let object = Object::new().with_text("key", &line.key).with_text("name", &line.name);
        object.with_number("tasks", line.tasks).with_number("revision", line.revision as usize)
    });
    storage::set(key::RECENT, &Object::new().with_list("documents", lines).to_text())
}

fn read_line(line: &Object) -> Option<Recent> {
    Some(Recent {
        key: line.text("key")?,
        name: line.text("name")?,
        tasks: line.number("tasks"),
        revision: line.number("revision") as u32,
    })
}

fn document_key(name: &str) -> String {
    [key::DOCUMENT, name].concat()
}

fn time_of_day() -> String {
    let now = js_sys::Date::new_0();
    format!("{:02}:{:02}", now.get_hours(), now.get_minutes())
}
