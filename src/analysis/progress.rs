//! How far a plan has come.

use super::Order;
use crate::plan::{Plan, Status};

/// The tasks by progress, as positions in the plan, ascending. A task that is to do is in none of the lists, unless it
/// is blocked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Finished.
    pub done: Vec<usize>,
    /// In progress.
    pub running: Vec<usize>,
    /// Tried and not finished: to do again.
    pub failed: Vec<usize>,
    /// Abandoned.
    pub dropped: Vec<usize>,
    /// Tasks that wait, directly or through others, for a failed one. Running ones are left out.
    pub blocked: Vec<usize>,
}

impl Progress {
    /// Sorts the tasks of a plan. O(tasks · failed tasks).
    pub fn of(plan: &Plan, order: &Order) -> Progress {
        let with = |status: Status| -> Vec<usize> {
            (0..plan.tasks.len()).filter(|&task| plan.tasks[task].status == status).collect()
        };
        let failed = with(Status::Failed);
        let waits_for_failed =
            |&task: &usize| failed.iter().any(|&first| order.ancestors[task].contains(first));
        let is_held_up = |task: &usize| matches!(plan.tasks[*task].status, Status::Todo | Status::Failed);
        let blocked = (0..plan.tasks.len()).filter(is_held_up).filter(waits_for_failed).collect();
        Progress {
            done: with(Status::Done),
            running: with(Status::Running),
            dropped: with(Status::Dropped),
            blocked,
            failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn what_waits_for_a_failed_task_is_blocked() {
        let plan = text::parse(
            "- [!] T1\n- T2 @after(T1)\n- T3 @after(T2)\n- [~] T4 @after(T1)\n- T5 @after(T4)\n- [x] T6\n- T7 \
             @after(T6)\n- [-] T8 @after(T1)\n- T9 @after(T8)\n",
        )
        .plan;
        let progress = Progress::of(&plan, &Order::of(&plan));
        assert_eq!(progress.blocked, [1, 2, 4, 8]);
        assert_eq!((progress.done, progress.running, progress.failed), (vec![5], vec![3], vec![0]));
        assert_eq!(progress.dropped, [7]);
    }
}
