//! What a run teaches about estimates: by which factor the tasks of each kind took longer than estimated.

use super::state::RunState;
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Estimate, Kind, Minutes, Plan, Status};

/// How long the finished tasks of one kind took, against their estimates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Factor {
    /// The kind.
    pub kind: Kind,
    /// The median of actual minutes divided by likely minutes. Above 1, tasks take longer than estimated.
    pub factor: f64,
    /// The number of tasks it rests on.
    pub tasks: usize,
}

/// The least number of finished tasks on which new estimates are offered.
const LEAST: usize = 3;

impl Factor {
    /// Whether enough tasks were measured, and the factor differs enough from 1, for new estimates to be
    /// worth it.
    pub fn is_offered(&self) -> bool {
        self.tasks >= LEAST && !(0.9..=1.1).contains(&self.factor)
    }
}

/// The factor of each kind of which a finished task was measured, in the order of [`Kind::ALL`].
pub fn factors(plan: &Plan, state: &RunState) -> Vec<Factor> {
    let mut factors = Vec::new();
    for kind in Kind::ALL {
        let of_kind = plan.tasks.iter().filter(|task| task.kind == kind);
        let mut shares: Vec<f64> = of_kind
            .filter_map(|task| {
                let actual = state.task(&task.id)?.minutes()?;
                let likely = plan.minutes_of(task);
                (likely > 0).then(|| f64::from(actual) / f64::from(likely))
            })
            .collect();
        shares.sort_unstable_by(f64::total_cmp);
        if let Some(factor) = median(&shares) {
            factors.push(Factor { kind, factor, tasks: shares.len() });
        }
    }
    factors
}

/// The middle of a sorted list, or the mean of the two in the middle.
fn median(sorted: &[f64]) -> Option<f64> {
    let upper = sorted.get(sorted.len() / 2)?;
    let lower = sorted.get((sorted.len() - 1) / 2)?;
    Some(f64::midpoint(*lower, *upper))
}

/// The edits that multiply the estimates of tasks not started yet by the factors that are offered.
pub fn new_estimates(plan: &Plan, factors: &[Factor]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for task in plan.tasks.iter().filter(|task| matches!(task.status, Status::Todo | Status::Failed)) {
        let Some(factor) = factors.iter().find(|factor| factor.kind == task.kind && factor.is_offered())
        else {
            continue;
        };
        let scaled = |minutes: Minutes| {
            let scaled = f64::from(minutes) * factor.factor;
            let is_short = !minutes.is_whole() && minutes < 2;
            let scaled = if is_short { scaled } else { scaled.round().max(1.0) };
            Minutes::of_number(scaled).unwrap_or(minutes)
        };
        let old = task.minutes.unwrap_or(Estimate::exactly(plan.settings.default_minutes));
        let new = Estimate::between(scaled(old.low), scaled(old.likely), scaled(old.high));
        let change = TaskChange::Minutes(Some(new));
        edits.push(Edit::ChangeTask { id: task.id.clone(), change });
    }
    edits
}
