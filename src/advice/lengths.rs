//! The minutes that advice counts with. Everything in this room takes minutes from here.

use crate::plan::{Plan, Task};
use crate::schedule::{Schedule, Slot};

/// The likely minutes of a task.
pub fn minutes(plan: &Plan, task: &Task) -> f64 {
    f64::from(plan.minutes_of(task))
}

/// The minutes of a task in the best, the likely and the worst case.
pub fn range(plan: &Plan, task: &Task) -> [f64; 3] {
    match task.minutes {
        Some(estimate) => [estimate.low, estimate.likely, estimate.high].map(f64::from),
        None => [minutes(plan, task); 3],
    }
}

/// The minutes that the plan itself adds to each launch; 0 if it does not say.
pub fn overhead(plan: &Plan) -> f64 {
    f64::from(plan.settings.phase_overhead)
}

/// When a task of the rolling schedule starts, in minutes.
pub fn start(slot: Slot) -> f64 {
    f64::from(slot.start)
}

/// The likely minutes of the longest of these tasks.
pub fn longest(plan: &Plan, tasks: &[usize]) -> f64 {
    tasks.iter().map(|&task| minutes(plan, &plan.tasks[task])).fold(0.0, f64::max)
}

/// How unequal these tasks are: the standard deviation of their minutes divided by the mean, squared.
pub fn squared_variation(plan: &Plan, tasks: &[usize]) -> f64 {
    let minutes: Vec<f64> = tasks.iter().map(|&task| minutes(plan, &plan.tasks[task])).collect();
    let mean = minutes.iter().sum::<f64>() / minutes.len().max(1) as f64;
    let variance = minutes.iter().map(|minutes| (minutes - mean) * (minutes - mean)).sum::<f64>();
    if mean > 0.0 { variance / minutes.len() as f64 / (mean * mean) } else { 0.0 }
}

/// The minutes of the phases, with what the plan adds to each launch.
pub fn phased(plan: &Plan, schedule: &Schedule) -> f64 {
    let length = |&task: &usize| {
        let task = &plan.tasks[task];
        minutes(plan, task) + f64::from(plan.launch_of(task))
    };
    schedule.phases.iter().map(|phase| phase.tasks.iter().map(length).fold(0.0, f64::max)).sum()
}
