//! The vertices of each colour as bits, to find the neighbours of one colour without visiting the others.

use super::graph::{Graph, WORD};

/// A set of vertices for each colour.
pub struct Classes {
    words: usize,
    bits: Vec<u64>,
}

impl Classes {
    /// `count` empty sets.
    pub fn new(graph: &Graph, count: usize) -> Classes {
        let words = graph.len().div_ceil(WORD);
        Classes { words, bits: vec![0; words * count] }
    }

    /// Adds the vertex to the set, or removes it.
    pub fn flip(&mut self, vertex: usize, colour: usize) {
        self.bits[colour * self.words + vertex / WORD] ^= 1 << (vertex % WORD);
    }

    /// Lists the neighbours of the vertex that have this colour. O(n/64 + found).
    pub fn around(&self, graph: &Graph, vertex: usize, colour: usize, found: &mut Vec<u32>) {
        found.clear();
        let class = &self.bits[colour * self.words..][..self.words];
        for (at, (class, row)) in class.iter().zip(graph.row(vertex)).enumerate() {
            let mut both = class & row;
            while both != 0 {
                found.push((at * WORD) as u32 + both.trailing_zeros());
                both &= both - 1;
            }
        }
    }
}
