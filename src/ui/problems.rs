//! Stepping through problems, and jumping to their fixes.

use super::page;
use super::workspace::{Pane, Side, Workspace, Writing};

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

/// Moves the caret to a problem of the text; does nothing for others.
pub fn go_to_text(workspace: Workspace, number: usize) {
    let problem = workspace.planned.with_untracked(|planned| planned.problems.get(number).cloned());
    if let Some(range) = problem.and_then(|problem| problem.range) {
        workspace.writing.set(Writing::Text);
        workspace.pane.set(Pane::Tasks);
        workspace.caret_wanted.set(Some(range.start));
    }
}

/// Goes to the next or previous problem, wrapping around at the ends.
pub fn step(workspace: Workspace, forwards: bool) {
    let count = workspace.planned.with_untracked(|planned| planned.problems.len());
    let Some(next) = page::step_around(workspace.problem.get_untracked(), count, forwards) else {
        return workspace.announce("No problems.");
    };
    focus_card(workspace, next, ".problem-text");
}

/// Jumps to the first fix of a problem of the selected task, or else of the first problem that has one.
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
        None => workspace.announce("There is nothing to repair."),
    }
}

fn focus_card(workspace: Workspace, number: usize, inside: &str) {
    workspace.side.set(Side::Problems);
    workspace.pane.set(Pane::Problems);
    workspace.sheet.set(false);
    show(workspace, number);
    page::focus_when_there([".problem.current[data-number='", &number.to_string(), "'] ", inside].concat());
}
