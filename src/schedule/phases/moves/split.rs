//! Moves a task to a new phase, which makes room for others.

use super::{Draw, State};

pub fn attempt(state: &mut State, mut draw: Draw, limit: i64) -> bool {
    let task = draw.below(state.len());
    let from = state.slot_of(task);
    let saved = state.longest(from) - state.longest_without(task);
    let added = state.minutes(task);
    let minutes = i64::from(added) - i64::from(saved) + state.distance(task, usize::MAX);
    let work = i64::from(state.minutes(task));
    state.cost(minutes, &[(from, -work), (usize::MAX, work)]) <= limit
        && state.members(from) > 1
        && state.split_off(task)
}
