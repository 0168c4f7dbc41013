//! Breaks cycles by removing few edges, and reports each broken cycle.
//!
//! Removing as few edges as possible (a minimum feedback arc set) is NP-hard in general. For a strongly
//! connected component of up to [`EXACT_UP_TO`] tasks it is solved exactly; for larger ones a heuristic
//! decides. Ties go to edges that make a task wait for a later one in the plan, since people write plans from
//! top to bottom.

use std::cmp::Reverse;
use std::collections::{BTreeSet, VecDeque};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::edges::{Wait, reversed};
use crate::plan::Plan;

/// The most cycles reported. Further edges are removed without reporting their cycle.
pub const MAX_SHOWN: usize = 200;

/// The largest component that is solved exactly: `2^n · n` steps.
const EXACT_UP_TO: usize = 12;

/// The most edges followed, in total, to check whether an edge really closes a cycle.
const MAX_STEPS: usize = 5_000_000;

/// The ids of a cycle joined by arrows, in its order. Omits the middle of a long one.
pub fn written(plan: &Plan, cycle: &[usize]) -> String {
    const ENDS: usize = 4;
    let names: Vec<&str> = cycle.iter().map(|&task| plan.tasks[task].id.as_str()).collect();
    match names.len().checked_sub(2 * ENDS) {
        None | Some(0) => names.join(" → "),
        Some(left_out) => format!(
            "{} → ({left_out} more) → {}",
            names[..ENDS].join(" → "),
            names[names.len() - ENDS..].join(" → ")
        ),
    }
}

/// The result of breaking cycles.
#[derive(Debug, Default)]
pub(super) struct Broken {
    /// See [`super::Order::cycles`].
    pub cycles: Vec<Vec<usize>>,
    /// See [`super::Order::left_out`].
    pub left_out: Vec<Wait>,
}

/// Removes edges from the lists of predecessors until no task waits for itself through others.
pub(super) fn break_cycles(predecessors: &mut [Vec<usize>]) -> Broken {
    let mut broken = Broken::default();
    let mut steps_left = MAX_STEPS;
    for tasks in knots(predecessors) {
        let mut inside = edges_inside(&tasks, predecessors);
        let sequence =
            if tasks.len() <= EXACT_UP_TO { best_sequence(&inside) } else { good_sequence(&inside) };
        let mut backward = cut_backward(&sequence, &mut inside);
        backward.sort_unstable_by_key(|wait| (wait.waiting < wait.awaited, *wait));
        for wait in backward {
            match way_round(wait, &inside, &mut steps_left) {
                WayRound::None => {
                    inside[wait.waiting].push(wait.awaited);
                    continue;
                }
                WayRound::Cycle(cycle) if broken.cycles.len() < MAX_SHOWN => {
                    broken.cycles.push(cycle.into_iter().map(|at| tasks[at]).collect());
                }
                WayRound::Cycle(_) | WayRound::Unknown => {}
            }
            broken.left_out.push(Wait { waiting: tasks[wait.waiting], awaited: tasks[wait.awaited] });
        }
    }
    broken.left_out.sort_unstable();
    broken.cycles.sort_unstable();
    for cut in broken.left_out.chunk_by(|a, b| a.waiting == b.waiting) {
        let stays = |awaited: &usize| cut.binary_search_by_key(awaited, |wait| wait.awaited).is_err();
        predecessors[cut[0].waiting].retain(stays);
    }
    broken
}

/// The strongly connected components: sets of tasks that all wait for each other, each ascending.
fn knots(predecessors: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let edge_count = predecessors.iter().map(Vec::len).sum();
    let mut graph = DiGraph::<(), ()>::with_capacity(predecessors.len(), edge_count);
    for _ in predecessors {
        graph.add_node(());
    }
    for (waiting, edges) in predecessors.iter().enumerate() {
        for &awaited in edges {
            graph.add_edge(NodeIndex::new(waiting), NodeIndex::new(awaited), ());
        }
    }
    let components = kosaraju_scc(&graph).into_iter().filter(|component| component.len() > 1);
    let mut knots: Vec<Vec<usize>> =
        components.map(|component| component.into_iter().map(NodeIndex::index).collect()).collect();
    for knot in &mut knots {
        knot.sort_unstable();
    }
    knots.sort_unstable();
    knots
}

/// The edges inside a component (ascending), as positions in the component.
fn edges_inside(knot: &[usize], predecessors: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let edges_of = |task: &usize| {
        predecessors[*task].iter().filter_map(|awaited| knot.binary_search(awaited).ok()).collect()
    };
    knot.iter().map(edges_of).collect()
}

/// A sequence with the fewest backward edges, by dynamic programming over the possible sets of first tasks
/// (Lawler, "A comment on minimum feedback arc sets", 1964).
fn best_sequence(predecessors: &[Vec<usize>]) -> Vec<usize> {
    /// The weight of an edge relative to the tie-breaking preference.
    const EDGE: u32 = 1 << 16;
    let len = predecessors.len();
    let successor_sets: Vec<usize> =
        reversed(predecessors).iter().map(|tasks| tasks.iter().map(|task| 1 << task).sum()).collect();
    // The cost of placing `last` after all of `first`: the tasks of `first` that wait for it.
    let cost = |first: usize, last: usize| {
        let cut = first & successor_sets[last];
        cut.count_ones() * EDGE + (cut >> last).count_ones()
    };
    let mut least = vec![(0, 0); 1 << len];
    for set in 1..1usize << len {
        let candidates = (0..len).rev().filter(|&last| set & (1 << last) != 0);
        least[set] = candidates
            .map(|last| (least[set & !(1 << last)].0 + cost(set & !(1 << last), last), last))
            .min_by_key(|&(total, _)| total)
            .unwrap_or_default();
    }
    let mut set = (1 << len) - 1;
    let mut sequence = Vec::with_capacity(len);
    while set != 0 {
        let last = least[set].1;
        sequence.push(last);
        set &= !(1 << last);
    }
    sequence.reverse();
    sequence
}

/// The better of two sequences: plan order, and the result of the heuristic of Eades, Lin and Smyth ("A fast
/// and effective heuristic for the feedback arc set problem", 1993). O(edges · log tasks).
fn good_sequence(predecessors: &[Vec<usize>]) -> Vec<usize> {
    let as_written: Vec<usize> = (0..predecessors.len()).collect();
    let peeled = peel(predecessors);
    if count_backward(&as_written, predecessors) <= count_backward(&peeled, predecessors) {
        as_written
    } else {
        peeled
    }
}

/// Removes the tasks one by one. Tasks that nothing waits for go to the end; of the others, the task with the
/// largest surplus of waiting over awaited tasks goes to the front.
fn peel(predecessors: &[Vec<usize>]) -> Vec<usize> {
    let successors = reversed(predecessors);
    let surplus_of =
        |(after, before): (&Vec<usize>, &Vec<usize>)| after.len() as isize - before.len() as isize;
    let mut surplus: Vec<isize> = successors.iter().zip(predecessors).map(surplus_of).collect();
    let mut waiting: Vec<usize> = successors.iter().map(Vec::len).collect();
    let mut unawaited: BTreeSet<usize> = BTreeSet::new();
    let mut left: BTreeSet<(Reverse<isize>, usize)> =
        surplus.iter().enumerate().map(|(task, &surplus)| (Reverse(surplus), task)).collect();
    let (mut front, mut back) = (Vec::new(), Vec::new());
    while let Some(&(_, first)) = left.first() {
        let (task, is_last) = match unawaited.pop_last() {
            Some(task) => (task, true),
            None => (first, false),
        };
        left.remove(&(Reverse(surplus[task]), task));
        if is_last {
            back.push(task);
        } else {
            front.push(task);
        }
        let gains = successors[task].iter().map(|&next| (next, 1));
        let losses = predecessors[task].iter().map(|&before| (before, -1));
        for (neighbour, change) in gains.chain(losses) {
            if !left.remove(&(Reverse(surplus[neighbour]), neighbour)) {
                continue;
            }
            surplus[neighbour] += change;
            left.insert((Reverse(surplus[neighbour]), neighbour));
            if change < 0 {
                waiting[neighbour] -= 1;
                if waiting[neighbour] == 0 {
                    unawaited.insert(neighbour);
                }
            }
        }
    }
    front.extend(back.into_iter().rev());
    front
}

/// The number of edges from a task to a later one in the sequence that it waits for.
fn count_backward(sequence: &[usize], predecessors: &[Vec<usize>]) -> usize {
    let rank = ranks(sequence);
    let backward =
        |task: usize| predecessors[task].iter().filter(|&&awaited| rank[awaited] > rank[task]).count();
    sequence.iter().map(|&task| backward(task)).sum()
}

/// The place of each task in the sequence.
fn ranks(sequence: &[usize]) -> Vec<usize> {
    let mut ranks = vec![0; sequence.len()];
    for (rank, &task) in sequence.iter().enumerate() {
        ranks[task] = rank;
    }
    ranks
}

/// Removes the edges that contradict the sequence.
fn cut_backward(sequence: &[usize], predecessors: &mut [Vec<usize>]) -> Vec<Wait> {
    let ranks = ranks(sequence);
    let mut cut = Vec::new();
    for (waiting, edges) in predecessors.iter_mut().enumerate() {
        edges.retain(|&awaited| {
            let goes_along = ranks[awaited] < ranks[waiting];
            if !goes_along {
                cut.push(Wait { waiting, awaited });
            }
            goes_along
        });
    }
    cut
}

/// Whether an edge would close a cycle.
enum WayRound {
    /// Yes. This is a shortest such cycle; the waiting task comes first.
    Cycle(Vec<usize>),
    /// No.
    None,
    /// Not computed: the step limit is reached.
    Unknown,
}

/// Searches, breadth first, for the shortest chain by which `wait.awaited` waits for `wait.waiting`.
fn way_round(wait: Wait, predecessors: &[Vec<usize>], steps_left: &mut usize) -> WayRound {
    // Creating the list below costs about this much.
    *steps_left = steps_left.saturating_sub(predecessors.len() / 8);
    if *steps_left == 0 {
        return WayRound::Unknown;
    }
    let mut reached_from: Vec<Option<usize>> = vec![None; predecessors.len()];
    let mut open = VecDeque::from([wait.awaited]);
    while let Some(task) = open.pop_front() {
        *steps_left = steps_left.saturating_sub(predecessors[task].len());
        for &before in &predecessors[task] {
            if reached_from[before].is_none() && before != wait.awaited {
                reached_from[before] = Some(task);
                open.push_back(before);
            }
        }
        if reached_from[wait.waiting].is_some() {
            let way = std::iter::successors(Some(wait.waiting), |&task| reached_from[task]);
            return WayRound::Cycle(way.collect());
        }
    }
    WayRound::None
}
