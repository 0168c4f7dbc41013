//! Tabu search among partial colourings, in which some vertices have no colour (`PartialCol`: Blöchliger,
//! Zufferey 2008). Vertices that stay uncoloured gain weight (the breakout method: Morris 1993).

use super::classes::Classes;
use super::graph::Graph;
use crate::schedule::random::Random;

/// A partial colouring: neighbours never share a colour; some vertices have none.
pub struct Partial<'g> {
    graph: &'g Graph,
    count: usize,
    colours: Vec<u16>,
    classes: Classes,
    /// The cost of leaving each vertex uncoloured.
    weights: Vec<u32>,
    /// Per vertex and colour, the total weight of the neighbours with that colour.
    loads: Vec<u32>,
    /// Per vertex and colour, the iteration from which the colour is allowed.
    free_at: Vec<u32>,
    iteration: u32,
    /// The uncoloured vertices.
    bare: Vec<u32>,
    /// Equally good changes: a place in `bare` and a colour each.
    ties: Vec<(u32, u32)>,
    losers: Vec<u32>,
}

/// No colour.
const NONE: u16 = u16::MAX;

/// The largest weight of a vertex, so the sum of all weights fits into 31 bits.
const HEAVIEST: u32 = (1 << 31) / super::board::MOST_VERTICES as u32;

impl<'g> Partial<'g> {
    /// Starts from a colouring without conflicts. Vertices with a colour of `count` or above become
    /// uncoloured.
    pub fn new(graph: &'g Graph, count: usize, colours: &[u16]) -> Self {
        let len = graph.len();
        let mut state = Partial {
            graph,
            count,
            colours: vec![NONE; len],
            classes: Classes::new(graph, count),
            weights: vec![1; len],
            loads: vec![0; len * count],
            free_at: vec![0; len * count],
            iteration: 0,
            bare: Vec::new(),
            ties: Vec::new(),
            losers: Vec::new(),
        };
        for (vertex, &colour) in colours.iter().enumerate() {
            match usize::from(colour) < count {
                true => state.put(vertex, colour.into()),
                false => state.bare.push(vertex as u32),
            }
        }
        state
    }

    /// The colouring, if every vertex has a colour.
    pub fn complete(&self) -> Option<&[u16]> {
        self.bare.is_empty().then_some(&self.colours[..])
    }

    /// Runs for this many iterations, or until every vertex has a colour. Returns the iterations taken.
    pub fn search(&mut self, iterations: u64, random: &mut Random) -> u64 {
        for iteration in 0..iterations {
            if self.bare.is_empty() {
                return iteration;
            }
            self.iteration += 1;
            if let Some((at, colour)) = self.best_change(random) {
                self.give(at, colour, random);
            }
        }
        iterations
    }

    /// The uncoloured vertex, by its place, and the colour for it that leave the least uncoloured weight.
    /// Ties are broken at random. Skips colours that the vertex lost recently. O(uncoloured vertices ·
    /// colours).
    fn best_change(&mut self, random: &mut Random) -> Option<(usize, usize)> {
        let mut best = i32::MAX;
        self.ties.clear();
        for (at, &vertex) in self.bare.iter().enumerate() {
            let weight = self.weights[vertex as usize] as i32;
            let row = vertex as usize * self.count..(vertex as usize + 1) * self.count;
            for (colour, (&load, &free_at)) in
                self.loads[row.clone()].iter().zip(&self.free_at[row]).enumerate()
            {
                let change = load as i32 - weight;
                if change > best || free_at > self.iteration {
                    continue;
                }
                if change < best {
                    best = change;
                    self.ties.clear();
                }
                self.ties.push((at as u32, colour as u32));
            }
        }
        if best >= 0 {
            for &vertex in &self.bare {
                let weight = &mut self.weights[vertex as usize];
                *weight = HEAVIEST.min(*weight + 1);
            }
        }
        if self.ties.is_empty() {
            return None;
        }
        let (at, colour) = self.ties[random.below(self.ties.len())];
        Some((at as usize, colour as usize))
    }

    fn give(&mut self, at: usize, colour: usize, random: &mut Random) {
        let vertex = self.bare.swap_remove(at) as usize;
        let mut losers = std::mem::take(&mut self.losers);
        self.classes.around(self.graph, vertex, colour, &mut losers);
        self.put(vertex, colour);
        for &loser in &losers {
            self.take(loser as usize, colour);
            let tenure = self.bare.len() * 6 / 10 + random.below(10) + 2;
            self.free_at[loser as usize * self.count + colour] = self.iteration + tenure as u32;
        }
        self.losers = losers;
    }

    fn put(&mut self, vertex: usize, colour: usize) {
        self.colours[vertex] = colour as u16;
        self.classes.flip(vertex, colour);
        for &neighbour in self.graph.neighbours(vertex) {
            self.loads[neighbour as usize * self.count + colour] += self.weights[vertex];
        }
    }

    fn take(&mut self, vertex: usize, colour: usize) {
        self.colours[vertex] = NONE;
        self.classes.flip(vertex, colour);
        self.bare.push(vertex as u32);
        for &neighbour in self.graph.neighbours(vertex) {
            self.loads[neighbour as usize * self.count + colour] -= self.weights[vertex];
        }
    }
}
