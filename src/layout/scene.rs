//! A finished drawing.

use std::ops::Range;

use super::Detail;
#[cfg(doc)]
use crate::analysis::Analysis;

/// A finished drawing. All lengths are pixels at 100 %; the page enlarges them by [`Scene::zoom`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scene {
    /// What is drawn of each task.
    pub detail: Detail,
    /// The zoom it is drawn for, in percent; see [`zoom`](super::zoom).
    pub zoom: i32,
    /// Total width, never more than that of the pane.
    pub width: i32,
    /// Total height.
    pub height: i32,
    /// Phases and runs of phases, in order.
    pub blocks: Vec<Block>,
    /// One per scheduled task, phase by phase, and from top to bottom inside each.
    pub cards: Vec<Card>,
    /// Places for tasks that are not in the schedule, phase by phase. The `task` of each is its position among
    /// the phases that were asked for.
    pub ghosts: Vec<Card>,
    /// For each task of the plan, its position in [`Scene::cards`].
    pub card_of: Vec<Option<usize>>,
    /// Orders and conflicts between cards.
    pub edges: Vec<Edge>,
}

/// A phase, or a run of phases with one task each, drawn one below the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its phases.
    pub phases: Range<usize>,
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
    /// Its cards, as a range of [`Scene::cards`].
    pub cards: Range<usize>,
    /// Its ghosts, as a range of [`Scene::ghosts`].
    pub ghosts: Range<usize>,
    /// Its row, from 0 at the top.
    pub row: usize,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Position in the plan.
    pub task: usize,
    /// Its phase.
    pub phase: usize,
    /// Its place.
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

/// A place, independent of sizes: inside a block, or among all cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// From 0 at the top.
    pub row: usize,
    /// From 0 at the left. Above 0 only in a block several cards wide.
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
    /// Corner points from start to end; see [`curve`](super::curve()).
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

impl Block {
    /// Whether it holds several phases, one after another.
    pub fn is_run(&self) -> bool {
        self.phases.len() > 1
    }
}

impl Scene {
    /// The card of a task.
    pub fn card(&self, task: usize) -> Option<&Card> {
        self.card_of.get(task).copied().flatten().map(|at| &self.cards[at])
    }

    /// The block of a phase.
    pub fn block(&self, phase: usize) -> Option<&Block> {
        self.blocks.get(self.blocks.partition_point(|block| block.phases.end <= phase))
    }

    /// The blocks that overlap a range of y coordinates, and those between them.
    pub fn blocks_between(&self, top: i32, bottom: i32) -> Range<usize> {
        let first = self.blocks.iter().position(|block| block.y + block.height >= top);
        let last = self.blocks.iter().rposition(|block| block.y <= bottom);
        match (first, last) {
            (Some(first), Some(last)) if first <= last => first..last + 1,
            _ => 0..0,
        }
    }
}
