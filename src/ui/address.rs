//! The address of the page, which contains the link of a shared plan.

use leptos::prelude::window;
use wasm_bindgen::JsValue;

/// The address of this page, if there is anything after its `#`.
pub fn current() -> Option<String> {
    let location = window().location();
    let has_link = location.hash().is_ok_and(|hash| hash.len() > 1);
    location.href().ok().filter(|_| has_link)
}

/// Sets the address to a link of the current plan, without adding to the browser's history.
pub fn show(link: &str) {
    let address = link.rsplit_once('(').map_or(link, |(_, address)| address.trim_end_matches(')'));
    replace(address);
}

/// Removes the link from the address, because the page no longer shows its plan.
pub fn leave() {
    let location = window().location();
    if location.hash().is_ok_and(|hash| !hash.is_empty())
        && let (Ok(path), Ok(query)) = (location.pathname(), location.search())
    {
        replace(&[path, query].concat());
    }
}

/// Replaces the address, without adding to the browser's history.
pub fn replace(address: &str) {
    if let Ok(history) = window().history() {
        // Fails only for an address of another site.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}
