//! One schedule of a population.

use super::model::Model;

/// A schedule in one direction of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Start of each task, in minutes of that direction.
    pub starts: Vec<u32>,
    /// End of the last task.
    pub makespan: u32,
    /// Sum of task ends weighted by energy.
    lateness: u64,
}

impl Member {
    /// A schedule with these starts and this makespan.
    pub fn new(model: &Model, starts: Vec<u32>, makespan: u32) -> Member {
        let ends = starts.iter().zip(&model.minutes).map(|(start, minutes)| u64::from(start + minutes));
        let lateness =
            ends.zip(&model.energy).fold(0u64, |sum, (end, energy)| sum.saturating_add(end * energy));
        Member { starts, makespan, lateness }
    }

    /// Lower is better: the makespan, then less energy late in time.
    pub fn rank(&self) -> (u32, u64) {
        (self.makespan, self.lateness)
    }
}
