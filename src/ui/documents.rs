//! Actions on the plans on this device, and their dialog.

use phaseplan::protocol::{Answer, DocumentList, DocumentRequest, LibraryRequest, Request, SavedFile};
use phaseplan::view::List;
use web_sys::{HtmlDialogElement, HtmlInputElement, HtmlTextAreaElement};

use super::notices::Notice;
use super::workspace::Workspace;
use super::{files, page, worker};

const DIALOG: &str = "#documents";

/// Opens the dialog with this list.
pub fn show(workspace: Workspace, list: DocumentList) {
    page::hide("open-menu");
    workspace.views.begin_list(List::Import);
    // First, because it ends the writing into a field, which is about the open plan and not about an import.
    if let Some(dialog) = page::find::<HtmlDialogElement>(DIALOG) {
        let _ = dialog.show_modal();
    }
    workspace.document_list.set(Some(list));
    // Another list was there before.
    if let Some(body) = page::find_element(".shelf-body") {
        body.set_scroll_top(0);
    }
}

/// The text pasted into the dialog.
pub fn pasted() -> String {
    page::find::<HtmlTextAreaElement>("#documents textarea").map(|area| area.value()).unwrap_or_default()
}

/// Closes the dialog, and the menu that also has a list.
pub fn close(workspace: Workspace) {
    page::hide("open-menu");
    // The event of the dialog arrives late, and an import that is shown takes every change.
    if is_previewing(workspace) {
        workspace.document_list.set(None);
    }
    if let Some(dialog) = page::find::<HtmlDialogElement>(DIALOG) {
        dialog.close();
    }
}

/// Sends a request, shows its outcome in a notice, and redraws the list.
pub fn ask(workspace: Workspace, request: impl Into<Request>) {
    worker::ask(request, move |answer| {
        match answer {
            Some(Answer::Done(Ok(done))) => workspace.notices.show(Notice::plain(done)),
            Some(Answer::Files(saved)) => {
                for SavedFile { name, media_type, content } in saved {
                    files::download(&name, &media_type, &content);
                }
            }
            answer => refuse(workspace, answer),
        }
        workspace.document_list.update(|_| ());
    });
}

/// Copies a version to a new document, and opens it.
pub fn open_version(workspace: Workspace, key: String, saved: u64) {
    worker::ask(LibraryRequest::CopyVersion { key, saved }, move |answer| match answer {
        Some(Answer::Done(Ok(key))) => {
            close(workspace);
            workspace.open_stored(&key);
        }
        answer => refuse(workspace, answer),
    });
}

/// Shows why an action failed.
pub fn refuse(workspace: Workspace, answer: Option<Answer>) {
    workspace.notices.show(Notice::problem(match answer {
        Some(Answer::Done(Err(why))) => why,
        _ => "Nothing was changed because a part of the program stopped. Try again.".to_owned(),
    }));
}

/// Saves the open document as a version with the name in the field of the dialog.
pub fn name_version(workspace: Workspace) {
    let field = page::find::<HtmlInputElement>("#documents input");
    ask(workspace, LibraryRequest::NameVersion(field.map(|field| field.value()).unwrap_or_default()));
}

/// Whether an import is shown that is not opened yet. Then changes are made to its plan.
pub fn is_previewing(workspace: Workspace) -> bool {
    workspace.document_list.with_untracked(|list| matches!(list, Some(DocumentList::Import { .. })))
}

/// Changes the plan of the import that is shown.
pub fn change_import(workspace: Workspace, request: DocumentRequest) {
    worker::ask(request, move |answer| {
        match answer {
            Some(Answer::Changed(Ok(_)) | Answer::Done(Ok(_))) => {}
            Some(Answer::Changed(Err(why))) => workspace.notices.show(Notice::plain(why)),
            answer => refuse(workspace, answer),
        }
        workspace.document_list.update(|_| ());
    });
}
