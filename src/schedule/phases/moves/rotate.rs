//! Rotates three tasks of different phases.

use super::{Draw, State, similar};

pub fn attempt(state: &mut State, mut draw: Draw, limit: i64) -> bool {
    let a = draw.below(state.len());
    let (b, c) = (similar(state, &mut draw, a), similar(state, &mut draw, a));
    let (of_a, of_b, of_c) = (state.slot_of(a), state.slot_of(b), state.slot_of(c));
    let before = state.longest(of_a) + state.longest(of_b) + state.longest(of_c);
    let after = state.longest_without(a).max(state.minutes(c))
        + state.longest_without(b).max(state.minutes(a))
        + state.longest_without(c).max(state.minutes(b));
    let away = state.distance(a, of_b) + state.distance(b, of_c) + state.distance(c, of_a);
    let minutes = i64::from(after) - i64::from(before) + away;
    let more = |gone: usize, come: usize| i64::from(state.minutes(come)) - i64::from(state.minutes(gone));
    state.cost(minutes, &[(of_a, more(a, c)), (of_b, more(b, a)), (of_c, more(c, b))]) <= limit
        && of_a != of_b
        && of_b != of_c
        && of_c != of_a
        && state.takes_instead(of_b, a, b)
        && state.takes_instead(of_c, b, c)
        && state.takes_instead(of_a, c, a)
        && state.shift(&[(a, of_b), (b, of_c), (c, of_a)])
}
