//! Moves a task to another phase that has room.

use super::{Draw, State};

pub fn attempt(state: &mut State, mut draw: Draw, limit: i64) -> bool {
    let roomy = state.roomy();
    if roomy.is_empty() {
        return false;
    }
    let to = roomy[draw.below(roomy.len())] as usize;
    let task = draw.below(state.len());
    bring(state, task, to, limit)
}

/// Moves the task there if that costs at most `limit`.
pub fn bring(state: &mut State, task: usize, to: usize, limit: i64) -> bool {
    let from = state.slot_of(task);
    let saved = state.longest(from) - state.longest_without(task);
    let added = state.minutes(task).saturating_sub(state.longest(to));
    let minutes = i64::from(added) - i64::from(saved) + state.distance(task, to);
    let work = i64::from(state.minutes(task));
    state.cost(minutes, &[(to, work), (from, -work)]) <= limit
        && from != to
        && state.takes(to, task)
        && state.shift(&[(task, to)])
}
