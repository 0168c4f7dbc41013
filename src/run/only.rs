//! A plan cut down to what starts now.

use crate::plan::{Plan, Status};

/// The plan in which only these tasks are to do. What is done or running stays so; everything else is dropped.
pub fn only(plan: &Plan, tasks: &[usize]) -> Plan {
    let mut only = plan.clone();
    for (position, task) in only.tasks.iter_mut().enumerate() {
        if task.status.can_start() && !tasks.contains(&position) {
            task.status = Status::Dropped;
        }
    }
    only
}
