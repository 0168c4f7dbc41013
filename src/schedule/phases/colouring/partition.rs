//! Colourings in which every colour is used as often as possible: independent sets of the largest size that hold every
//! vertex once (exact cover: Knuth 2000, with lists in place of links).
//!
//! A set has at most one vertex of each clique. If cliques that cover the graph, times the colours, are as many as the
//! vertices, nothing else can be a colouring with so few colours.

use super::graph::Graph;

/// Vertices tried, and vertices of sets kept, until the sets are too many.
const MOST: usize = 1 << 21;

/// A search among all such colourings.
pub struct Partition {
    count: usize,
    /// Vertices of each set.
    size: usize,
    /// The vertices of the first set, then of the second, and so on.
    sets: Vec<u32>,
    covered: Vec<bool>,
    chosen: Vec<u32>,
    levels: Vec<Level>,
}

/// A choice between sets that share no vertex with those chosen before.
struct Level {
    /// Those that hold the vertex that the fewest can cover.
    choices: Vec<u32>,
    others: Vec<u32>,
}

impl Partition {
    /// Lists the sets, unless they are too many or a colouring may have other ones.
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

    /// Tries at most so many sets; returns how many it tried.
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

    /// Whether there is no such colouring.
    pub fn is_exhausted(&self) -> bool {
        self.levels.is_empty()
    }

    /// The colouring, once enough sets are chosen.
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

    /// Opens the choice of a set that covers the vertex for which the fewest are left. O(sets · size + vertices).
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
        // They are taken from the end.
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

/// Cliques that hold every vertex once, grown greedily.
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

/// All independent sets with a vertex of each clique, one after another, unless that takes too long.
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
