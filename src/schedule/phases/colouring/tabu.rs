//! Tabu search among colourings with conflicts (TabuCol: Hertz, de Werra 1987; tenures of Galinier, Hao 1999).

use super::board::Board;
use super::graph::Graph;
use crate::schedule::random::Random;

/// Every vertex has one of `count` colours; neighbours of one colour are in conflict.
pub struct Conflicting<'g> {
    graph: &'g Graph,
    colours: Vec<u16>,
    /// The colour that a vertex has is blocked.
    board: Board,
    /// Vertices in conflict, and where each stands in that list.
    conflicting: Vec<u32>,
    place: Vec<u32>,
    /// How many edges join vertices of one colour.
    conflicts: i32,
    /// The colouring with the fewest conflicts.
    best: Vec<u16>,
    least: i32,
    /// Changes that are equally good.
    ties: Vec<(u32, u32)>,
    /// Vertices that have such a change.
    candidates: Vec<u32>,
}

const NOWHERE: u32 = u32::MAX;

impl<'g> Conflicting<'g> {
    /// Starts from a colouring with numbers below `count`.
    pub fn new(graph: &'g Graph, count: usize, colours: Vec<u16>) -> Self {
        let len = graph.len();
        let mut state = Conflicting {
            graph,
            board: Board::new(len, count),
            conflicting: Vec::new(),
            place: vec![NOWHERE; len],
            conflicts: 0,
            best: colours.clone(),
            least: 0,
            ties: Vec::new(),
            candidates: Vec::new(),
            colours,
        };
        for vertex in 0..len {
            state.board.block(vertex, usize::from(state.colours[vertex]));
            for &neighbour in graph.neighbours(vertex) {
                state.board.add(vertex, usize::from(state.colours[neighbour as usize]), 1);
            }
        }
        for vertex in 0..len {
            let own = state.board.around(vertex, usize::from(state.colours[vertex]));
            state.conflicts += i32::from(own);
            if own > 0 {
                state.enlist(vertex);
            }
        }
        state.conflicts /= 2;
        state.least = state.conflicts;
        state
    }

    /// The colouring with the fewest conflicts found so far.
    pub fn best(&self) -> &[u16] {
        &self.best
    }

    /// The fewest conflicts found so far.
    pub fn least(&self) -> i32 {
        self.least
    }

    /// Goes on for so many iterations, or until nothing is in conflict; returns how many it took.
    pub fn search(&mut self, iterations: u64, random: &mut Random) -> u64 {
        for iteration in 0..iterations {
            if self.conflicts == 0 {
                return iteration;
            }
            self.board.tick();
            let Some((vertex, colour)) = self.best_change(random) else { continue };
            self.change(vertex, colour, random);
            if self.conflicts < self.least {
                self.least = self.conflicts;
                self.best.clone_from(&self.colours);
            }
        }
        iterations
    }

    /// The change of one vertex in conflict that leaves the fewest conflicts; ties are drawn. A colour that was left a
    /// short while ago counts only if it leads to fewer conflicts than ever before.
    fn best_change(&mut self, random: &mut Random) -> Option<(usize, usize)> {
        if let Some(exception) = self.exception() {
            return Some(exception);
        }
        let mut best = i16::MAX;
        for &vertex in &self.conflicting {
            let own = self.own(vertex as usize);
            let Some(least) = self.board.least(vertex as usize) else { continue };
            if least - own < best {
                best = least - own;
                self.candidates.clear();
            }
            if least - own == best {
                self.candidates.push(vertex);
            }
        }
        self.ties.clear();
        for vertex in self.candidates.drain(..) {
            let around =
                best + self.board.around(vertex as usize, usize::from(self.colours[vertex as usize]));
            let colours = self.board.with(vertex as usize, around);
            self.ties.extend(colours.map(|colour| (vertex, colour as u32)));
        }
        if self.ties.is_empty() {
            return None;
        }
        let (vertex, colour) = self.ties[random.below(self.ties.len())];
        Some((vertex as usize, colour as usize))
    }

    fn own(&self, vertex: usize) -> i16 {
        self.board.around(vertex, usize::from(self.colours[vertex]))
    }

    /// A blocked change that leads to fewer conflicts than ever before.
    fn exception(&self) -> Option<(usize, usize)> {
        // A change of one vertex seldom gains more than this.
        if self.conflicts > self.least + 2 {
            return None;
        }
        let after = |&(vertex, colour): &(usize, usize)| {
            self.conflicts + i32::from(self.board.around(vertex, colour)) - i32::from(self.own(vertex))
        };
        let best = self.board.waiting().min_by_key(|change| (after(change), *change))?;
        (after(&best) < self.least).then_some(best)
    }

    fn change(&mut self, vertex: usize, colour: usize, random: &mut Random) {
        let graph = self.graph;
        let before = usize::from(self.colours[vertex]);
        let around = self.board.around(vertex, colour);
        self.conflicts += i32::from(around) - i32::from(self.board.around(vertex, before));
        let tenure = self.conflicting.len() * 6 / 10 + random.below(10) + 1;
        self.board.block_for(vertex, before, tenure);
        self.board.block(vertex, colour);
        self.colours[vertex] = colour as u16;
        match around {
            0 => self.strike(vertex),
            _ => self.enlist(vertex),
        }
        for &neighbour in graph.neighbours(vertex) {
            let neighbour = neighbour as usize;
            let left = self.board.add(neighbour, before, -1);
            self.board.add(neighbour, colour, 1);
            let own = usize::from(self.colours[neighbour]);
            if own == before && left == 0 {
                self.strike(neighbour);
            } else if own == colour {
                self.enlist(neighbour);
            }
        }
    }

    fn enlist(&mut self, vertex: usize) {
        if self.place[vertex] == NOWHERE {
            self.place[vertex] = self.conflicting.len() as u32;
            self.conflicting.push(vertex as u32);
        }
    }

    fn strike(&mut self, vertex: usize) {
        let place = self.place[vertex];
        if place != NOWHERE {
            self.place[vertex] = NOWHERE;
            self.conflicting.swap_remove(place as usize);
            if let Some(&moved) = self.conflicting.get(place as usize) {
                self.place[moved as usize] = place;
            }
        }
    }
}
