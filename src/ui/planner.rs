//! Has the report derived from the document after each change, without standing in the way of typing.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use phaseplan::Report;
use phaseplan::document::Document;
use phaseplan::protocol::{Answer, Request};

use super::notices::Notice;
use super::worker;
use super::workspace::Workspace;

/// Plans with more tasks are computed only after a pause in typing.
pub const SMALL: usize = 400;
/// That pause.
const PAUSE: Duration = Duration::from_millis(250);

/// Asks for the report after the change has been drawn; a newer change takes the place of one that waits.
pub fn plan_soon(workspace: Workspace) {
    let tasks = workspace.document_untracked().plan().tasks.len();
    let delay = if tasks <= SMALL { Duration::ZERO } else { PAUSE };
    workspace.planning.set(true);
    workspace.waiting_plan.start(delay, move || plan_now(workspace));
}

/// Asks for the report of the document as it is, unless one is on its way: that one asks again when it is there.
fn plan_now(workspace: Workspace) {
    if workspace.is_asking_for_plan.get_value() {
        return;
    }
    workspace.is_asking_for_plan.set_value(true);
    let document = workspace.document_untracked();
    let request =
        Request::Plan { document: workspace.opening.get_untracked(), plan: document.plan().clone() };
    worker::ask(&request, move |answer| take_report(workspace, &document, answer));
}

/// Shows the report of a document, and asks for another one if the document has changed since.
fn take_report(workspace: Workspace, document: &Arc<Document>, answer: Option<Answer>) {
    workspace.is_asking_for_plan.set_value(false);
    if let Some(Answer::Planned(analysis, schedule, scene)) = answer {
        let (analysis, schedule) = (*analysis, *schedule);
        let report = Report { plan: document.plan().clone(), analysis, schedule, source: None };
        workspace.scene.set_value(Arc::new(*scene));
        workspace.report.set(Arc::new(report));
        tell_result(workspace);
    } else {
        workspace.notices.show(Notice::problem(
            "The plan could not be computed, because a part of the program did not load or stopped. Your text is kept; \
             the next change tries again.",
        ));
    }
    if Arc::ptr_eq(document, &workspace.document_untracked()) {
        workspace.planning.set(false);
    } else if !workspace.waiting_plan.is_waiting() {
        plan_now(workspace);
    }
}

/// Tells screen readers what came out, if it is not what they were told before.
fn tell_result(workspace: Workspace) {
    let words = workspace.report.with_untracked(|report| {
        let phases = report.schedule.phases.len();
        let conflicts = report.analysis.conflict_count;
        let s = |count: usize| if count == 1 { "" } else { "s" };
        format!("{phases} phase{}, {conflicts} conflict{}.", s(phases), s(conflicts))
    });
    if workspace.told_result.get_value() != words {
        workspace.told_result.set_value(words.clone());
        workspace.tell(words);
    }
}
