//! The serial schedule generation scheme (Kelley 1963; Kolisch 1996): takes tasks in the order of a list, and
//! places each at the first moment that the tasks placed before it allow.

use super::model::{Direction, Model};
use super::profile::Profile;

/// From this many conflicts on, those of a task are sorted before they are looked through.
const MANY: usize = 64;

/// Memory reused for every schedule, and a count of the work done.
#[derive(Debug)]
pub struct Generator<'a> {
    model: &'a Model,
    profile: Profile<'a>,
    is_placed: Vec<bool>,
    /// Start and end of the conflicting tasks of a task with many.
    busy: Vec<(u32, u32)>,
    /// Tasks placed so far, over all schedules. One with many conflicts counts for as many as it takes the time of.
    pub placements: u64,
}

impl<'a> Generator<'a> {
    /// A generator without any placements yet.
    pub fn new(model: &'a Model) -> Generator<'a> {
        let profile = Profile::new(&model.lanes);
        Generator { model, profile, is_placed: Vec::new(), busy: Vec::new(), placements: 0 }
    }

    /// Generates the schedule of `list`, which names every task after all of its `before`; `direction.first` goes
    /// before it. Returns the makespan and the start of each task in minutes of `direction`, or `None` as soon as a chain of tasks
    /// must end later than `limit`. O(tasks · steps of the profile).
    pub fn generate(&mut self, direction: &Direction, list: &[usize], limit: u32) -> Option<(Vec<u32>, u32)> {
        let model = self.model;
        self.profile.reset(&model.capacities);
        self.is_placed.clear();
        self.is_placed.resize(model.len(), false);
        let mut starts = vec![0; model.len()];
        let mut makespan = 0;
        for &task in direction.first.iter().chain(list) {
            if self.is_placed[task] {
                continue;
            }
            self.placements += 1 + (model.apart[task].len() / MANY) as u64;
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

    /// The first moment from `ready` on at which the resources are free and no conflicting task runs.
    fn earliest(&mut self, task: usize, ready: u32, starts: &[u32]) -> u32 {
        if self.model.apart[task].len() > MANY {
            return self.earliest_among_many(task, ready, starts);
        }
        let model = self.model;
        let minutes = model.minutes[task];
        let end = |other: usize| starts[other] + model.minutes[other];
        let (mut start, mut step) = (ready, self.profile.step_at(ready));
        loop {
            start = self.profile.earliest(&mut step, start, minutes, model.demand(task));
            let placed = model.apart[task].iter().copied().filter(|&other| self.is_placed[other]);
            let running = placed.filter(|&other| starts[other] < start + minutes && start < end(other));
            match running.map(end).max() {
                Some(freed) => start = freed,
                None => return start,
            }
        }
    }

    /// The same for a task with many conflicts, which would be looked through once for each of them that holds it up.
    fn earliest_among_many(&mut self, task: usize, ready: u32, starts: &[u32]) -> u32 {
        let model = self.model;
        let minutes = model.minutes[task];
        let placed = model.apart[task].iter().copied().filter(|&other| self.is_placed[other]);
        let times = placed.map(|other| (starts[other], starts[other] + model.minutes[other]));
        self.busy.clear();
        self.busy.extend(times.filter(|&(_, end)| end > ready));
        self.busy.sort_unstable();
        let mut busy = self.busy.iter().peekable();
        let (mut start, mut freed, mut step) = (ready, 0, self.profile.step_at(ready));
        loop {
            start = self.profile.earliest(&mut step, start, minutes, model.demand(task));
            // A task that ended before this start holds it up no more.
            while let Some((_, end)) = busy.next_if(|(begin, _)| *begin < start + minutes) {
                freed = freed.max(*end);
            }
            if freed <= start {
                return start;
            }
            start = freed;
        }
    }
}
