//! Generates unused task ids.

use rustc_hash::FxHashSet;

use super::{Plan, TaskId};

/// Ids `T1`, `T2`, … above every number in use.
pub struct FreeIds {
    taken: FxHashSet<TaskId>,
    next: u64,
}

impl FreeIds {
    /// Ids that no task of the plan has.
    pub fn of(plan: &Plan) -> FreeIds {
        FreeIds::besides(plan.tasks.iter().map(|task| task.id.clone()).collect())
    }

    /// Ids other than these.
    pub fn besides(taken: FxHashSet<TaskId>) -> FreeIds {
        let next = taken.iter().filter_map(number_of).max().unwrap_or(0) + 1;
        FreeIds { taken, next }
    }

    /// The next free id.
    pub fn take(&mut self) -> TaskId {
        loop {
            let id = TaskId(format!("T{}", self.next));
            self.next += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// The number of an id such as `T12`, up to nine digits.
fn number_of(id: &TaskId) -> Option<u64> {
    let digits = id.as_str().strip_prefix('T')?;
    let is_number = (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}
