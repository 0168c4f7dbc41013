//! Text that is pasted as a whole plan.

use phaseplan::document::Document;

use super::files;
use super::notices::Notice;
use super::workspace::{Change, Workspace};

/// Makes pasted text the plan: what it says if it is the plan of another tool, else the text as it is.
pub fn take(workspace: Workspace, pasted: String) {
    files::read(pasted.clone().into_bytes(), None, move |found| match found {
        Ok(found) if !found.is_plan_text => {
            let notice = found.notice("Pasted").with_action("Undo", move || workspace.apply(Change::Undo));
            workspace.apply(Change::Become(found.document, "paste".to_owned()));
            workspace.notices.show(notice);
        }
        Ok(_) => put(workspace, &pasted),
        Err(message) => {
            // What can't be read may still be what the person wants in the box.
            if pasted.trim_start().starts_with(['{', '[']) {
                workspace.notices.show(Notice::problem(format!("{message} It was pasted as it is.")));
            }
            put(workspace, &pasted);
        }
    });
}

fn put(workspace: Workspace, text: &str) {
    let document = Document::from_text(text.replace("\r\n", "\n").replace('\r', "\n"));
    workspace.apply(Change::Become(document, "paste".to_owned()));
}
