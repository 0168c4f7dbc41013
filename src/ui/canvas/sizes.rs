//! Sizes reported by the browser.

use crate::ui::state::State;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, HtmlElement, ResizeObserver};

use crate::ui::element::on;

/// Whether a media query matches, updated when the window is resized.
pub fn media_query(query: &'static str) -> State<bool> {
    let matches = move || window().match_media(query).ok().flatten().is_some_and(|list| list.matches());
    let holds = State::new(matches());
    on(&window(), "resize", move |_: Event| {
        if holds.get_untracked() != matches() {
            holds.set(matches());
        }
    });
    holds
}

/// Calls `changed` with the initial size of the element, and whenever its size changes.
pub fn observe_size(element: &HtmlElement, changed: impl Fn() + 'static) {
    let callback = Closure::<dyn Fn()>::new(changed);
    let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) else { return };
    observer.observe(element);
    let kept = StoredValue::new_local((observer, callback));
    on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
}
