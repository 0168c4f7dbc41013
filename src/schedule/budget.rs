//! How long a search may run.

/// A limit in steps, so the result doesn't depend on the speed of the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// The most task moves or trial placements; 0 means constructive rules only. The phases and the rolling
    /// schedule each get this many. One generated rolling schedule takes one step per task.
    pub steps: u64,
    /// Seed of the random sequence.
    pub seed: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Budget { steps: 40_000, seed: 1 }
    }
}

/// The progress of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Steps taken so far.
    pub steps: u64,
    /// The shortest makespan found so far, in minutes.
    pub minutes: u32,
    /// The lower bound of the makespan, in minutes.
    pub lower_bound: u32,
}

/// Decides when a search ends. Called every few hundred steps.
///
/// This is the only way a clock or a cancel button gets in. The core has neither.
pub trait Meter {
    /// The share of the budget used: 0 at the start; 1 or more ends the search. The search cools down as the
    /// share grows, so it should grow steadily.
    fn used(&mut self, progress: &Progress) -> f64;
}

impl Meter for Budget {
    fn used(&mut self, progress: &Progress) -> f64 {
        if self.steps == 0 { 1.0 } else { progress.steps as f64 / self.steps as f64 }
    }
}
