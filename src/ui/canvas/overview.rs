//! Very large drawings from afar: one shape for all cards of a kind instead of an element for each.

use std::fmt::Write as _;

use leptos::prelude::*;
use phaseplan::explain::Sign;

use super::drawing::{Drawing, Drawn};
use super::window::Part;

/// Cards as path data, by how they look.
#[derive(Debug, Clone, Default, PartialEq)]
struct Blocks {
    plain: String,
    critical: String,
    trouble: String,
}

fn blocks(drawn: &Drawn, part: Part) -> Blocks {
    let mut blocks = Blocks::default();
    for column in &drawn.scene.columns[drawn.scene.columns_between(part.left, part.right)] {
        for card in drawn.scene.cards[column.cards.clone()].iter().filter(|card| part.touches(card)) {
            let mark = drawn.shown.marks[card.task].as_ref();
            let shape = match mark.map(|mark| mark.sign) {
                Some(Sign::Error | Sign::Conflict | Sign::Failed) => &mut blocks.trouble,
                _ if drawn.shown.is_critical[card.task] => &mut blocks.critical,
                _ => &mut blocks.plain,
            };
            // Writing to a string can't fail.
            let _ = write!(shape, "M{} {}h{}v{}h-{}z", card.x, card.y, card.width, card.height, card.width);
        }
    }
    blocks
}

/// All cards of the part as blocks. A click on one selects its task (see the stage).
#[component]
pub fn Overview(part: Memo<Option<Part>>) -> impl IntoView {
    let drawing = expect_context::<Drawing>();
    let blocks = Memo::new(move |_| match part.get() {
        Some(part) => drawing.drawn.with(|drawn| blocks(drawn, part)),
        None => Blocks::default(),
    });
    let shape = move |read: fn(&Blocks) -> &String| move || blocks.with(|blocks| read(blocks).clone());
    let size = move |read: fn(&Drawn) -> i32| move || drawing.drawn.with(read);
    view! {
        <svg
            class="overview"
            role="img"
            aria-label="All cards from afar. Zoom in to read them, or use the outline."
            width=size(|drawn| drawn.scene.width)
            height=size(|drawn| drawn.scene.height)
        >
            <path class="block" d=shape(|blocks| &blocks.plain)/>
            <path class="block critical" d=shape(|blocks| &blocks.critical)/>
            <path class="block conflict" d=shape(|blocks| &blocks.trouble)/>
        </svg>
    }
}
