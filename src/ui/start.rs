//! What is on the screen first: the document of last time, and what was typed before the program was there.

use leptos::prelude::*;
use phaseplan::protocol::Content;
use web_sys::{Element, HtmlTextAreaElement};

use super::json::Object;
use super::keys::storage as key;
use super::workspace::Workspace;
use super::{page, persist, storage};

/// The text of a box, and the document that it was shown for (empty for none).
#[derive(Default)]
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
        let Some(text_box) = page::find::<HtmlTextAreaElement>("#shell textarea") else {
            return StaticPage { typed: Typed::default(), selection: None };
        };
        let typed = Typed { key: text_box.dataset().get("key").unwrap_or_default(), text: text_box.value() };
        let has_focus = document().active_element().is_some_and(|active| active == **text_box);
        let caret = || Some((text_box.selection_start().ok()??, text_box.selection_end().ok()??));
        StaticPage { typed, selection: if has_focus { caret() } else { None } }
    }

    /// Takes the static page off the screen and puts the caret where it was.
    pub fn hand_over(self) {
        if let Some(shell) = page::find::<Element>("#shell") {
            shell.remove();
        }
        if let (Some(text_box), Some((from, to))) =
            (page::find::<HtmlTextAreaElement>("textarea.editor-text"), self.selection)
        {
            let _ = text_box.focus();
            let _ = text_box.set_selection_range(from, to);
        }
    }

    /// Opens the document of last time and takes over what was typed since.
    pub fn open(&self, workspace: Workspace) {
        let rescued = storage::get(key::RESCUED).and_then(|text| {
            let rescued = Object::parse(&text)?;
            Some(Typed { key: rescued.text("key")?, text: rescued.text("text")? })
        });
        let stored = persist::last_open().and_then(|name| Some((persist::stored(&name)?, name)));
        let mut shown = String::new();
        if let Some((record, name)) = stored {
            shown = Object::parse(&record).and_then(|record| record.text("text")).unwrap_or_default();
            // The worker tells it too, but not before the first paint.
            workspace.text.set(shown.as_str().into());
            workspace.open(&name, Content::Record(record));
        }
        if let Some(rescued) = rescued {
            take_over(workspace, &rescued, &shown);
            storage::remove(key::RESCUED);
        }
        // The box holds what was stored, unless somebody typed before the program was there.
        if self.typed.text != shown {
            take_over(workspace, &self.typed, &shown);
        }
    }
}

/// Makes what was typed the text of the document it was typed into, or a document of its own.
fn take_over(workspace: Workspace, typed: &Typed, shown: &str) {
    if typed.key == workspace.key.get_untracked() {
        if typed.text != shown {
            workspace.typed(typed.text.clone());
        }
    } else if !typed.text.trim().is_empty() {
        workspace.text.set(typed.text.as_str().into());
        workspace.open("", Content::Text(typed.text.clone()));
    }
}
