//! How the agents of a phase go out: how many calls one message holds, and how long that takes.
//!
//! Claude Code runs at most ten calls of one message side by side, and at most twenty agents in all. Within
//! these limits all agents of a phase are at work from its first minute, so it takes as long as the schedule
//! says. Beyond them, the longest start first and each of the others takes the place of one that has ended
//! (Graham's list scheduling, 1969).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::agents::{MOST_AT_WORK, MOST_PER_MESSAGE};
use crate::plan::{Minutes, Plan};

/// Calls that go out together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Positions of the tasks in the plan.
    pub calls: Vec<usize>,
    /// Whether each call goes out in a message of its own, in the place of an agent that has ended.
    pub is_one_by_one: bool,
}

/// The batches of a phase. In several, the longest tasks come first.
pub fn batches(plan: &Plan, calls: &[usize]) -> Vec<Batch> {
    let calls = if calls.len() > MOST_PER_MESSAGE { longest_first(plan, calls) } else { calls.to_vec() };
    let (at_first, later) = calls.split_at(calls.len().min(MOST_AT_WORK));
    let batches = |calls: &[usize], is_one_by_one| -> Vec<Batch> {
        let chunks = calls.chunks(MOST_PER_MESSAGE);
        chunks.map(|calls| Batch { calls: calls.to_vec(), is_one_by_one }).collect()
    };
    [batches(at_first, false), batches(later, true)].concat()
}

/// The minutes until the last of these agents has ended.
pub fn minutes(plan: &Plan, calls: &[usize]) -> Minutes {
    let mut ends: BinaryHeap<Reverse<Minutes>> = BinaryHeap::new();
    let mut last = Minutes::ZERO;
    for task in longest_first(plan, calls) {
        let is_free = ends.len() < MOST_AT_WORK;
        let start =
            if is_free { Minutes::ZERO } else { ends.pop().map_or(Minutes::ZERO, |Reverse(end)| end) };
        let end = start.saturating_add(plan.minutes_of(&plan.tasks[task]));
        ends.push(Reverse(end));
        last = last.max(end);
    }
    last
}

fn longest_first(plan: &Plan, calls: &[usize]) -> Vec<usize> {
    let mut calls = calls.to_vec();
    calls.sort_by_key(|task| Reverse(plan.minutes_of(&plan.tasks[*task])));
    calls
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Estimate, Task};

    fn plan(minutes: &[u32]) -> Plan {
        let task = |&likely: &u32| Task { minutes: Some(Estimate::exactly(likely)), ..Task::default() };
        Plan { tasks: minutes.iter().map(task).collect(), ..Plan::default() }
    }

    fn sizes(tasks: usize) -> Vec<(usize, bool)> {
        let plan = plan(&vec![10; tasks]);
        let batches = batches(&plan, &(0..tasks).collect::<Vec<_>>());
        batches.iter().map(|batch| (batch.calls.len(), batch.is_one_by_one)).collect()
    }

    #[test]
    fn a_message_holds_ten_calls_and_twenty_agents_run() {
        assert_eq!(sizes(0), []);
        assert_eq!(sizes(7), [(7, false)]);
        assert_eq!(sizes(12), [(10, false), (2, false)]);
        assert_eq!(sizes(33), [(10, false), (10, false), (10, true), (3, true)]);
    }

    #[test]
    fn the_longest_start_first_and_the_minutes_are_those_of_twenty_places() {
        let minutes_of = |list: &[u32]| minutes(&plan(list), &(0..list.len()).collect::<Vec<_>>());
        assert_eq!(minutes_of(&[]), 0);
        assert_eq!(minutes_of(&[30; 20]), 30);
        assert_eq!(minutes_of(&[30; 21]), 60);
        assert_eq!(minutes_of(&[[10; 20].as_slice(), &[60]].concat()), 60);
        let batches = batches(&plan(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]), &(0..11).collect::<Vec<_>>());
        assert_eq!(batches[1].calls, [0]);
    }
}
