//! Swaps two tasks of different phases.

use super::{Draw, State, similar};

pub fn attempt(state: &mut State, mut draw: Draw, limit: i64) -> bool {
    let a = draw.below(state.len());
    let b = similar(state, &mut draw, a);
    exchange(state, a, b, limit)
}

/// Swaps the two tasks if that costs at most `limit`.
pub fn exchange(state: &mut State, a: usize, b: usize, limit: i64) -> bool {
    let (of_a, of_b) = (state.slot_of(a), state.slot_of(b));
    let before = state.longest(of_a) + state.longest(of_b);
    let after =
        state.longest_without(a).max(state.minutes(b)) + state.longest_without(b).max(state.minutes(a));
    let minutes = i64::from(after) - i64::from(before) + state.distance(a, of_b) + state.distance(b, of_a);
    let more = i64::from(state.minutes(b)) - i64::from(state.minutes(a));
    state.cost(minutes, &[(of_a, more), (of_b, -more)]) <= limit
        && of_a != of_b
        && state.takes_instead(of_b, a, b)
        && state.takes_instead(of_a, b, a)
        && state.shift(&[(a, of_b), (b, of_a)])
}
