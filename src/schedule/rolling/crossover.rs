//! Combines two schedules: a stretch of time from one, and the time before and after it from the other. Based
//! on the crossover of Debels & Vanhoucke, "A decomposition-based genetic algorithm for the
//! resource-constrained project-scheduling problem" (2007).

use std::collections::BinaryHeap;

use super::member::Member;
use super::model::{Direction, Model};
use crate::schedule::random::Random;

/// The shortest stretch taken from one parent, in percent of its makespan.
const STRETCH_MIN: u64 = 10;
/// The range of longer stretches above that minimum, in percent of the makespan.
const STRETCH_SPREAD: u64 = 40;
/// A mutation moves a task by at most this fraction (1/n) of the makespan.
const MUTATION_PART: u32 = 20;

/// The list of a child, for generation in the direction opposite to that of its parents: tasks by falling
/// key, each after all of its `before` in `towards`. Moves `mutations` keys by a random amount. O(tasks · log
/// tasks + edges).
pub fn child(
    model: &Model,
    towards: &Direction,
    a: &Member,
    b: &Member,
    mutations: usize,
    random: &mut Random,
) -> Vec<usize> {
    let (from, to) = stretch(model, a, random);
    let mut keys = keys(model, a, b, from, to);
    let reach = i64::from(a.makespan / MUTATION_PART) + 1;
    for _ in 0..mutations {
        let task = random.below(keys.len());
        keys[task] += random.below(2 * reach as usize + 1) as i64 - reach;
    }
    by_falling_key(towards, &keys)
}

/// The busier of two random stretches of the same length.
fn stretch(model: &Model, member: &Member, random: &mut Random) -> (i64, i64) {
    let span = u64::from(member.makespan);
    let length = span * STRETCH_MIN / 100 + random.below((span * STRETCH_SPREAD / 100 + 1) as usize) as u64;
    let mut draw = || {
        let from = random.below((span - length + 1) as usize) as u64;
        (energy_between(model, member, from, from + length), from)
    };
    let (_, from) = draw().max(draw());
    (from as i64, (from + length) as i64)
}

/// Energy of all tasks within a stretch, counting only the overlapping parts.
fn energy_between(model: &Model, member: &Member, from: u64, to: u64) -> u64 {
    let inside = |task: usize| {
        let (start, minutes) = (u64::from(member.starts[task]), u64::from(model.minutes[task]));
        let shared = (start + minutes).min(to).saturating_sub(start.max(from));
        (model.energy[task] / minutes.max(1)).saturating_mul(shared)
    };
    (0..model.len()).fold(0, |sum, task| sum.saturating_add(inside(task)))
}

/// The end of each task: from `a` inside the stretch, from `b` outside. A task that ends inside the stretch
/// only in `b` goes to the side on which it ends in `a`.
fn keys(model: &Model, a: &Member, b: &Member, from: i64, to: i64) -> Vec<i64> {
    let beyond = 2 * i64::from(a.makespan.max(b.makespan));
    let key = |task: usize| {
        let minutes = model.minutes[task];
        let (in_a, in_b) = (i64::from(a.starts[task] + minutes), i64::from(b.starts[task] + minutes));
        let side = |end: i64| if end <= from { -beyond } else { beyond };
        if in_a > from && in_a <= to {
            in_a
        } else if in_b > from && in_b <= to {
            in_a + side(in_a)
        } else {
            in_b + side(in_b)
        }
    };
    (0..model.len()).map(key).collect()
}

/// Every task after all of its `before`. Among the available tasks, the highest key goes first, then the
/// lowest number.
fn by_falling_key(direction: &Direction, keys: &[i64]) -> Vec<usize> {
    // Key and number in one word, to compare in one step. The model limits times, so keys fit into 32 bits.
    let place = |task: usize| (keys[task] << 32) | i64::from(!(task as u32));
    let mut waiting: Vec<usize> = direction.before.iter().map(Vec::len).collect();
    let free = (0..keys.len()).filter(|&task| waiting[task] == 0);
    let mut free: BinaryHeap<i64> = free.map(place).collect();
    let mut list = Vec::with_capacity(keys.len());
    while let Some(first) = free.pop() {
        let task = !(first as u32) as usize;
        list.push(task);
        for &next in &direction.after[task] {
            waiting[next] -= 1;
            if waiting[next] == 0 {
                free.push(place(next));
            }
        }
    }
    list
}
