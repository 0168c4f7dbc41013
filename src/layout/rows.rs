//! Which row each card stands in, and through which gap between rows each long line passes.
//!
//! Heights are counted in half rows, so that one number serves both: row `r` is at height `2 r + 1`, the gap above it
//! at `2 r`.

use super::Spot;
use super::layers::{Layers, Neighbour};

/// A phase with more cards than this is drawn several cards wide, unless that would make it wider than high.
const MAX_ROWS: usize = 12;

/// Nodes times heights that are looked at in one sweep; drawings beyond it stay as compact as possible, unlevelled.
const MAX_TABLE: usize = 4_000_000;

/// What it costs to move a card that was drawn before by half a row: more than all its lines together, usually.
const KEEP: u64 = 256;

/// What it costs to draw a card half a row lower: more than one plain line gains, so that columns without good reason
/// for holes have none.
const LIFT: u64 = 5;

/// How many cards of a phase stand side by side.
pub(super) fn lanes(cards: usize) -> usize {
    cards.div_ceil(MAX_ROWS.max(cards.isqrt())).max(1)
}

/// The height of every node in half rows, odd for cards and even for stand-ins.
pub(super) fn assign(layers: &Layers, before: &[Option<Spot>]) -> Vec<usize> {
    let mut levelling = Levelling::compact(layers, before);
    if layers.phase_of.len().saturating_mul(levelling.top + 1) <= MAX_TABLE {
        let phases = 0..layers.order.len();
        phases.clone().for_each(|phase| levelling.level(phase, Sides::Left));
        phases.clone().rev().for_each(|phase| levelling.level(phase, Sides::Both));
        phases.clone().for_each(|phase| levelling.level(phase, Sides::Both));
        phases.rev().for_each(|phase| levelling.level(phase, Sides::Both));
    }
    levelling.height
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sides {
    Left,
    Both,
}

struct Levelling<'a> {
    layers: &'a Layers,
    /// For each node, where it was drawn before, in half rows.
    before: Vec<Option<usize>>,
    height: Vec<usize>,
    /// The largest height: the gap below the last row.
    top: usize,
    /// For each node of a phase and each height, the least cost of this node and all above it.
    table: Vec<u64>,
}

impl<'a> Levelling<'a> {
    /// Cards without empty rows between them; stand-ins as near as possible to the gap that follows from their place.
    fn compact(layers: &'a Layers, before: &[Option<Spot>]) -> Self {
        let old_row = |&task: &usize| before.get(task).copied().flatten().map(|spot| 2 * spot.row + 1);
        let before: Vec<_> = layers.task_of.iter().map(old_row).collect();
        let mut height = vec![0; layers.phase_of.len()];
        let mut rows = 0;
        for nodes in &layers.order {
            let cards = nodes.iter().filter(|&&node| layers.is_card(node)).count();
            let lanes = lanes(cards);
            let mut next = 0;
            for &node in nodes {
                // A stand-in between two cards of one row passes below them.
                height[node] = if layers.is_card(node) {
                    next += 1;
                    2 * ((next - 1) / lanes) + 1
                } else {
                    2 * next.div_ceil(lanes)
                };
            }
            rows = rows.max(cards.div_ceil(lanes));
        }
        let old_top = before.iter().flatten().copied().max().unwrap_or(0) + 1;
        Levelling { layers, before, height, top: old_top.max(2 * rows), table: Vec::new() }
    }

    /// Gives the nodes of one phase the heights that make its lines as level as possible, without changing their
    /// order. Exact, by dynamic programming from the top; ties go upwards. A phase several cards wide stays as it is.
    fn level(&mut self, phase: usize, sides: Sides) {
        let nodes = &self.layers.order[phase];
        let cards = nodes.iter().filter(|&&node| self.layers.is_card(node)).count();
        if lanes(cards) > 1 {
            return;
        }
        let heights = self.top + 1;
        self.table.clear();
        self.table.resize(nodes.len() * heights, u64::MAX);
        let mut above_is_card = false;
        for (at, &node) in nodes.iter().enumerate() {
            let is_card = self.layers.is_card(node);
            let step = step(above_is_card, is_card);
            let mut least_above = if at == 0 { 0 } else { u64::MAX };
            for height in 0..heights {
                if at > 0 && height >= step {
                    least_above = least_above.min(self.table[(at - 1) * heights + height - step]);
                }
                if height % 2 == usize::from(is_card) && least_above < u64::MAX {
                    self.table[at * heights + height] = least_above + self.cost(node, height, sides);
                }
            }
            above_is_card = is_card;
        }
        self.trace_back(phase, heights);
    }

    /// Reads the best heights out of the table, from the bottom up.
    fn trace_back(&mut self, phase: usize, heights: usize) {
        let nodes = &self.layers.order[phase];
        let mut limit = heights;
        for (at, &node) in nodes.iter().enumerate().rev() {
            let costs = self.table[at * heights..at * heights + limit].iter().enumerate();
            let Some((height, _)) = costs.min_by_key(|(_, cost)| **cost) else { return };
            self.height[node] = height;
            let above_is_card = at > 0 && self.layers.is_card(nodes[at - 1]);
            limit = height + 1 - step(above_is_card, self.layers.is_card(node));
        }
    }

    fn cost(&self, node: usize, height: usize, sides: Sides) -> u64 {
        let off = |neighbour: &Neighbour| {
            self.height[neighbour.node].abs_diff(height) as u64 * u64::from(neighbour.weight)
        };
        let left: u64 = self.layers.left.of(node).iter().map(off).sum();
        let right: u64 =
            if sides == Sides::Left { 0 } else { self.layers.right.of(node).iter().map(off).sum() };
        let own = match self.before.get(node).copied().flatten() {
            Some(before) => before.abs_diff(height) as u64 * KEEP,
            None if self.layers.is_card(node) => height as u64 * LIFT,
            None => 0,
        };
        left + right + own
    }
}

/// How many half rows two nodes are apart at least. Two lines may share a gap; a card shares its row with nothing.
fn step(above_is_card: bool, is_card: bool) -> usize {
    usize::from(above_is_card || is_card)
}
