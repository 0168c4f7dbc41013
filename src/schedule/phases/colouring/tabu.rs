//! Tabu search among colourings with conflicts (`TabuCol`: Hertz, de Werra 1987; tenures of Galinier, Hao
//! 1999).
//!
//! Deliberately absent: the usual aspiration rule, which allows a tabu change that leads to fewer conflicts
//! than ever before. It must examine all tabu changes and saves no iterations.

use super::board::Board;
use super::classes::Classes;
use super::graph::Graph;
use crate::schedule::random::Random;

/// A colouring with conflicts: every vertex has one of `count` colours. Neighbours of equal colour conflict.
pub struct Conflicting<'g> {
    graph: &'g Graph,
    colours: Vec<u16>,
    classes: Classes,
    /// Each vertex's current colour is blocked.
    board: Board,
    /// Vertices in conflict, and the place of each in that list.
    conflicting: Vec<u32>,
    place: Vec<u32>,
    /// The number of edges between vertices of equal colour.
    conflicts: i32,
    /// The colouring with the fewest conflicts.
    best: Vec<u16>,
    least: i32,
    /// Scratch list: vertices with equally good changes, or neighbours of one colour.
    some: Vec<u32>,
}

const NOWHERE: u32 = u32::MAX;

impl<'g> Conflicting<'g> {
    /// Starts from a colouring with numbers below `count`.
    pub fn new(graph: &'g Graph, count: usize, colours: Vec<u16>) -> Self {
        let len = graph.len();
        let mut state = Conflicting {
            graph,
            classes: Classes::new(graph, count),
            board: Board::new(len, count),
            conflicting: Vec::new(),
            place: vec![NOWHERE; len],
            conflicts: 0,
            best: colours.clone(),
            least: 0,
            some: Vec::new(),
            colours,
        };
        for vertex in 0..len {
            let colour = usize::from(state.colours[vertex]);
            state.classes.flip(vertex, colour);
            state.board.block(vertex, colour);
            for &neighbour in graph.neighbours(vertex) {
                state.board.add(neighbour as usize, colour);
            }
        }
        for vertex in 0..len {
            let own = state.own(vertex);
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

    /// Runs for this many iterations, or until nothing conflicts. Returns the iterations taken.
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

    /// The change of one conflicting vertex that leaves the fewest conflicts. Skips colours that the vertex
    /// lost recently. Ties are broken at random: first the vertex, then the colour.
    fn best_change(&mut self, random: &mut Random) -> Option<(usize, usize)> {
        let change = self.board.best_changes(&self.conflicting, &self.colours, &mut self.some);
        if self.some.is_empty() {
            return None;
        }
        let vertex = self.some[random.below(self.some.len())] as usize;
        let around = self.own(vertex) + change;
        let ties = self.board.with(vertex, around).count();
        let colour = self.board.with(vertex, around).nth(if ties > 1 { random.below(ties) } else { 0 })?;
        Some((vertex, colour))
    }

    /// The number of neighbours with the same colour as the vertex.
    fn own(&self, vertex: usize) -> i16 {
        self.board.around(vertex, usize::from(self.colours[vertex]))
    }

    fn change(&mut self, vertex: usize, colour: usize, random: &mut Random) {
        let graph = self.graph;
        let before = usize::from(self.colours[vertex]);
        let around = self.board.around(vertex, colour);
        self.conflicts += i32::from(around) - i32::from(self.own(vertex));
        let tenure = self.conflicting.len() * 6 / 10 + random.below(10) + 1;
        self.board.free_after(vertex, before, tenure);
        self.board.block(vertex, colour);
        self.board.change(graph.neighbours(vertex), before, colour);
        self.classes.flip(vertex, before);
        self.classes.flip(vertex, colour);
        self.colours[vertex] = colour as u16;
        let mut some = std::mem::take(&mut self.some);
        self.classes.around(graph, vertex, before, &mut some);
        for &neighbour in &some {
            if self.own(neighbour as usize) == 0 {
                self.strike(neighbour as usize);
            }
        }
        if around == 0 {
            self.strike(vertex);
        } else {
            self.classes.around(graph, vertex, colour, &mut some);
            for &neighbour in &some {
                self.enlist(neighbour as usize);
            }
        }
        self.some = some;
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
