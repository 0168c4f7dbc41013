//! Moves of the local search: one neighbourhood per file.
//!
//! To add one, write a file with a function like [`relocate::attempt`] and list it in [`MOVES`].

mod place;
mod relocate;
mod rotate;
mod split;
mod swap;

use super::state::State;
use crate::schedule::random::Draw;

/// Draws one change of the assignment, and makes it if the problem allows it and the makespan grows by at
/// most `limit` minutes. Returns whether the assignment changed.
pub type Attempt = fn(&mut State, Draw, limit: i64) -> bool;

/// The moves, in the order in which they are tried, repeatedly.
pub static MOVES: &[Attempt] = {
    const SWAP: Attempt = swap::attempt;
    const RELOCATE: Attempt = relocate::attempt;
    const ROTATE: Attempt = rotate::attempt;
    const PLACE: Attempt = place::attempt;
    const SPLIT: Attempt = split::attempt;
    &[
        PLACE, RELOCATE, ROTATE, PLACE, SWAP, PLACE, RELOCATE, ROTATE, PLACE, SWAP, PLACE, RELOCATE, //
        PLACE, SWAP, ROTATE, PLACE, RELOCATE, ROTATE, PLACE, SWAP, PLACE, RELOCATE, ROTATE, SPLIT,
    ]
};

/// Draws a task of similar length: swapping tasks of very different lengths rarely helps.
fn similar(state: &State, draw: &mut Draw, task: usize) -> usize {
    let window = state.len() / 3 + 1;
    let from = task.saturating_sub(window);
    from + draw.below((task + window + 1).min(state.len()) - from)
}
