//! The drawn part of a large drawing.

use crate::layout::Card;

/// The most cards that are all drawn at once.
pub const MOST_CARDS: usize = 600;

/// A range of heights of the drawing. It is never wider than the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Upper edge, in pixels.
    pub top: i32,
    /// Lower edge, in pixels.
    pub bottom: i32,
}

impl Part {
    /// Whether a card overlaps or touches it.
    pub fn touches(&self, card: &Card) -> bool {
        card.y <= self.bottom && card.y + card.height >= self.top
    }
}
