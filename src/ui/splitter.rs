//! The line between two panes, which the pointer or the arrow keys can move.

use crate::ui::state::State;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, PointerEvent};

use super::element::{El, el};
use super::keys::storage as key;
use super::storage;

/// The pane that the line resizes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// The left pane, to the left of the line.
    Left,
    /// The right pane, to the right of it.
    Right,
}

const NARROWEST: i32 = 240;
const WIDEST: i32 = 720;
/// The distance an arrow key moves the line, in pixels.
const STEP: i32 = 24;

/// Widths of both outer panes in pixels; 0 means the default of the style sheet.
#[derive(Clone, Copy)]
pub struct Widths {
    left: State<usize>,
    right: State<usize>,
}

impl Widths {
    /// The widths of the last visit.
    pub fn stored() -> Widths {
        let stored = storage::get(key::WIDTHS).unwrap_or_default();
        let mut numbers = stored.split(' ').map(|number| number.parse().unwrap_or(0));
        let mut next = || State::new(numbers.next().unwrap_or(0));
        Widths { left: next(), right: next() }
    }

    /// As the value of a custom property.
    pub fn style(self, edge: Edge) -> Option<String> {
        let width = self.of(edge).get();
        (width > 0).then(|| [&width.to_string(), "px"].concat())
    }

    fn of(self, edge: Edge) -> State<usize> {
        if edge == Edge::Left { self.left } else { self.right }
    }

    fn set(self, edge: Edge, pixels: i32) {
        self.of(edge).set(pixels.clamp(NARROWEST, WIDEST) as usize);
    }

    fn store(self) {
        let (left, right) = (self.left.get_untracked(), self.right.get_untracked());
        let _ = storage::set(key::WIDTHS, &[&left.to_string(), " ", &right.to_string()].concat());
    }
}

/// The line at one edge of the middle pane.
pub fn splitter(edge: Edge, widths: Widths) -> El {
    let dragged = State::new(false);
    let line = el("div");
    let node = line.node::<HtmlElement>();
    let captured = node.clone();
    let drag = move |event: PointerEvent| {
        if dragged.get_untracked() {
            let x = event.client_x();
            widths.set(edge, if edge == Edge::Left { x } else { window_width() - x });
        }
    };
    let grab = move |event: PointerEvent| {
        dragged.set(true);
        let _ = captured.set_pointer_capture(event.pointer_id());
    };
    let press = move |event: KeyboardEvent| {
        let wider = match (event.key().as_str(), edge) {
            ("ArrowRight", Edge::Left) | ("ArrowLeft", Edge::Right) => STEP,
            ("ArrowLeft", Edge::Left) | ("ArrowRight", Edge::Right) => -STEP,
            _ => return,
        };
        event.prevent_default();
        widths.set(edge, width_of_pane(&node, edge) + wider);
        widths.store();
    };
    let (class, label) = match edge {
        Edge::Left => ("splitter splitter-left", "Width of the text pane"),
        Edge::Right => ("splitter splitter-right", "Width of the details pane"),
    };
    line.class(class)
        .class_when("dragging", move || dragged.get())
        .attr("role", "separator")
        .attr("aria-orientation", "vertical")
        .attr("tabindex", "0")
        .attr("aria-label", label)
        .attr("aria-valuemin", &NARROWEST.to_string())
        .attr("aria-valuemax", &WIDEST.to_string())
        .live_attr("aria-valuenow", move || Some(widths.of(edge).get().max(NARROWEST as usize).to_string()))
        .on("pointerdown", grab)
        .on("pointermove", drag)
        .on("pointerup", move |_: Event| {
            dragged.set(false);
            widths.store();
        })
        .on("dblclick", move |_: Event| {
            widths.of(edge).set(0);
            widths.store();
        })
        .on("keydown", press)
}

fn window_width() -> i32 {
    window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(0.0) as i32
}

/// The current width on the screen.
fn width_of_pane(line: &Element, edge: Edge) -> i32 {
    let pane = match edge {
        Edge::Left => line.previous_element_sibling(),
        Edge::Right => line.next_element_sibling(),
    };
    pane.and_then(|pane| pane.dyn_into::<HtmlElement>().ok()).map_or(NARROWEST, |pane| pane.offset_width())
}
