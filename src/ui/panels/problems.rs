//! Problems with their repairs, and the way from one to the next.

use phaseplan::TaskId;
use phaseplan::protocol::Wanted;
use web_sys::Event;

use super::super::drawn::keep_drawn;
use super::super::element::{El, el};
use super::super::workspace::{Pane, Side, Workspace};
use super::super::{acts, page};

/// The list of problems.
pub fn problems(workspace: Workspace) -> El {
    let list = el("div");
    let wanted = move || {
        workspace.planned.track();
        workspace.heard.track();
        Some(Wanted::Problems { current: workspace.problem.get() })
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
    let list = acts::hear(list, workspace, || ());
    list.on("pointerover", move |event: Event| point(tasks_of(acts::problem_of(&event))))
        .on("pointerleave", move |_: Event| point(Vec::new()))
}

/// Makes a problem the current one and shows its place in every view.
pub fn show(workspace: Workspace, number: usize) {
    let place = workspace.planned.with_untracked(|planned| {
        planned.problems.get(number).and_then(|problem| problem.tasks.first().cloned())
    });
    workspace.problem.set(Some(number));
    if place.is_some() {
        workspace.selection.set(place);
    }
}

/// Goes to the next problem, or to the one before, round and round.
pub fn step(workspace: Workspace, forth: bool) {
    let count = workspace.planned.with_untracked(|planned| planned.problems.len());
    let Some(next) = acts::round(workspace.problem.get_untracked(), count, forth) else {
        return workspace.tell("No problems.");
    };
    focus_card(workspace, next, ".problem-text");
}

/// Goes to the first repair of a problem of the selected task, else of the first problem that has one.
pub fn go_to_fixes(workspace: Workspace) {
    let selected = workspace.selection.get_untracked();
    let number = workspace.planned.with_untracked(|planned| {
        let mut fixable = planned.problems.iter().enumerate().filter(|(_, problem)| problem.has_fixes);
        let first = fixable.clone().next();
        let of_task =
            fixable.find(|(_, problem)| selected.as_ref().is_some_and(|id| problem.tasks.contains(id)));
        of_task.or(first).map(|(number, _)| number)
    });
    match number {
        Some(number) => focus_card(workspace, number, ".fix"),
        None => workspace.tell("There is nothing to repair."),
    }
}

fn focus_card(workspace: Workspace, number: usize, inside: &str) {
    workspace.side.set(Side::Problems);
    workspace.pane.set(Pane::Problems);
    workspace.sheet.set(false);
    show(workspace, number);
    page::focus_when_there([".problem.current[data-number='", &number.to_string(), "'] ", inside].concat());
}
