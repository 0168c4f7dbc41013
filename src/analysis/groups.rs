//! Groups that wait for each other, if the settings of the plan say so.

use rustc_hash::FxHashMap;

use super::edges::{Wait, reversed};
use crate::plan::{Plan, Status};

/// Adds the waits of every group for the group before it to the lists of predecessors, and returns those that
/// are new, ascending. Only tasks that wait for none of their own group wait, for those that none of theirs
/// waits for: the others follow from these. A group of which all is done holds nobody up, so the one before it
/// counts instead. A task does not wait for one that waits for it.
pub(super) fn add_waits(plan: &Plan, predecessors: &mut [Vec<usize>]) -> Vec<Wait> {
    let mut added = Vec::new();
    if !plan.settings.groups_in_order {
        return added;
    }
    let group_of = group_of_each(plan);
    let count = group_of.iter().map(|group| group + 1).max().unwrap_or(0);
    let is_beside =
        |task: usize, others: &[usize]| others.iter().any(|&other| group_of[other] == group_of[task]);
    let successors = reversed(predecessors);
    let mut first: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut last: Vec<Vec<usize>> = vec![Vec::new(); count];
    for task in 0..plan.tasks.len() {
        if !is_beside(task, &predecessors[task]) {
            first[group_of[task]].push(task);
        }
        if plan.tasks[task].status != Status::Done && !is_beside(task, &successors[task]) {
            last[group_of[task]].push(task);
        }
    }
    let mut before: &[usize] = &[];
    for (first, last) in first.iter().zip(&last) {
        for &waiting in first {
            for &awaited in before {
                if !predecessors[awaited].contains(&waiting) && !predecessors[waiting].contains(&awaited) {
                    predecessors[waiting].push(awaited);
                    added.push(Wait { waiting, awaited });
                }
            }
            predecessors[waiting].sort_unstable();
        }
        if !last.is_empty() {
            before = last;
        }
    }
    added.sort_unstable();
    added
}

/// The number of the group of each task, in the order in which groups first appear.
fn group_of_each(plan: &Plan) -> Vec<usize> {
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    let mut of_each = Vec::with_capacity(plan.tasks.len());
    for task in &plan.tasks {
        let next = numbers.len();
        of_each.push(*numbers.entry(&task.group).or_insert(next));
    }
    of_each
}
