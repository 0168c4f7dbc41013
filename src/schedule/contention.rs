//! How long tasks take if commands on one machine slow each other down.

use crate::analysis::Analysis;
use crate::plan::{Minutes, Plan};

/// The minutes of each task of a plan, without its launch. A command that computes takes longer as soon as
/// another one may run beside it, wherever the schedule puts the two: longer than it would alone in its phase,
/// never shorter. O(c²) for c such commands.
pub fn minutes(plan: &Plan, analysis: &Analysis) -> Vec<Minutes> {
    let mut minutes: Vec<Minutes> = plan.tasks.iter().map(|task| plan.minutes_of(task)).collect();
    if plan.settings.max_parallel < 2 {
        return minutes;
    }
    let tasks = plan.tasks.iter().enumerate();
    let busy: Vec<usize> =
        tasks.filter(|(_, task)| task.status.is_open() && task.effect().is_busy).map(|(at, _)| at).collect();
    for &task in &busy {
        let may_meet = |&other: &usize| {
            other != task && !analysis.order.are_ordered(task, other) && !analysis.apart.contains(task, other)
        };
        if busy.iter().any(may_meet) {
            minutes[task] = plan.settings.efficiency.beside_others(minutes[task]);
        }
    }
    minutes
}
