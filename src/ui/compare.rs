//! Comparing the open plan with another one, and putting other work beside it: choosing it, and stepping
//! through the changes.

use phaseplan::incoming::Input;
use phaseplan::protocol::{
    Answer, BesideChange, Comparison, DocumentList, DocumentRequest, LibraryRequest, Request, StoredPlan,
};

use super::state::Derived;
use super::workspace::{Pane, Side, Workspace};
use super::{documents, page, worker};

/// Opens the choice of plans to compare with, or to put `beside` the open one. `problem` is the reason why
/// the last choice failed.
pub fn choose(workspace: Workspace, beside: bool, problem: String) {
    documents::show(workspace, DocumentList::Compare { beside, problem });
}

/// What the choice in the dialog is for, if it is open: to put something beside the open plan, else to compare.
fn purpose(workspace: Workspace) -> Option<bool> {
    workspace.document_list.with_untracked(|list| match list {
        Some(DocumentList::Compare { beside, .. }) => Some(*beside),
        _ => None,
    })
}

/// Whether the dialog to choose another plan is open, so that files are for it.
pub fn is_choosing(workspace: Workspace) -> bool {
    purpose(workspace).is_some()
}

/// Compares with what was given in the dialog, or puts it beside the open plan.
pub fn take(workspace: Workspace, input: Input) {
    match purpose(workspace) {
        Some(true) => change_beside(workspace, BesideChange::Add(input)),
        _ => compare(workspace, Comparison::With(input)),
    }
}

/// Changes what runs beside the open plan.
pub fn change_beside(workspace: Workspace, change: BesideChange) {
    ask(workspace, DocumentRequest::Beside(change).into(), show_beside);
}

/// Compares with a document on this device, or puts it beside the open plan.
pub fn take_document(workspace: Workspace, key: String) {
    match purpose(workspace) {
        Some(true) => ask(workspace, LibraryRequest::Beside(key).into(), show_beside),
        _ => compare_stored(workspace, StoredPlan::Document(key)),
    }
}

fn show_beside(workspace: Workspace) {
    documents::close(workspace);
    show_side(workspace, Side::Problems);
}

/// Compares with a plan on this device.
pub fn compare_stored(workspace: Workspace, plan: StoredPlan) {
    ask(workspace, LibraryRequest::Compare(plan).into(), begin);
}

/// Begins, swaps or ends a comparison.
pub fn compare(workspace: Workspace, comparison: Comparison) {
    let then: fn(Workspace) = match comparison {
        Comparison::With(_) => begin,
        Comparison::Swap => |_| (),
        Comparison::End => |workspace| workspace.side.set(Side::Problems),
    };
    ask(workspace, DocumentRequest::Compare(comparison).into(), then);
}

fn begin(workspace: Workspace) {
    documents::close(workspace);
    go_to_list(workspace);
}

/// Requests a comparison, shows it and calls `then`. Errors are shown in the dialog.
fn ask(workspace: Workspace, request: Request, then: fn(Workspace)) {
    worker::ask(request, move |answer| match answer {
        Some(Answer::Planned(planned)) => {
            workspace.change.set(None);
            workspace.show_plan(planned);
            then(workspace);
        }
        Some(Answer::Done(Err(problem))) => choose(workspace, purpose(workspace) == Some(true), problem),
        answer => documents::refuse(workspace, answer),
    });
}

fn go_to_list(workspace: Workspace) {
    show_side(workspace, Side::Changes);
}

fn show_side(workspace: Workspace, side: Side) {
    // Setting it redraws the list from scratch.
    if workspace.side.get_untracked() != side {
        workspace.side.set(side);
    }
    workspace.pane.set(Pane::Problems);
    workspace.sheet.set(false);
}

/// Whether there is a comparison.
pub fn is_comparing(workspace: Workspace) -> Derived<bool> {
    Derived::new(move || workspace.planned.with(|planned| planned.compared.is_some()))
}

/// Opens a document and compares it with one of its versions.
pub fn compare_version(workspace: Workspace, key: String, saved: u64) {
    if workspace.key.get_untracked() != key {
        workspace.open_stored(&key);
    }
    compare_stored(workspace, StoredPlan::Version { key, saved });
}

/// Goes to the next or previous change, wrapping around at the ends.
pub fn step(workspace: Workspace, forwards: bool) {
    let count = workspace.planned.with_untracked(|planned| planned.compared.as_ref().map_or(0, Vec::len));
    if let Some(next) = page::step_around(workspace.change.get_untracked(), count, forwards) {
        go_to_list(workspace);
        show(workspace, next);
        page::focus_when_there([".change.current[data-number='", &next.to_string(), "'] button"].concat());
    }
}

/// Makes a change the current one, and selects its task in every view.
pub fn show(workspace: Workspace, number: usize) {
    let task = workspace.planned.with_untracked(|planned| planned.compared.as_ref()?.get(number).cloned());
    workspace.change.set(Some(number));
    workspace.selection.set(task.filter(|task| workspace.lines_of(task).is_some()));
}
