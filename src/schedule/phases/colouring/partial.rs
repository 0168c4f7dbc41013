//! Tabu search among colourings in which some vertices have no colour (PartialCol: Blöchliger, Zufferey 2008).

use super::board::Board;
use super::graph::Graph;
use crate::schedule::random::Random;

/// No two neighbours have one colour; vertices without a colour are what is left to do.
pub struct Partial<'g> {
    graph: &'g Graph,
    colours: Vec<u16>,
    board: Board,
    /// Vertices without a colour.
    bare: Vec<u32>,
    least: usize,
    /// Changes that are equally good: places in `bare`, and colours.
    ties: Vec<(u32, u32)>,
}

/// No colour.
const NONE: u16 = u16::MAX;

impl<'g> Partial<'g> {
    /// Starts from a colouring without conflicts, of which only colours below `count` are kept.
    pub fn new(graph: &'g Graph, count: usize, mut colours: Vec<u16>) -> Self {
        let mut board = Board::new(graph.len(), count);
        let mut bare = Vec::new();
        for (vertex, colour) in colours.iter_mut().enumerate() {
            if usize::from(*colour) >= count {
                *colour = NONE;
                bare.push(vertex as u32);
                continue;
            }
            for &neighbour in graph.neighbours(vertex) {
                board.add(neighbour as usize, usize::from(*colour), 1);
            }
        }
        Partial { graph, colours, board, least: bare.len(), bare, ties: Vec::new() }
    }

    /// The colouring, once every vertex has a colour.
    pub fn complete(&self) -> Option<&[u16]> {
        self.bare.is_empty().then_some(&self.colours[..])
    }

    /// Goes on for so many iterations, or until every vertex has a colour; returns how many it took.
    pub fn search(&mut self, iterations: u64, random: &mut Random) -> u64 {
        for iteration in 0..iterations {
            if self.bare.is_empty() {
                return iteration;
            }
            self.board.tick();
            if let Some((at, colour)) = self.best_change(random) {
                self.give(at, colour, random);
            }
            self.least = self.least.min(self.bare.len());
        }
        iterations
    }

    /// The vertex without a colour, by its place, and the colour for it that takes the colour from the fewest others;
    /// ties are drawn. A colour that was lost a short while ago counts only if it leads to fewer vertices without a
    /// colour than ever before.
    fn best_change(&mut self, random: &mut Random) -> Option<(usize, usize)> {
        if let Some(exception) = self.exception() {
            return Some(exception);
        }
        let mut best = i16::MAX;
        self.ties.clear();
        for (at, &vertex) in self.bare.iter().enumerate() {
            let Some(least) = self.board.least(vertex as usize) else { continue };
            if least < best {
                best = least;
                self.ties.clear();
            }
            if least == best {
                let colours = self.board.with(vertex as usize, best);
                self.ties.extend(colours.map(|colour| (at as u32, colour as u32)));
            }
        }
        if self.ties.is_empty() {
            return None;
        }
        let (at, colour) = self.ties[random.below(self.ties.len())];
        Some((at as usize, colour as usize))
    }

    /// A blocked change that takes the colour from nobody, when that is better than ever before.
    fn exception(&self) -> Option<(usize, usize)> {
        if self.bare.len() > self.least {
            return None;
        }
        let (vertex, colour) = self.board.waiting().find(|&(vertex, colour)| {
            self.colours[vertex] == NONE && self.board.around(vertex, colour) == 0
        })?;
        let at = self.bare.iter().position(|&bare| bare as usize == vertex)?;
        Some((at, colour))
    }

    fn give(&mut self, at: usize, colour: usize, random: &mut Random) {
        let graph = self.graph;
        let vertex = self.bare.swap_remove(at) as usize;
        self.colours[vertex] = colour as u16;
        for &neighbour in graph.neighbours(vertex) {
            self.board.add(neighbour as usize, colour, 1);
        }
        if self.board.around(vertex, colour) == 0 {
            return;
        }
        for &loser in graph.neighbours(vertex) {
            let loser = loser as usize;
            if usize::from(self.colours[loser]) != colour {
                continue;
            }
            self.colours[loser] = NONE;
            self.bare.push(loser as u32);
            for &neighbour in graph.neighbours(loser) {
                self.board.add(neighbour as usize, colour, -1);
            }
            let tenure = self.bare.len() * 6 / 10 + random.below(10) + 1;
            self.board.block_for(loser, colour, tenure);
        }
    }
}
