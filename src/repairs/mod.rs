//! Changes that would shorten the whole plan and belong to no single finding: one more agent, a task split in
//! two, more of a resource. Repairs of a single finding are in [`crate::diagnostic::Diagnostic::fixes`].
//!
//! The scheduler tries each change before it is offered, and changes without a gain are not offered. Nothing
//! here changes the plan; an improvement is a list of [`Edit`]s to apply like any other.

mod agents;
mod capacity;
mod split;
mod waits;

pub use waits::{NeedlessWait, importing_waits, needless_waits, needless_waits_besides};

use serde::{Deserialize, Serialize};

use crate::plan::Edit;
use crate::report::{Gain, Report};
use crate::schedule::Budget;

/// A change of the plan, with what it gains.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Improvement {
    /// What it changes.
    pub kind: ImprovementKind,
    /// The label of its button.
    pub title: String,
    /// The condition under which it is possible, in one sentence.
    pub condition: String,
    /// The changes, in order.
    pub edits: Vec<Edit>,
    /// Its effect on the schedule.
    pub gain: Gain,
}

/// What an improvement changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImprovementKind {
    /// The number of agents.
    Agents,
    /// The capacity of a resource.
    Capacity,
    /// Splits a task in two.
    Split,
    /// Removes a dependency for which no reason shows; see [`needless_waits`].
    Wait,
}

/// A change that has not been tried yet.
struct Candidate {
    kind: ImprovementKind,
    title: String,
    condition: String,
    edits: Vec<Edit>,
    /// Whether it is useful even if the plan takes as long as before.
    saves_otherwise: bool,
}

/// The improvements of a plan, largest gain first. Takes one schedule per candidate, at most a dozen.
pub fn improvements(report: &Report, budget: &Budget) -> Vec<Improvement> {
    let candidates = agents::candidates(report)
        .into_iter()
        .chain(capacity::candidates(report))
        .chain(split::candidates(report));
    let mut improvements: Vec<Improvement> = Vec::new();
    for Candidate { kind, title, condition, edits, saves_otherwise } in candidates {
        let gain = report.gain(&edits, budget);
        if gain.minutes < 0 || (gain.minutes == 0 && saves_otherwise) {
            improvements.push(Improvement { kind, title, condition, edits, gain });
        }
    }
    improvements.sort_by_key(|improvement| improvement.gain.minutes);
    improvements
}
