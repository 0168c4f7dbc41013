//! Why a task stands where it stands: one file for each of the two schedules.

mod phases;
mod rolling;

pub use phases::why;
pub use rolling::{in_plan, why_then};

use crate::analysis::Analysis;

/// Position of the conflict of this pair in the analysis, which lists them by pair.
fn listed(analysis: &Analysis, pair: (usize, usize)) -> Option<usize> {
    let from = analysis.conflicts.partition_point(|conflict| (conflict.a, conflict.b) < pair);
    let of_pair = analysis.conflicts[from..].iter().take_while(|conflict| (conflict.a, conflict.b) == pair);
    of_pair.zip(from..).find(|(conflict, _)| conflict.accepted.is_none()).map(|(_, position)| position)
}
