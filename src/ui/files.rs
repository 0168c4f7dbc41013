//! Files in and out. What is opened becomes a document of its own and replaces nothing.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use phaseplan::document::Document;
use phaseplan::protocol::{self, Answer, Request};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

use super::notices::Notice;
use super::timer::Timer;
use super::workspace::{Change, Opened, Workspace};
use super::{persist, worker};

/// Larger files are refused before they are read, in bytes. 10,000 long tasks take a quarter of it.
const LARGEST: f64 = 16.0 * 1024.0 * 1024.0;

/// Opens a file that was chosen or dropped.
pub fn open(workspace: Workspace, file: File) {
    let name = file.name();
    if file.size() > LARGEST {
        // A whole number, since printing fractions takes 20 kB of program.
        let size = (file.size() / 1024.0 / 1024.0).round() as u64;
        workspace.notices.show(Notice::problem(format!(
            "{name} has {size} MB, and a plan has at most 16. It was not opened; choose the file with the tasks."
        )));
        return;
    }
    spawn_local(async move {
        match JsFuture::from(file.array_buffer()).await {
            Ok(buffer) => open_bytes(workspace, js_sys::Uint8Array::new(&buffer).to_vec(), name),
            Err(_) => workspace.notices.show(Notice::problem(format!(
                "{name} could not be read. If it is a folder, choose a file inside it."
            ))),
        }
    });
}

fn open_bytes(workspace: Workspace, bytes: Vec<u8>, name: String) {
    read(bytes, Some(name.clone()), move |found| match found {
        Ok(found) => {
            let notice = found.notice(&format!("Opened {name}"));
            let before = workspace.key.get_untracked();
            open_document(workspace, found.document);
            workspace.notices.show(match before.as_str() {
                "" => notice,
                _ => notice.with_action("Back to the plan before", move || open_stored(workspace, &before)),
            });
        }
        Err(message) => workspace.notices.show(Notice::problem(message)),
    });
}

/// Opens a document that is not in storage yet.
pub fn open_document(workspace: Workspace, document: Document) {
    workspace.apply(Change::Open(Box::new(Opened { document, ..Opened::default() })));
}

/// Opens a document by its name in storage.
pub fn open_stored(workspace: Workspace, name: &str) {
    persist::save_now(workspace);
    match persist::load(name) {
        Ok(opened) => workspace.apply(Change::Open(Box::new(opened))),
        Err(message) => workspace.notices.show(Notice::problem(message)),
    }
}

/// A plan that came from outside, with what to say about it.
pub struct Found {
    /// What was read.
    pub document: Document,
    /// Whether it is plan text, so that the text itself can be kept.
    pub is_plan_text: bool,
    format: String,
    notes: Vec<String>,
}

impl Found {
    /// What it was taken for, how much was read, and what was guessed or skipped.
    pub fn notice(&self, what_happened: &str) -> Notice {
        let tasks = self.document.plan().tasks.len();
        let s = if tasks == 1 { "" } else { "s" };
        let message = match self.is_plan_text {
            true => format!("{what_happened}: {tasks} task{s}."),
            false => format!("{what_happened} as {}: {tasks} task{s}.", self.format),
        };
        Notice::plain(message).with_details(self.notes.clone())
    }
}

/// Has a plan read that is in any known format; `then` gets it, or why it can't be read.
pub fn read(bytes: Vec<u8>, name: Option<String>, then: impl FnOnce(Result<Found, String>) + 'static) {
    worker::ask(&Request::Import { bytes, name }, move |answer| {
        then(match answer {
            Some(Answer::Imported(found)) => found.map(|found| Found::from(*found)),
            _ => {
                Err("The part of the program that reads plans did not load or stopped. Try again.".to_owned())
            }
        });
    });
}

impl From<protocol::Found> for Found {
    fn from(found: protocol::Found) -> Found {
        let is_plan_text = found.own_text.is_some();
        let notes = found.notes.into_iter().map(|note| match note.line {
            Some(line) => format!("Line {line}: {}", note.message),
            None => note.message,
        });
        Found {
            is_plan_text,
            format: found.format,
            // What is wrong with plan text stands under Problems, line by line.
            notes: if is_plan_text { Vec::new() } else { notes.collect() },
            document: match found.own_text {
                Some(own) => Document::from_text(own),
                None => Document::from_plan(found.plan),
            },
        }
    }
}

/// Saves text as a file in the downloads folder. Says whether the browser took it.
pub fn download(name: &str, media_type: &str, content: &str) -> bool {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = js_sys::Array::of1(&content.into());
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else { return false };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return false };
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    let Some(link) = link else { return false };
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The download has its own reference by the time the timer runs.
    Timer::new().start(Duration::from_secs(30), move || {
        let _ = Url::revoke_object_url(&address);
    });
    true
}
