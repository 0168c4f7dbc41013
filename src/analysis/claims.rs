//! What speaks against the author's word that a task may run beside others.

use super::Analysis;
use crate::plan::{Parallel, Plan};

/// A task that its author marks as parallel, and the conflicts that speak against the mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContradictedClaim {
    /// The marked task.
    pub task: usize,
    /// Positions in [`Analysis::conflicts`], ascending.
    pub conflicts: Vec<usize>,
}

/// Every mark that a conflict over files or migrations contradicts, by task. Of two marked tasks that conflict, the
/// later one is named. Conflicts that the author has allowed contradict nothing, and neither do resources: whoever
/// wrote them down knows that tasks take turns. O(tasks + conflicts).
pub fn contradicted(plan: &Plan, analysis: &Analysis) -> Vec<ContradictedClaim> {
    let is_marked = |task: usize| plan.tasks[task].parallel == Parallel::Claimed;
    let mut conflicts: Vec<Vec<usize>> = vec![Vec::new(); plan.tasks.len()];
    for (at, conflict) in analysis.conflicts.iter().enumerate() {
        let marked = [conflict.b, conflict.a].into_iter().find(|&task| is_marked(task));
        if let Some(task) = marked.filter(|_| conflict.is_collision()) {
            conflicts[task].push(at);
        }
    }
    let found = conflicts.into_iter().enumerate().filter(|(_, conflicts)| !conflicts.is_empty());
    found.map(|(task, conflicts)| ContradictedClaim { task, conflicts }).collect()
}
