//! What is on the screen first: the document of last time, and what was typed before the program was there.

use leptos::prelude::*;
use phaseplan::protocol::Content;
use web_sys::{Element, HtmlTextAreaElement};

use super::persist::Stray;
use super::workspace::Workspace;
use super::{files, link, page, persist};

/// The text of the box, and what was shown in it before anybody typed.
#[derive(Default)]
struct Typed {
    /// The document it was shown for; empty for none.
    key: String,
    shown: String,
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
        let key = text_box.dataset().get("key").unwrap_or_default();
        // `boot.js` shows what is stored as the default value, so that what differs was typed.
        let typed =
            Typed { key, shown: text_box.default_value().unwrap_or_default(), text: text_box.value() };
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

    /// Opens the document of last time and takes over what was typed since; then what the address holds.
    pub fn open(&self, workspace: Workspace, address: Option<String>) {
        let Typed { key, shown, text } = &self.typed;
        // The worker tells it too, but not before the first paint.
        workspace.text.set(text.as_str().into());
        if text != shown {
            persist::note_change(workspace);
        }
        let (key, shown) = (key.clone(), shown.clone());
        persist::bring_home(move |refused| {
            // People go on typing while storage is asked.
            let text = workspace.text.get_untracked();
            let typed = (*text != *shown && !text.trim().is_empty()).then(|| (key, text.to_string()));
            open_last(workspace, typed, refused);
            link::open_some(workspace, address);
        });
    }
}

/// Opens the document of last time, with what was typed into it, or what was typed as a document of its own. What storage
/// refused is shown first of all, since nothing else has it.
fn open_last(workspace: Workspace, typed: Option<(String, String)>, refused: Option<Stray>) {
    if let (Some(stray), None) = (refused, &typed) {
        let content = stray.content();
        if let Content::Text(text) = &content {
            workspace.text.set(text.as_str().into());
        }
        workspace.open("", content);
        return stray.forget(workspace);
    }
    match (persist::last_open(), typed) {
        (Some(last), Some((key, text))) if last == key => {
            files::open_stored(workspace, &last);
            workspace.typed(text);
        }
        (_, Some((_, text))) => workspace.open("", Content::Text(text)),
        (Some(last), None) => files::open_stored(workspace, &last),
        (None, None) => {}
    }
}
