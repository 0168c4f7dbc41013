//! The blocks of phases: heads, and lists of cards.

use std::ops::Range;

use super::act::Act;
use super::card::card;
use super::compare::ghosts;
use super::drawing::{Drawing, Picked};
use super::markup::{Markup, button, markup};
use super::part::Part;
use super::test_name as test;
use crate::TaskId;
use crate::explain;
use crate::layout::{Block, Detail};
use crate::plan::Minutes;

/// The backgrounds of blocks, below the lines. Cells need none.
pub fn grounds(drawn: &Drawing, blocks: Range<usize>) -> Vec<Markup> {
    if drawn.scene.detail == Detail::Cells {
        return Vec::new();
    }
    let ground = |block: &Block| {
        placed(drawn, block, markup("i", &class(drawn, block, "phase-back")))
            .set("style:height", &format!("{}px", block.height))
    };
    drawn.scene.blocks[blocks].iter().map(ground).collect()
}

/// Whether it is a run, whether the next block is in the next row or below it, and whether it glides to its
/// place.
fn class(drawn: &Drawing, block: &Block, name: &str) -> String {
    let next = drawn.scene.block(block.phases.end);
    let is_last = next.is_none_or(|next| next.row > block.row);
    let is_above = next.is_some_and(|next| next.row == block.row && next.x == block.x);
    let classes =
        [(block.is_run(), " run"), (is_last, " last"), (is_above, " above"), (drawn.glides, " glides")];
    classes.iter().filter(|(is_so, _)| *is_so).fold(name.to_owned(), |class, (_, more)| class + more)
}

/// The blocks with their cards: all of them, or in a large drawing those that touch `part`.
pub fn blocks(
    drawn: &Drawing,
    blocks: Range<usize>,
    part: Option<Part>,
    picked: &Picked,
    highlight: &[TaskId],
) -> Vec<Markup> {
    let tab_stop = picked.selected.or_else(|| drawn.scene.cards.first().map(|card| card.task));
    let one = |block: &Block| {
        let cards = drawn.scene.cards[block.cards.clone()].iter();
        let cards = cards.filter(|card| part.is_none_or(|part| part.touches(card))).map(|placed| {
            let is_highlighted = highlight.contains(&drawn.report.plan.tasks[placed.task].id);
            card(drawn, placed, block, picked, is_highlighted, tab_stop == Some(placed.task))
        });
        let heading = format!("phase-{}", block.phases.start + 1);
        let ghosts = ghosts::in_block(drawn, block, part);
        let list = markup("ol", "cards").children(cards.collect()).children(ghosts);
        placed(drawn, block, markup("li", &class(drawn, block, "phase")))
            .set("data-test", test::PHASE_COLUMN)
            .set("data-phase", &(block.phases.start + 1).to_string())
            .set("aria-labelledby", &heading)
            .child(head(drawn, block, &heading))
            .child(list)
    };
    drawn.scene.blocks[blocks].iter().map(one).collect()
}

/// Sets the position and width of a block.
fn placed(drawn: &Drawing, block: &Block, element: Markup) -> Markup {
    let card = drawn.scene.cards.first().or(drawn.scene.ghosts.first());
    let (width, height) = card.map_or((0, 0), |card| (card.width, card.height));
    let element = element
        .key(&block.phases.start.to_string())
        .set("style:transform", &format!("translate({}px, {}px)", block.x, block.y))
        .set("style:width", &format!("{}px", block.width))
        .set("style:--card-width", &format!("{width}px"));
    match drawn.scene.detail {
        Detail::Cards => element,
        Detail::Lines | Detail::Cells => element.set("style:--card-height", &format!("{height}px")),
    }
}

/// The name of a block: `Phase 3`, or `Phases 3–7`.
fn title(block: &Block) -> String {
    match block.is_run() {
        true => format!("Phases {}–{}", block.phases.start + 1, block.phases.end),
        false => format!("Phase {}", block.phases.start + 1),
    }
}

fn head(drawn: &Drawing, block: &Block, id: &str) -> Markup {
    let phases = &drawn.report.schedule.phases;
    let heading = markup("h3", "").set("id", id);
    let Some(planned) = phases.get(block.phases.start) else {
        let what = markup("span", "phase-count").text("in the other plan only");
        return markup("header", "phase-head").child(heading.text(&title(block))).child(what);
    };
    if drawn.scene.detail == Detail::Cells {
        let number = (block.phases.start + 1).to_string();
        let word = markup("span", "spoken").text("Phase ");
        return markup("header", "phase-head").child(heading.child(word).text(&number));
    }
    let minutes: Minutes = phases[block.phases.clone()].iter().map(|phase| phase.minutes).sum();
    let head = markup("header", "phase-head")
        .child(heading.text(&title(block)))
        .child(markup("span", "phase-count").text(&count(drawn, block, planned.tasks.len())))
        .children(fold(drawn, block).into_iter().collect())
        .child(markup("span", "phase-minutes").set("aria-hidden", "true").text(&explain::duration(minutes)))
        .child(markup("span", "spoken").text(&explain::duration_in_words(minutes)));
    if block.is_run() || drawn.scene.detail == Detail::Lines {
        return head;
    }
    let busy = format!("{}%", explain::busy_in_phase(&drawn.report, block.phases.start));
    head.child(
        markup("span", "busy")
            .set("title", &format!("agents busy {busy}"))
            .child(markup("span", "busy-share").set("style:width", &busy)),
    )
}

fn count(drawn: &Drawing, block: &Block, tasks: usize) -> String {
    match (block.is_run(), drawn.scene.detail) {
        (true, Detail::Cards) => "in turn".to_owned(),
        (true, _) => "one after another".to_owned(),
        (false, _) => explain::at_once(tasks),
    }
}

/// The button that draws the phases of a run side by side, or puts them back.
fn fold(drawn: &Drawing, block: &Block) -> Option<Markup> {
    let first = drawn.scene.cards.get(block.cards.start)?.task;
    let (label, word) = match (block.is_run(), drawn.is_unfolded(first)) {
        (true, _) => ("Show these phases side by side", "unfold"),
        (false, true) => ("Put the phases that follow one after another into one column", "fold"),
        (false, false) => return None,
    };
    let task = drawn.report.plan.tasks[first].id.clone();
    Some(button("fold").act(&Act::Fold { task }).set("title", label).text(word))
}
