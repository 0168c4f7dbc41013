//! The columns of phases: heads, and lists of cards.

use std::ops::Range;

use crate::TaskId;
use crate::explain;

use super::card::card;
use super::compare::ghosts;
use super::drawing::{Drawing, Picked};
use super::markup::{Markup, markup};
use super::part::Part;
use super::test_name as test;

/// The backgrounds of columns, below the lines.
pub fn grounds(drawn: &Drawing, phases: Range<usize>) -> Vec<Markup> {
    phases.map(|phase| placed(drawn, phase, markup("i", "phase-back"))).collect()
}

/// The columns with their cards: all of them, or in a large drawing those that touch `part`.
pub fn columns(
    drawn: &Drawing,
    phases: Range<usize>,
    part: Option<Part>,
    picked: &Picked,
    highlight: &[TaskId],
) -> Vec<Markup> {
    let tab_stop = picked.selected.or_else(|| drawn.scene.cards.first().map(|card| card.task));
    let column = |phase: usize| {
        let column = &drawn.scene.columns[phase];
        let cards = &drawn.scene.cards[column.cards.clone()];
        let cards = cards.iter().filter(|card| part.is_none_or(|part| part.touches(card))).map(|placed| {
            let is_highlighted = highlight.contains(&drawn.report.plan.tasks[placed.task].id);
            card(drawn, placed, column.x, picked, is_highlighted, tab_stop == Some(placed.task))
        });
        let heading = format!("phase-{}", phase + 1);
        let ghosts = ghosts::in_phase(drawn, phase, column.x, part);
        placed(drawn, phase, markup("li", "phase"))
            .set("data-test", test::PHASE_COLUMN)
            .set("data-phase", &(phase + 1).to_string())
            .set("aria-labelledby", &heading)
            .child(head(drawn, phase, &heading))
            .child(markup("ol", "cards").children(cards.collect()).children(ghosts))
    };
    phases.map(column).collect()
}

/// Sets the position and width of a column.
fn placed(drawn: &Drawing, phase: usize, element: Markup) -> Markup {
    let column = &drawn.scene.columns[phase];
    element
        .key(&phase.to_string())
        .set("style:transform", &format!("translateX({}px)", column.x))
        .set("style:width", &format!("{}px", column.width))
}

fn head(drawn: &Drawing, phase: usize, id: &str) -> Markup {
    let planned = &drawn.report.schedule.phases[phase];
    let busy = format!("{}%", explain::busy_in_phase(&drawn.report, phase));
    let minutes = explain::duration(planned.minutes);
    markup("header", "phase-head")
        .child(markup("h3", "").set("id", id).text(&format!("Phase {}", phase + 1)))
        .child(markup("span", "phase-minutes").set("aria-hidden", "true").text(&minutes))
        .child(markup("span", "spoken").text(&explain::duration_in_words(planned.minutes)))
        .child(markup("span", "phase-count").text(&explain::at_once(planned.tasks.len())))
        .child(
            markup("span", "busy")
                .set("title", &format!("agents busy {busy}"))
                .child(markup("span", "busy-share").set("style:width", &busy)),
        )
}
