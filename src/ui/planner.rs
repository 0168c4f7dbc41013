//! Computes the plan after each change, without delaying typing.

use std::time::Duration;

use phaseplan::protocol::{Answer, DocumentRequest};

use super::notices::Notice;
use super::workspace::Workspace;
use super::{search, worker};

/// Larger plans, in tasks, are computed only after a pause in typing.
pub const SMALL: usize = 400;
/// The length of that pause.
const PAUSE: Duration = Duration::from_millis(250);

/// Requests the plan; a newer change replaces a waiting one.
pub fn plan_soon(workspace: Workspace) {
    let tasks = workspace.document.with_untracked(|document| document.tasks.len());
    workspace.planning.set(true);
    search::supersede(workspace);
    if tasks <= SMALL {
        workspace.waiting_plan.stop();
        plan_now(workspace);
    } else {
        workspace.waiting_plan.start(PAUSE, move || plan_now(workspace));
    }
}

/// Updates `planning` after a change without effect.
pub fn go_on(workspace: Workspace) {
    let waits = workspace.waiting_plan.is_waiting() || workspace.is_asking_for_plan.get_untracked();
    workspace.planning.set(waits);
}

/// Requests the plan of the current document, unless a request is pending: then it is repeated after the
/// answer.
fn plan_now(workspace: Workspace) {
    if workspace.is_asking_for_plan.get_untracked() {
        return;
    }
    workspace.is_asking_for_plan.put(true);
    let sent = workspace.sent();
    worker::ask(DocumentRequest::Plan, move |answer| take_plan(workspace, sent, answer));
}

/// Shows the computed plan, and requests it again if the document has changed since.
fn take_plan(workspace: Workspace, sent: u32, answer: Option<Answer>) {
    workspace.is_asking_for_plan.put(false);
    if let Some(Answer::Planned(planned)) = answer {
        workspace.show_plan(planned);
        search::search_soon(workspace);
    } else {
        workspace.notices.show(Notice::problem(
            "The plan could not be computed because a part of the program failed to load or stopped. Your \
             text is safe; the next change tries again.",
        ));
    }
    if sent == workspace.sent() {
        workspace.planning.set(false);
    } else if !workspace.waiting_plan.is_waiting() {
        plan_now(workspace);
    }
}
