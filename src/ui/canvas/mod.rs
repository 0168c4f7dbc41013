//! The middle of the screen: the schedule as columns, as a timeline and as an outline, with the totals above it.
//!
//! [`drawing`] holds what the views share. Each view is a function from that to [`markup`], which brings the page to it;
//! [`gestures`] tells the workspace what was picked and the [`window`] how to move.

mod card;
mod column;
mod drawing;
mod element;
mod gestures;
mod lines;
mod markup;
mod outline;
mod overview;
mod timeline;
mod toolbar;
mod totals;
mod window;

use std::cell::RefCell;

use leptos::prelude::*;
use web_sys::{Element, HtmlElement};

use super::element::{El, effect, el};
use super::keys::test;
use super::workspace::{View, Workspace};
use drawing::Drawing;
use gestures::Gestures;
use lines::Choice;
use markup::{Markup, Rendered, button, markup};
use window::{MARGIN, MOST_CARDS, Part, Window};

/// What the middle shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Showing {
    /// There are no tasks.
    Nothing,
    /// Columns of cards.
    Stage,
    /// Bars on a time axis.
    Timeline,
    /// Lists with reasons.
    Outline,
    /// Lists without reasons: the phases on a phone.
    Brief,
}

/// The schedule in the view that `Workspace::view` names, with the totals above it.
pub fn canvas(workspace: Workspace) -> El {
    let drawing = Drawing::new(workspace);
    let is_phone = element::media_query("(width < 760px)");
    let showing = Memo::new(move |_| match workspace.view.get() {
        _ if drawing.drawn.get().scene.cards.is_empty() => Showing::Nothing,
        View::Phases if is_phone.get() => Showing::Brief,
        View::Phases => Showing::Stage,
        View::Timeline => Showing::Timeline,
        View::Outline => Showing::Outline,
    });
    let gestures = Gestures::new(drawing, Window::new(drawing), showing);
    let root =
        el("div").class("canvas").test(test::CANVAS).state("aria-busy", move || workspace.planning.get());
    start(gestures, root.node());
    root
}

/// The parts of the page that stay, each filled by one view.
fn frame() -> Vec<Markup> {
    const KEYS: &str = "Phases as columns of cards. Arrow keys go from card to card, brackets along lines.";
    const OVERVIEW: &str = "All cards from afar. Zoom in to read them, or use the outline.";
    let overview = markup("svg", "overview").set("role", "img").set("aria-label", OVERVIEW);
    let paper = markup("div", "paper")
        .child(markup("div", "grounds").set("aria-hidden", "true"))
        .child(markup("svg", "lines").set("aria-hidden", "true"))
        .child(overview)
        .child(markup("ol", "phases").set("aria-label", "Phases"));
    let skip = button("spoken skip").set("data-act", "outline").text("Read the phases as an outline instead");
    let sheet = markup("div", "sheet").child(paper);
    vec![
        markup("section", "totals").set("aria-label", "Totals"),
        markup("div", "stage").set("role", "group").set("aria-label", KEYS).child(skip).child(sheet),
        markup("div", "stage-bar"),
        markup("div", "reading"),
    ]
}

/// Puts the frame on the page, listens, and keeps every part at what follows from the signals.
fn start(gestures: Gestures, root: HtmlElement) {
    let Gestures { drawing, window, showing, .. } = gestures;
    Rendered::default().show(&root, frame());
    gestures.listen(&root);
    let is_stage = move || showing.get() == Showing::Stage;
    let hidden_unless = |is_so: bool| (!is_so).then(String::new);
    keep_attribute(&root, ".totals", "hidden", move || hidden_unless(showing.get() != Showing::Nothing));
    keep_attribute(&root, ".stage", "hidden", move || hidden_unless(is_stage()));
    keep_attribute(&root, ".stage-bar", "hidden", move || hidden_unless(is_stage()));
    keep_attribute(&root, ".reading", "hidden", move || hidden_unless(!is_stage()));
    keep(&root, ".totals", move || totals::totals(&drawing.drawn.get(), gestures.is_limit_open.get()));
    keep(&root, ".reading", move || reading(gestures).into_iter().collect());
    keep(&root, ".stage-bar", move || {
        toolbar::toolbar(window.zoom.get(), drawing.all_lines.get(), drawing.focus_mode.get())
    });
    start_stage(drawing, window, is_stage, &root);
    gestures.follow_selection();
}

/// The view that is shown instead of the stage.
fn reading(gestures: Gestures) -> Option<Markup> {
    let drawn = gestures.drawing.drawn.get();
    let selected = gestures.drawing.selected(&drawn);
    Some(match gestures.showing.get() {
        Showing::Stage => return None,
        Showing::Nothing => {
            markup("p", "canvas-empty").text("Phases appear here as soon as there is a task.")
        }
        Showing::Timeline => timeline::timeline(&drawn, selected),
        Showing::Outline => outline::outline(&drawn, selected, gestures.most_rows.get(), true),
        Showing::Brief => outline::outline(&drawn, selected, gestures.most_rows.get(), false),
    })
}

fn start_stage(
    drawing: Drawing,
    window: Window,
    is_shown: impl Fn() -> bool + Copy + 'static,
    root: &HtmlElement,
) {
    // The part of a large drawing that is shown; small ones are shown whole.
    let part =
        Memo::new(move |_| (drawing.drawn.get().scene.cards.len() > MOST_CARDS).then(|| window.part()));
    let far = move || part.get().filter(|part| overview::is_far(&drawing.drawn.get(), *part, MOST_CARDS));
    let phases = move |part: Option<Part>| match part {
        _ if !is_shown() => 0..0,
        None => 0..drawing.drawn.get().scene.columns.len(),
        Some(part) => drawing.drawn.get().scene.columns_between(part.left, part.right),
    };
    keep(root, ".grounds", move || column::grounds(&drawing.drawn.get(), phases(part.get())));
    keep(root, ".lines", move || {
        let drawn = drawing.drawn.get();
        let picked = drawing.picked(&drawn);
        let (all_lines, pointed) = (drawing.all_lines.get(), drawing.pointed.get());
        let choice = Choice { picked, all_lines, pointed, part: part.get() };
        if is_shown() { lines::lines(&drawn, &choice) } else { Vec::new() }
    });
    keep(root, ".overview", move || {
        far().map_or(Vec::new(), |part| overview::overview(&drawing.drawn.get(), part))
    });
    keep_attribute(root, ".overview", "hidden", move || far().is_none().then(String::new));
    keep(root, ".phases", move || {
        let drawn = drawing.drawn.get();
        let phases = if far().is_some() { 0..0 } else { phases(part.get()) };
        let highlight = drawing.workspace.highlight.get();
        column::columns(&drawn, phases, part.get(), &drawing.picked(&drawn), &highlight)
    });
    let width = move || drawing.drawn.get().scene.width;
    let height = move || drawing.drawn.get().scene.height;
    let on_screen = move |length: i32| format!("{}px", length * window.zoom.get() / 100 + 2 * MARGIN);
    keep_attribute(root, ".sheet", "style:width", move || Some(on_screen(width())));
    keep_attribute(root, ".sheet", "style:height", move || Some(on_screen(height())));
    keep_attribute(root, ".paper", "class", move || Some(window.class()));
    keep_attribute(root, ".paper", "style:transform", move || Some(window.transform()));
    keep_attribute(root, ".paper", "style:height", move || {
        Some(format!("{}px", height().max(window.room())))
    });
    for svg in [".lines", ".overview"] {
        keep_attribute(root, svg, "width", move || Some(width().to_string()));
        keep_attribute(root, svg, "height", move || Some(height().to_string()));
    }
}

/// Keeps the children of an element at what `draw` gives.
fn keep(root: &HtmlElement, selector: &str, draw: impl Fn() -> Vec<Markup> + 'static) {
    if let Ok(Some(element)) = root.query_selector(selector) {
        keep_children(element, Box::new(draw));
    }
}

fn keep_children(element: Element, draw: Box<dyn Fn() -> Vec<Markup>>) {
    let shown = RefCell::new(Rendered::default());
    effect(move || {
        let wanted = draw();
        element::keeping_focus(|| shown.borrow_mut().show(&element, wanted));
    });
}

/// Keeps an attribute of an element at what `value` gives.
fn keep_attribute(
    root: &HtmlElement,
    selector: &str,
    name: &'static str,
    value: impl Fn() -> Option<String> + 'static,
) {
    if let Ok(Some(element)) = root.query_selector(selector) {
        keep_value(element, name, Box::new(value));
    }
}

fn keep_value(element: Element, name: &'static str, value: Box<dyn Fn() -> Option<String>>) {
    let shown = RefCell::new(None);
    effect(move || {
        let value = value();
        if shown.replace(value.clone()) != value {
            markup::set(&element, name, value.as_deref());
        }
    });
}
