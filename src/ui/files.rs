//! Files in and out. What is opened becomes a document of its own and replaces nothing.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use phaseplan::protocol::{Answer, Content, Found, Request};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

use super::notices::Notice;
use super::panels::review;
use super::timer::Timer;
use super::workspace::Workspace;
use super::{persist, worker};

/// Larger files are refused before they are read, in bytes. 10,000 long tasks take a quarter of it.
const LARGEST: f64 = 16.0 * 1024.0 * 1024.0;

/// Opens a file that was chosen or dropped.
pub fn open(workspace: Workspace, file: File) {
    read_all(workspace, file, move |name, bytes| open_bytes(workspace, bytes, name));
}

/// Reads a file; `then` gets its name and its bytes. What can't be read is told.
pub fn read_all(workspace: Workspace, file: File, then: impl FnOnce(String, Vec<u8>) + 'static) {
    read_boxed(workspace, file, Box::new(then));
}

fn read_boxed(workspace: Workspace, file: File, then: Box<dyn FnOnce(String, Vec<u8>)>) {
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
            Ok(buffer) => then(name, js_sys::Uint8Array::new(&buffer).to_vec()),
            Err(_) => workspace.notices.show(Notice::problem(format!(
                "{name} could not be read. If it is a folder, choose a file inside it."
            ))),
        }
    });
}

fn open_bytes(workspace: Workspace, bytes: Vec<u8>, name: String) {
    let text = bytes.clone();
    read(bytes, Some(name.clone()), move |found| match found {
        Ok(found) if found.is_review => {
            review::receive(workspace, String::from_utf8_lossy(&text).into_owned())
        }
        Ok(found) => {
            let words = in_words(&["Opened ", &name].concat(), &found);
            let notice = Notice::plain(words).with_details(found.notes);
            let before = workspace.key.get_untracked();
            workspace.open("", Content::Found);
            workspace.notices.show(match before.as_str() {
                "" => notice,
                _ => notice.with_action("Back to the plan before", move || open_stored(workspace, &before)),
            });
        }
        Err(message) => workspace.notices.show(Notice::problem(message)),
    });
}

/// Opens a document by its name in storage.
pub fn open_stored(workspace: Workspace, name: &str) {
    workspace.open(name, persist::stored(name));
}

/// What a plan was taken for, and how much was read.
pub fn in_words(what_happened: &str, found: &Found) -> String {
    let s = if found.tasks == 1 { "" } else { "s" };
    match found.is_plan_text {
        true => format!("{what_happened}: {} task{s}.", found.tasks),
        false => format!("{what_happened} as {}: {} task{s}.", found.format, found.tasks),
    }
}

/// Has a plan read that is in any known format; `then` gets what it is, or why it can't be read. It can be opened next.
pub fn read(bytes: Vec<u8>, name: Option<String>, then: impl FnOnce(Result<Found, String>) + 'static) {
    worker::ask(&Request::Import { bytes, name }, move |answer| {
        then(match answer {
            Some(Answer::Imported(found)) => found,
            _ => {
                Err("The part of the program that reads plans did not load or stopped. Try again.".to_owned())
            }
        });
    });
}

/// Saves the text of the plan as a file.
pub fn download_text(workspace: Workspace) {
    download("plan.phaseplan.md", "text/markdown", &workspace.text.get_untracked());
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
