//! Derives the report from the document after each change, without standing in the way of typing.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use phaseplan::Report;
use phaseplan::schedule::Budget;

use super::keys::storage as key;
use super::storage;
use super::workspace::Workspace;

/// Plans with more tasks are computed only after a pause in typing.
pub const SMALL: usize = 400;
/// That pause.
const PAUSE: Duration = Duration::from_millis(250);

/// Computes the report after the change has been drawn; a newer change takes the place of one that waits.
pub fn plan_soon(workspace: Workspace) {
    let tasks = workspace.document_untracked().plan().tasks.len();
    let delay = if tasks <= SMALL { Duration::ZERO } else { PAUSE };
    workspace.planning.set(true);
    workspace.waiting_plan.start(delay, move || plan_now(workspace));
}

/// Computes the report of the document as it is.
fn plan_now(workspace: Workspace) {
    let plan = workspace.document_untracked().plan().clone();
    let report = Report::new(plan, &Budget::default());
    workspace.report.set(Arc::new(report));
    workspace.planning.set(false);
    storage::remove(key::STARTS);
    tell_result(workspace);
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
