//! The columns of phases: their heads, and the lists of their cards.

use std::ops::Range;

use crate::TaskId;
use crate::explain;

use super::card::card;
use super::compare::ghosts;
use super::drawing::{Drawn, Picked};
use super::markup::{Markup, markup};
use super::part::Part;
use super::test_name as test;

/// The grounds of columns, which lie below the lines.
pub fn grounds(drawn: &Drawn, phases: Range<usize>) -> Vec<Markup> {
    phases.map(|phase| placed(drawn, phase, markup("i", "phase-back"))).collect()
}

/// Columns with their cards: all of them, or in a large drawing those that touch `part`.
pub fn columns(
    drawn: &Drawn,
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

/// Where a column stands and how wide it is.
fn placed(drawn: &Drawn, phase: usize, element: Markup) -> Markup {
    let column = &drawn.scene.columns[phase];
    element
        .key(&phase.to_string())
        .set("style:transform", &format!("translateX({}px)", column.x))
        .set("style:width", &format!("{}px", column.width))
}

fn head(drawn: &Drawn, phase: usize, id: &str) -> Markup {
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
