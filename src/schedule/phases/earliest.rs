//! Settles ties between assignments that take equally long: tasks stand as early as they can, and in the order of the
//! plan where nothing else decides. So a task stands late only for a reason, and a small edit moves few tasks.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Assignment, Precedence, Problem, members};

/// How often all tasks are looked at; each round is cheap and later ones seldom find anything.
const ROUNDS: usize = 4;

/// Puts phases and tasks where nobody has to ask why they are not earlier. The makespan and the number of phases never
/// grow.
pub fn settle(problem: &Problem, precedence: &Precedence, assignment: &mut Assignment) {
    for _ in 0..2 {
        order(problem, precedence, assignment);
        pull(problem, assignment);
    }
}

/// Sorts the phases: of those that have nothing to wait for, the one with the task that stands first in the plan.
fn order(problem: &Problem, precedence: &Precedence, assignment: &mut Assignment) {
    let members = members(assignment);
    let waits =
        |phase: &Vec<usize>| phase.iter().map(|&task| problem.predecessors[task].len()).sum::<usize>();
    let mut waiting: Vec<usize> = members.iter().map(waits).collect();
    let mut free: BinaryHeap<Reverse<(usize, usize)>> = (0..members.len())
        .filter(|&phase| waiting[phase] == 0)
        .map(|phase| Reverse((members[phase][0], phase)))
        .collect();
    let phase_of = assignment.clone();
    let mut number = 0;
    while let Some(Reverse((_, phase))) = free.pop() {
        for &task in &members[phase] {
            assignment[task] = number;
            for &after in &precedence.successors[task] {
                let next = phase_of[after];
                waiting[next] -= 1;
                if waiting[next] == 0 {
                    free.push(Reverse((members[next][0], next)));
                }
            }
        }
        number += 1;
    }
}

/// Pulls each task into the earliest phase that takes it without getting longer, and closes holes. The makespan and
/// the number of phases never grow.
pub fn pull(problem: &Problem, assignment: &mut Assignment) {
    let mut members = members(assignment);
    let mut longest: Vec<u32> = members
        .iter()
        .map(|phase| phase.iter().map(|&task| problem.minutes[task]).max().unwrap_or(0))
        .collect();
    let mut by_phase: Vec<usize> = (0..problem.len()).collect();
    for _ in 0..ROUNDS {
        let mut moved = false;
        by_phase.sort_by_key(|&task| assignment[task]);
        for &task in &by_phase {
            let before = problem.predecessors[task].iter().map(|&first| assignment[first] + 1);
            let first = before.max().unwrap_or(0);
            let takes = |&phase: &usize| {
                longest[phase] >= problem.minutes[task] && fits(problem, &members[phase], task)
            };
            if let Some(phase) = (first..assignment[task]).find(takes) {
                let left = &mut members[assignment[task]];
                left.retain(|&member| member != task);
                longest[assignment[task]] =
                    left.iter().map(|&other| problem.minutes[other]).max().unwrap_or(0);
                members[phase].push(task);
                assignment[task] = phase;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    close_holes(assignment, &members);
}

fn close_holes(assignment: &mut Assignment, members: &[Vec<usize>]) {
    let mut number = 0;
    let renumbered: Vec<usize> = members
        .iter()
        .map(|phase| {
            number += usize::from(!phase.is_empty());
            number.saturating_sub(1)
        })
        .collect();
    for phase in assignment.iter_mut() {
        *phase = renumbered[*phase];
    }
}

/// Whether a task may run beside these. An empty phase takes nothing: it is about to vanish.
pub fn fits(problem: &Problem, members: &[usize], task: usize) -> bool {
    if members.is_empty() || members.len() >= problem.max_parallel || problem.alone[task] {
        return false;
    }
    let row = problem.apart.row(task);
    if members.iter().any(|&member| problem.alone[member] || row.contains(member)) {
        return false;
    }
    problem.demands.iter().zip(&problem.capacities).all(|(demand, &capacity)| {
        demand[task] == 0
            || members.iter().map(|&member| u64::from(demand[member])).sum::<u64>() + u64::from(demand[task])
                <= u64::from(capacity)
    })
}
