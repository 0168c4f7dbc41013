//! What is proved about the quality of a schedule.

use serde::{Deserialize, Serialize};

use super::Reduction;
use crate::plan::Minutes;

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

/// A makespan that no schedule can beat, with the argument that proves it. Inside the search its times are
/// numbers of units of the problem.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LowerBound<Time = Minutes> {
    /// The makespan.
    pub minutes: Time,
    /// What proves it.
    pub argument: BoundArgument<Time>,
}

impl LowerBound<u32> {
    /// Converts tasks to positions in the plan, and units to minutes.
    pub fn in_plan(self, reduction: &Reduction) -> LowerBound {
        let named = |tasks: Vec<usize>| tasks.into_iter().map(|task| reduction.tasks[task]).collect();
        let minutes = |units: u32| reduction.problem.minutes_of(units.into());
        let argument = match self.argument {
            BoundArgument::Nothing => BoundArgument::Nothing,
            BoundArgument::Chain(tasks) => BoundArgument::Chain(named(tasks)),
            BoundArgument::Load => BoundArgument::Load,
            BoundArgument::Incompatible(tasks) => BoundArgument::Incompatible(named(tasks)),
            BoundArgument::Resource(name) => BoundArgument::Resource(name),
            BoundArgument::Prices => BoundArgument::Prices,
            BoundArgument::Search => BoundArgument::Search,
            BoundArgument::Window { tasks, shared, before, after } => BoundArgument::Window {
                tasks: named(tasks),
                shared,
                before: minutes(before),
                after: minutes(after),
            },
            BoundArgument::Refuted => BoundArgument::Refuted,
        };
        LowerBound { minutes: minutes(self.minutes), argument }
    }
}

impl<Time: PartialOrd> LowerBound<Time> {
    /// The higher of two bounds. Ties go to `self`.
    pub fn or_higher(self, other: LowerBound<Time>) -> LowerBound<Time> {
        if other.minutes > self.minutes { other } else { self }
    }
}

/// What proves a lower bound.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum BoundArgument<Time = Minutes> {
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
        /// None of the tasks can start before this time.
        before: Time,
        /// At least this much time follows the last of the tasks.
        after: Time,
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
