//! The middle pane: the schedule as columns, timeline or outline, with the totals above it.
//!
//! The worker draws the views; see [`phaseplan::view`]. This module has their frame. [`gestures`] updates the
//! selection in the workspace, and scrolls and zooms the [`window`].

mod gestures;
mod picked;
mod sizes;
pub mod window;

use phaseplan::protocol::ViewRequest;
use phaseplan::view::markup::{button, markup};
use phaseplan::view::toolbar::toolbar;
use phaseplan::view::{Act, List, Markup, Showing, ViewOption};
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

/// The schedule in the view chosen in `Workspace::view`, with the totals above it.
pub fn canvas(workspace: Workspace) -> El {
    let is_phone = sizes::media_query("(width < 760px)");
    let showing = Derived::new(move || match workspace.view.get() {
        _ if workspace.planned.with(|planned| planned.cards == 0) => Showing::Nothing,
        View::Phases if is_phone.get() => Showing::Brief,
        View::Phases => Showing::Stage,
        View::Timeline => Showing::Timeline,
        View::Outline => Showing::Outline,
    });
    workspace.views.begin_drawing();
    let gestures = Gestures::new(Picked::new(workspace), workspace.views.window, showing);
    let is_busy = move || workspace.planning.get() || workspace.drawing.get() > 0;
    let root = el("div").class("canvas").test(test::CANVAS).state("aria-busy", is_busy);
    start(gestures, root.node());
    root
}

/// The permanent parts of the pane, each filled by one view.
fn frame() -> Vec<Markup> {
    const KEYS: &str =
        "Phases in rows, with their cards. Arrow keys go from card to card, brackets along lines.";
    const OVERVIEW: &str = "All cards at a glance. Zoom in to read them, or use the outline.";
    let overview = markup("svg", "overview").set("role", "img").set("aria-label", OVERVIEW);
    let paper = markup("div", "paper")
        .child(markup("div", "grounds").set("aria-hidden", "true"))
        .child(markup("svg", "lines").set("aria-hidden", "true"))
        .child(overview)
        .child(markup("ol", "phases").set("aria-label", "Phases"))
        .child(markup("div", "peek"));
    let skip =
        button("spoken skip").plain_act(&Act::ShowOutline).text("Read the phases as an outline instead");
    let sheet = markup("div", "sheet").child(paper).child(markup("p", "signs"));
    vec![
        markup("section", "totals").set("aria-label", "Totals"),
        markup("div", "stage").set("role", "group").set("aria-label", KEYS).child(skip).child(sheet),
        markup("div", "stage-bar"),
        markup("div", "reading"),
    ]
}

/// Puts the frame on the page, adds the listeners, and updates every part when its states change.
fn start(gestures: Gestures, root: HtmlElement) {
    let Gestures { picked, window, showing, .. } = gestures;
    let workspace = picked.workspace;
    Rendered::default().show(&root, frame());
    gestures.listen(&root);
    let hidden_unless = |is_so: bool| (!is_so).then(String::new);
    let is_stage = move || showing.get() == Showing::Stage;
    // The totals of a finished plan say so.
    let has_tasks = move || workspace.planned.with(|planned| planned.tasks > 0);
    keep_attribute(&root, ".totals", "hidden", move || hidden_unless(has_tasks()));
    keep_attribute(&root, ".stage", "hidden", move || hidden_unless(is_stage()));
    keep_attribute(&root, ".stage-bar", "hidden", move || hidden_unless(is_stage()));
    keep_attribute(&root, ".reading", "hidden", move || hidden_unless(!is_stage()));
    let views = workspace.views;
    let totals = move || {
        workspace.planned.track();
        workspace.search_events.track();
        // What is noted about a run changes no plan.
        workspace.document.track();
        Some(ViewRequest::Totals { is_limit_open: views.option(ViewOption::Limit).get() })
    };
    keep_drawn(workspace, parts(&root, &[".totals"]), totals, |_| ());
    let reading = move || {
        workspace.planned.track();
        workspace.review.get();
        let (showing, rows) = (showing.get(), workspace.views.rows(List::Outline).get());
        let selected = workspace.selection.get();
        (showing != Showing::Stage).then_some(ViewRequest::Reading { showing, selected, rows })
    };
    keep_drawn(workspace, parts(&root, &[".reading"]), reading, |_| ());
    keep_toolbar(&root, move || {
        let is_on = |option| views.option(option).get();
        toolbar(
            window.placed.with(|placed| placed.zoom),
            is_on(ViewOption::AllLines),
            is_on(ViewOption::Focus),
        )
    });
    start_stage(gestures, &root);
}

fn start_stage(gestures: Gestures, root: &HtmlElement) {
    let Gestures { picked, window, showing, .. } = gestures;
    let workspace = picked.workspace;
    let part = Derived::new(move || window.part());
    let frame = move || {
        workspace.planned.track();
        workspace.review.get();
        if showing.get() == Showing::Stage { window.frame() } else { None }
    };
    let cards = move || frame().map(|frame| ViewRequest::Cards(picked.picks(frame, part.get(), false)));
    let elements = parts(root, &[".grounds", ".overview", ".phases", ".signs"]);
    let overview = elements.get(1).cloned();
    keep_drawn(workspace, elements, cards, move |placed| {
        if let Some(overview) = &overview {
            let is_empty = overview.child_element_count() == 0;
            rendered::set(overview, "hidden", is_empty.then_some(""));
        }
        if let Some(placed) = placed {
            gestures.follow(placed);
        }
    });
    let lines = move || frame().map(|frame| ViewRequest::Lines(picked.picks(frame, part.get(), true)));
    keep_drawn(workspace, parts(root, &[".lines", ".peek"]), lines, |_| ());
    keep_attribute(root, ".sheet", "style:height", move || {
        Some(format!("{}px", window.placed.with(|placed| placed.size.1)))
    });
    keep_attribute(root, ".paper", "class", move || Some(window.class()));
    keep_attribute(root, ".paper", "style:transform", move || Some(window.transform()));
}

/// The parts of the frame with these selectors.
fn parts(root: &HtmlElement, selectors: &[&str]) -> Vec<Element> {
    selectors.iter().filter_map(|selector| root.query_selector(selector).ok().flatten()).collect()
}

/// Updates the buttons in the corner when the result of `draw` changes.
fn keep_toolbar(root: &HtmlElement, draw: impl Fn() -> Vec<Markup> + 'static) {
    if let Ok(Some(element)) = root.query_selector(".stage-bar") {
        let shown = RefCell::new(Rendered::default());
        effect(move || {
            let wanted = draw();
            keeping_focus(&|focused| element.contains(Some(&**focused)), || {
                shown.borrow_mut().show(&element, wanted);
            });
        });
    }
}

/// Updates an attribute of an element when the result of `value` changes.
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
