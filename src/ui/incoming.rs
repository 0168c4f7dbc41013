//! What is pasted, chosen or dropped. The worker finds out what it is.

use js_sys::Array;
use phaseplan::incoming::Input;
use phaseplan::protocol::{Answer, Change, Content, DocumentList, DocumentRequest, Found};

use super::notices::Notice;
use super::timer::next_frame;
use super::workspace::Workspace;
use super::{compare, documents, files, page, review, worker};

/// Has the worker read something; `then` gets what it is, or why it can't be read. It can be opened or added
/// next.
pub fn read(input: Input, then: impl FnOnce(Result<Found, String>) + 'static) {
    worker::ask(DocumentRequest::Import(input), move |answer| {
        then(match answer {
            Some(Answer::Imported(found)) => found,
            _ => {
                Err("The part of the program that reads plans failed to load or stopped. Try again."
                    .to_owned())
            }
        });
    });
}

/// Opens pasted text as the plan. Another tool's plan is shown first.
pub fn take(workspace: Workspace, pasted: String) {
    read(Input::paste(pasted.as_str()), move |found| match found {
        Ok(Found::Plan { .. }) => replace(workspace, false),
        Ok(found) => open(workspace, found, true),
        Err(message) => {
            // The user may want even unreadable text in the box.
            workspace.notices.show(Notice::problem([&message, " It was pasted as it is."].concat()));
            // Treated as typing, so the text is in the box and in the journal even if the worker can't store
            // it.
            workspace.typed(pasted.replace("\r\n", "\n").replace('\r', "\n"));
        }
    });
}

/// Puts what was read, or its text as it is, in the place of the open plan.
pub fn replace(workspace: Workspace, unread: bool) {
    documents::close(workspace);
    let content = if unread { Content::Unread } else { Content::Found };
    workspace.apply_with_notice(Change::Become { content, label: "paste".to_owned() });
}

/// Opens what was read. It becomes a document of its own, and another tool's plan is shown before that.
/// `replaces` says whether it was pasted in place of the open plan.
fn open(workspace: Workspace, found: Found, replaces: bool) {
    if !matches!(found, Found::Import { .. }) {
        documents::close(workspace);
    }
    match found {
        Found::Plan { said } => open_plan(workspace, said),
        Found::Import { .. } => {
            documents::show(workspace, DocumentList::Import { replaces });
            page::focus_when_there("#documents .primary".to_owned());
        }
        Found::Shared { .. } => workspace.open(Content::Found),
        Found::Reply => review::receive(workspace),
        Found::Evidence => workspace.apply_with_notice(Change::Know(true)),
    }
}

/// Opens the text pasted into the field for links as a new plan, or adds a reply to the open plan's review.
/// Errors are shown next to the field.
pub fn open_pasted(workspace: Workspace) {
    read(Input::paste(documents::pasted()), move |found| {
        let problem = match found {
            Ok(Found::Plan { .. } | Found::Import { .. }) => {
                "There is no link in this text. Copy the whole link, or the whole message.".to_owned()
            }
            Ok(found) => return open(workspace, found, false),
            Err(message) => message,
        };
        workspace.document_list.set(Some(DocumentList::Link { problem }));
    });
}

/// Opens files that were chosen, dropped or pasted, all together as one input. While another plan is being
/// chosen, they are that.
pub fn open_files(workspace: Workspace, chosen: Array) {
    files::read_all(workspace, chosen, move |input| {
        match (compare::is_choosing(workspace), input.is_too_much()) {
            (true, Some(message)) => workspace.notices.show(Notice::problem(message)),
            (true, None) => compare::take(workspace, input),
            (false, _) => open_input(workspace, input),
        }
    });
}

fn open_input(workspace: Workspace, input: Input) {
    read(input, move |found| match found {
        Ok(found) => open(workspace, found, false),
        Err(message) => workspace.notices.show(Notice::problem(message)),
    });
}

/// Opens the plan that was read as a document of its own, with a way back.
pub fn open_plan(workspace: Workspace, said: String) {
    documents::close(workspace);
    let before = workspace.key.get_untracked();
    workspace.open(Content::Found);
    let notice = Notice::plain(said);
    workspace.notices.show(match before.as_str() {
        "" => notice,
        _ => notice.with_action("Back to the previous plan", move || workspace.open_stored(&before)),
    });
}

/// Offers to open what was pasted between other text as a plan of its own, if it is another tool's plan or a link.
/// Call it before the browser inserts the text.
pub fn offer(workspace: Workspace, pasted: String) {
    // The paste is a step of its own, so that it can be undone alone.
    workspace.typed_at.put(0.0);
    next_frame(move || {
        let sent = workspace.sent();
        read(Input::paste(pasted.as_str()), move |found| {
            let (words, label) = match found {
                Ok(Found::Import { tasks, format }) if tasks > 1 => (
                    ["You pasted another tool's plan, read as ", &format, "."].concat(),
                    "Import as a new plan",
                ),
                Ok(Found::Shared { .. }) => ("You pasted a link to a plan.".to_owned(), "Open the link"),
                Ok(Found::Evidence) => ("You pasted a list of files.".to_owned(), "Use as known files"),
                _ => return,
            };
            let is_last = workspace.sent() == sent;
            let step = workspace.document.with_untracked(|document| document.step);
            let open = move || open_input(workspace, Input::paste(pasted.as_str()));
            // Where it was pasted, it is only in the way.
            let press = move || match is_last {
                true => workspace.apply_then(Change::UndoStep(step), {
                    let open = open.clone();
                    move |_| open()
                }),
                false => open(),
            };
            workspace.notices.show(Notice::plain(words).with_action(label, press));
        });
    });
}
