//! Moves a task to another phase and swaps it with the only task there that it conflicts with. Without a
//! conflict, it relocates the task, or swaps it with any task if the phase is full.

use super::{Draw, State, relocate, swap};

pub fn attempt(state: &mut State, mut draw: Draw, limit: i64) -> bool {
    let task = draw.below(state.len());
    let to = state.draw_slot(&mut draw);
    if to == state.slot_of(task) {
        return false;
    }
    let mut rivals = state.rivals_of(to, task);
    match (rivals.next(), rivals.next()) {
        (Some(_), Some(_)) => false,
        (Some(rival), None) => {
            drop(rivals);
            swap::exchange(state, task, rival, limit)
        }
        (None, _) => {
            drop(rivals);
            match state.is_full(to) {
                true => {
                    let other = state.draw_member(to, &mut draw);
                    swap::exchange(state, task, other, limit)
                }
                false => relocate::bring(state, task, to, limit),
            }
        }
    }
}
