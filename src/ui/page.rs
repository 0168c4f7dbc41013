//! Finding elements of the page, and opening and closing those that the browser manages.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::keys::storage as key;
use super::storage;
use super::timer::next_frame;

/// How many frames are waited for an element that is being drawn.
const PATIENCE: u32 = 60;

/// The first element that matches the selector.
pub fn find<T: JsCast>(selector: &str) -> Option<T> {
    find_element(selector)?.dyn_into().ok()
}

/// The same, without asking which sort of element it is.
pub fn find_element(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// Loads the page anew, which is no start that failed.
pub fn reload() {
    storage::remove(key::STARTS);
    let _ = window().location().reload();
}

/// Puts the focus on the first element that matches the selector.
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

/// Puts the focus on the first element that matches the selector as soon as it is drawn, and brings it onto the screen. What is
/// folded around it is opened.
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

/// A text as a string inside a selector.
pub fn quoted(text: &str) -> String {
    ["\"", &text.replace('\\', "\\\\").replace('"', "\\\""), "\""].concat()
}

/// The value of an attribute on the nearest element around an event that has it.
pub fn closest_value(event: &Event, attribute: &str) -> Option<String> {
    closest(event, &["[", attribute, "]"].concat())?.get_attribute(attribute)
}

/// The nearest element around an event that matches a selector.
pub fn closest(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}

/// Gives the keyboard focus back to an element that lost it because it was moved on the page.
pub fn keeping_focus(change: impl FnOnce()) {
    let before = document().active_element();
    change();
    let Some(before) = before.filter(|element| element.is_connected()) else { return };
    if document().active_element().as_ref() != Some(&before)
        && let Some(element) = before.dyn_ref::<HtmlElement>()
    {
        let _ = element.focus();
    }
}
