//! The goal of the plan, which every agent is told because it knows nothing else.
//!
//! It may be long, and the tasks may be many. Told to each of them, a goal of 100 kB would make a prompt of a gigabyte for
//! 10,000 tasks.

use crate::plan::{Plan, Status};

/// The most bytes of a goal that is told whole, however many tasks there are.
const ALWAYS: usize = 1_000;
/// The most bytes of all goals in a prompt, beyond [`ALWAYS`].
const MOST_IN_ALL: usize = 4_000_000;

/// The most bytes of its goal that the agents of a plan are told.
pub fn most(plan: &Plan) -> usize {
    let is_told = |status: Status| matches!(status, Status::Todo | Status::Failed);
    let told = plan.tasks.iter().filter(|task| is_told(task.status)).count();
    (MOST_IN_ALL / told.max(1)).max(ALWAYS)
}

/// Whether the agents are told only the beginning of the goal.
pub fn is_shortened(plan: &Plan) -> bool {
    plan.goal.trim_end().len() > most(plan)
}

/// The goal as each agent is told it.
pub fn told(plan: &Plan) -> String {
    let goal = plan.goal.trim_end();
    if !is_shortened(plan) {
        return goal.to_owned();
    }
    let kept = &goal[..goal.floor_char_boundary(most(plan))];
    format!("{} […]\n(The rest of the goal is left out.)", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Task;

    fn plan(goal: usize, tasks: usize) -> Plan {
        Plan { goal: "é".repeat(goal / 2), tasks: vec![Task::default(); tasks], ..Plan::default() }
    }

    #[test]
    fn a_goal_is_told_whole_unless_all_of_them_would_be_megabytes() {
        for (goal, tasks, told_bytes) in
            [(0, 3, 0), (200_000, 20, 200_000), (1_000, 10_000, 1_000), (200_000, 10_000, 1_000)]
        {
            let plan = plan(goal, tasks);
            let told = told(&plan);
            assert_eq!(told.matches('é').count() * 2, told_bytes, "{goal} bytes, {tasks} tasks");
            assert_eq!(told.ends_with("(The rest of the goal is left out.)"), is_shortened(&plan));
        }
    }
}
