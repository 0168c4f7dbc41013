//! The waits that settle all conflicts in the order of the list.

use crate::analysis::edges::reaches;
use crate::analysis::{Conflict, ConflictKind};

/// The most conflicts that one repair settles.
const MOST: usize = 200;

/// For each of these conflicts that is over files, the task that goes first and the one that waits: the task that creates a
/// file, otherwise the first in the list, unless that would close a cycle or the other
/// is running already. Leaves out what follows from the rest. `None` if there are fewer than two conflicts or too many, or if one can't be settled.
pub(super) fn waits<'c>(
    conflicts: impl Iterator<Item = &'c Conflict>,
    successors: &[Vec<usize>],
    is_running: impl Fn(usize) -> bool,
) -> Option<Vec<(usize, usize)>> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for conflict in conflicts {
        let pair = match conflict.kind {
            ConflictKind::Resource { .. } => continue,
            ConflictKind::Creation { creator, .. } => (creator, conflict.a + conflict.b - creator),
            _ => (conflict.a, conflict.b),
        };
        if pairs.last() != Some(&pair) {
            pairs.push(pair);
        }
        if pairs.len() > MOST {
            return None;
        }
    }
    // The nearest first: then a wait for an earlier task often follows from them.
    pairs.sort_by_key(|&(first, second)| (second, std::cmp::Reverse(first)));
    let mut later = successors.to_vec();
    let mut waits = Vec::new();
    for &(first, second) in &pairs {
        let is_against = is_running(second) || reaches(&later, second, first);
        let (first, second) = if is_against { (second, first) } else { (first, second) };
        // Two tasks that are running can't be put in order any more.
        if is_running(second) || reaches(&later, second, first) {
            return None;
        }
        if !reaches(&later, first, second) {
            later[first].push(second);
            waits.push((first, second));
        }
    }
    (pairs.len() > 1).then_some(waits)
}
