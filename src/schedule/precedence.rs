//! The order of a problem, closed over chains.

use fixedbitset::FixedBitSet;

use super::Problem;

/// Who waits for whom, directly and through others.
#[derive(Debug, Clone, Default)]
pub struct Precedence {
    /// For each task, the tasks that wait for it directly, ascending.
    pub successors: Vec<Vec<usize>>,
    /// Every task once, each after all it waits for.
    pub topological: Vec<usize>,
    /// For each task, the tasks that share no phase with it: all that it waits for and that wait for it, directly or
    /// through others, and those it is kept apart from. Tasks that run alone are not entered here.
    pub incompatible: Vec<FixedBitSet>,
}

impl Precedence {
    /// Closes the order. Takes `n²/4` bytes and O(edges · n / 64) time.
    pub fn of(problem: &Problem) -> Precedence {
        let len = problem.len();
        let mut successors = vec![Vec::new(); len];
        for (task, before) in problem.predecessors.iter().enumerate() {
            for &first in before {
                successors[first].push(task);
            }
        }
        let topological = topological(&problem.predecessors, &successors);
        let mut incompatible = closure(topological.iter(), &problem.predecessors);
        for (task, after) in closure(topological.iter().rev(), &successors).into_iter().enumerate() {
            incompatible[task].union_with(&after);
            incompatible[task].union_with(problem.apart.row(task));
        }
        Precedence { successors, topological, incompatible }
    }

    /// For each task, the minutes from its start to the end of the last task that waits for it, if every phase on the
    /// way costs its overhead. The task itself is counted.
    pub fn tails(&self, problem: &Problem) -> Vec<u64> {
        let mut tails = vec![0; problem.len()];
        for &task in self.topological.iter().rev() {
            let rest = self.successors[task].iter().map(|&after| tails[after]).max().unwrap_or(0);
            tails[task] = rest + u64::from(problem.minutes[task]) + u64::from(problem.phase_overhead);
        }
        tails
    }
}

/// Kahn 1962; among free tasks the lowest number goes first.
fn topological(predecessors: &[Vec<usize>], successors: &[Vec<usize>]) -> Vec<usize> {
    use std::cmp::Reverse;
    let mut waiting: Vec<usize> = predecessors.iter().map(Vec::len).collect();
    let mut free: std::collections::BinaryHeap<Reverse<usize>> =
        (0..waiting.len()).filter(|&task| waiting[task] == 0).map(Reverse).collect();
    let mut sorted = Vec::with_capacity(waiting.len());
    while let Some(Reverse(task)) = free.pop() {
        sorted.push(task);
        for &after in &successors[task] {
            waiting[after] -= 1;
            if waiting[after] == 0 {
                free.push(Reverse(after));
            }
        }
    }
    sorted
}

/// For each task, everything that can be reached over `next`; `order` lists the tasks so that `next` comes first.
fn closure<'a>(order: impl Iterator<Item = &'a usize>, next: &[Vec<usize>]) -> Vec<FixedBitSet> {
    let mut reached = vec![FixedBitSet::with_capacity(next.len()); next.len()];
    for &task in order {
        let mut row = std::mem::take(&mut reached[task]);
        for &neighbour in &next[task] {
            row.insert(neighbour);
            row.union_with(&reached[neighbour]);
        }
        reached[task] = row;
    }
    reached
}
