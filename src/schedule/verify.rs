//! Checks a schedule against its problem, slowly and plainly. Shares no code with the search.

use std::collections::BTreeMap;
use std::fmt;

use super::{Problem, Reduction, Schedule, Slot};
use crate::analysis::Analysis;
use crate::plan::Plan;

/// A fault of a schedule. Tasks are numbers of the problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The lists don't have the length of the problem.
    Length,
    /// A phase number is missing: phases must be numbered 0, 1, 2 and so on.
    EmptyPhase(usize),
    /// The second task waits for the first, but starts before it is done.
    Order(usize, usize),
    /// Two conflicting tasks run at the same time.
    Conflict(usize, usize),
    /// The first runs in parallel with the second but must run alone.
    NotAlone(usize, usize),
    /// More tasks than allowed run together with this one.
    TooMany(usize),
    /// While this task runs, the tasks use more of the resource than its capacity.
    Resource {
        /// Number of the resource.
        resource: usize,
        /// A task that starts while the resource is exhausted.
        task: usize,
    },
    /// One worker has both tasks at the same time.
    Worker(usize, usize),
    /// The worker of this task does not exist.
    NoSuchWorker(usize),
    /// The task is running already, but doesn't start at once.
    NotAtStart(usize),
    /// The stated makespan is wrong.
    Minutes,
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
        minutes += u64::from(longest);
        side_by_side(problem, members, members)?;
    }
    for (task, before) in problem.predecessors.iter().enumerate() {
        for &first in before {
            if phase_of[first] >= phase_of[task] {
                return Err(Fault::Order(first, task));
            }
        }
        if problem.running[task] && phase_of[task] > 0 {
            return Err(Fault::NotAtStart(task));
        }
    }
    Ok(minutes)
}

/// Checks that these tasks may all run at one instant. Only pairs with a task of `newcomers` are checked; all
/// others were checked before.
fn side_by_side(problem: &Problem, members: &[usize], newcomers: &[usize]) -> Result<(), Fault> {
    if members.len() > problem.max_parallel {
        return Err(Fault::TooMany(members[0]));
    }
    newcomers.iter().try_for_each(|&task| beside(problem, task, members))?;
    for (resource, demand) in problem.demands.iter().enumerate() {
        let used: u64 = members.iter().map(|&task| u64::from(demand[task])).sum();
        if used > u64::from(problem.capacities[resource]) {
            return Err(Fault::Resource { resource, task: members[0] });
        }
    }
    Ok(())
}

/// Checks that this task may run in parallel with each of these.
fn beside(problem: &Problem, task: usize, members: &[usize]) -> Result<(), Fault> {
    for &other in members.iter().filter(|&&other| other != task) {
        if problem.apart.contains(task, other) {
            return Err(Fault::Conflict(task.min(other), task.max(other)));
        }
        if problem.alone[task] || problem.alone[other] {
            let (alone, other) = if problem.alone[task] { (task, other) } else { (other, task) };
            return Err(Fault::NotAlone(alone, other));
        }
    }
    Ok(())
}

/// Checks a rolling schedule and returns its makespan in minutes. A task of 0 minutes runs for an instant,
/// which may lie where another task begins or ends, but not inside a task it conflicts with. O(n²).
///
/// # Errors
/// The first fault found.
pub fn rolling(problem: &Problem, slots: &[Slot<u32>]) -> Result<u64, Fault> {
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
        if problem.running[task] && slots[task].start > 0 {
            return Err(Fault::NotAtStart(task));
        }
        if slots[task].worker as usize >= problem.max_parallel {
            return Err(Fault::NoSuchWorker(task));
        }
        let overlaps = |other: usize| start(other) < end(task) && start(task) < end(other);
        let members: Vec<usize> = (0..problem.len())
            .filter(|&other| other == task || (overlaps(other) && start(other) <= start(task)))
            .collect();
        for &other in &members {
            if other != task && slots[other].worker == slots[task].worker {
                return Err(Fault::Worker(other, task));
            }
        }
        // Every pair is checked at the later of its two starts.
        side_by_side(problem, &members, &[task])?;
    }
    Ok((0..problem.len()).map(end).max().unwrap_or(0))
}

/// Checks both schedules of a plan, and their stated makespans. O(n²).
///
/// # Errors
/// The first fault found.
pub fn of_plan(plan: &Plan, analysis: &Analysis, schedule: &Schedule) -> Result<(), Fault> {
    let reduction = Problem::of(plan, analysis);
    let phase_of = of_tasks(plan, &reduction, &schedule.phase_of, |&phase| phase == 0)?;
    let slots = of_tasks(plan, &reduction, &schedule.rolling.slots, |slot| slot.start == 0)?;
    let lists = schedule.phases.iter().enumerate();
    let listed: BTreeMap<usize, usize> =
        lists.flat_map(|(phase, list)| list.tasks.iter().map(move |&task| (task, phase))).collect();
    let listed = listed.into_iter().filter(|(task, _)| !reduction.beyond_limit.contains(task));
    if !listed.eq(reduction.tasks.iter().copied().zip(phase_of.iter().copied())) {
        return Err(Fault::Length);
    }
    let problem = &reduction.problem;
    let units = |slot: &Slot| {
        let start =
            problem.units_of(slot.start).filter(|start| problem.minutes_of((*start).into()) == slot.start);
        Some(Slot { start: start?, worker: slot.worker })
    };
    let slots: Vec<Slot<u32>> = slots.iter().map(units).collect::<Option<_>>().ok_or(Fault::Minutes)?;
    let phased = problem.minutes_of(phases(problem, &phase_of)?) == schedule.phased;
    let is_rolling = problem.minutes_of(rolling(problem, &slots)?) == schedule.rolling.minutes;
    if phased && is_rolling { Ok(()) } else { Err(Fault::Minutes) }
}

/// The values of the tasks of the problem, if exactly these and the tasks beyond the limit have one, and each of the
/// latter a value that says it runs from the start.
fn of_tasks<T: Copy>(
    plan: &Plan,
    reduction: &Reduction,
    said: &[Option<T>],
    is_at_start: impl Fn(&T) -> bool,
) -> Result<Vec<T>, Fault> {
    let value = |task: usize| said.get(task).copied().flatten().ok_or(Fault::Length);
    let of_tasks = reduction.tasks.iter().map(|&task| value(task)).collect::<Result<Vec<T>, Fault>>()?;
    for &task in &reduction.beyond_limit {
        if !is_at_start(&value(task)?) {
            return Err(Fault::NotAtStart(task));
        }
    }
    let count = reduction.tasks.len() + reduction.beyond_limit.len();
    let is_whole = said.len() == plan.tasks.len() && said.iter().flatten().count() == count;
    if is_whole { Ok(of_tasks) } else { Err(Fault::Length) }
}
