//! Files in and out.

use std::time::Duration;

use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use leptos::task::spawn_local;
use phaseplan::incoming::{IGNORED, Input, MAX_BYTES, MAX_FILES};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use web_sys::{Blob, BlobPropertyBag, DataTransfer, FileList, HtmlAnchorElement, Url};

use super::notices::Notice;
use super::timer::Timer;
use super::workspace::Workspace;

#[wasm_bindgen]
extern "C" {
    /// In `boot.js`: the files and folders that were dropped. Only the event itself may ask for folders.
    #[wasm_bindgen(js_namespace = phaseplan)]
    pub fn dropped(data: &DataTransfer) -> Array;

    /// In `boot.js`: reads files, and folders with all that is in them, as pairs of path and bytes; if that is
    /// too much, as pairs of path and size. Throws the path of a file that can't be read, or the name of an
    /// empty folder. `ignored` has `/` between names.
    #[wasm_bindgen(js_namespace = phaseplan, js_name = readFiles, catch)]
    async fn read_files(chosen: &Array, ignored: &str, files: u32, bytes: u32) -> Result<JsValue, JsValue>;
}

/// The files of a list.
pub fn listed(files: Option<FileList>) -> Array {
    files.map_or_else(Array::new, |files| Array::from(&files))
}

/// Reads all chosen files and folders; `then` gets them. A notice names what can't be read.
pub fn read_all(workspace: Workspace, chosen: Array, then: impl FnOnce(Input) + 'static) {
    if chosen.length() == 0 {
        return;
    }
    let then: Box<dyn FnOnce(Input)> = Box::new(then);
    spawn_local(async move {
        match read_chosen(chosen).await {
            Ok(input) => then(input),
            Err(message) => workspace.notices.show(Notice::problem(message)),
        }
    });
}

async fn read_chosen(chosen: Array) -> Result<Input, String> {
    let read = read_files(&chosen, &IGNORED.join("/"), MAX_FILES as u32, MAX_BYTES as u32).await;
    let pairs: Array = read
        .map_err(|path| {
            let path = path.as_string().unwrap_or_default();
            [&path, " could not be read. If it is a folder, choose a file inside it."].concat()
        })?
        .unchecked_into();
    let mut given: Vec<(String, Vec<u8>)> = Vec::new();
    let mut size = None;
    for pair in pairs.iter() {
        let pair: Array = pair.unchecked_into();
        let (path, content) = (pair.get(0).as_string().unwrap_or_default(), pair.get(1));
        match content.as_f64() {
            Some(bytes) => {
                size = Some(size.unwrap_or(0) + bytes as usize);
                given.push((path, Vec::new()));
            }
            None => given.push((path, Uint8Array::new(&content).to_vec())),
        }
    }
    Ok(match size {
        Some(size) => Input::names(given.into_iter().map(|(path, _)| path).collect(), size),
        None => Input::files(given),
    })
}

/// Saves the text of the plan as a file.
pub fn download_text(workspace: Workspace) {
    download("plan.phaseplan.md", "text/markdown", &workspace.text.get_untracked());
}

/// Saves text as a file in the downloads folder. Returns whether the browser accepted it.
pub fn download(name: &str, media_type: &str, content: &str) -> bool {
    download_part(name, media_type, &content.into())
}

/// Saves bytes as a file in the downloads folder. Says whether the browser took it.
pub fn download_bytes(name: &str, media_type: &str, content: &[u8]) -> bool {
    download_part(name, media_type, &Uint8Array::from(content))
}

fn download_part(name: &str, media_type: &str, part: &JsValue) -> bool {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    // Takes parts of any kind.
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&Array::of1(part), &options) else { return false };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return false };
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    let Some(link) = link else { return false };
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // By the time the timer runs, the download has its own reference.
    Timer::new().start(Duration::from_secs(30), move || {
        let _ = Url::revoke_object_url(&address);
    });
    true
}
