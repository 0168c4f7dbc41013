//! A finished drawing, and the sizes it uses.

#[cfg(doc)]
use crate::analysis::Analysis;

/// The sizes of a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metrics {
    /// Width of a phase column one card wide.
    pub column_width: i32,
    /// Space between columns.
    pub column_gap: i32,
    /// Height of the head of a column: title, minutes, bar.
    pub column_head: i32,
    /// Space between the edge of a column and its cards.
    pub padding: i32,
    /// Space between adjacent cards of one wide phase.
    pub lane_gap: i32,
    /// Height of a card.
    pub card_height: i32,
    /// Vertical space between cards. Long lines pass through it.
    pub card_gap: i32,
}

impl Default for Metrics {
    fn default() -> Self {
        Metrics {
            column_width: 174,
            column_gap: 10,
            column_head: 76,
            padding: 10,
            lane_gap: 28,
            card_height: 66,
            card_gap: 24,
        }
    }
}

/// A finished drawing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scene {
    /// Total width.
    pub width: i32,
    /// Total height.
    pub height: i32,
    /// One per phase, left to right.
    pub columns: Vec<Column>,
    /// One per scheduled task: phase by phase, and row by row inside a phase.
    pub cards: Vec<Card>,
    /// For each task of the plan, its position in [`Scene::cards`].
    pub card_of: Vec<Option<usize>>,
    /// Orders and conflicts between cards.
    pub edges: Vec<Edge>,
}

/// A phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Left edge.
    pub x: i32,
    /// More than [`Metrics::column_width`] in a phase several cards wide.
    pub width: i32,
    /// Height down to the bottom of its last card.
    pub height: i32,
    /// Its cards, as a range of [`Scene::cards`].
    pub cards: std::ops::Range<usize>,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Position in the plan.
    pub task: usize,
    /// Its phase.
    pub phase: usize,
    /// Its place in the phase.
    pub spot: Spot,
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

/// A place inside a phase, independent of sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// From 0 at the top. All phases share one grid of rows.
    pub row: usize,
    /// From 0 at the left. Above 0 only in a phase several cards wide.
    pub lane: usize,
}

/// A line between two cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Position in the plan of the task it starts at.
    pub from: usize,
    /// Position in the plan of the task it ends at, in a later phase.
    pub to: usize,
    /// Its meaning.
    pub kind: EdgeKind,
    /// Whether its ends are consecutive on the critical path.
    pub is_critical: bool,
    /// Corner points from left to right; the view rounds them.
    pub points: Vec<(i32, i32)>,
}

/// The meaning of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeKind {
    /// The first must be finished before the second starts.
    Order,
    /// The two conflict; the number is a position in [`Analysis::conflicts`].
    Apart(usize),
}

impl Scene {
    /// The card of a task.
    pub fn card(&self, task: usize) -> Option<&Card> {
        self.card_of.get(task).copied().flatten().map(|at| &self.cards[at])
    }

    /// The card under a point.
    pub fn card_at(&self, x: i32, y: i32) -> Option<&Card> {
        let column = self.columns.partition_point(|column| column.x <= x).checked_sub(1)?;
        self.cards[self.columns[column].cards.clone()].iter().find(|card| {
            (card.x..card.x + card.width).contains(&x) && (card.y..card.y + card.height).contains(&y)
        })
    }

    /// The columns that overlap a range of x coordinates.
    pub fn columns_between(&self, left: i32, right: i32) -> std::ops::Range<usize> {
        let first = self.columns.partition_point(|column| column.x + column.width < left);
        let end = self.columns.partition_point(|column| column.x <= right);
        first..end.max(first)
    }
}
