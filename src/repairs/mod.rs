//! Changes that would make the whole plan shorter and belong to no single finding: one agent more, one task in two, more of
//! a resource. What mends one finding stands with it, in [`crate::analysis::Diagnostic::fixes`].
//!
//! Each is tried before it is offered: the scheduler says what it gains, and what gains nothing is not offered. Nothing
//! here changes the plan; an improvement is a list of [`Edit`]s for the one door.

mod agents;
mod capacity;
mod split;

use serde::{Deserialize, Serialize};

use crate::plan::Edit;
use crate::report::{Gain, Report};
use crate::schedule::Budget;

/// A change of the plan, with what it gains.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Improvement {
    /// What it is about.
    pub kind: ImprovementKind,
    /// What it does, as a button says it.
    pub title: String,
    /// What has to hold for it, in one sentence.
    pub condition: String,
    /// The changes, in order.
    pub edits: Vec<Edit>,
    /// What it does to the phases.
    pub gain: Gain,
}

/// What an improvement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImprovementKind {
    /// Another number of agents.
    Agents,
    /// More of a resource.
    Capacity,
    /// A task in two.
    Split,
}

/// A change that was not tried yet.
struct Candidate {
    kind: ImprovementKind,
    title: String,
    condition: String,
    edits: Vec<Edit>,
    /// Whether it is worth while if the plan takes as long as before.
    saves_otherwise: bool,
}

/// The improvements of a plan, those that gain most first. Takes one schedule for each candidate, of which there are at
/// most a dozen.
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
