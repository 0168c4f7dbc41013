//! Text that is pasted as a whole plan.

use phaseplan::protocol::{Change, Content, Shelf};

use super::documents;
use super::files::{self, in_words};
use super::notices::Notice;
use super::panels::review;
use super::workspace::Workspace;

/// Makes pasted text the plan: what it says if it is the plan of another tool, else the text as it is.
pub fn take(workspace: Workspace, pasted: String) {
    let text = pasted.clone();
    files::read(pasted.clone().into_bytes(), None, move |found| match found {
        Ok(found) if found.is_shared => workspace.open("", Content::Found),
        Ok(found) if found.is_review => review::receive(workspace, text),
        Ok(found) if !found.is_plan_text => {
            let notice = Notice::plain(in_words("Pasted", &found)).with_details(found.notes);
            put(workspace, Content::Found);
            workspace.notices.show(notice.with_action("Undo", move || workspace.apply(Change::Undo)));
        }
        Ok(_) => put(workspace, Content::Found),
        Err(message) => {
            // What can't be read may still be what the person wants in the box.
            workspace.notices.show(Notice::problem([&message, " It was pasted as it is."].concat()));
            // As if it was typed, so that it is in the box and in the journal even if the worker can't hold it.
            workspace.typed(pasted.replace("\r\n", "\n").replace('\r', "\n"));
        }
    });
}

/// Opens what was pasted into the box for links as a plan of its own, or takes in what people say about the open one. What can't be opened is
/// said beside it.
pub fn open_pasted(workspace: Workspace) {
    let pasted = documents::pasted();
    files::read(pasted.clone().into_bytes(), None, move |found| {
        let problem = match found {
            Ok(found) if found.is_shared => {
                documents::close();
                return workspace.open("", Content::Found);
            }
            Ok(found) if found.is_review => {
                documents::close();
                return review::receive(workspace, pasted);
            }
            Ok(_) => {
                "There is no link in this text. Copy the whole link, or the whole message with it.".to_owned()
            }
            Err(message) => message,
        };
        workspace.shelf.set(Some(Shelf::Link { problem }));
    });
}

fn put(workspace: Workspace, content: Content) {
    workspace.apply(Change::Become { content, label: "paste".to_owned() });
}
