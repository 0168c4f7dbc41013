//! What is proved about the quality of a schedule.

use serde::{Deserialize, Serialize};

use super::Reduction;

/// The claim about a schedule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Proved optimal.
    Optimal,
    /// Valid, but not proved optimal.
    #[default]
    Feasible,
    /// The plan contradicts itself, so the schedule ignores a part of it.
    Infeasible {
        /// What can't be satisfied, as a sentence.
        reason: String,
    },
}

impl Outcome {
    /// The value used in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Outcome::Optimal => "optimal",
            Outcome::Feasible => "feasible",
            Outcome::Infeasible { .. } => "infeasible",
        }
    }
}

/// A makespan that no schedule can beat, with the argument that proves it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LowerBound {
    /// In minutes.
    pub minutes: u32,
    /// What proves it.
    pub argument: BoundArgument,
}

impl LowerBound {
    /// Converts tasks to positions in the plan.
    pub fn in_plan(mut self, reduction: &Reduction) -> LowerBound {
        if let BoundArgument::Chain(tasks)
        | BoundArgument::Incompatible(tasks)
        | BoundArgument::Window { tasks, .. } = &mut self.argument
        {
            for task in tasks {
                *task = reduction.tasks[*task];
            }
        }
        self
    }

    /// The higher of two bounds. Ties go to `self`.
    pub fn or_higher(self, other: LowerBound) -> LowerBound {
        if other.minutes > self.minutes { other } else { self }
    }
}

/// What proves a lower bound.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum BoundArgument {
    /// There are no tasks.
    #[default]
    Nothing,
    /// These tasks wait for each other in a chain.
    Chain(Vec<usize>),
    /// The total work doesn't fit into fewer rounds of `max_parallel` tasks.
    Load,
    /// No two of these tasks may share a phase.
    Incompatible(Vec<usize>),
    /// The total demand for this resource takes that long.
    Resource(String),
    /// There are task prices such that no possible phase is worth more than it takes. Their sum is the bound.
    Prices,
    /// An exhaustive search ruled out every shorter assignment.
    Search,
    /// These tasks share something, can't start before a given minute, and are followed by further work.
    /// Rolling schedules only.
    Window {
        /// In plan order. A single task shares nothing.
        tasks: Vec<usize>,
        /// What the tasks share.
        shared: Shared,
        /// None of the tasks can start before this minute.
        before: u32,
        /// At least this many minutes follow the last of the tasks.
        after: u32,
    },
    /// Assuming an earlier end leaves a task without a possible place. Rolling schedules only.
    Refuted,
}

/// What tasks compete for in a window of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shared {
    /// The workers.
    Workers,
    /// A resource, by name.
    Resource(String),
    /// Nothing but time: no two of the tasks may run at once.
    Turns,
}
