//! Finding elements of the page, and opening and closing those that the browser manages.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The first element that matches the selector.
pub fn find<T: JsCast>(selector: &str) -> Option<T> {
    find_element(selector)?.dyn_into().ok()
}

fn find_element(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
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
