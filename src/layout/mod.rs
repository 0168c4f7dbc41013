//! Where everything stands in the drawing: columns for phases, cards for tasks, curves between them.
//!
//! Knows numbers only: no colours, no fonts, no DOM. All lengths are CSS pixels at 100 % zoom.

use crate::analysis::Analysis;
use crate::schedule::Schedule;

/// The sizes a drawing is made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metrics {
    /// Width of a phase column.
    pub column_width: i32,
    /// Space between columns.
    pub column_gap: i32,
    /// Height of the head of a column: title, minutes, bar.
    pub column_head: i32,
    /// Space between the edge of a column and its cards.
    pub padding: i32,
    /// Height of a card.
    pub card_height: i32,
    /// Space between cards.
    pub card_gap: i32,
}

impl Default for Metrics {
    fn default() -> Self {
        Metrics {
            column_width: 208,
            column_gap: 40,
            column_head: 72,
            padding: 10,
            card_height: 64,
            card_gap: 12,
        }
    }
}

/// A finished drawing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scene {
    /// Of everything.
    pub width: i32,
    /// Of everything.
    pub height: i32,
    /// One per phase.
    pub columns: Vec<Column>,
    /// One per scheduled task.
    pub cards: Vec<Card>,
    /// Orders and conflicts between cards.
    pub edges: Vec<Edge>,
}

/// A phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Left edge.
    pub x: i32,
    /// Height down to the end of its last card.
    pub height: i32,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Position in the plan.
    pub task: usize,
    /// Its phase.
    pub phase: usize,
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

/// A line between two cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Position of the task it starts at.
    pub from: usize,
    /// Position of the task it ends at.
    pub to: usize,
    /// What it says.
    pub kind: EdgeKind,
    /// Whether both ends follow each other on the critical path.
    pub is_critical: bool,
    /// Corner points; the view rounds them.
    pub points: Vec<(i32, i32)>,
}

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeKind {
    /// The first must be finished before the second starts.
    Order,
    /// The two are kept apart; the number is a position in [`Analysis::conflicts`].
    Apart(usize),
}

/// Places a schedule.
pub fn layout(_analysis: &Analysis, _schedule: &Schedule, _metrics: &Metrics) -> Scene {
    Scene::default()
}
