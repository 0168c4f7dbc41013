//! What the signs and lines of the drawing mean: those that occur in it.

use super::drawing::Drawing;
use super::markup::{Markup, markup};
use crate::explain::Sign;
use crate::layout::{Detail, EdgeKind};

/// One entry for each sign of a card and each kind of line.
pub fn legend(drawn: &Drawing) -> Vec<Markup> {
    let cards = &drawn.scene.cards;
    let has = |sign: Sign| {
        let is_so = |task: usize| drawn.marks[task].as_ref().is_some_and(|mark| mark.sign == sign);
        cards.iter().any(|card| is_so(card.task))
    };
    let edges = &drawn.scene.edges;
    let has_lines = drawn.scene.detail != Detail::Cells;
    let has_apart = edges.iter().any(|edge| edge.kind != EdgeKind::Order);
    let apart = if has(Sign::Conflict) { "apart conflict" } else { "apart hazard" };
    let entries = [
        ("critical", "", "critical path", cards.iter().any(|card| drawn.is_critical[card.task])),
        ("conflict", "✕", "collides", has(Sign::Conflict)),
        ("hazard", "!", "reads what another writes", has(Sign::Hazard)),
        ("unknown", "?", "no files", has(Sign::Unknown)),
        ("error", "✕", "error", has(Sign::Error)),
        ("running", "▸", "running", has(Sign::Running)),
        ("failed", "✕", "failed", has(Sign::Failed)),
        ("order", "", "waits for", has_lines && edges.iter().any(|edge| edge.kind == EdgeKind::Order)),
        (apart, "", "kept apart", has_lines && has_apart),
    ];
    let entry = |(class, sign, words): (&str, &str, &str)| {
        let symbol = markup("i", class).set("aria-hidden", "true").text(sign);
        markup("span", "").child(symbol).text(words)
    };
    let shown = entries.into_iter().filter(|entry| entry.3);
    shown.map(|(class, sign, words, _)| entry((class, sign, words))).collect()
}
