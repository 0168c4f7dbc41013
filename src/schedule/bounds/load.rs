//! At most `max_parallel` tasks share a phase.

use super::{LowerBound, Problem, shown};
use crate::schedule::BoundArgument;

/// With the longest tasks side by side as far as possible, the phases last as long as every `max_parallel`-th task.
/// Any other packing has, for each k, a k-th longest phase that is no shorter. O(n log n).
pub fn bound(problem: &Problem) -> LowerBound {
    let mut minutes = problem.minutes.clone();
    minutes.sort_unstable_by(|a, b| b.cmp(a));
    let leaders = minutes.iter().step_by(problem.max_parallel);
    let total = leaders.map(|&minutes| u64::from(minutes) + u64::from(problem.phase_overhead)).sum();
    LowerBound { minutes: shown(total), argument: BoundArgument::Load }
}
