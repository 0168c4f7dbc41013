//! Breaks ties between equally long assignments: tasks run as early as possible, and in plan order where
//! nothing else decides, above all if they conflict. So a task runs late only for a reason, and a small edit moves few tasks.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Assignment, Precedence, Problem, members};

/// The number of passes over all tasks. A pass is cheap, and later ones rarely change anything.
const ROUNDS: usize = 4;

/// The most exchanges that are tried. Each costs as much as a phase has tasks.
const MOST_EXCHANGES: usize = 20_000;

/// Moves phases and tasks as early as possible. The makespan and the number of phases never grow.
pub fn settle(problem: &Problem, precedence: &Precedence, assignment: &mut Assignment) {
    for _ in 0..2 {
        order(problem, precedence, assignment);
        exchange(problem, precedence, assignment);
        pull(problem, assignment);
    }
}

/// Sorts the phases topologically. Of two phases with conflicting tasks, the one whose task comes first in the
/// plan goes first where possible; other ties go to the phase with the first task in plan order.
fn order(problem: &Problem, precedence: &Precedence, assignment: &mut Assignment) {
    let members = members(assignment);
    let phase_of = assignment.clone();
    let waits =
        |phase: &Vec<usize>| phase.iter().map(|&task| problem.predecessors[task].len()).sum::<usize>();
    let mut waiting: Vec<usize> = members.iter().map(waits).collect();
    let conflicts =
        |phase: &Vec<usize>| phase.iter().map(|&task| earlier(problem, task).count()).sum::<usize>();
    let mut held: Vec<usize> = members.iter().map(conflicts).collect();
    // The phases that wait for nothing: those that no conflict holds back, and all of them.
    let (mut clear, mut free) = (BinaryHeap::new(), BinaryHeap::new());
    let push = |phase: usize, held: &[usize], clear: &mut BinaryHeap<_>, free: &mut BinaryHeap<_>| {
        let key = Reverse((members[phase][0], phase));
        if held[phase] == 0 { clear.push(key) } else { free.push(key) }
    };
    for phase in (0..members.len()).filter(|&phase| waiting[phase] == 0) {
        push(phase, &held, &mut clear, &mut free);
    }
    let mut is_placed = vec![false; members.len()];
    let mut number = 0;
    while let Some(Reverse((_, phase))) = clear.pop().or_else(|| free.pop()) {
        if std::mem::replace(&mut is_placed[phase], true) {
            continue;
        }
        for &task in &members[phase] {
            assignment[task] = number;
            for later in problem.apart.row(task).ones().filter(|&later| later > task) {
                let next = phase_of[later];
                held[next] -= 1;
                if held[next] == 0 && waiting[next] == 0 && !is_placed[next] {
                    push(next, &held, &mut clear, &mut free);
                }
            }
            for &after in &precedence.successors[task] {
                let next = phase_of[after];
                waiting[next] -= 1;
                if waiting[next] == 0 {
                    push(next, &held, &mut clear, &mut free);
                }
            }
        }
        number += 1;
    }
}

/// The tasks before this one in the plan with which it conflicts.
fn earlier(problem: &Problem, task: usize) -> impl Iterator<Item = usize> {
    problem.apart.row(task).ones().take_while(move |&other| other < task)
}

/// Lets conflicting tasks that run against the order of the plan change places, where that makes no phase
/// longer and breaks no order.
fn exchange(problem: &Problem, precedence: &Precedence, assignment: &mut Assignment) {
    let mut members = members(assignment);
    let mut tries = 0;
    for later in 0..problem.len() {
        for first in earlier(problem, later) {
            let is_against = assignment[first] > assignment[later];
            tries += usize::from(is_against);
            if is_against
                && tries <= MOST_EXCHANGES
                && problem.minutes[first] == problem.minutes[later]
                && may_take_place(problem, precedence, assignment, &members, (first, later))
                && may_take_place(problem, precedence, assignment, &members, (later, first))
            {
                for (task, other) in [(first, later), (later, first)] {
                    let place = members[assignment[task]].iter_mut().find(|member| **member == task);
                    place.into_iter().for_each(|member| *member = other);
                }
                assignment.swap(first, later);
            }
        }
    }
}

/// Whether `task` may run in the phase of `leaving` once that has left it.
fn may_take_place(
    problem: &Problem,
    precedence: &Precedence,
    assignment: &[usize],
    members: &[Vec<usize>],
    (task, leaving): (usize, usize),
) -> bool {
    let phase = assignment[leaving];
    let left: Vec<usize> = members[phase].iter().copied().filter(|&member| member != leaving).collect();
    let is_before = |&first: &usize| first != leaving && assignment[first] < phase;
    let is_after = |&next: &usize| next != leaving && assignment[next] > phase;
    problem.predecessors[task].iter().all(is_before)
        && precedence.successors[task].iter().all(is_after)
        && (left.is_empty() || fits(problem, &left, task))
}

/// Moves each task to the earliest phase that can take it without getting longer, and removes empty phases.
/// The makespan and the number of phases never grow.
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
            // Not past a conflicting task that comes first in the plan as well.
            let conflicting = earlier(problem, task).filter(|&other| assignment[other] < assignment[task]);
            let first = before.chain(conflicting.map(|other| assignment[other] + 1)).max().unwrap_or(0);
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

/// Whether a task may run in parallel with these. False for an empty phase, which is about to be removed.
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
