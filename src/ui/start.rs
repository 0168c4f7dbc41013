//! The first content of the screen: the last document, and text typed before the program was loaded.

use leptos::prelude::*;
use phaseplan::protocol::Content;
use web_sys::{Element, HtmlTextAreaElement};

use super::leftovers::{Leftover, recover_leftovers};
use super::workspace::Workspace;
use super::{journal, link, page, saving};

/// The text of the box, and its initial text.
#[derive(Default)]
struct Typed {
    /// The key of its document; empty for none.
    key: String,
    shown: String,
    text: String,
}

/// The text of the static page, and its caret.
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
        // `boot.js` shows the stored text as the default value, so a different value was typed.
        let typed =
            Typed { key, shown: text_box.default_value().unwrap_or_default(), text: text_box.value() };
        let has_focus = document().active_element().is_some_and(|active| active == **text_box);
        let caret = || Some((text_box.selection_start().ok()??, text_box.selection_end().ok()??));
        StaticPage { typed, selection: if has_focus { caret() } else { None } }
    }

    /// Removes the static page and restores the caret.
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

    /// Opens the plan in the address. If there is none, or something was typed, opens the document of last
    /// time first and takes over what was typed since.
    pub fn open(&self, workspace: Workspace, address: Option<String>) {
        let Typed { key, shown, text } = &self.typed;
        // The worker sends it too, but only after the first paint.
        workspace.text.set(text.as_str().into());
        if text != shown {
            journal::note_change(workspace);
        }
        let (key, shown) = (key.clone(), shown.clone());
        recover_leftovers(move |refused| {
            // What storage lost may just have come back from a journal.
            saving::check_storage(workspace);
            // People go on typing while storage is asked and while a link is read.
            let typed = move || {
                let text = workspace.text.get_untracked();
                (*text != *shown && !text.trim().is_empty()).then(|| (key.clone(), text.to_string()))
            };
            let Some(link) = address else { return open_last(workspace, typed(), refused) };
            link::open(workspace, link, move |is_plan| {
                workspace.is_starting.set(false);
                if !is_plan || refused.is_some() || typed().is_some() {
                    open_last(workspace, typed(), refused);
                }
            });
        });
    }
}

/// Opens the last document with the text typed into it, or the typed text as a new document. Text that
/// storage refused is shown before anything else, because there is no other copy.
fn open_last(workspace: Workspace, typed: Option<(String, String)>, refused: Option<Leftover>) {
    // What is drawn then runs after this function, and so asks the worker after the document is opened.
    workspace.is_starting.set(false);
    if let (Some(leftover), None) = (refused, &typed) {
        let content = leftover.content();
        if let Content::Text(text) = &content {
            workspace.text.set(text.as_str().into());
        }
        workspace.open(content);
        return leftover.forget(workspace);
    }
    match (saving::last_open(), typed) {
        (Some(last), Some((key, text))) if last == key => {
            workspace.open_stored(&last);
            workspace.typed(text);
        }
        (_, Some((_, text))) => workspace.open(Content::Text(text)),
        (Some(last), None) => workspace.open_stored(&last),
        (None, None) => {}
    }
}
