//! Global keyboard shortcuts.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use phaseplan::protocol::{Change, Form};

use super::element::on;
use super::timer::next_frame;
use super::workspace::{Pane, SaveStatus, Side, Workspace};
use super::{compare, page, problems, review, saving, search};

/// Shortcuts with their descriptions, as listed in the help. A space separates keys pressed together.
pub const KEYS: &[(&str, &str)] = &[
    ("Ctrl Z", "Undo"),
    ("Ctrl Shift Z", "Redo"),
    ("Ctrl S", "Save now (changes are also saved automatically)"),
    ("Ctrl .", "Go to the repairs of the selected task"),
    ("F8", "Next problem"),
    ("Shift F8", "Previous problem"),
    ("F7", "Next change, while plans are compared"),
    ("Shift F7", "Previous change"),
    ("F9", "Present the plan on a shared screen"),
    ("F6", "Next pane"),
    ("Shift F6", "Pane before"),
    ("Alt 1", "Text"),
    ("Alt 2", "Schedule"),
    ("Alt 3", "Problems"),
    ("Alt 4", "Review"),
    ("C", "Comment on the selected task, outside of text"),
    ("R D F", "The selected task is at work, done, failed, outside of text"),
    ("Ctrl Enter", "In a review form: send"),
    ("← ↑ → ↓", "Among the cards: next card"),
    ("[ ]", "Among the cards: follow a line, back or forward"),
    ("Shift F", "Among the cards: focus on the selected task"),
    ("+ − 0", "Among the cards: larger, smaller, everything"),
    ("Esc Tab", "Leave the text box"),
    ("Esc", "End the search, or select nothing"),
    ("?", "This list, outside of text"),
];

/// Listens as long as the app exists.
pub fn listen(workspace: Workspace) {
    for event in ["pointerdown", "keydown", "wheel"] {
        on(&window(), event, move |_: Event| workspace.is_touched.put(true));
    }
    on(&window(), "keydown", move |event: KeyboardEvent| {
        if !event.default_prevented() && !event.is_composing() && press(workspace, &event) {
            event.prevent_default();
        }
    });
}

/// Performs a shortcut; returns whether there is one.
fn press(workspace: Workspace, event: &KeyboardEvent) -> bool {
    let command = event.ctrl_key() || event.meta_key();
    let key = event.key();
    match (command, event.alt_key(), key.as_str()) {
        (true, false, "z" | "Z") if !in_own_field(event) => {
            workspace.apply(if event.shift_key() { Change::Redo } else { Change::Undo });
        }
        (true, false, "y") if !in_own_field(event) => workspace.apply(Change::Redo),
        (true, false, "s") => save(workspace),
        (true, false, ".") => problems::go_to_fixes(workspace),
        (false, true, "1") => go_to(workspace, Pane::Tasks),
        (false, true, "2") => go_to(workspace, Pane::Phases),
        (false, true, "3") => go_to(workspace, Pane::Problems),
        (false, true, "4") => go_to(workspace, Pane::Review),
        (false, false, "c") if !in_text(event) && !in_dialog(event) => comment(workspace),
        (false, false, "r" | "d" | "f") if !in_text(event) && !in_dialog(event) => {
            let act = match key.as_str() {
                "r" => "start",
                "d" => "done",
                _ => "failed",
            };
            let form = Form { task: workspace.selection.get_untracked(), ..Form::default() };
            review::note_form(workspace, act.to_owned(), form, None);
        }
        (false, false, "F8") => problems::step(workspace, !event.shift_key()),
        (false, false, "F7") => compare::step(workspace, !event.shift_key()),
        (false, false, "F9") => {
            workspace.is_presenting.update(|is_presenting| *is_presenting = !*is_presenting);
        }
        (false, false, "F6") => go_to_next_pane(workspace, !event.shift_key()),
        (false, false, "Escape") => return escape(workspace, event),
        (false, false, "?") if !in_text(event) => page::show("keys-menu"),
        _ => return false,
    }
    true
}

/// Opens the form for a comment on the selected task, or else on the plan.
fn comment(workspace: Workspace) {
    let place = match workspace.selection.get_untracked() {
        None => {
            review::show(workspace);
            "[data-form=plan]"
        }
        selected => {
            workspace.select(selected);
            workspace.pane.set(Pane::Problems);
            "[data-test=comment-on-task]"
        }
    };
    page::focus_when_there([place, " textarea"].concat());
}

fn save(workspace: Workspace) {
    saving::leave(workspace);
    workspace.announce(match workspace.saved.get_untracked() {
        SaveStatus::Pending => "Saving.",
        SaveStatus::Failed(_) => "Not saved.",
        _ => "Saved on this device.",
    });
}

/// Esc ends a search, closes the task on a phone, or else clears the selection. Text boxes and dialogs handle it
/// themselves.
fn escape(workspace: Workspace, event: &KeyboardEvent) -> bool {
    if !in_dialog(event) && page::find_element(".searching").is_some() {
        search::cancel(workspace);
        return false;
    }
    if workspace.sheet.get_untracked() && is_phone() {
        workspace.close_sheet();
        return true;
    }
    if in_text(event) || in_dialog(event) || workspace.selection.with_untracked(Option::is_none) {
        return false;
    }
    workspace.select(None);
    workspace.side.set(Side::Problems);
    true
}

/// Whether the screen shows only one pane, as in `shell.css`.
pub fn is_phone() -> bool {
    window().match_media("(width < 760px)").ok().flatten().is_some_and(|query| query.matches())
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn in_text(event: &KeyboardEvent) -> bool {
    target(event).is_some_and(|element| element.matches("input, textarea, select").unwrap_or(false))
}

fn in_dialog(event: &KeyboardEvent) -> bool {
    target(event).is_some_and(|element| element.closest("dialog").ok().flatten().is_some())
}

/// In a text field, undo belongs to the browser.
fn in_own_field(event: &KeyboardEvent) -> bool {
    target(event).is_some_and(|element| element.matches("input, textarea:not(.editor-text)").unwrap_or(false))
}

/// Shows a pane and moves the focus there.
pub fn go_to(workspace: Workspace, pane: Pane) {
    workspace.pane.set(pane);
    // A pane hidden on the phone can take the focus only after it is drawn.
    next_frame(move || focus_pane(pane));
}

fn focus_pane(pane: Pane) {
    let (name, first) = match pane {
        Pane::Tasks => ("left", ".editor-text, .rows input"),
        Pane::Phases => ("middle", "[data-focus], button, [tabindex='0']"),
        Pane::Problems | Pane::Review => ("right", "[tabindex='0'], button"),
    };
    let inside = document().query_selector_all(&[".pane-", name, " :is(", first, ")"].concat());
    let Ok(candidates) = inside else { return };
    for at in 0..candidates.length() {
        let element = candidates.item(at).and_then(|node| node.dyn_into::<HtmlElement>().ok());
        if let Some(element) = element.filter(|element| element.offset_width() > 0) {
            let _ = element.focus();
            return;
        }
    }
}

fn go_to_next_pane(workspace: Workspace, forth: bool) {
    const ORDER: [(Pane, &str); 3] =
        [(Pane::Tasks, ".pane-left"), (Pane::Phases, ".pane-middle"), (Pane::Problems, ".pane-right")];
    let active = document().active_element();
    let here = ORDER.iter().position(|(_, selector)| {
        active.as_ref().is_some_and(|active| active.closest(selector).ok().flatten().is_some())
    });
    let next = match (here, forth) {
        (None, _) => 0,
        (Some(at), true) => (at + 1) % ORDER.len(),
        (Some(at), false) => (at + ORDER.len() - 1) % ORDER.len(),
    };
    go_to(workspace, ORDER[next].0);
}
