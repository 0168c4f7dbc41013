//! Orders the nodes inside each phase to reduce crossings.
//!
//! Layer by layer sweeps (Sugiyama, Tagawa, Toda 1981) sort by the median of the neighbours and exchange
//! adjacent nodes (Gansner, Koutsofios, North, Vo 1993, section 3), from several starts. Sifting then
//! improves the best order: it moves each node to the best place of its layer (Matuszewski, Schönfeld,
//! Molitor 1999). Ties go to plan order.

use super::layers::{Layers, Neighbours};
use super::{Spot, crossings};
use crate::sort;

/// Elementary steps for one drawing. The search usually ends earlier for up to 200 tasks; for 10,000 it stops
/// after a sixth of a second with the best order so far.
fn work(layers: &Layers) -> i64 {
    400_000 + 6_000 * layers.task_of.len() as i64
}

/// A start is abandoned after this many sweeps without improvement.
const PATIENCE: usize = 5;

/// Fixed-point unit of medians.
const UNIT: i64 = 1 << 10;

/// The best order that was found.
pub(super) fn order(layers: &Layers) -> Vec<Vec<usize>> {
    let mut search = Search::new(layers, work(layers));
    let plan_order = interpolated(layers, &|node| Spot { row: node, lane: 0 });
    let starts = [
        plan_order.clone(),
        depth_first(layers, &layers.right, (0..layers.order.len()).collect()),
        depth_first(layers, &layers.left, (0..layers.order.len()).rev().collect()),
    ];
    let mut best = plan_order;
    let mut fewest = crossings::count(layers, &best);
    for start in starts {
        if fewest == 0 || search.work <= 0 {
            break;
        }
        search.load(start);
        search.sweep();
        search.sift();
        let crossings = crossings::count(layers, &search.order);
        if crossings < fewest {
            fewest = crossings;
            best.clone_from(&search.order);
        }
    }
    turn_plan_order_down(layers, &mut best);
    if let Some(lifted) = with_critical_path_on_top(layers, &best, fewest) {
        return lifted;
    }
    turn_critical_path_up(layers, &mut best);
    search.load(best);
    search.settle_into_plan_order();
    search.order
}

/// The same order with the critical path along the upper edge, where it is level. `None` if there is no
/// critical path or that adds many crossings.
fn with_critical_path_on_top(
    layers: &Layers,
    order: &[Vec<usize>],
    crossings: u64,
) -> Option<Vec<Vec<usize>>> {
    let is_critical: Vec<bool> = (0..layers.phase_of.len()).map(|node| layers.is_critical(node)).collect();
    if !is_critical.contains(&true) {
        return None;
    }
    let mut search = Search::new(layers, work(layers) / 4);
    search.is_on_top = is_critical;
    let mut lifted = order.to_vec();
    for nodes in &mut lifted {
        sort::by_key(nodes, &mut |node| (i64::from(!search.is_on_top[node]), 0));
    }
    search.load(lifted);
    search.sift();
    search.settle_into_plan_order();
    (crossings::count(layers, &search.order) <= crossings + crossings / 3 + 2).then_some(search.order)
}

/// Cards sorted by `spot` (ties: plan order), and each stand-in between them at the height of the straight
/// line between the ends of its link.
fn interpolated(layers: &Layers, spot: &dyn Fn(usize) -> Spot) -> Vec<Vec<usize>> {
    let mut order = layers.order.clone();
    let mut share = vec![0; layers.phase_of.len()];
    for nodes in &mut order {
        nodes.retain(|&node| layers.is_card(node));
        sort::by_key(nodes, &mut |node| {
            let spot = spot(node);
            (saturated(spot.row), saturated(spot.lane))
        });
        for (at, &node) in nodes.iter().enumerate() {
            share[node] = (2 * at as i64 + 1) * UNIT * UNIT / (2 * nodes.len() as i64);
        }
    }
    let cards = layers.task_of.len();
    let mut node = cards;
    while node < layers.phase_of.len() {
        // The stand-ins of one link are consecutive. The line ends at the first card to the right of the last
        // one.
        let first = node;
        let mut end = node;
        while !layers.is_card(end) {
            end = layers.right.of(end)[0].node;
            node += 1;
        }
        let from = share[layers.left.of(first)[0].node];
        let spaces = (node - first + 1) as i64;
        for between in first..node {
            share[between] = from + (share[end] - from) * (between - first + 1) as i64 / spaces;
            order[layers.phase_of[between]].push(between);
        }
    }
    for nodes in &mut order {
        sort::by_key(nodes, &mut |node| (share[node], node as i64));
    }
    order
}

/// Converts to a sort key.
fn saturated(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Nodes of each phase in the order of a depth-first walk along the lines.
fn depth_first(layers: &Layers, along: &Neighbours, phases: Vec<usize>) -> Vec<Vec<usize>> {
    let mut order = vec![Vec::new(); layers.order.len()];
    let mut is_met = vec![false; layers.phase_of.len()];
    let mut open = Vec::new();
    for start in phases.into_iter().flat_map(|phase| layers.order[phase].iter().copied()) {
        open.push(start);
        while let Some(node) = open.pop() {
            if !std::mem::replace(&mut is_met[node], true) {
                order[layers.phase_of[node]].push(node);
                open.extend(along.of(node).iter().rev().map(|neighbour| neighbour.node));
            }
        }
    }
    order
}

/// Flips the whole drawing vertically if that puts more cards into plan order. Crossings don't change.
fn turn_plan_order_down(layers: &Layers, order: &mut [Vec<usize>]) {
    let pairs = order.iter().flat_map(|nodes| nodes.windows(2));
    let cards = pairs.filter(|pair| layers.is_card(pair[0]) && layers.is_card(pair[1]));
    let balance: i64 = cards.map(|pair| if pair[0] < pair[1] { 1 } else { -1 }).sum();
    if balance < 0 {
        order.iter_mut().for_each(|nodes| nodes.reverse());
    }
}

/// Flips the whole drawing vertically if that brings the critical path nearer to the top. Crossings don't
/// change.
fn turn_critical_path_up(layers: &Layers, order: &mut [Vec<usize>]) {
    let depth = |nodes: &Vec<usize>| -> i64 {
        let places = nodes.iter().enumerate().filter(|(_, node)| layers.is_critical(**node));
        places.map(|(at, _)| 2 * at as i64 - (nodes.len() as i64 - 1)).sum()
    };
    if order.iter().map(depth).sum::<i64>() > 0 {
        order.iter_mut().for_each(|nodes| nodes.reverse());
    }
}

/// An order being improved, with buffers.
struct Search<'a> {
    layers: &'a Layers,
    order: Vec<Vec<usize>>,
    position: Vec<usize>,
    /// Sort key of each node in a sweep.
    key: Vec<i64>,
    /// Steps left.
    work: i64,
    /// Nodes that must stay on top. Empty if there are none.
    is_on_top: Vec<bool>,
    /// Phases in which a local change may still help.
    is_open: Vec<bool>,
    /// Positions of the neighbours of each node, ascending, at the indices of [`Neighbours::range`]. Valid
    /// only for the phase of the last [`Search::look_around`].
    left_ends: Vec<usize>,
    right_ends: Vec<usize>,
}

impl<'a> Search<'a> {
    fn new(layers: &'a Layers, work: i64) -> Self {
        let position = vec![0; layers.phase_of.len()];
        let key = vec![0; layers.phase_of.len()];
        let is_open = vec![false; layers.order.len()];
        let (left_ends, right_ends) = (vec![0; layers.left.len()], vec![0; layers.right.len()]);
        let (order, is_on_top) = (Vec::new(), Vec::new());
        Search { layers, order, position, key, work, is_on_top, is_open, left_ends, right_ends }
    }

    fn load(&mut self, order: Vec<Vec<usize>>) {
        self.order = order;
        for phase in 0..self.order.len() {
            self.number(phase);
        }
    }

    fn number(&mut self, phase: usize) {
        for (at, &node) in self.order[phase].iter().enumerate() {
            self.position[node] = at;
        }
    }

    /// Sorts phase by phase, alternating between rightward and leftward, and remembers the best order.
    fn sweep(&mut self) {
        let mut best = self.order.clone();
        let mut fewest = crossings::count(self.layers, &best);
        let mut futile = 0;
        let mut round = 0;
        while fewest > 0 && futile < PATIENCE && self.work > 0 {
            self.sort_all(round % 2 == 0, round % 4 >= 2);
            self.exchange_adjacent();
            let crossings = crossings::count(self.layers, &self.order);
            self.work -= self.layers.right.len() as i64;
            if crossings < fewest {
                fewest = crossings;
                futile = 0;
                best.clone_from(&self.order);
            } else {
                futile += 1;
            }
            round += 1;
        }
        self.load(best);
    }

    fn sort_all(&mut self, rightward: bool, by_mean: bool) {
        let phases = self.order.len();
        for step in 1..phases {
            let phase = if rightward { step } else { phases - 1 - step };
            self.sort_phase(phase, rightward, by_mean);
        }
    }

    /// Sorts one phase by the median (or mean) position of the neighbours on one side. Nodes without
    /// neighbours there don't move. Nodes with a fixed order get at least the key of the fixed node above
    /// them.
    fn sort_phase(&mut self, phase: usize, rightward: bool, by_mean: bool) {
        let side = if rightward { &self.layers.left } else { &self.layers.right };
        let mut places = Vec::new();
        let mut nodes = Vec::new();
        let mut ends = Vec::new();
        for (at, &node) in self.order[phase].iter().enumerate() {
            ends.clear();
            ends.extend(side.of(node).iter().map(|neighbour| self.position[neighbour.node]));
            self.work -= 2 + ends.len() as i64;
            ends.sort_unstable();
            if let Some(key) = if by_mean { mean(&ends) } else { median(&ends) } {
                self.key[node] = key;
                nodes.push(node);
                places.push(at);
            }
        }
        sort::by_key(&mut nodes, &mut |node| (self.key[node], 0));
        for (&at, &node) in places.iter().zip(&nodes) {
            self.order[phase][at] = node;
        }
        self.number(phase);
    }

    /// Exchanges adjacent nodes of a phase while that reduces crossings.
    fn exchange_adjacent(&mut self) {
        self.improve(|search, phase| {
            let mut is_better = false;
            for at in 1..search.order[phase].len() {
                let (upper, lower) = (search.order[phase][at - 1], search.order[phase][at]);
                if !search.are_fixed(upper, lower) && search.change_if_exchanged(upper, lower) < 0 {
                    search.order[phase].swap(at - 1, at);
                    is_better = true;
                }
            }
            if is_better {
                search.number(phase);
            }
            is_better
        });
    }

    /// Moves every node to the place in its phase with the fewest crossings, until no move helps.
    fn sift(&mut self) {
        self.improve(|search, phase| {
            let mut is_better = false;
            for node in search.order[phase].clone() {
                is_better |= search.work > 0 && search.sift_node(phase, node);
            }
            is_better
        });
    }

    /// Applies `step` to one phase after another until none improves. A change in a phase may make others
    /// possible in it and in its neighbours.
    fn improve(&mut self, step: impl Fn(&mut Self, usize) -> bool) {
        self.is_open.fill(true);
        while self.work > 0 && self.is_open.contains(&true) {
            for phase in 0..self.order.len() {
                if !std::mem::take(&mut self.is_open[phase]) {
                    continue;
                }
                self.look_around(phase);
                if step(self, phase) {
                    let end = (phase + 2).min(self.is_open.len());
                    self.is_open[phase.saturating_sub(1)..end].fill(true);
                }
            }
        }
    }

    /// Moves one node to its best place. Returns whether that reduced crossings.
    fn sift_node(&mut self, phase: usize, node: usize) -> bool {
        let at = self.position[node];
        let (mut best_change, mut best_at) = (0, at);
        let mut change = 0;
        for above in (0..at).rev() {
            let other = self.order[phase][above];
            if self.are_fixed(node, other) {
                break;
            }
            change += self.change_if_exchanged(other, node);
            if change < best_change {
                (best_change, best_at) = (change, above);
            }
        }
        change = 0;
        for below in at + 1..self.order[phase].len() {
            let other = self.order[phase][below];
            if self.are_fixed(node, other) {
                break;
            }
            change += self.change_if_exchanged(node, other);
            if change < best_change {
                (best_change, best_at) = (change, below);
            }
        }
        if best_at < at {
            self.order[phase][best_at..=at].rotate_right(1);
        } else {
            self.order[phase][at..=best_at].rotate_left(1);
        }
        if best_at != at {
            self.number(phase);
        }
        best_change < 0
    }

    /// Exchanges cards that are not in plan order if that adds no crossing.
    fn settle_into_plan_order(&mut self) {
        for phase in 0..self.order.len() {
            self.look_around(phase);
            let mut is_moved = true;
            while is_moved && self.work > 0 {
                is_moved = false;
                for at in 1..self.order[phase].len() {
                    let (upper, lower) = (self.order[phase][at - 1], self.order[phase][at]);
                    let are_cards = self.layers.is_card(upper) && self.layers.is_card(lower);
                    let is_free = are_cards && upper > lower && !self.are_fixed(upper, lower);
                    if is_free && self.change_if_exchanged(upper, lower) <= 0 {
                        self.order[phase].swap(at - 1, at);
                        is_moved = true;
                    }
                }
            }
            self.number(phase);
        }
    }

    /// Records the neighbours' positions for one phase.
    fn look_around(&mut self, phase: usize) {
        let sides = [(&self.layers.left, &mut self.left_ends), (&self.layers.right, &mut self.right_ends)];
        for (side, all_ends) in sides {
            for &node in &self.order[phase] {
                let ends = &mut all_ends[side.range(node)];
                for (end, neighbour) in ends.iter_mut().zip(side.of(node)) {
                    *end = self.position[neighbour.node];
                }
                ends.sort_unstable();
                self.work -= 1 + ends.len() as i64;
            }
        }
    }

    /// Whether the relative order of two nodes is fixed.
    fn are_fixed(&self, a: usize, b: usize) -> bool {
        let is_marked = |marks: &[bool], node: usize| marks.get(node) == Some(&true);
        is_marked(&self.is_on_top, a) || is_marked(&self.is_on_top, b)
    }

    /// The change in crossings if two adjacent nodes are exchanged.
    fn change_if_exchanged(&mut self, upper: usize, lower: usize) -> i64 {
        let mut change = 0;
        for (side, ends) in [(&self.layers.left, &self.left_ends), (&self.layers.right, &self.right_ends)] {
            let (upper, lower) = (&ends[side.range(upper)], &ends[side.range(lower)]);
            self.work -= 1 + (upper.len() + lower.len()) as i64;
            change += inversions(lower, upper) - inversions(upper, lower);
        }
        change
    }
}

/// The number of pairs with the end of the first node below the end of the second. Both lists are ascending.
fn inversions(first: &[usize], second: &[usize]) -> i64 {
    let mut smaller = 0;
    let mut pairs = 0;
    for &end in first {
        while smaller < second.len() && second[smaller] < end {
            smaller += 1;
        }
        pairs += smaller as i64;
    }
    pairs
}

/// The median in units of 1 / [`UNIT`]; `None` for an empty list. Between two middle positions, it is nearer
/// to the side where positions are closer together (Gansner and others 1993).
fn median(ascending: &[usize]) -> Option<i64> {
    let last = ascending.len().checked_sub(1)?;
    let middle = ascending.len() / 2;
    if ascending.len() % 2 == 1 {
        return Some(ascending[middle] as i64 * UNIT);
    }
    let [first, low, high, last] = [0, middle - 1, middle, last].map(|at| ascending[at] as i64);
    let (spread_low, spread_high) = (low - first, last - high);
    if spread_low + spread_high == 0 {
        return Some((low + high) * UNIT / 2);
    }
    Some((low * spread_high + high * spread_low) * UNIT / (spread_low + spread_high))
}

/// The mean in units of 1 / [`UNIT`]; `None` for an empty list.
fn mean(positions: &[usize]) -> Option<i64> {
    let count = positions.len() as i64;
    (count > 0).then(|| positions.iter().sum::<usize>() as i64 * UNIT / count)
}
