//! Comparing the open plan with another one: choosing it, going from change to change, and the list of changes.

use phaseplan::protocol::{Answer, Compare, Request, Shelf, Wanted};
use phaseplan::view::compare::PAGE;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement};

use super::drawn::keep_drawn;
use super::element::{El, el};
use super::keys::test;
use super::notices::Notice;
use super::page::{self, closest_value};
use super::state::{Derived, State};
use super::workspace::{Pane, Side, Workspace};
use super::{acts, clipboard, documents, files, planner, worker};

/// Lets the person choose what to compare with.
pub fn choose(workspace: Workspace) {
    documents::show(workspace, Shelf::Compare { problem: String::new() });
}

/// Hears what is chosen in the dialog of plans.
pub fn hear_choice(dialog: El, workspace: Workspace) -> El {
    dialog.on("change", move |event: Event| {
        let input = page::closest(&event, "[type=file]");
        let file = input.and_then(|input| input.unchecked_into::<HtmlInputElement>().files()?.item(0));
        if let Some(file) = file {
            files::read_all(workspace, file, move |name, bytes| {
                compare(workspace, Compare::Given { bytes, name: Some(name) });
            });
        }
    })
}

/// Compares with what was pasted into the dialog.
pub fn compare_pasted(workspace: Workspace) {
    let area = page::find::<HtmlTextAreaElement>("#documents textarea");
    let bytes = area.map(|area| area.value()).unwrap_or_default().into_bytes();
    compare(workspace, Compare::Given { bytes, name: None });
}

/// Begins a comparison, turns it round, or ends it. What can't be compared is said in the dialog.
pub fn compare(workspace: Workspace, compare: Compare) {
    let begins = !matches!(compare, Compare::Swap | Compare::End);
    worker::ask(&Request::Compare(compare), move |answer| match answer {
        Some(Answer::Planned(planned)) => {
            workspace.change.set(None);
            planner::show(workspace, planned);
            if begins {
                documents::close();
                workspace.side.set(Side::Changes);
                workspace.pane.set(Pane::Problems);
                workspace.sheet.set(false);
            }
        }
        Some(Answer::Done(Err(problem))) => workspace.shelf.set(Some(Shelf::Compare { problem })),
        _ => workspace.notices.show(Notice::problem(
            "The plans were not compared, because a part of the program stopped. Try again.",
        )),
    });
}

/// Whether plans are compared.
pub fn is_comparing(workspace: Workspace) -> Derived<bool> {
    Derived::new(move || workspace.planned.with(|planned| planned.compared.is_some()))
}

/// What stands above everything while plans are compared.
pub fn banner(workspace: Workspace) -> El {
    let is_comparing = is_comparing(workspace);
    el("div").live_option(move || {
        if !is_comparing.get() {
            return None;
        }
        let banner = el("div")
            .class("banner comparing")
            .attr("role", "region")
            .attr("aria-label", "Comparison")
            .test(test::COMPARING);
        let wanted = move || {
            workspace.planned.track();
            Some(Wanted::Comparing { current: workspace.change.get() })
        };
        keep_drawn(workspace, vec![banner.node()], wanted, |_| ());
        Some(hear(banner, workspace))
    })
}

/// The list of changes.
pub fn list(workspace: Workspace) -> El {
    let (rows, as_text) = (State::new(PAGE), State::new(false));
    let list = el("div");
    let wanted = move || {
        workspace.planned.track();
        Some(Wanted::Changes { rows: rows.get(), current: workspace.change.get(), as_text: as_text.get() })
    };
    keep_drawn(workspace, vec![list.node()], wanted, |_| ());
    hear(list, workspace).on("click", move |event: Event| {
        match closest_value(&event, "data-act").as_deref() {
            Some("more") => rows.update(|rows| *rows += PAGE),
            Some("as-text") => as_text.update(|as_text| *as_text = !*as_text),
            _ => {}
        }
        if let Some(text) = closest_value(&event, "data-copy") {
            clipboard::copy(&text, move |went| {
                workspace.notices.show(Notice::plain(match went {
                    true => "Copied.",
                    false => "The browser does not let pages copy. Select the text and press Ctrl+C.",
                }));
            });
        }
    })
}

fn hear(element: El, workspace: Workspace) -> El {
    element.on("click", move |event: Event| match closest_value(&event, "data-act").as_deref() {
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
    })
}

/// Goes to the next change, or to the one before, round and round.
pub fn step(workspace: Workspace, forth: bool) {
    let count = workspace.planned.with_untracked(|planned| planned.compared.as_ref().map_or(0, Vec::len));
    let Some(next) = acts::round(workspace.change.get_untracked(), count, forth) else {
        return workspace.tell("No changes.");
    };
    workspace.side.set(Side::Changes);
    workspace.pane.set(Pane::Problems);
    workspace.sheet.set(false);
    show(workspace, next);
    page::focus_when_there([".change.current[data-number='", &next.to_string(), "'] .change-title"].concat());
}

/// Makes a change the current one, and selects its task in every view.
fn show(workspace: Workspace, number: usize) {
    let task = workspace.planned.with_untracked(|planned| planned.compared.as_ref()?.get(number).cloned());
    workspace.change.set(Some(number));
    workspace.selection.set(task.filter(|task| workspace.lines_of(task).is_some()));
}
