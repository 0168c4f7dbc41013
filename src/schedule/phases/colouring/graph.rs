//! The conflict graph of the tasks, as lists of neighbours and as bits.

use crate::schedule::{Precedence, Problem};

/// Vertices per word of bits.
pub const WORD: usize = 64;

/// Vertices are tasks. Tasks that can't share a phase are neighbours.
pub struct Graph {
    /// All neighbours of the first vertex, then of the second, and so on.
    neighbours: Vec<u32>,
    /// Where the neighbours of each vertex begin, and the end of the last.
    begins: Vec<u32>,
    /// A row of bits per vertex, one for each possible neighbour.
    bits: Vec<u64>,
}

impl Graph {
    /// Takes four bytes per end of an edge and one bit per pair of vertices.
    pub fn new(problem: &Problem, precedence: &Precedence) -> Graph {
        let len = problem.len();
        let mut graph = Graph { neighbours: Vec::new(), begins: vec![0], bits: Vec::new() };
        for (vertex, rivals) in precedence.incompatible.iter().enumerate() {
            let alone = problem.alone[vertex];
            let rival = |&other: &usize| alone || problem.alone[other] || rivals.contains(other);
            let row = graph.bits.len();
            graph.bits.resize(row + len.div_ceil(WORD), 0);
            for other in (0..len).filter(|&other| other != vertex).filter(rival) {
                graph.neighbours.push(other as u32);
                graph.bits[row + other / WORD] |= 1 << (other % WORD);
            }
            graph.begins.push(graph.neighbours.len() as u32);
        }
        graph
    }

    /// The number of vertices.
    pub fn len(&self) -> usize {
        self.begins.len() - 1
    }

    /// Ascending.
    pub fn neighbours(&self, vertex: usize) -> &[u32] {
        &self.neighbours[self.begins[vertex] as usize..self.begins[vertex + 1] as usize]
    }

    /// Whether the vertices are neighbours.
    pub fn adjacent(&self, vertex: u32, other: u32) -> bool {
        self.row(vertex as usize)[other as usize / WORD] >> (other as usize % WORD) & 1 == 1
    }

    /// The neighbours as bits.
    pub fn row(&self, vertex: usize) -> &[u64] {
        let words = self.len().div_ceil(WORD);
        &self.bits[vertex * words..][..words]
    }
}
