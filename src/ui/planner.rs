//! Has the plan computed after each change, without standing in the way of typing.

use std::rc::Rc;
use std::time::Duration;

use phaseplan::protocol::{Answer, Planned, Request};

use super::notices::Notice;
use super::workspace::Workspace;
use super::{search, worker};

/// Plans with more tasks are computed only after a pause in typing.
pub const SMALL: usize = 400;
/// That pause.
const PAUSE: Duration = Duration::from_millis(250);

/// Asks for the plan; a newer change takes the place of one that waits.
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

/// Nothing has to be planned after all.
pub fn go_on(workspace: Workspace) {
    let waits = workspace.waiting_plan.is_waiting() || workspace.is_asking_for_plan.get_untracked();
    workspace.planning.set(waits);
}

/// Asks for the plan of the document as it is, unless one is on its way: that one asks again when it is there.
fn plan_now(workspace: Workspace) {
    if workspace.is_asking_for_plan.get_untracked() {
        return;
    }
    workspace.is_asking_for_plan.put(true);
    let sent = workspace.sent();
    worker::ask(&Request::Plan, move |answer| take_plan(workspace, sent, answer));
}

/// Shows what was computed, and asks again if the document has changed since.
fn take_plan(workspace: Workspace, sent: u32, answer: Option<Answer>) {
    workspace.is_asking_for_plan.put(false);
    if let Some(Answer::Planned(planned)) = answer {
        show(workspace, planned);
        search::search_soon(workspace);
    } else {
        workspace.notices.show(Notice::problem(
            "The plan could not be computed, because a part of the program did not load or stopped. Your text is kept; \
             the next change tries again.",
        ));
    }
    if sent == workspace.sent() {
        workspace.planning.set(false);
    } else if !workspace.waiting_plan.is_waiting() {
        plan_now(workspace);
    }
}

/// Shows what was computed.
pub fn show(workspace: Workspace, planned: Box<Planned>) {
    let told = planned.told.clone();
    workspace.planned.set(Rc::from(planned));
    tell_result(workspace, told);
}

/// Tells screen readers what came out, if it is not what they were told before.
fn tell_result(workspace: Workspace, words: String) {
    if workspace.told_result.get_untracked() != words {
        workspace.told_result.put(words.clone());
        workspace.tell(words);
    }
}
