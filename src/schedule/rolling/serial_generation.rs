//! The serial schedule generation scheme (Kelley 1963; Kolisch 1996): take the tasks in the order of a list, and place
//! each at the first moment that everything placed before it allows.

use super::model::{Direction, Model};
use super::profile::Profile;

/// Memory that is used again for every schedule, and a count of the work done.
#[derive(Debug)]
pub struct Generator<'a> {
    model: &'a Model,
    profile: Profile<'a>,
    is_placed: Vec<bool>,
    /// Tasks placed so far, over all schedules.
    pub placements: u64,
}

impl<'a> Generator<'a> {
    /// Nothing is generated yet.
    pub fn new(model: &'a Model) -> Generator<'a> {
        Generator { model, profile: Profile::new(&model.lanes), is_placed: Vec::new(), placements: 0 }
    }

    /// Generates the schedule of `list`, which names every task after all of its `before`. Returns the start of each
    /// task in minutes of `direction` and the makespan, or `None` as soon as a chain of tasks is seen to end later than
    /// `limit`. O(tasks · steps of the profile).
    pub fn generate(&mut self, direction: &Direction, list: &[usize], limit: u32) -> Option<(Vec<u32>, u32)> {
        let model = self.model;
        self.profile.reset(&model.capacities);
        self.is_placed.clear();
        self.is_placed.resize(model.len(), false);
        let mut starts = vec![0; model.len()];
        let mut makespan = 0;
        for &task in list {
            self.placements += 1;
            let ends = direction.before[task].iter().map(|&earlier| starts[earlier] + model.minutes[earlier]);
            let start = self.earliest(task, ends.max().unwrap_or(0), &starts);
            if start + direction.tail[task] > limit {
                return None;
            }
            starts[task] = start;
            self.is_placed[task] = true;
            self.profile.take(start, model.minutes[task], model.demand(task));
            makespan = makespan.max(start + model.minutes[task]);
        }
        Some((starts, makespan))
    }

    /// The first moment from `ready` on at which the resources are free and nothing runs that must be kept apart.
    fn earliest(&self, task: usize, ready: u32, starts: &[u32]) -> u32 {
        let model = self.model;
        let minutes = model.minutes[task];
        let end = |other: usize| starts[other] + model.minutes[other];
        let mut start = ready;
        loop {
            start = self.profile.earliest(start, minutes, model.demand(task));
            let placed = model.apart[task].iter().copied().filter(|&other| self.is_placed[other]);
            let running = placed.filter(|&other| starts[other] < start + minutes && start < end(other));
            match running.map(end).max() {
                Some(freed) => start = freed,
                None => return start,
            }
        }
    }
}
