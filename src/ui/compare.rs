//! Comparing the open plan with another one: choosing it, and stepping through the changes.

use phaseplan::incoming::Input;
use phaseplan::protocol::{
    Answer, Comparison, DocumentList, DocumentRequest, LibraryRequest, Request, StoredPlan,
};

use super::state::Derived;
use super::workspace::{Pane, Side, Workspace};
use super::{documents, page, worker};

/// Opens the choice of plans to compare with. `problem` is the reason why the last choice failed.
pub fn choose(workspace: Workspace, problem: String) {
    documents::show(workspace, DocumentList::Compare { problem });
}

/// Compares with the text pasted into the dialog of plans.
pub fn compare_pasted(workspace: Workspace) {
    compare(workspace, Comparison::With(Input::paste(documents::pasted())));
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
        Some(Answer::Done(Err(problem))) => choose(workspace, problem),
        answer => documents::refuse(workspace, answer),
    });
}

fn go_to_list(workspace: Workspace) {
    // Setting it redraws the list from scratch.
    if workspace.side.get_untracked() != Side::Changes {
        workspace.side.set(Side::Changes);
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
