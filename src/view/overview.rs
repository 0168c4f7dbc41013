//! Very large drawings at low zoom: one shape for all cards of a kind instead of an element for each.

use std::fmt::Write as _;

use crate::explain::Sign;

use super::drawing::Drawing;
use super::markup::{Markup, markup};
use super::part::Part;

/// All cards of a part as blocks.
pub fn overview(drawn: &Drawing, part: Part) -> Vec<Markup> {
    let [mut plain, mut critical, mut trouble] = [const { String::new() }; 3];
    for block in &drawn.scene.blocks[drawn.scene.blocks_between(part.top, part.bottom)] {
        for card in drawn.scene.cards[block.cards.clone()].iter().filter(|card| part.touches(card)) {
            let shape = match drawn.marks[card.task].as_ref().map(|mark| mark.sign) {
                Some(Sign::Error | Sign::Conflict | Sign::Failed) => &mut trouble,
                _ if drawn.is_critical[card.task] => &mut critical,
                _ => &mut plain,
            };
            // Writing to a string can't fail.
            let _ = write!(shape, "M{} {}h{}v{}h-{}z", card.x, card.y, card.width, card.height, card.width);
        }
    }
    let blocks = [("block", plain), ("block critical", critical), ("block conflict", trouble)];
    blocks.iter().map(|(class, path)| markup("path", class).set("d", path)).collect()
}

/// Whether a part has so many cards that they are drawn as blocks.
pub fn is_far(drawn: &Drawing, part: Part, most: usize) -> bool {
    let blocks = &drawn.scene.blocks[drawn.scene.blocks_between(part.top, part.bottom)];
    let mut cards = blocks.iter().flat_map(|block| &drawn.scene.cards[block.cards.clone()]);
    cards.by_ref().filter(|card| part.touches(card)).nth(most).is_some()
}
