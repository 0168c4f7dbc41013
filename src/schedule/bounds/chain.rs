//! Tasks that wait for each other run in different phases.

use super::{LowerBound, Precedence, Problem, shown};
use crate::schedule::BoundArgument;

/// The longest chain, counting each task with the overhead of its phase. O(edges).
pub fn bound(problem: &Problem, precedence: &Precedence) -> LowerBound<u32> {
    let tails = precedence.tails(problem);
    let minutes = tails.iter().copied().max().unwrap_or(0);
    LowerBound { minutes: shown(minutes), argument: BoundArgument::Chain(longest(precedence, &tails)) }
}

/// The tasks of the longest chain, first to last. Ties go to the lowest task numbers.
pub fn longest(precedence: &Precedence, tails: &[u64]) -> Vec<usize> {
    let heaviest = |tasks: &mut dyn Iterator<Item = usize>| {
        tasks.min_by_key(|&task| (std::cmp::Reverse(tails[task]), task))
    };
    let mut chain = Vec::new();
    let mut next = heaviest(&mut (0..tails.len()));
    while let Some(task) = next {
        chain.push(task);
        next = heaviest(&mut precedence.successors[task].iter().copied());
    }
    chain
}
