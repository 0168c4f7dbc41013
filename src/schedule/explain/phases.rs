//! Why a task is not one phase earlier.

use super::listed;
use crate::analysis::Analysis;
use crate::schedule::phases::earliest::fits;
use crate::schedule::{Problem, Reduction, Why};

/// For each task of the problem, why it is not one phase earlier. Tasks in the answer are positions in the
/// plan.
pub fn why(reduction: &Reduction, analysis: &Analysis, assignment: &[usize]) -> Vec<Why> {
    let count = assignment.iter().map(|&phase| phase + 1).max().unwrap_or(0);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (task, &phase) in assignment.iter().enumerate() {
        members[phase].push(task);
    }
    let why = |(task, &phase): (usize, &usize)| match phase.checked_sub(1) {
        None => Why::First,
        Some(before) => obstacle(reduction, analysis, assignment, &members[before], task),
    };
    assignment.iter().enumerate().map(why).collect()
}

/// What prevents `task` from running in the phase of `beside`. Returns the strongest reason.
fn obstacle(
    reduction: &Reduction,
    analysis: &Analysis,
    assignment: &[usize],
    beside: &[usize],
    task: usize,
) -> Why {
    let problem = &reduction.problem;
    let same_phase = |other: usize| assignment[other] == assignment[beside[0]];
    // A conflict can set an order too; then the conflict is the reason.
    let is_awaited = |&&first: &&usize| same_phase(first) && !problem.apart.contains(task, first);
    if let Some(&first) = problem.predecessors[task].iter().find(is_awaited) {
        return Why::After(reduction.tasks[first]);
    }
    if problem.alone[task] || beside.iter().any(|&other| problem.alone[other]) {
        return Why::Alone;
    }
    if let Some(&other) = beside.iter().find(|&&other| problem.apart.contains(task, other)) {
        let (task, other) = (reduction.tasks[task], reduction.tasks[other]);
        let pair = (task.min(other), task.max(other));
        return Why::Conflict { task: other, conflict: listed(analysis, pair) };
    }
    if let Some(resource) = exhausted(problem, beside, task) {
        return Why::Resource(problem.resources[resource].clone());
    }
    if beside.len() >= problem.max_parallel {
        return Why::Full;
    }
    debug_assert!(fits(problem, beside, task), "nothing else keeps a task out of a phase");
    Why::Longer
}

/// A resource whose capacity the phase would exceed with this task.
fn exhausted(problem: &Problem, beside: &[usize], task: usize) -> Option<usize> {
    (0..problem.demands.len()).find(|&resource| {
        let demand = &problem.demands[resource];
        let used: u64 = beside.iter().map(|&other| u64::from(demand[other])).sum();
        demand[task] > 0 && used + u64::from(demand[task]) > u64::from(problem.capacities[resource])
    })
}
