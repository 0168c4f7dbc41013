//! Outlines of tasks at their place in the other plan.

use super::changes::Ghost;
use crate::layout::{Block, Card};
use crate::view::drawing::Drawing;
use crate::view::markup::{Markup, markup};
use crate::view::part::Part;
use crate::view::test_name as test;

/// The ghosts of a block, as entries of the list of its cards.
pub fn in_block(drawn: &Drawing, block: &Block, part: Option<Part>) -> Vec<Markup> {
    let Some(changes) = &drawn.changes else { return Vec::new() };
    let cards = drawn.scene.ghosts[block.ghosts.clone()].iter();
    let cards = cards.filter(|card| part.is_none_or(|part| part.touches(card)));
    cards.map(|card| slot(&changes.ghosts[card.task], card, block)).collect()
}

fn slot(ghost: &Ghost, card: &Card, block: &Block) -> Markup {
    let id = ghost.task.id.as_str();
    let facts = markup("span", "card-facts").text(&format!("{} {id}", ghost.sign.character()));
    let outline = markup("div", &["card ghost is-", ghost.sign.name()].concat())
        .set("data-test", test::GHOST)
        .child(markup("span", "card-title").set("title", &ghost.task.title).text(&ghost.task.title))
        .child(facts)
        .child(markup("span", "spoken").text(&ghost.words));
    markup("li", "card-slot")
        .key(&["ghost of ", id].concat())
        .set("style:transform", &format!("translate({}px, {}px)", card.x - block.x, card.y - block.y))
        .set("style:height", &format!("{}px", card.height))
        .child(outline)
}
