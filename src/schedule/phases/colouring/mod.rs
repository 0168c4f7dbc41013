//! Graph colouring, for plans whose tasks all take equally long, without order and with enough agents. There,
//! fewest phases means fewest colours.
//!
//! A greedy rule makes the first colouring ([`saturation`]). Then the search removes one colour at a time.
//! Two searches take turns, because each works best on one kind of graph: [`pair`] on random graphs,
//! [`partial`] on structured ones. If every colour must be used as often as possible, [`partition`] takes
//! turns too.

mod board;
mod classes;
mod crossover;
mod graph;
mod pair;
mod partial;
mod partition;
mod saturation;
mod tabu;

use super::{Assignment, Precedence, Problem, value};
use crate::schedule::random::Random;
use crate::schedule::{Meter, Progress, shown};
use graph::Graph;
use pair::{Pair, anything};
use partial::Partial;
use partition::Partition;

/// Iterations of a turn of [`partial`]. The meter is asked before each turn.
const TURN: u64 = 200;

/// Iterations of a turn of [`pair`], which needs longer to succeed.
const LONG_TURN: u64 = 8 * TURN;

/// The most ends of edges, and the most vertices times colours; more would take too much memory.
const MOST: usize = 1 << 21;

/// Whether only conflicts separate tasks, and only the number of phases counts.
pub fn applies(problem: &Problem) -> bool {
    problem.max_parallel >= problem.len()
        && problem.capacities.is_empty()
        && problem.len() <= board::MOST_VERTICES
        && problem.minutes.windows(2).all(|pair| pair[0] == pair[1])
        && problem.predecessors.iter().all(Vec::is_empty)
}

/// Reduces the number of phases until the meter ends the search or the makespan reaches `floor` minutes.
/// Returns the iterations taken.
pub fn improve(
    problem: &Problem,
    precedence: &Precedence,
    best: &mut Assignment,
    floor: u64,
    seed: u64,
    meter: &mut dyn Meter,
) -> u64 {
    let ends: usize = precedence.incompatible.iter().map(|rivals| rivals.count_ones(..)).sum();
    if ends.max(problem.len() * value(problem, best).1) > MOST {
        return 0;
    }
    let graph = Graph::new(problem, precedence);
    let mut random = Random::new(seed);
    let mut steps = 0;
    keep_if_better(problem, best, &saturation::colour(&graph));
    loop {
        let (minutes, phases) = value(problem, best);
        let progress = |steps| Progress { steps, minutes: shown(minutes), lower_bound: shown(floor) };
        if minutes <= floor || phases < 2 || meter.used(&progress(steps)) >= 1.0 {
            return steps;
        }
        let mut go_on = |more| meter.used(&progress(steps + more)) < 1.0;
        let (taken, found) = colour(&graph, phases - 1, best, &mut random, &mut go_on);
        steps += taken;
        let Some(colours) = found else { return steps };
        keep_if_better(problem, best, &colours);
    }
}

fn keep_if_better(problem: &Problem, best: &mut Assignment, colours: &[u16]) {
    let assignment: Assignment = colours.iter().map(|&colour| usize::from(colour)).collect();
    if value(problem, &assignment) < value(problem, best) {
        *best = assignment;
    }
}

/// Searches for a colouring with `count` colours, starting from one with more. Returns the iterations taken,
/// and the colouring if one was found.
fn colour(
    graph: &Graph,
    count: usize,
    from: &Assignment,
    random: &mut Random,
    go_on: &mut dyn FnMut(u64) -> bool,
) -> (u64, Option<Vec<u16>>) {
    let from: Vec<u16> = from.iter().map(|&colour| colour as u16).collect();
    let mut recolour = |&colour: &u16| match usize::from(colour) < count {
        true => colour,
        false => random.below(count) as u16,
    };
    let near: Vec<u16> = from.iter().map(&mut recolour).collect();
    let mut partial = Partial::new(graph, count, &from);
    let mut pair = Pair::new(graph, count, [near, anything(graph, count, random)]);
    let mut partition = Partition::new(graph, count);
    let mut steps = 0;
    while go_on(steps) {
        if let Some(partition) = &mut partition {
            steps += partition.search(TURN);
            if partition.is_exhausted() {
                return (steps, None);
            }
            if let Some(colours) = partition.complete() {
                return (steps, Some(colours));
            }
        }
        steps += partial.search(TURN, random);
        if let Some(colours) = partial.complete() {
            return (steps, Some(colours.to_vec()));
        }
        steps += pair.search(LONG_TURN, random);
        if let Some(colours) = pair.complete() {
            return (steps, Some(colours.to_vec()));
        }
    }
    (steps, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::Budget;

    /// The number of colours that the search finds for a graph within this many steps.
    fn colours(vertices: usize, edges: impl IntoIterator<Item = (usize, usize)>, steps: u64) -> usize {
        let mut problem = Problem::unrestricted(vec![1; vertices], vertices);
        for (a, b) in edges {
            problem.apart.insert(a, b);
        }
        let mut assignment: Assignment = (0..vertices).collect();
        let mut budget = Budget { steps, seed: 1 };
        improve(&problem, &Precedence::of(&problem), &mut assignment, 0, 1, &mut budget);
        let value = value(&problem, &assignment);
        assert_eq!(crate::schedule::verify::phases(&problem, &assignment), Ok(value.0));
        value.1
    }

    /// Queens on a board that attack each other.
    fn queens(side: usize) -> Vec<(usize, usize)> {
        let attack = |a: usize, b: usize| {
            let (column, row) = ((a % side).abs_diff(b % side), (a / side).abs_diff(b / side));
            column == 0 || row == 0 || column == row
        };
        let squares = side * side;
        (0..squares).flat_map(|a| (0..a).map(move |b| (a, b))).filter(|&(a, b)| attack(a, b)).collect()
    }

    #[test]
    fn graphs_get_as_few_colours_as_they_need() {
        let ring = |len: usize| (0..len).map(move |at| (at, (at + 1) % len));
        assert_eq!(colours(1, [], 1_000), 1);
        assert_eq!(colours(100, [], 1_000), 1);
        assert_eq!(colours(100, ring(100), 10_000), 2);
        assert_eq!(colours(101, ring(101), 10_000), 3);
        assert_eq!(colours(64, queens(8), 200_000), 9);
        assert_eq!(colours(121, queens(11), 100_000), 11);
    }

    #[test]
    fn a_colouring_that_was_put_in_is_found_again() {
        let (vertices, sets) = (120, 6);
        let mut random = Random::new(5);
        let all = (0..vertices).flat_map(|a| (0..a).map(move |b| (a, b)));
        let edges: Vec<_> = all.filter(|&(a, b)| a % sets != b % sets && random.below(2) == 0).collect();
        assert_eq!(colours(vertices, edges, 200_000), sets);
    }
}
