//! Problems with their fixes.

use phaseplan::TaskId;
use phaseplan::protocol::ViewRequest;
use web_sys::Event;

use super::super::drawn::keep_drawn;
use super::super::element::{El, el};
use super::super::page::problem_of;
use super::super::workspace::Workspace;

/// The list of problems.
pub fn problems(workspace: Workspace) -> El {
    let list = el("div");
    let wanted = move || {
        workspace.planned.track();
        workspace.search_events.track();
        Some(ViewRequest::Problems { current: workspace.problem.get() })
    };
    keep_drawn(workspace, vec![list.node()], wanted, |_| ());
    let tasks_of = move |number: Option<usize>| {
        let tasks = |number: usize| {
            workspace.planned.with_untracked(|planned| Some(planned.problems.get(number)?.tasks.clone()))
        };
        number.and_then(tasks).unwrap_or_default()
    };
    let point = move |tasks: Vec<TaskId>| {
        if workspace.highlight.with_untracked(|before| *before != tasks) {
            workspace.highlight.set(tasks);
        }
    };
    list.on("pointerover", move |event: Event| point(tasks_of(problem_of(&event))))
        .on("pointerleave", move |_: Event| point(Vec::new()))
}
