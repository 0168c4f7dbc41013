//! The graph to order: cards, and a stand-in (dummy node) for every long line in each phase it passes.

use super::EdgeKind;
use super::links::Link;
use crate::schedule::Schedule;
use crate::sort;

/// The most stand-ins. Longer lines have no part in the order, which bounds time and memory.
const MAX_STAND_INS: usize = 30_000;

/// Cards first, in the order of the phases; then stand-ins, those of one line next to each other.
#[derive(Debug, Clone, Default)]
pub(super) struct Layers {
    /// Nodes of each phase from top to bottom. Before ordering: cards in plan order, then stand-ins.
    pub order: Vec<Vec<usize>>,
    /// The phase of each node.
    pub phase_of: Vec<usize>,
    /// The task of each card.
    pub task_of: Vec<usize>,
    /// For each task, its card.
    pub card_of: Vec<Option<usize>>,
    /// Neighbours of each node in the previous phase.
    pub left: Neighbours,
    /// Neighbours of each node in the next phase.
    pub right: Neighbours,
    /// For each link that influences the order, its first stand-in: there is one for each phase it passes.
    /// Those with a span of 1 have none, and the number is meaningless.
    stand_ins: Vec<Option<usize>>,
}

/// Lists of nodes, one after another in memory.
#[derive(Debug, Clone, Default)]
pub(super) struct Neighbours {
    starts: Vec<usize>,
    nodes: Vec<Neighbour>,
}

/// The other end of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Neighbour {
    pub node: usize,
    /// How important it is that the segment is level.
    pub weight: u32,
}

impl Neighbours {
    fn new(nodes: usize, segments: impl Iterator<Item = (usize, Neighbour)> + Clone) -> Neighbours {
        let mut starts = vec![0; nodes + 1];
        for (node, _) in segments.clone() {
            starts[node + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut list = vec![Neighbour { node: 0, weight: 0 }; starts[nodes]];
        for (node, neighbour) in segments {
            list[next[node]] = neighbour;
            next[node] += 1;
        }
        Neighbours { starts, nodes: list }
    }

    pub fn of(&self, node: usize) -> &[Neighbour] {
        &self.nodes[self.starts[node]..self.starts[node + 1]]
    }

    /// The neighbours of a node, as a range of the list of all neighbours.
    pub fn range(&self, node: usize) -> std::ops::Range<usize> {
        self.starts[node]..self.starts[node + 1]
    }

    /// The number of segments.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }
}

impl Layers {
    pub fn new(schedule: &Schedule, links: &[Link]) -> Layers {
        let mut layers = Layers { card_of: vec![None; schedule.phase_of.len()], ..Layers::default() };
        for (phase, tasks) in schedule.phases.iter().enumerate() {
            layers.order.push(Vec::new());
            for &task in &tasks.tasks {
                layers.card_of[task] = Some(layers.task_of.len());
                layers.task_of.push(task);
                layers.add_node(phase);
            }
        }
        layers.add_stand_ins(links);
        layers.connect(links);
        layers
    }

    /// Whether a node is a card, not a stand-in.
    pub fn is_card(&self, node: usize) -> bool {
        node < self.task_of.len()
    }

    /// Whether a segment of the critical path begins or ends at a node.
    pub fn is_critical(&self, node: usize) -> bool {
        self.left.of(node).iter().chain(self.right.of(node)).any(|neighbour| neighbour.weight == CRITICAL)
    }

    fn add_node(&mut self, phase: usize) -> usize {
        let node = self.phase_of.len();
        self.phase_of.push(phase);
        self.order[phase].push(node);
        node
    }

    /// Adds stand-ins for short lines first, so the limit affects only lines too long to follow by eye
    /// anyway.
    fn add_stand_ins(&mut self, links: &[Link]) {
        self.stand_ins = vec![None; links.len()];
        let mut by_span: Vec<usize> = (0..links.len()).collect();
        sort::by_key(&mut by_span, &mut |link| (links[link].span as i64, 0));
        let mut left = MAX_STAND_INS;
        for number in by_span {
            let link = &links[number];
            let needed = link.span - 1;
            if needed > left {
                continue;
            }
            left -= needed;
            if needed == 0 || link.kind == EdgeKind::Order {
                let phase = self.phase_of_task(link.from);
                self.stand_ins[number] = Some(self.phase_of.len());
                for between in 1..link.span {
                    self.add_node(phase + between);
                }
            }
        }
    }

    fn phase_of_task(&self, task: usize) -> usize {
        self.card_of[task].map_or(0, |card| self.phase_of[card])
    }

    fn connect(&mut self, links: &[Link]) {
        let mut segments = Vec::new();
        for (link, first) in links.iter().zip(&self.stand_ins) {
            let &Some(first) = first else { continue };
            let (Some(from), Some(to)) = (self.card_of[link.from], self.card_of[link.to]) else { continue };
            let mut before = from;
            for node in (first..first + link.span - 1).chain([to]) {
                segments.push((before, node, weight(link, !self.is_card(before) && !self.is_card(node))));
                before = node;
            }
        }
        let nodes = self.phase_of.len();
        let rightward = segments.iter().map(|&(a, b, weight)| (a, Neighbour { node: b, weight }));
        let leftward = segments.iter().map(|&(a, b, weight)| (b, Neighbour { node: a, weight }));
        self.right = Neighbours::new(nodes, rightward);
        self.left = Neighbours::new(nodes, leftward);
    }
}

/// Weight of the critical path.
const CRITICAL: u32 = 32;

/// The critical path has priority in being level, and a long line should be straight in the middle (Gansner,
/// Koutsofios, North, Vo 1993, section 4.2).
fn weight(link: &Link, is_inner: bool) -> u32 {
    match link.kind {
        _ if link.is_critical => CRITICAL,
        EdgeKind::Order if is_inner => 8,
        EdgeKind::Order => 4,
        EdgeKind::Apart(_) => 2,
    }
}
