//! Why a task runs when it does: one file for each of the two schedules.

mod phases;
mod rolling;

pub use phases::why;
pub use rolling::{in_plan, why_then};

use crate::analysis::Analysis;

/// Position of this pair's conflict in the analysis, which lists conflicts by pair.
fn listed(analysis: &Analysis, pair: (usize, usize)) -> Option<usize> {
    let from = analysis.conflicts.partition_point(|conflict| (conflict.a, conflict.b) < pair);
    let of_pair = analysis.conflicts[from..].iter().take_while(|conflict| (conflict.a, conflict.b) == pair);
    of_pair.zip(from..).find(|(conflict, _)| conflict.is_open()).map(|(_, position)| position)
}
