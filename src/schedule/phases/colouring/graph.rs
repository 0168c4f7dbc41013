//! The graph of tasks that share no phase, as lists of neighbours.

use crate::schedule::{Precedence, Problem};

/// Tasks are vertices; tasks that share no phase are neighbours.
pub struct Graph {
    /// All neighbours of the first vertex, then of the second, and so on.
    neighbours: Vec<u32>,
    /// Where the neighbours of each vertex begin, and where the last ones end.
    begins: Vec<u32>,
}

impl Graph {
    /// Takes four bytes for each end of each edge.
    pub fn new(problem: &Problem, precedence: &Precedence) -> Graph {
        let len = problem.len();
        let mut graph = Graph { neighbours: Vec::new(), begins: vec![0] };
        for (vertex, rivals) in precedence.incompatible.iter().enumerate() {
            let alone = problem.alone[vertex];
            let rival = |&other: &usize| alone || problem.alone[other] || rivals.contains(other);
            graph
                .neighbours
                .extend((0..len).filter(|&other| other != vertex).filter(rival).map(|other| other as u32));
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
}
