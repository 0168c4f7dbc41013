//! The longest chain that each task starts, of what is left.

use crate::analysis::Analysis;
use crate::analysis::edges::{reversed, topological};
use crate::plan::{Estimate, Minutes, Plan};

/// For each open task, the chain of tasks that wait for each other, from it on, that takes longest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chains {
    minutes: Vec<Minutes>,
    next: Vec<Option<usize>>,
}

impl Chains {
    /// The chains of a plan. Each task counts with its launch. O(tasks · log tasks + edges).
    pub fn of(plan: &Plan, analysis: &Analysis) -> Chains {
        let is_open = |task: usize| plan.tasks[task].status.is_open();
        let before: Vec<Vec<usize>> = (0..plan.tasks.len())
            .map(|task| if is_open(task) { analysis.predecessors(task).collect() } else { Vec::new() })
            .collect();
        let after = reversed(&before);
        let mut chains =
            Chains { minutes: vec![Minutes::ZERO; plan.tasks.len()], next: vec![None; plan.tasks.len()] };
        for &task in topological(&before, &after).iter().rev().filter(|&&task| is_open(task)) {
            let longest = |&&one: &&usize| (chains.minutes[one], std::cmp::Reverse(one));
            let next = after[task].iter().max_by_key(longest).copied();
            let one = &plan.tasks[task];
            let own = (plan.minutes_of(one) + plan.launch_of(one)).min(Estimate::MAX);
            chains.minutes[task] = own + next.map_or(Minutes::ZERO, |next| chains.minutes[next]);
            chains.next[task] = next;
        }
        chains
    }

    /// How long the chain of a task takes, in minutes; 0 for a task that is not open.
    pub fn minutes(&self, task: usize) -> Minutes {
        self.minutes[task]
    }

    /// The tasks of the chain, beginning with the task itself.
    pub fn tasks(&self, task: usize) -> Vec<usize> {
        std::iter::successors(Some(task), |&at| self.next[at]).collect()
    }
}
