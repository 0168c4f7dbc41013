//! What is pasted, chosen or dropped. The worker finds out what it is.

use js_sys::Array;
use phaseplan::incoming::Input;
use phaseplan::protocol::{
    Answer, Change, Comparison, Content, DocumentList, DocumentRequest, Found, FoundPlan,
};

use super::notices::Notice;
use super::timer::next_frame;
use super::workspace::Workspace;
use super::{acts, compare, documents, files, review, worker};

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

/// Opens pasted text as the plan: converted if it is another tool's plan, else unchanged.
pub fn take(workspace: Workspace, pasted: String) {
    read(Input::paste(pasted.as_str()), move |found| match found {
        Ok(Found::Shared { .. }) => workspace.open(Content::Found),
        Ok(Found::Reply) => review::receive(workspace),
        Ok(Found::Evidence) => know(workspace),
        Ok(Found::Plan(plan)) => {
            let content = Content::Found;
            let change = Change::Become { content, label: "paste".to_owned() };
            workspace.apply_then(change, move |outcome| match outcome {
                Ok(_) if plan.format.is_none() => {}
                Ok(changed) => {
                    let notice = Notice::plain(in_words("Pasted", &plan)).with_details(plan.notes);
                    workspace.notices.show(workspace.with_undo(notice, &changed));
                }
                Err(message) => workspace.notices.show(Notice::plain(message)),
            });
        }
        Err(message) => {
            // The user may want even unreadable text in the box.
            workspace.notices.show(Notice::problem([&message, " It was pasted as it is."].concat()));
            // Treated as typing, so the text is in the box and in the journal even if the worker can't store
            // it.
            workspace.typed(pasted.replace("\r\n", "\n").replace('\r', "\n"));
        }
    });
}

/// Opens the text pasted into the field for links as a new plan, or adds a reply to the open plan's review.
/// Errors are shown next to the field.
pub fn open_pasted(workspace: Workspace) {
    read(Input::paste(documents::pasted()), move |found| {
        let problem = match found {
            Ok(Found::Shared { .. }) => {
                documents::close();
                return workspace.open(Content::Found);
            }
            Ok(Found::Reply) => {
                documents::close();
                return review::receive(workspace);
            }
            Ok(Found::Evidence) => {
                documents::close();
                return know(workspace);
            }
            Ok(Found::Plan(_)) => {
                "There is no link in this text. Copy the whole link, or the whole message.".to_owned()
            }
            Err(message) => message,
        };
        workspace.document_list.set(Some(DocumentList::Link { problem }));
    });
}

/// Opens files that were chosen, dropped or pasted, all together as one input. What is opened becomes a
/// document of its own and replaces nothing.
pub fn open_files(workspace: Workspace, chosen: Array) {
    files::read_all(workspace, chosen, move |name, input| {
        read(input, move |found| match found {
            Ok(Found::Reply) => review::receive(workspace),
            Ok(Found::Evidence) => know(workspace),
            Ok(Found::Shared { .. }) => workspace.open(Content::Found),
            Ok(Found::Plan(plan)) => open_plan(workspace, &["Opened ", &name].concat(), plan),
            Err(message) => workspace.notices.show(Notice::problem(message)),
        });
    });
}

/// Takes in what was read about the repository of the open plan.
fn know(workspace: Workspace) {
    acts::change_with_notice(workspace, Change::Know(true));
}

/// Opens the plan that was read as a document of its own, with a way back.
fn open_plan(workspace: Workspace, what_happened: &str, plan: FoundPlan) {
    let notice = Notice::plain(in_words(what_happened, &plan)).with_details(plan.notes);
    let before = workspace.key.get_untracked();
    workspace.open(Content::Found);
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
            let (words, label) = match &found {
                Ok(Found::Plan(plan)) if plan.format.is_some() && plan.tasks > 1 => {
                    (in_words("You pasted another tool's plan, read", plan), "Import as a new plan")
                }
                Ok(Found::Shared { .. }) => ("You pasted a link to a plan.".to_owned(), "Open the link"),
                Ok(Found::Evidence) => ("You pasted a list of files.".to_owned(), "Use as known files"),
                _ => return,
            };
            let is_last = workspace.sent() == sent;
            let step = workspace.document.with_untracked(|document| document.step);
            let open = move || {
                read(Input::paste(pasted.as_str()), move |found| match found {
                    Ok(Found::Plan(plan)) => open_plan(workspace, "Imported", plan),
                    Ok(Found::Evidence) => know(workspace),
                    Ok(_) => workspace.open(Content::Found),
                    Err(message) => workspace.notices.show(Notice::problem(message)),
                });
            };
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

/// Compares the open plan with files that were chosen.
pub fn compare_files(workspace: Workspace, chosen: Array) {
    files::read_all(workspace, chosen, move |_, input| {
        compare::compare(workspace, Comparison::With(input));
    });
}

/// What a plan was taken for, and how much was read.
fn in_words(what_happened: &str, plan: &FoundPlan) -> String {
    let s = if plan.tasks == 1 { "" } else { "s" };
    let format = plan.format.as_ref().map_or(String::new(), |format| [" as ", format].concat());
    format!("{what_happened}{format}: {} task{s}.", plan.tasks)
}
