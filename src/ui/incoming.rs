//! Plans of other formats that arrive as text.

use phaseplan::document::Document;

use super::files;
use super::notices::Notice;
use super::workspace::{Change, Workspace};

/// Reads pasted text as a plan of another tool. Gives `false` if it is plan text, which needs no help, or can't be read.
pub fn take(workspace: Workspace, pasted: &str) -> bool {
    if pasted.trim().is_empty() {
        return false;
    }
    let found = match files::read(pasted.as_bytes(), None) {
        Ok(found) => found,
        Err(message) => {
            // What can't be read may still be what the person wants in the box.
            if pasted.trim_start().starts_with(['{', '[']) {
                workspace.notices.show(Notice::problem(format!("{message} It was pasted as it is.")));
            }
            return false;
        }
    };
    if found.is_plan_text {
        return false;
    }
    let notice = found.notice("Pasted").with_action("Undo", move || workspace.apply(Change::Undo));
    workspace.apply(Change::Become(found.document, "paste".to_owned()));
    workspace.notices.show(notice);
    true
}

/// Makes text the plan, as if it had been pasted into the empty box.
pub fn put(workspace: Workspace, text: String) {
    let document = Document::from_text(text.replace("\r\n", "\n").replace('\r', "\n"));
    workspace.apply(Change::Become(document, "paste".to_owned()));
}
