//! What is known about how good a schedule is.

use serde::{Deserialize, Serialize};

use super::Reduction;

/// What is claimed of a phased schedule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Nothing shorter is possible; proved.
    Optimal,
    /// Valid; whether something shorter is possible is not known.
    #[default]
    Feasible,
    /// The plan contradicts itself, so that what is shown leaves something out.
    Infeasible {
        /// What can't be met, as a sentence.
        reason: String,
    },
}

impl Outcome {
    /// The word used in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Outcome::Optimal => "optimal",
            Outcome::Feasible => "feasible",
            Outcome::Infeasible { .. } => "infeasible",
        }
    }
}

/// A makespan that nothing can beat, with the argument.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LowerBound {
    /// In minutes.
    pub minutes: u32,
    /// What proves it.
    pub argument: BoundArgument,
}

impl LowerBound {
    /// The same bound, with tasks named by their position in the plan.
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

    /// The higher of two bounds; of equal ones this one.
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
    /// So much work does not fit into fewer rounds of `max_parallel` tasks.
    Load,
    /// No two of these tasks may share a phase.
    Incompatible(Vec<usize>),
    /// This resource is needed for that long.
    Resource(String),
    /// Tasks can be given prices so that no possible phase is worth more than it takes; the prices add up to the
    /// bound.
    Prices,
    /// Every other assignment was ruled out by search.
    Search,
    /// These tasks can't start before a moment, are followed by other work, and share something in between. Of rolling
    /// schedules only.
    Window {
        /// In the order of the plan; a single task shares nothing.
        tasks: Vec<usize>,
        /// What they share.
        shared: Shared,
        /// No task of them can start before this minute.
        before: u32,
        /// The last of them to end is followed by as many minutes at least.
        after: u32,
    },
    /// To suppose an earlier end leaves some task no place. Of rolling schedules only.
    Refuted,
}

/// What tasks share that all need it in the same stretch of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shared {
    /// The workers.
    Workers,
    /// A resource, by its name.
    Resource(String),
    /// No two of them may run at once, so that they take turns.
    Turns,
}
