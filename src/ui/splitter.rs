//! The line between two panes, moved with the pointer or the arrow keys.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, PointerEvent};

use super::keys::storage as key;
use super::storage;

/// Which pane the line makes wider.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// The left pane, to the left of the line.
    Left,
    /// The right pane, to the right of it.
    Right,
}

const NARROWEST: i32 = 240;
const WIDEST: i32 = 720;
/// How far an arrow key moves the line, in pixels.
const STEP: i32 = 24;

/// Widths of the left and the right pane in pixels; 0 means as the style sheet says.
pub fn stored_widths() -> (i32, i32) {
    let stored = storage::get(key::WIDTHS).unwrap_or_default();
    let mut numbers = stored.split(' ').map(|number| number.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

/// The value of a custom property with this width.
pub fn as_style(width: i32) -> Option<String> {
    (width > 0).then(|| format!("{}px", width.clamp(NARROWEST, WIDEST)))
}

/// The line. `width` is that of the pane it moves.
#[component]
pub fn Splitter(
    edge: Edge,
    width: RwSignal<i32>,
    /// Both widths, to be stored together.
    widths: (RwSignal<i32>, RwSignal<i32>),
) -> impl IntoView {
    let line = NodeRef::<leptos::html::Div>::new();
    let dragged = RwSignal::new(false);
    let keep = move || {
        let (left, right) = (widths.0.get_untracked(), widths.1.get_untracked());
        let _ = storage::set(key::WIDTHS, &format!("{left} {right}"));
    };
    let set = move |pixels: i32| width.set(pixels.clamp(NARROWEST, WIDEST));
    let drag = move |event: PointerEvent| {
        if dragged.get_untracked() {
            set(match edge {
                Edge::Left => event.client_x(),
                Edge::Right => {
                    window().inner_width().ok().and_then(|w| w.as_f64()).unwrap_or(0.0) as i32
                        - event.client_x()
                }
            });
        }
    };
    let grab = move |event: PointerEvent| {
        dragged.set(true);
        if let Some(line) = line.get_untracked() {
            let _ = line.set_pointer_capture(event.pointer_id());
        }
    };
    let release = move |_: PointerEvent| {
        dragged.set(false);
        keep();
    };
    let press = move |event: web_sys::KeyboardEvent| {
        let wider = match (event.key().as_str(), edge) {
            ("ArrowRight", Edge::Left) | ("ArrowLeft", Edge::Right) => STEP,
            ("ArrowLeft", Edge::Left) | ("ArrowRight", Edge::Right) => -STEP,
            _ => return,
        };
        event.prevent_default();
        set(shown_width(line, edge, width) + wider);
        keep();
    };
    let (class, label) = match edge {
        Edge::Left => ("splitter splitter-left", "Width of the text pane"),
        Edge::Right => ("splitter splitter-right", "Width of the problems pane"),
    };
    view! {
        <div class=class class:dragging=move || dragged.get() role="separator" aria-orientation="vertical" tabindex="0" node_ref=line
            aria-label=label aria-valuemin=NARROWEST aria-valuemax=WIDEST aria-valuenow=move || width.get().clamp(NARROWEST, WIDEST)
            on:pointerdown=grab on:pointermove=drag on:pointerup=release on:keydown=press
            on:dblclick=move |_| { width.set(0); keep(); }></div>
    }
    .into_any()
}

/// The width that is on the screen.
fn shown_width(line: NodeRef<leptos::html::Div>, edge: Edge, width: RwSignal<i32>) -> i32 {
    let set = width.get_untracked();
    if set > 0 {
        return set;
    }
    let line = line.get_untracked();
    let pane = line.and_then(|line| match edge {
        Edge::Left => line.previous_element_sibling(),
        Edge::Right => line.next_element_sibling(),
    });
    pane.and_then(|pane| pane.dyn_into::<HtmlElement>().ok()).map_or(360, |pane| pane.offset_width())
}
