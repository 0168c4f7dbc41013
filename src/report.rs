//! Everything derived from one plan: what the views, the exports and the command line read.

use crate::analysis::{Analysis, analyse};
use crate::plan::Plan;
use crate::schedule::{Budget, Schedule, schedule};

/// A plan with all that follows from it.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What was asked.
    pub plan: Plan,
    /// What is wrong with it, and what may not run at the same time.
    pub analysis: Analysis,
    /// When everything runs.
    pub schedule: Schedule,
}

impl Report {
    /// Derives everything from a plan.
    pub fn new(plan: Plan, budget: &Budget) -> Report {
        let analysis = analyse(&plan);
        let schedule = schedule(&plan, &analysis, budget);
        Report { plan, analysis, schedule }
    }
}
