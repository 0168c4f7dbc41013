//! At most `max_parallel` tasks share a phase.

use super::{LowerBound, Problem, shown};
use crate::schedule::BoundArgument;

/// Grouping tasks from long to short gives phases as long as every `max_parallel`-th task. In any other
/// packing, the k-th longest phase is at least as long, for each k. O(n log n).
pub fn bound(problem: &Problem) -> LowerBound<u32> {
    let mut minutes = problem.minutes.clone();
    minutes.sort_unstable_by(|a, b| b.cmp(a));
    let leaders = minutes.iter().step_by(problem.max_parallel);
    let total = leaders.map(|&minutes| u64::from(minutes)).sum();
    LowerBound { minutes: shown(total), argument: BoundArgument::Load }
}
