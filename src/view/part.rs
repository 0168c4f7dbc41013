//! The drawn part of a large drawing.

use crate::layout::Card;

/// The most cards that are all drawn at once.
pub const MOST_CARDS: usize = 600;

/// A rectangle of the drawing, in its own coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Left edge, in pixels.
    pub left: i32,
    /// Upper edge, in pixels.
    pub top: i32,
    /// Right edge, in pixels.
    pub right: i32,
    /// Lower edge, in pixels.
    pub bottom: i32,
}

impl Part {
    /// Whether a card overlaps or touches it.
    pub fn touches(&self, card: &Card) -> bool {
        card.x <= self.right
            && card.x + card.width >= self.left
            && card.y <= self.bottom
            && card.y + card.height >= self.top
    }
}
