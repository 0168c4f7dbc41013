//! How long a search may go on.

/// A limit in steps, so that the result does not depend on the speed of the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// How many times a task may be moved or placed on trial; 0 means constructive rules only. The phases and the
    /// rolling schedule each get that many, and a rolling schedule takes one for each of its tasks.
    pub steps: u64,
    /// Start of the random sequence.
    pub seed: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Budget { steps: 40_000, seed: 1 }
    }
}

/// How far a search has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Steps taken so far.
    pub steps: u64,
    /// The shortest makespan found so far, in minutes.
    pub minutes: u32,
    /// Nothing is shorter than this, in minutes.
    pub lower_bound: u32,
}

/// Decides when a search has to end. Asked every few hundred steps.
///
/// This is the only way in for a clock or a cancel button; the core has neither.
pub trait Meter {
    /// The share of the allowance that is used up: 0 at the start, 1 or more to end the search. The search cools down
    /// as the share grows, so it should grow steadily.
    fn used(&mut self, progress: &Progress) -> f64;
}

impl Meter for Budget {
    fn used(&mut self, progress: &Progress) -> f64 {
        if self.steps == 0 { 1.0 } else { progress.steps as f64 / self.steps as f64 }
    }
}
