//! First schedules: random, biased to long tails. Regret-based biased random sampling (Drexl 1991; Kolisch
//! 1995).

use super::model::Direction;
use crate::schedule::random::Random;

/// Every task after all of its `before`. Each place goes to a random available task. The chance of a task
/// grows with how much longer its tail is than the shortest. O(tasks · available tasks).
pub fn list(direction: &Direction, random: &mut Random) -> Vec<usize> {
    let mut waiting: Vec<usize> = direction.before.iter().map(Vec::len).collect();
    let mut free: Vec<usize> = (0..waiting.len()).filter(|&task| waiting[task] == 0).collect();
    let mut list = Vec::with_capacity(waiting.len());
    while !free.is_empty() {
        let task = free.swap_remove(draw(direction, &free, random));
        list.push(task);
        for &next in &direction.after[task] {
            waiting[next] -= 1;
            if waiting[next] == 0 {
                free.push(next);
            }
        }
    }
    list
}

/// A position in `free`.
fn draw(direction: &Direction, free: &[usize], random: &mut Random) -> usize {
    let shortest = free.iter().map(|&task| direction.tail[task]).min().unwrap_or(0);
    let weight = |task: usize| u64::from(direction.tail[task] - shortest + 1);
    let total: u64 = free.iter().map(|&task| weight(task)).sum();
    let mut left = random.below(total as usize) as u64;
    for (position, &task) in free.iter().enumerate() {
        if left < weight(task) {
            return position;
        }
        left -= weight(task);
    }
    0
}
