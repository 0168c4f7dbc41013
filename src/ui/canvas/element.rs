//! What the browser knows of elements: sizes, media queries, focus, which task an event is about.

use leptos::prelude::*;
use phaseplan::TaskId;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement, ResizeObserver};

use crate::ui::element::on;
use crate::ui::timer::next_frame;

/// Whether a media query holds, followed as the window changes its size.
pub fn media_query(query: &'static str) -> RwSignal<bool> {
    let matches = move || window().match_media(query).ok().flatten().is_some_and(|list| list.matches());
    let holds = RwSignal::new(matches());
    on(&window(), "resize", move |_: Event| {
        if holds.get_untracked() != matches() {
            holds.set(matches());
        }
    });
    holds
}

/// Calls `changed` when the element gets its first size and whenever it gets another one.
pub fn observe_size(element: &HtmlElement, changed: impl Fn() + 'static) {
    let callback = Closure::<dyn Fn()>::new(changed);
    let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) else { return };
    observer.observe(element);
    let kept = StoredValue::new_local((observer, callback));
    on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
}

/// The id of the task whose card, bar or row an event happened in.
pub fn task_of(event: &Event) -> Option<TaskId> {
    closest_value(event, "data-task").map(TaskId)
}

/// The value of an attribute on the nearest element around an event that has it.
pub fn closest_value(event: &Event, attribute: &str) -> Option<String> {
    closest(event, &format!("[{attribute}]"))?.get_attribute(attribute)
}

/// The nearest element around an event that matches a selector.
pub fn closest(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}

/// Moves the keyboard focus to the selected card, bar or row, once it is drawn as such. A card outside the window is drawn
/// only after the window went there, which takes a frame.
pub fn focus_selected(around: Element) {
    next_frame(move || {
        next_frame(move || {
            let selected = around.query_selector("[data-task][aria-current=true]").ok().flatten();
            if let Some(element) = selected.as_ref().and_then(|element| element.dyn_ref::<HtmlElement>()) {
                let _ = element.focus();
            }
        });
    });
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
