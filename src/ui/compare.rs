//! Comparing the open plan with another one: choosing it, going from change to change, and the list of changes.

use phaseplan::protocol::{Answer, Compare, Request, Shelf, Wanted};
use phaseplan::view::compare::PAGE;
use web_sys::Event;

use super::drawn::keep_drawn;
use super::element::{El, effect, el};
use super::page::{self, closest_value};
use super::panels::review;
use super::state::{Derived, State};
use super::workspace::{Pane, Side, Workspace};
use super::{acts, clipboard, documents, planner, worker};

/// Lets the person choose what to compare with. `problem` says why it could not be what was chosen before.
pub fn choose(workspace: Workspace, problem: String) {
    documents::show(workspace, Shelf::Compare { problem });
}

/// Compares with what was pasted into the dialog of plans.
pub fn compare_pasted(workspace: Workspace) {
    compare(workspace, Compare::Given { bytes: documents::pasted().into_bytes(), name: None });
}

/// Begins a comparison, turns it round, or ends it. What can't be compared is said in the dialog.
pub fn compare(workspace: Workspace, compare: Compare) {
    let (is_over, goes_on) = (compare == Compare::End, compare == Compare::Swap);
    worker::ask(&Request::Compare(compare), move |answer| match answer {
        Some(Answer::Planned(planned)) => {
            workspace.change.set(None);
            planner::show(workspace, planned);
            if is_over {
                workspace.side.set(Side::Problems);
            } else if !goes_on {
                documents::close();
                go_to_list(workspace);
            }
        }
        Some(Answer::Done(Err(problem))) => choose(workspace, problem),
        answer => documents::refuse(workspace, answer),
    });
}

fn go_to_list(workspace: Workspace) {
    // Setting it draws the list from nothing.
    if workspace.side.get_untracked() != Side::Changes {
        workspace.side.set(Side::Changes);
    }
    workspace.pane.set(Pane::Problems);
    workspace.sheet.set(false);
}

/// Whether plans are compared.
pub fn is_comparing(workspace: Workspace) -> Derived<bool> {
    Derived::new(move || workspace.planned.with(|planned| planned.compared.is_some()))
}

/// What stands above everything while plans are compared.
pub fn banner(workspace: Workspace) -> El {
    keep(workspace, Box::new(|current| Wanted::Comparing { current }))
}

/// The list of changes.
pub fn list(workspace: Workspace) -> El {
    let (rows, as_text) = (State::new(PAGE), State::new(false));
    // A change can be gone to in the list only.
    effect(move || {
        if workspace.change.get().is_some() {
            as_text.set(false);
        }
    });
    let wanted = move |current| Wanted::Changes { rows: rows.get(), current, as_text: as_text.get() };
    let list = keep(workspace, Box::new(wanted));
    list.on("click", move |event: Event| match closest_value(&event, "data-act").as_deref() {
        Some("more") => rows.update(|rows| *rows += PAGE),
        Some("as-text") => as_text.update(|as_text| *as_text = !*as_text),
        _ => {}
    })
}

/// Keeps an element at what is wanted of the comparison, given the current change, and hears what is pressed in it.
fn keep(workspace: Workspace, wanted: Box<dyn Fn(Option<usize>) -> Wanted>) -> El {
    let element = el("div");
    let is_comparing = is_comparing(workspace);
    let wanted = move || {
        // Without a comparison there is nothing to draw anew.
        if is_comparing.get() {
            workspace.planned.track();
        }
        Some(wanted(workspace.change.get()))
    };
    keep_drawn(workspace, vec![element.node()], wanted, |_| ());
    element.on("click", move |event: Event| {
        if let Some(text) = closest_value(&event, "data-copy") {
            return clipboard::copy(&text, move |went| review::tell_copied(workspace, went));
        }
        match closest_value(&event, "data-act").as_deref() {
            Some("next-change") => step(workspace, true),
            Some("previous-change") => step(workspace, false),
            Some("show-change") => {
                if let Some(number) = acts::problem_of(&event) {
                    show(workspace, number);
                }
            }
            Some("swap") => compare(workspace, Compare::Swap),
            Some("end-comparison") => compare(workspace, Compare::End),
            _ => {}
        }
    })
}

/// Goes to the next change, or to the one before, round and round.
pub fn step(workspace: Workspace, forth: bool) {
    let count = workspace.planned.with_untracked(|planned| planned.compared.as_ref().map_or(0, Vec::len));
    if let Some(next) = acts::round(workspace.change.get_untracked(), count, forth) {
        go_to_list(workspace);
        show(workspace, next);
        page::focus_when_there([".change.current[data-number='", &next.to_string(), "'] button"].concat());
    }
}

/// Makes a change the current one, and selects its task in every view.
fn show(workspace: Workspace, number: usize) {
    let task = workspace.planned.with_untracked(|planned| planned.compared.as_ref()?.get(number).cloned());
    workspace.change.set(Some(number));
    workspace.selection.set(task.filter(|task| workspace.lines_of(task).is_some()));
}
