//! What the browser knows of elements: sizes, media queries, which task an event is about.

use leptos::prelude::*;
use phaseplan::TaskId;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement, ResizeObserver};

/// Whether a media query holds, followed as the window changes its size.
pub fn media_query(query: &'static str) -> ReadSignal<bool> {
    let matches = move || window().match_media(query).ok().flatten().is_some_and(|list| list.matches());
    let (holds, set_holds) = signal(matches());
    let listener = window_event_listener(leptos::ev::resize, move |_| {
        if holds.get_untracked() != matches() {
            set_holds.set(matches());
        }
    });
    on_cleanup(move || listener.remove());
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
    let element = event.target()?.dyn_into::<Element>().ok()?;
    let holder = element.closest("[data-task]").ok()??;
    Some(TaskId(holder.get_attribute("data-task")?))
}

/// Whether an event happened in an element that matches a selector, or inside one.
pub fn is_inside(event: &Event, selector: &str) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| matches!(element.closest(selector), Ok(Some(_))))
}
