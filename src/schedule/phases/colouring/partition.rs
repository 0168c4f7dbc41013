//! Colourings in which every colour is used as often as possible: a partition of the vertices into
//! independent sets of the largest size (exact cover: Knuth 2000, with lists in place of links).
//!
//! An independent set has at most one vertex of each clique. If the number of cliques that cover the graph,
//! times the colours, equals the number of vertices, every colouring with this many colours is such a
//! partition.

use super::graph::Graph;

/// The most vertices tried and the most vertices stored while listing the sets.
const MOST: usize = 1 << 21;

/// The exact cover search.
pub struct Partition {
    count: usize,
    /// Vertices per set.
    size: usize,
    /// The vertices of the first set, then of the second, and so on.
    sets: Vec<u32>,
    covered: Vec<bool>,
    chosen: Vec<u32>,
    levels: Vec<Level>,
}

/// A branching point: a choice between sets that are disjoint from those already chosen.
struct Level {
    /// The sets that contain the vertex with the fewest candidates.
    choices: Vec<u32>,
    others: Vec<u32>,
}

impl Partition {
    /// Lists the sets. `None` if there are too many, or if a colouring may also use smaller sets.
    pub fn new(graph: &Graph, count: usize) -> Option<Partition> {
        let cliques = cliques(graph);
        let size = cliques.len();
        if size * count != graph.len() {
            return None;
        }
        let sets = sets(graph, &cliques)?;
        let all = (0..(sets.len() / size) as u32).collect();
        let covered = vec![false; graph.len()];
        let mut partition = Partition { count, size, sets, covered, chosen: Vec::new(), levels: Vec::new() };
        partition.descend(all);
        Some(partition)
    }

    /// Tries at most this many sets. Returns the number tried.
    pub fn search(&mut self, steps: u64) -> u64 {
        for step in 0..steps {
            if self.chosen.len() == self.count {
                return step;
            }
            let Some(level) = self.levels.last_mut() else { return step };
            let Some(set) = level.choices.pop() else {
                self.levels.pop();
                if let Some(set) = self.chosen.pop() {
                    self.cover(set, false);
                }
                continue;
            };
            let others = std::mem::take(&mut level.others);
            self.cover(set, true);
            self.chosen.push(set);
            let free =
                |&&other: &&u32| self.members(other).iter().all(|&vertex| !self.covered[vertex as usize]);
            let open = others.iter().filter(free).copied().collect();
            if let Some(level) = self.levels.last_mut() {
                level.others = others;
            }
            self.descend(open);
        }
        steps
    }

    /// Whether the search has proved that no such colouring exists.
    pub fn is_exhausted(&self) -> bool {
        self.levels.is_empty()
    }

    /// The colouring, if enough sets are chosen.
    pub fn complete(&self) -> Option<Vec<u16>> {
        if self.chosen.len() < self.count {
            return None;
        }
        let mut colours = vec![0; self.covered.len()];
        for (colour, &set) in self.chosen.iter().enumerate() {
            for &vertex in self.members(set) {
                colours[vertex as usize] = colour as u16;
            }
        }
        Some(colours)
    }

    /// Branches on the vertex that the fewest of these sets cover. O(sets · size + vertices).
    fn descend(&mut self, sets: Vec<u32>) {
        let mut left = vec![0; self.covered.len()];
        for &set in &sets {
            for &vertex in self.members(set) {
                left[vertex as usize] += 1;
            }
        }
        let open = (0..left.len()).filter(|&vertex| !self.covered[vertex]);
        let Some(rarest) = open.min_by_key(|&vertex| left[vertex]) else { return };
        let holds = |&set: &u32| self.members(set).contains(&(rarest as u32));
        let (mut choices, others): (Vec<u32>, Vec<u32>) = sets.into_iter().partition(holds);
        // `search` pops from the end.
        choices.reverse();
        self.levels.push(Level { choices, others });
    }

    fn cover(&mut self, set: u32, covered: bool) {
        for &vertex in &self.sets[set as usize * self.size..][..self.size] {
            self.covered[vertex as usize] = covered;
        }
    }

    fn members(&self, set: u32) -> &[u32] {
        &self.sets[set as usize * self.size..][..self.size]
    }
}

/// Cliques that partition the vertices, grown greedily.
fn cliques(graph: &Graph) -> Vec<Vec<u32>> {
    let mut cliques: Vec<Vec<u32>> = Vec::new();
    let mut held = vec![false; graph.len()];
    for vertex in 0..graph.len() {
        if held[vertex] {
            continue;
        }
        let mut clique = vec![vertex as u32];
        for &other in graph.neighbours(vertex) {
            if !held[other as usize] && clique.iter().all(|&member| graph.adjacent(member, other)) {
                clique.push(other);
            }
        }
        for &member in &clique {
            held[member as usize] = true;
        }
        cliques.push(clique);
    }
    cliques
}

/// All independent sets with one vertex of each clique, concatenated. `None` if listing them takes too long.
fn sets(graph: &Graph, cliques: &[Vec<u32>]) -> Option<Vec<u32>> {
    let (mut sets, mut set, mut places) = (Vec::new(), Vec::new(), vec![0]);
    let mut tried = 0;
    while let Some(level) = places.len().checked_sub(1) {
        let Some(&vertex) = cliques[level].get(places[level]) else {
            places.pop();
            set.pop();
            continue;
        };
        places[level] += 1;
        tried += 1;
        if tried + sets.len() > MOST {
            return None;
        }
        if set.iter().any(|&member| graph.adjacent(member, vertex)) {
            continue;
        }
        set.push(vertex);
        if set.len() == cliques.len() {
            sets.extend_from_slice(&set);
            set.pop();
        } else {
            places.push(0);
        }
    }
    Some(sets)
}
