//! Finds elements of the page and reads their attributes, and opens and closes those that the browser
//! manages.

use leptos::prelude::{document, window};
use phaseplan::TaskId;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::timer::next_frame;

/// The number of frames to wait for an element to be drawn.
const PATIENCE: u32 = 60;

/// The first element that matches the selector.
pub fn find<T: JsCast>(selector: &str) -> Option<T> {
    find_element(selector)?.dyn_into().ok()
}

/// The same, for elements of any type.
pub fn find_element(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// Reloads the page.
pub fn reload() {
    let _ = window().location().reload();
}

/// Focuses the first element that matches the selector.
pub fn focus(selector: &str) {
    if let Some(element) = find::<HtmlElement>(selector) {
        let _ = element.focus();
    }
}

/// Closes a popover, if it is open.
pub fn hide(id: &str) {
    if let Some(element) = find::<HtmlElement>(&["#", id].concat()) {
        let _ = element.hide_popover();
    }
}

/// Opens a popover, if it is closed.
pub fn show(id: &str) {
    if let Some(element) = find::<HtmlElement>(&["#", id].concat()) {
        let _ = element.show_popover();
    }
}

/// Focuses the first element that matches the selector as soon as it is drawn, scrolls to it, and opens the
/// collapsed sections around it.
pub fn focus_when_there(selector: String) {
    focus_within(selector, PATIENCE);
}

fn focus_within(selector: String, frames: u32) {
    next_frame(move || match find::<HtmlElement>(&selector) {
        Some(element) => {
            if let Ok(Some(details)) = element.closest("details") {
                let _ = details.set_attribute("open", "");
            }
            let _ = element.focus();
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            options.set_inline(ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
        None if frames > 0 => focus_within(selector, frames - 1),
        None => {}
    });
}

/// A text as a quoted string in a selector.
pub fn quoted(text: &str) -> String {
    ["\"", &text.replace('\\', "\\\\").replace('"', "\\\""), "\""].concat()
}

/// The value of an attribute on the nearest enclosing element that has it, from the target of an event.
pub fn closest_value(event: &Event, attribute: &str) -> Option<String> {
    closest(event, &["[", attribute, "]"].concat())?.get_attribute(attribute)
}

/// The nearest enclosing element that matches a selector, from the target of an event.
pub fn closest(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}

/// Keeps the keyboard focus while the elements `inside` change: an element that is moved gets it back, and if the
/// element is removed, the one that takes its place gets it.
pub fn keeping_focus(inside: &dyn Fn(&Element) -> bool, change: impl FnOnce()) {
    let before = document().active_element().filter(|element| !is_body(element) && inside(element));
    let place = before.as_ref().and_then(|before| {
        let pane = before.closest(".pane-body, dialog, .pane").ok()??;
        let at = candidates(&pane, FOCUSABLE).iter().position(|candidate| **candidate == *before);
        Some((pane, at.unwrap_or(0)))
    });
    change();
    let Some(before) = before else { return };
    if before.is_connected() {
        if document().active_element().as_ref() != Some(&before)
            && let Some(element) = before.dyn_ref::<HtmlElement>()
        {
            let _ = element.focus();
        }
    } else if let Some((pane, at)) = place.filter(|(pane, _)| pane.is_connected()) {
        let mut around = candidates(&pane, FOCUSABLE);
        around.truncate(at + 1);
        around.reverse();
        let _ = pane.set_attribute("tabindex", "-1");
        around.push(pane.unchecked_into());
        take_focus(&around);
    } else {
        rescue_focus();
    }
}

/// Elements that can have the focus.
const FOCUSABLE: &str = "button, input, select, textarea, summary, [tabindex='0']";

fn is_body(element: &Element) -> bool {
    element.tag_name() == "BODY"
}

fn candidates(inside: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = inside.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)).map(JsCast::unchecked_into).collect()
}

/// Focuses the first of these elements that takes it.
fn take_focus(elements: &[HtmlElement]) {
    for element in elements {
        let _ = element.focus();
        if document().active_element().as_ref() == Some(&**element) {
            break;
        }
    }
}

/// If nothing has the focus, because what had it is gone, focuses an element from which everything can be reached.
pub fn rescue_focus() {
    // What is hidden loses the focus only when the page is painted.
    next_frame(|| {
        next_frame(|| {
            if let Some(body) = document().body()
                && document().active_element().is_none_or(|element| is_body(&element))
            {
                take_focus(&candidates(&body, "[popovertarget='open-menu'], .editor-text, .tab"));
            }
        });
    });
}

/// The task whose card, row or form contains the target of an event.
pub fn task_of(event: &Event) -> Option<TaskId> {
    closest_value(event, "data-task").map(TaskId)
}

/// The index of the problem whose card contains the target of an event.
pub fn problem_of(event: &Event) -> Option<usize> {
    closest_value(event, "data-number")?.parse().ok()
}

/// The next or previous index among `count`, wrapping around at the ends. `None` if there are none.
pub fn step_around(at: Option<usize>, count: usize, forwards: bool) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match (at, forwards) {
        (None, true) => 0,
        (Some(at), true) if at >= last => 0,
        (Some(at), true) => at + 1,
        (None | Some(0), false) => last,
        (Some(at), false) => (at - 1).min(last),
    })
}

/// Moves the notices into the open dialog: everything outside it can't be pressed, is dimmed, and is hidden
/// from screen readers.
pub fn stay_in_front() {
    let Some(area) = find_element("#notices") else { return };
    let dialog = find_element("dialog[open]");
    if area.closest("dialog").ok().flatten() != dialog
        && let Some(front) = dialog.or_else(|| find_element(".app"))
    {
        let _ = front.append_child(&area);
    }
}

/// Lets the user choose files.
pub fn choose_file() {
    if let Some(input) = find::<HtmlElement>("#file-input") {
        input.click();
    }
}
