//! The middle of the screen: the schedule as columns, as a timeline and as an outline, with the totals above it.
//!
//! The worker draws the views; see [`phaseplan::view`]. Here is the frame they stand in. [`gestures`] tells the workspace what was
//! picked and the [`window`] how to move.

mod gestures;
mod picked;
mod sizes;
mod window;

use phaseplan::protocol::Wanted;
use phaseplan::view::markup::{button, markup};
use phaseplan::view::toolbar::toolbar;
use phaseplan::view::{Markup, Showing};
use std::cell::RefCell;
use web_sys::{Element, HtmlElement};

use super::drawn::keep_drawn;
use super::element::{El, effect, el};
use super::keys::test;
use super::page::keeping_focus;
use super::rendered::{self, Rendered};
use super::state::Derived;
use super::workspace::{View, Workspace};
use gestures::Gestures;
use picked::Picked;
use window::{MARGIN, Window};

/// The schedule in the view that `Workspace::view` names, with the totals above it.
pub fn canvas(workspace: Workspace) -> El {
    let is_phone = sizes::media_query("(width < 760px)");
    let showing = Derived::new(move || match workspace.view.get() {
        _ if workspace.planned.with(|planned| planned.cards == 0) => Showing::Nothing,
        View::Phases if is_phone.get() => Showing::Brief,
        View::Phases => Showing::Stage,
        View::Timeline => Showing::Timeline,
        View::Outline => Showing::Outline,
    });
    let picked = Picked::new(workspace);
    let gestures = Gestures::new(picked, Window::new(workspace), showing);
    let is_busy = move || workspace.planning.get() || workspace.drawing.get() > 0;
    let root = el("div").class("canvas").test(test::CANVAS).state("aria-busy", is_busy);
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

/// Puts the frame on the page, listens, and keeps every part at what follows from the states.
fn start(gestures: Gestures, root: HtmlElement) {
    let Gestures { picked, window, showing, .. } = gestures;
    let workspace = picked.workspace;
    Rendered::default().show(&root, frame());
    gestures.listen(&root);
    let hidden_unless = |is_so: bool| (!is_so).then(String::new);
    let is_stage = move || showing.get() == Showing::Stage;
    keep_attribute(&root, ".totals", "hidden", move || hidden_unless(showing.get() != Showing::Nothing));
    keep_attribute(&root, ".stage", "hidden", move || hidden_unless(is_stage()));
    keep_attribute(&root, ".stage-bar", "hidden", move || hidden_unless(is_stage()));
    keep_attribute(&root, ".reading", "hidden", move || hidden_unless(!is_stage()));
    let totals = move || {
        workspace.planned.track();
        workspace.heard.track();
        Some(Wanted::Totals { is_limit_open: gestures.is_limit_open.get() })
    };
    keep_drawn(workspace, parts(&root, &[".totals"]), totals, |_| ());
    let reading = move || {
        workspace.planned.track();
        workspace.review.get();
        let (showing, rows) = (showing.get(), gestures.most_rows.get());
        let selected = workspace.selection.get();
        (showing != Showing::Stage).then_some(Wanted::Reading { showing, selected, rows })
    };
    keep_drawn(workspace, parts(&root, &[".reading"]), reading, |_| ());
    keep_toolbar(&root, move || toolbar(window.zoom.get(), picked.all_lines.get(), picked.focus_mode.get()));
    start_stage(gestures, &root);
}

fn start_stage(gestures: Gestures, root: &HtmlElement) {
    let Gestures { picked, window, showing, .. } = gestures;
    let workspace = picked.workspace;
    let part = Derived::new(move || window.part());
    let is_stage = move || {
        workspace.planned.track();
        workspace.review.get();
        showing.get() == Showing::Stage
    };
    let cards = move || is_stage().then(|| Wanted::Cards(picked.picks(part.get(), false)));
    let elements = parts(root, &[".grounds", ".overview", ".phases"]);
    let overview = elements.get(1).cloned();
    keep_drawn(workspace, elements, cards, move |place| {
        if let Some(overview) = &overview {
            let is_empty = overview.child_element_count() == 0;
            rendered::set(overview, "hidden", is_empty.then_some(""));
        }
        gestures.follow(place);
    });
    let lines = move || is_stage().then(|| Wanted::Lines(picked.picks(part.get(), true)));
    keep_drawn(workspace, parts(root, &[".lines"]), lines, |_| ());
    let size = move || workspace.planned.with(|planned| planned.size);
    let on_screen = move |length: i32| format!("{}px", length * window.zoom.get() / 100 + 2 * MARGIN);
    keep_attribute(root, ".sheet", "style:width", move || Some(on_screen(size().0)));
    keep_attribute(root, ".sheet", "style:height", move || Some(on_screen(size().1)));
    keep_attribute(root, ".paper", "class", move || Some(window.class()));
    keep_attribute(root, ".paper", "style:transform", move || Some(window.transform()));
    keep_attribute(root, ".paper", "style:height", move || {
        Some(format!("{}px", size().1.max(window.room())))
    });
    for svg in [".lines", ".overview"] {
        keep_attribute(root, svg, "width", move || Some(size().0.to_string()));
        keep_attribute(root, svg, "height", move || Some(size().1.to_string()));
    }
}

/// The parts of the frame with these selectors.
fn parts(root: &HtmlElement, selectors: &[&str]) -> Vec<Element> {
    selectors.iter().filter_map(|selector| root.query_selector(selector).ok().flatten()).collect()
}

/// Keeps the buttons at the corner at what `draw` gives.
fn keep_toolbar(root: &HtmlElement, draw: impl Fn() -> Vec<Markup> + 'static) {
    if let Ok(Some(element)) = root.query_selector(".stage-bar") {
        let shown = RefCell::new(Rendered::default());
        effect(move || {
            let wanted = draw();
            keeping_focus(|| shown.borrow_mut().show(&element, wanted));
        });
    }
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
            rendered::set(&element, name, value.as_deref());
        }
    });
}
