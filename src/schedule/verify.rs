//! Checks a schedule against its problem, slowly and plainly. Shares no code with the search.

use std::collections::BTreeMap;
use std::fmt;

use super::{Problem, Slot};

/// What is wrong with a schedule. Tasks are named by their number in the problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The lists are not of the same length as the problem.
    Length,
    /// The phases are not numbered 0, 1, 2 and so on without a hole.
    EmptyPhase(usize),
    /// The second task starts before the first is done, though it waits for it.
    Order(usize, usize),
    /// The two run at the same time and may not.
    Conflict(usize, usize),
    /// The first runs beside the second and has to run alone.
    NotAlone(usize, usize),
    /// More tasks than allowed run together with this one.
    TooMany(usize),
    /// While this task runs, more of the resource is used than there is.
    Resource {
        /// Number of the resource.
        resource: usize,
        /// A task that starts while it is exhausted.
        task: usize,
    },
    /// One worker has both tasks at the same time.
    Worker(usize, usize),
    /// The worker of this task does not exist.
    NoSuchWorker(usize),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// Checks phases, given as the phase of each task, and returns their makespan in minutes. O(n²).
///
/// # Errors
/// The first fault found.
pub fn phases(problem: &Problem, phase_of: &[usize]) -> Result<u64, Fault> {
    if phase_of.len() != problem.len() {
        return Err(Fault::Length);
    }
    let mut by_phase: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (task, &phase) in phase_of.iter().enumerate() {
        by_phase.entry(phase).or_default().push(task);
    }
    let mut minutes = 0;
    for (expected, (&phase, members)) in by_phase.iter().enumerate() {
        if phase != expected {
            return Err(Fault::EmptyPhase(expected));
        }
        let longest = members.iter().map(|&task| problem.minutes[task]).max().unwrap_or(0);
        minutes += u64::from(problem.phase_overhead) + u64::from(longest);
        side_by_side(problem, members)?;
    }
    for (task, before) in problem.predecessors.iter().enumerate() {
        for &first in before {
            if phase_of[first] >= phase_of[task] {
                return Err(Fault::Order(first, task));
            }
        }
    }
    Ok(minutes)
}

/// Whether these tasks may all run at one instant.
fn side_by_side(problem: &Problem, members: &[usize]) -> Result<(), Fault> {
    if members.len() > problem.max_parallel {
        return Err(Fault::TooMany(members[0]));
    }
    for &a in members {
        for &b in members {
            if a != b && problem.alone[a] {
                return Err(Fault::NotAlone(a, b));
            }
            if a < b && problem.apart.contains(a, b) {
                return Err(Fault::Conflict(a, b));
            }
        }
    }
    for (resource, demand) in problem.demands.iter().enumerate() {
        let used: u64 = members.iter().map(|&task| u64::from(demand[task])).sum();
        if used > u64::from(problem.capacities[resource]) {
            return Err(Fault::Resource { resource, task: members[0] });
        }
    }
    Ok(())
}

/// Checks a rolling schedule and returns its makespan in minutes. A task of 0 minutes runs for an instant, which may
/// lie where another task begins or ends, but not inside one it is kept apart from. O(n²).
///
/// # Errors
/// The first fault found.
pub fn rolling(problem: &Problem, slots: &[Slot]) -> Result<u64, Fault> {
    if slots.len() != problem.len() {
        return Err(Fault::Length);
    }
    let start = |task: usize| u64::from(slots[task].start);
    let end = |task: usize| start(task) + u64::from(problem.minutes[task]);
    for (task, before) in problem.predecessors.iter().enumerate() {
        for &first in before {
            if end(first) > start(task) {
                return Err(Fault::Order(first, task));
            }
        }
    }
    for task in 0..problem.len() {
        if slots[task].worker as usize >= problem.max_parallel {
            return Err(Fault::NoSuchWorker(task));
        }
        let overlaps = |other: usize| start(other) < end(task) && start(task) < end(other);
        let beside: Vec<usize> = (0..problem.len())
            .filter(|&other| other == task || (overlaps(other) && start(other) <= start(task)))
            .collect();
        for &other in &beside {
            if other != task && slots[other].worker == slots[task].worker {
                return Err(Fault::Worker(other, task));
            }
        }
        side_by_side(problem, &beside)?;
    }
    Ok((0..problem.len()).map(end).max().unwrap_or(0))
}
