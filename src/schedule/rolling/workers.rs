//! Assigns workers to the tasks of a rolling schedule.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Problem, Slot};

/// Gives each task, by start, the idle worker with the lowest number. `None` if more tasks run at once than
/// there are workers. O(tasks · log tasks).
pub fn assign(problem: &Problem, starts: &[u32]) -> Option<Vec<Slot<u32>>> {
    let mut by_start: Vec<usize> = (0..starts.len()).collect();
    by_start.sort_by_key(|&task| (starts[task], problem.minutes[task], task));
    let mut slots = vec![Slot { start: 0, worker: 0 }; starts.len()];
    let mut busy: BinaryHeap<Reverse<(u32, u32)>> = BinaryHeap::new();
    let mut idle: BinaryHeap<Reverse<u32>> = BinaryHeap::new();
    let mut hired = 0;
    for task in by_start {
        while let Some(&Reverse((end, worker))) = busy.peek()
            && end <= starts[task]
        {
            busy.pop();
            idle.push(Reverse(worker));
        }
        let worker = idle.pop().map_or(hired, |Reverse(worker)| worker);
        if worker as usize >= problem.max_parallel {
            return None;
        }
        hired = hired.max(worker + 1);
        busy.push(Reverse((starts[task] + problem.minutes[task], worker)));
        slots[task] = Slot { start: starts[task], worker };
    }
    Some(slots)
}
