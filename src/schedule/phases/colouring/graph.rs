//! The graph of tasks that share no phase, as lists of neighbours and as bits.

use crate::schedule::{Precedence, Problem};

/// Vertices in one word of bits.
pub const WORD: usize = 64;

/// Tasks are vertices; tasks that share no phase are neighbours.
pub struct Graph {
    /// All neighbours of the first vertex, then of the second, and so on.
    neighbours: Vec<u32>,
    /// Where the neighbours of each vertex begin, and where the last ones end.
    begins: Vec<u32>,
    /// A row of bits for each vertex, one for each possible neighbour.
    bits: Vec<u64>,
}

impl Graph {
    /// Takes four bytes for each end of each edge and a bit for each pair of vertices.
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

    /// How many vertices there are.
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
