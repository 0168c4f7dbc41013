//! Opening and closing popovers and dialogs by their id.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Closes a popover, if it is open.
pub fn hide(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.hide_popover();
    }
}

/// Opens a popover, if it is closed.
pub fn show(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.show_popover();
    }
}
