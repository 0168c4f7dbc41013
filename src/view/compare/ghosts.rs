//! Outlines of tasks at their place in the other plan.

use std::ops::Range;

use super::changes::{Changes, Ghost};
use crate::layout::{Card, Column};
use crate::view::drawing::Drawing;
use crate::view::markup::{Markup, markup};
use crate::view::part::Part;
use crate::view::test_name as test;

/// The ghosts of a phase, as entries of the list of its cards. `left` is the left edge of the phase.
pub fn in_phase(drawn: &Drawing, phase: usize, left: i32, part: Option<Part>) -> Vec<Markup> {
    let Some(changes) = &drawn.changes else { return Vec::new() };
    slots(changes, changes.ghosts_in(phase), left, part)
}

/// Phases that exist only in the other plan.
pub fn columns(drawn: &Drawing, part: Option<Part>) -> Vec<Markup> {
    let Some(changes) = &drawn.changes else { return Vec::new() };
    let column = |column: &Column| {
        let phase = changes.places.cards[column.cards.start].phase;
        let heading = format!("phase-{}", phase + 1);
        let title = markup("h3", "").set("id", &heading).text(&format!("Phase {}", phase + 1));
        let head = markup("header", "phase-head").child(title);
        let head = head.child(markup("span", "phase-count").text("in the other plan only"));
        let cards = slots(changes, column.cards.clone(), column.x, part);
        placed(markup("li", "phase"), phase, column)
            .set("aria-labelledby", &heading)
            .child(head)
            .child(markup("ol", "cards").children(cards))
    };
    on_screen(changes, part).map(column).collect()
}

/// The backgrounds of those phases.
pub fn grounds(drawn: &Drawing, part: Option<Part>) -> Vec<Markup> {
    let Some(changes) = &drawn.changes else { return Vec::new() };
    let phase = |column: &Column| changes.places.cards[column.cards.start].phase;
    on_screen(changes, part).map(|column| placed(markup("i", "phase-back"), phase(column), column)).collect()
}

fn on_screen(changes: &Changes, part: Option<Part>) -> impl Iterator<Item = &Column> {
    let is_on_screen = move |column: &&Column| {
        part.is_none_or(|part| column.x <= part.right && column.x + column.width >= part.left)
    };
    changes.places.columns.iter().filter(is_on_screen)
}

fn placed(element: Markup, phase: usize, column: &Column) -> Markup {
    element
        .key(&phase.to_string())
        .set("style:transform", &format!("translateX({}px)", column.x))
        .set("style:width", &format!("{}px", column.width))
}

fn slots(changes: &Changes, range: Range<usize>, left: i32, part: Option<Part>) -> Vec<Markup> {
    let cards = changes.places.cards[range].iter();
    let cards = cards.filter(|card| part.is_none_or(|part| part.touches(card)));
    cards.map(|card| slot(&changes.ghosts[card.task], card, left)).collect()
}

fn slot(ghost: &Ghost, card: &Card, left: i32) -> Markup {
    let id = ghost.task.id.as_str();
    let facts = markup("span", "card-facts").text(&format!("{} {id}", ghost.sign.character()));
    let outline = markup("div", &["card ghost is-", ghost.sign.name()].concat())
        .set("data-test", test::GHOST)
        .child(markup("span", "card-title").set("title", &ghost.task.title).text(&ghost.task.title))
        .child(facts)
        .child(markup("span", "spoken").text(&ghost.words));
    markup("li", "card-slot")
        .key(&["ghost of ", id].concat())
        .set("style:transform", &format!("translate({}px, {}px)", card.x - left, card.y))
        .child(outline)
}
