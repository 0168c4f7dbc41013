//! Keeping documents on this device. Everything that knows how they are stored stands in this file.
//!
//! A document is one record: what the person sees, the plan in full as plan text, and the history. A save is believed only after it was read back. A record that was changed by another tab is
//! never overwritten: the work of this tab then becomes a document of its own.

use std::time::Duration;

use leptos::prelude::*;
use phaseplan::Plan;
use phaseplan::document::{Document, History, Step, TextPatch};
use phaseplan::text::{self, Spelling};

use super::json::Object;
use super::keys::storage as key;
use super::notices::Notice;
use super::storage::{self, Refusal};
use super::workspace::{Opened, Workspace};

/// Pause after the last change before it is saved.
const PAUSE: Duration = Duration::from_millis(300);
/// How many steps and bytes of the history are kept over a reload.
const KEPT_HISTORY: (usize, usize) = (200, 200_000);

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
    Failed(&'static str),
}

/// Version of the form that documents are stored in.
const FORM: usize = 2;

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

/// Reads a document.
pub fn load(name: &str) -> Result<Opened, String> {
    let Some(stored) = storage::get(&document_key(name)) else {
        return Err("This plan is no longer on this device.".to_owned());
    };
    let (document, history) = Object::parse(&stored).and_then(|record| read_record(&record)).ok_or(
        "This plan was stored in a form that can't be read. It stays where it is; a newer version of phaseplan may read it.",
    )?;
    Ok(Opened { key: name.to_owned(), document, history })
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
    let document = workspace.document_untracked();
    if document.is_blank() && workspace.key.get_untracked().is_empty() {
        workspace.saved.set(Saved::Nothing);
        return;
    }
    workspace.saved.set(match save(workspace, &document) {
        Ok(()) => Saved::At(time_of_day()),
        Err(Refusal::Full) => Saved::Failed("storage is full"),
        Err(Refusal::Forbidden) => Saved::Failed("this browser keeps nothing for this page"),
        Err(Refusal::Different) => Saved::Failed("storage did not keep what was written"),
    });
}

fn save(workspace: Workspace, document: &Document) -> Result<(), Refusal> {
    let mut list = recent();
    let name = name_to_save_under(workspace, &list);
    let mut history = workspace.with_history(History::clone);
    history.trim(KEPT_HISTORY.0, KEPT_HISTORY.1);
    let stored = document_key(&name);
    if storage::set(&stored, &record(document, &history).to_text()).is_err() {
        // Better the document without its history than nothing.
        storage::set(&stored, &record(document, &History::default()).to_text())?;
    }
    let revision = workspace.revision.get_value() + 1;
    list.retain(|line| line.key != name);
    let line = Recent {
        key: name.clone(),
        name: document.name().to_owned(),
        tasks: document.plan().tasks.len(),
        revision,
    };
    list.insert(0, line);
    write_list(&list)?;
    storage::set(key::OPEN, &name)?;
    workspace.revision.set_value(revision);
    if workspace.key.get_untracked() != name {
        workspace.key.set(name);
    }
    Ok(())
}

/// The name of the open document; a name of its own if it has none, or if another tab saved under its name.
fn name_to_save_under(workspace: Workspace, list: &[Recent]) -> String {
    let name = workspace.key.get_untracked();
    let known = list.iter().find(|line| line.key == name);
    match known {
        Some(line) if line.revision != workspace.revision.get_value() => {
            workspace.notices.show(Notice::problem(
                "This plan was changed in another tab. What you do here is kept as a plan of its own.",
            ));
            fresh_name()
        }
        _ if name.is_empty() => fresh_name(),
        _ => name,
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

fn record(document: &Document, history: &History) -> Object {
    Object::new()
        .with_number("form", FORM)
        .with_text("text", &document.text)
        .with_text("plan", &text::print(document.plan(), Spelling::Typing))
        .with_list("undo", history.undo.iter().map(write_step))
        .with_list("redo", history.redo.iter().map(write_step))
}

fn read_record(record: &Object) -> Option<(Document, History)> {
    if record.number("form") != FORM {
        return None;
    }
    let plan = text::parse(&record.text("plan")?).plan;
    let history = History {
        undo: record.list("undo").iter().filter_map(read_step).collect(),
        redo: record.list("redo").iter().filter_map(read_step).collect(),
    };
    Some((Document::from_parts(plan, record.text("text")?), history))
}

fn write_step(step: &Step) -> Object {
    let returning = Plan { tasks: step.returning.clone(), ..Plan::default() };
    Object::new()
        .with_text("label", &step.label)
        .with_number("at", step.patch.at)
        .with_text("removed", &step.patch.removed)
        .with_text("inserted", &step.patch.inserted)
        .with_text("returning", &text::print(&returning, Spelling::Typing))
}

fn read_step(step: &Object) -> Option<Step> {
    let patch =
        TextPatch { at: step.number("at"), removed: step.text("removed")?, inserted: step.text("inserted")? };
    let returning = text::parse(&step.text("returning")?).plan.tasks;
    Some(Step { label: step.text("label")?, patch, returning })
}

fn document_key(name: &str) -> String {
    [key::DOCUMENT, name].concat()
}

fn time_of_day() -> String {
    let now = js_sys::Date::new_0();
    format!("{:02}:{:02}", now.get_hours(), now.get_minutes())
}
