//! Assigns a row to each card, and to each long line the gaps between rows that it passes.
//!
//! Heights are counted in half rows, so one number serves both: row `r` is at height `2 r + 1`, the gap above
//! it at `2 r`.

use super::layers::{Layers, Neighbour};

/// A phase with more cards than this is drawn several cards wide, unless that would make it wider than high.
const MAX_ROWS: usize = 12;

/// The most nodes times heights in one sweep. Larger drawings stay compact, without levelling.
const MAX_TABLE: usize = 4_000_000;

/// The cost of drawing a card half a row lower. It exceeds the gain of one plain line, so columns have no
/// holes without good reason.
const LIFT: u64 = 5;

/// The number of cards next to each other in a phase.
pub(super) fn lanes(cards: usize) -> usize {
    cards.div_ceil(MAX_ROWS.max(cards.isqrt())).max(1)
}

/// The height of every node in half rows, odd for cards and even for stand-ins.
pub(super) fn assign(layers: &Layers) -> Vec<usize> {
    let mut levelling = Levelling::compact(layers);
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
    height: Vec<usize>,
    /// The largest height: the gap below the last row.
    top: usize,
    /// For each node of a phase and each height, the least cost of this node and all above it.
    table: Vec<u64>,
}

impl<'a> Levelling<'a> {
    /// Cards without empty rows between them; stand-ins as close as possible to the gap implied by their
    /// place.
    fn compact(layers: &'a Layers) -> Self {
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
        Levelling { layers, height, top: (2 * rows).max(1), table: Vec::new() }
    }

    /// Sets the heights of one phase to make its lines as level as possible, without changing the order.
    /// Exact, by dynamic programming from the top; ties go upwards. Phases several cards wide don't change.
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

    /// Reads the best heights from the table, from the bottom up.
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
        let own = if self.layers.is_card(node) { height as u64 * LIFT } else { 0 };
        left + right + own
    }
}

/// The least distance of two nodes in half rows. Two lines may share a gap; a card shares its row with
/// nothing.
fn step(above_is_card: bool, is_card: bool) -> usize {
    usize::from(above_is_card || is_card)
}
