//! Measures processor time of this process.

use std::time::Duration;

use phaseplan::schedule::{Budget, Meter, Progress};

use crate::rim::processor_time;

/// The budget of each instance. Without a limit, the budget of the app applies.
#[derive(Debug, Clone)]
pub struct Allowance {
    /// Milliseconds of processor time.
    pub milliseconds: Option<u64>,
    /// Steps of the search.
    pub steps: Option<u64>,
    /// Seed of the random sequence.
    pub seed: u64,
}

impl Default for Allowance {
    fn default() -> Self {
        Allowance { milliseconds: None, steps: None, seed: Budget::default().seed }
    }
}

impl Allowance {
    /// Starts the clock.
    pub fn begin(&self) -> Stopwatch {
        let steps = match (self.milliseconds, self.steps) {
            (None, None) => Some(Budget::default().steps),
            (_, steps) => steps,
        };
        Stopwatch { begin: processor_time(), limit: self.milliseconds.map(Duration::from_millis), steps }
    }
}

/// Ends a search when its time or its steps are used, whichever is first.
pub struct Stopwatch {
    begin: Duration,
    limit: Option<Duration>,
    steps: Option<u64>,
}

impl Stopwatch {
    /// Time since the start.
    pub fn elapsed(&self) -> Duration {
        processor_time().saturating_sub(self.begin)
    }
}

impl Meter for Stopwatch {
    fn used(&mut self, progress: &Progress) -> f64 {
        let time = self.limit.map_or(0.0, |limit| self.elapsed().as_secs_f64() / limit.as_secs_f64());
        let steps = self.steps.map_or(0.0, |steps| progress.steps as f64 / steps as f64);
        time.max(steps)
    }
}
