//! Counts crossings of lines.

use super::layers::Layers;

/// The crossings between all neighbouring phases for this order of nodes.
///
/// Sorts segments by both ends, then counts inversions with a Fenwick tree (Barth, Mutzel, Jünger 2004).
/// Time: O(segments · log(widest phase)).
pub(super) fn count(layers: &Layers, order: &[Vec<usize>]) -> u64 {
    let mut position = vec![0; layers.phase_of.len()];
    for nodes in order {
        for (at, &node) in nodes.iter().enumerate() {
            position[node] = at;
        }
    }
    let mut counter = Counter::default();
    order.windows(2).map(|pair| counter.between(layers, &pair[0], pair[1].len(), &position)).sum()
}

/// Buffers reused for every pair of phases.
#[derive(Default)]
struct Counter {
    ends: Vec<usize>,
    sums: Vec<u64>,
}

impl Counter {
    /// Crossings between a phase and the next one, which has `width` nodes.
    fn between(&mut self, layers: &Layers, nodes: &[usize], width: usize, position: &[usize]) -> u64 {
        self.sums.clear();
        self.sums.resize(width + 1, 0);
        let mut crossings = 0;
        let mut seen = 0;
        for &node in nodes {
            self.ends.clear();
            self.ends.extend(layers.right.of(node).iter().map(|neighbour| position[neighbour.node]));
            // Counts all ends of one node before adding any: lines with a common end don't cross.
            for &end in &self.ends {
                crossings += seen - self.up_to(end);
            }
            for at in 0..self.ends.len() {
                self.enter(self.ends[at]);
            }
            seen += self.ends.len() as u64;
        }
        crossings
    }

    /// The number of added ends at or above `end`.
    fn up_to(&self, end: usize) -> u64 {
        let mut at = end + 1;
        let mut sum = 0;
        while at > 0 {
            sum += self.sums[at];
            at &= at - 1;
        }
        sum
    }

    fn enter(&mut self, end: usize) {
        let mut at = end + 1;
        while at < self.sums.len() {
            self.sums[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
}
