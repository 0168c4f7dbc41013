//! The vertices of each colour as bits, so that the neighbours that have a colour are found without a look at the others.

use super::graph::{Graph, WORD};

/// A set of vertices for each colour.
pub struct Classes {
    words: usize,
    bits: Vec<u64>,
}

impl Classes {
    /// Nobody has one of the `count` colours.
    pub fn new(graph: &Graph, count: usize) -> Classes {
        let words = graph.len().div_ceil(WORD);
        Classes { words, bits: vec![0; words * count] }
    }

    /// Puts the vertex into the set, or takes it out.
    pub fn flip(&mut self, vertex: usize, colour: usize) {
        self.bits[colour * self.words + vertex / WORD] ^= 1 << (vertex % WORD);
    }

    /// Lists the neighbours of the vertex that have the colour. O(n/64 + found).
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
