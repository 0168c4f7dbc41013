//! What is on the screen first: the document of last time, and what was typed before the program was there.

use leptos::prelude::*;
use phaseplan::document::Document;
use serde::Deserialize;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use super::keys::storage as key;
use super::notices::Notice;
use super::workspace::{Change, Opened, Workspace};
use super::{persist, storage};

/// The text of a box, and the document that it was shown for (empty for none).
#[derive(Default, Deserialize)]
struct Typed {
    key: String,
    text: String,
}

/// What the static page holds, with where the caret stands.
pub struct StaticPage {
    typed: Typed,
    selection: Option<(u32, u32)>,
}

impl StaticPage {
    /// Reads the box of the static page.
    pub fn read() -> StaticPage {
        let found = document().query_selector("#shell textarea").ok().flatten();
        let Some(text_box) = found.and_then(|element| element.dyn_into::<HtmlTextAreaElement>().ok()) else {
            return StaticPage { typed: Typed::default(), selection: None };
        };
        let typed = Typed { key: text_box.dataset().get("key").unwrap_or_default(), text: text_box.value() };
        let has_focus = document().active_element().is_some_and(|active| active == **text_box);
        let caret = || Some((text_box.selection_start().ok()??, text_box.selection_end().ok()??));
        StaticPage { typed, selection: if has_focus { caret() } else { None } }
    }

    /// Takes the static page off the screen and puts the caret where it was.
    pub fn hand_over(self) {
        if let Some(shell) = document().get_element_by_id("shell") {
            shell.remove();
        }
        let found = document().query_selector("textarea.editor-text").ok().flatten();
        if let (Some(text_box), Some((from, to))) = (found, self.selection)
            && let Ok(text_box) = text_box.dyn_into::<HtmlTextAreaElement>()
        {
            let _ = text_box.focus();
            let _ = text_box.set_selection_range(from, to);
        }
    }

    /// Opens the document of last time and takes over what was typed since.
    pub fn open(&self, workspace: Workspace) {
        let rescued = storage::get(key::RESCUED).and_then(|text| serde_json::from_str::<Typed>(&text).ok());
        if let Some(name) = persist::last_open() {
            match persist::load(&name) {
                Ok(opened) => workspace.apply(Change::Open(Box::new(opened))),
                Err(message) => workspace.notices.show(Notice::problem(message)),
            }
        }
        for typed in rescued.iter().chain([&self.typed]) {
            take_over(workspace, typed);
        }
        storage::remove(key::RESCUED);
    }
}

fn take_over(workspace: Workspace, typed: &Typed) {
    if typed.key == workspace.key.get_untracked() {
        if typed.text != workspace.document_untracked().text {
            workspace.apply(Change::Text(typed.text.clone()));
        }
    } else if !typed.text.trim().is_empty() {
        let document = Document::from_text(typed.text.clone());
        workspace.apply(Change::Open(Box::new(Opened { document, ..Opened::default() })));
    }
}
