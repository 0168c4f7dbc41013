//! A genetic search with a population of two colourings (HEAD: Moalic, Gondran 2018).

use super::crossover::cross;
use super::graph::Graph;
use super::tabu::Conflicting;
use crate::schedule::random::Random;

/// Iterations that a child is improved, per colour.
const LIFE: u64 = 250;

/// After this many generations, an older colouring returns, so the two stay different.
const RETURN: u64 = 10;

/// The two colourings, and the best colourings of earlier generations.
pub struct Pair<'g> {
    graph: &'g Graph,
    count: usize,
    members: [Conflicting<'g>; 2],
    /// Iterations left for each of the two.
    left: [u64; 2],
    generation: u64,
    /// The best colouring since the last return, with its conflicts, and the best one before.
    elite: [Option<(i32, Vec<u16>)>; 2],
}

impl<'g> Pair<'g> {
    /// Starts from two colourings with numbers below `count`.
    pub fn new(graph: &'g Graph, count: usize, colours: [Vec<u16>; 2]) -> Self {
        let members = colours.map(|colours| Conflicting::new(graph, count, colours));
        Pair { graph, count, members, left: [LIFE * count as u64; 2], generation: 0, elite: [None, None] }
    }

    /// The colouring, if it has no conflicts.
    pub fn complete(&self) -> Option<&[u16]> {
        self.members.iter().find(|member| member.least() == 0).map(Conflicting::best)
    }

    /// Runs for at most this many iterations. Returns the iterations taken.
    pub fn search(&mut self, iterations: u64, random: &mut Random) -> u64 {
        if self.left == [0, 0] {
            self.breed(random);
        }
        let at = usize::from(self.left[0] == 0);
        let iterations = iterations.min(self.left[at]);
        self.left[at] -= iterations;
        self.members[at].search(iterations, random)
    }

    fn breed(&mut self, random: &mut Random) {
        self.generation += 1;
        for member in &self.members {
            if self.elite[0].as_ref().is_none_or(|(least, _)| member.least() < *least) {
                self.elite[0] = Some((member.least(), member.best().to_vec()));
            }
        }
        let [mut first, mut second] = [0, 1].map(|at: usize| self.members[at].best().to_vec());
        if self.generation.is_multiple_of(RETURN) {
            if let Some((_, colours)) = self.elite[1].take() {
                first = colours;
            }
            self.elite[1] = self.elite[0].take();
        }
        if same(&first, &second, self.count) {
            second = anything(self.graph, self.count, random);
        }
        let children =
            [cross(&first, &second, self.count, random), cross(&second, &first, self.count, random)];
        self.members = children.map(|colours| Conflicting::new(self.graph, self.count, colours));
        self.left = [LIFE * self.count as u64; 2];
    }
}

/// A random colouring.
pub fn anything(graph: &Graph, count: usize, random: &mut Random) -> Vec<u16> {
    (0..graph.len()).map(|_| random.below(count) as u16).collect()
}

/// Whether the colourings are equal up to a renaming of colours.
fn same(first: &[u16], second: &[u16], count: usize) -> bool {
    let mut names = vec![u16::MAX; count];
    first.iter().zip(second).all(|(&colour, &other)| {
        let name = &mut names[usize::from(colour)];
        if *name == u16::MAX {
            *name = other;
        }
        *name == other
    })
}
