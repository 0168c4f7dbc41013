//! Phases: which tasks run side by side, and what that takes.
//!
//! Reads no clock and no random source: a [`Budget`] in steps and a seed come in. Every schedule that leaves this module
//! passes [`verify`], which shares no code with the search.

pub mod bounds;
pub mod budget;
pub mod critical;
pub mod explain;
mod or_better;
pub mod outcome;
pub mod phases;
pub mod precedence;
pub mod problem;
mod random;
pub mod rolling;
pub mod verify;

pub use budget::{Budget, Meter, Progress};
pub use outcome::{BoundArgument, LowerBound, Outcome, Shared};
pub use precedence::Precedence;
pub use problem::{Problem, Reduction};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::analysis::Analysis;
use crate::plan::{Plan, TaskId};

/// Tasks that run side by side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// Positions in the plan, in the order of the plan.
    pub tasks: Vec<usize>,
    /// Minutes of its longest task; the overhead of a phase is not in it.
    pub minutes: u32,
}

/// No barriers: a task starts as soon as what it waits for is done and a worker is free. Indexed by position in the
/// plan; tasks that are not scheduled have `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rolling {
    /// When each task starts and on which worker.
    pub slots: Vec<Option<Slot>>,
    /// For each task, why it does not start a minute earlier.
    pub why: Vec<Option<WhyThen>>,
    /// Tasks that run one after another without a pause from the first minute to the last, each held up by the one
    /// before, first to last.
    pub critical_path: Vec<usize>,
    /// When the last task is done, in minutes.
    pub minutes: u32,
    /// No rolling schedule is shorter than this.
    pub lower_bound: LowerBound,
}

impl Rolling {
    /// Whether it takes as long as the lower bound, so that no shorter one exists.
    pub fn is_at_bound(&self) -> bool {
        self.minutes <= self.lower_bound.minutes
    }

    /// How far `minutes` may be above the best possible, as a share of the lower bound: 0 when proved.
    pub fn gap(&self) -> f64 {
        gap(self.minutes, self.lower_bound.minutes)
    }
}

/// Where a task stands in a rolling schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Minutes after the start.
    pub start: u32,
    /// Counted from 0, below `max_parallel`.
    pub worker: u32,
}

/// Why a task is not one phase earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// It is in the first phase.
    First,
    /// It waits for this task, which stands in the phase before.
    After(usize),
    /// This task of the phase before may not run beside it; the number is a position in [`Analysis::conflicts`].
    Conflict {
        /// The task it is kept apart from.
        task: usize,
        /// Position in [`Analysis::conflicts`], if it is listed there.
        conflict: Option<usize>,
    },
    /// The phase before uses too much of this resource.
    Resource(String),
    /// The phase before already has as many tasks as may run at once.
    Full,
    /// It (or a task of the phase before) lists no files and runs alone.
    Alone,
    /// It could be there, but the phase would take longer.
    Longer,
}

/// Why a task of the rolling schedule does not start a minute earlier. Every task that is named runs in the minute before;
/// all but some users of a resource are done when the task starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhyThen {
    /// It starts at the very beginning.
    AtOnce,
    /// It waits for this task.
    After(usize),
    /// It may not run beside this task; the number is a position in [`Analysis::conflicts`].
    Conflict {
        /// The task it is kept apart from.
        task: usize,
        /// Position in [`Analysis::conflicts`], if it is listed there.
        conflict: Option<usize>,
    },
    /// These tasks use so much of a resource that too little is left. The first one is done when the task starts.
    Resource {
        /// Its name.
        resource: String,
        /// Who uses it.
        tasks: Vec<usize>,
    },
    /// As many tasks run as may, this one with the worker that the task gets.
    Busy(usize),
    /// It (or this task) lists no files and runs alone.
    Alone(usize),
    /// It could start earlier, which would gain nothing. Only where tasks of no length are in the way.
    Later,
}

/// Everything computed about when tasks run. Tasks are named by their position in the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// In the order they run.
    pub phases: Vec<Phase>,
    /// The phase of each task; `None` for tasks that are dropped.
    pub phase_of: Vec<Option<usize>>,
    /// For each task, why it is not one phase earlier; `None` for tasks that are dropped.
    pub why: Vec<Option<Why>>,
    /// The longest chain in which each task runs after the one before because it waits for it or is kept apart from it,
    /// first to last.
    pub critical_path: Vec<usize>,
    /// All tasks one after another, in minutes.
    pub serial: u32,
    /// Sum over phases of overhead plus longest task, in minutes.
    pub phased: u32,
    /// What is known about how good `phased` is.
    pub outcome: Outcome,
    /// No phased schedule is shorter than this.
    pub lower_bound: LowerBound,
    /// The schedule without barriers.
    pub rolling: Rolling,
}

impl Schedule {
    /// How far `phased` may be above the best possible, as a share of the lower bound: 0 when proved.
    pub fn gap(&self) -> f64 {
        gap(self.phased, self.lower_bound.minutes)
    }

    /// What is claimed of the rolling schedule.
    pub fn rolling_outcome(&self) -> Outcome {
        match &self.outcome {
            Outcome::Infeasible { .. } => self.outcome.clone(),
            _ if self.rolling.is_at_bound() => Outcome::Optimal,
            _ => Outcome::Feasible,
        }
    }

    /// How many times faster than one task after another.
    pub fn speed_up(&self) -> f64 {
        if self.phased == 0 { 1.0 } else { f64::from(self.serial) / f64::from(self.phased) }
    }

    /// Share of the time that agents work, taking as many agents as the widest phase has tasks: 0 to 1.
    pub fn busy(&self) -> f64 {
        let agents = self.phases.iter().map(|phase| phase.tasks.len()).max().unwrap_or(0) as f64;
        let available = agents * f64::from(self.phased);
        if available == 0.0 { 0.0 } else { f64::from(self.serial) / available }
    }
}

/// Computes phases and the rolling schedule of a plan.
pub fn schedule(plan: &Plan, analysis: &Analysis, budget: &Budget) -> Schedule {
    schedule_until(plan, analysis, budget.seed, &mut budget.clone())
}

/// The same, until the meter says stop: once for the phases, and once for the rolling schedule.
pub fn schedule_until(plan: &Plan, analysis: &Analysis, seed: u64, meter: &mut dyn Meter) -> Schedule {
    schedule_near(plan, analysis, &Previous::default(), seed, meter)
}

/// The phases that somebody has in view, from which a schedule should not differ without need.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Previous {
    /// Tasks and their phases, counted from 0.
    pub phases: Vec<(TaskId, usize)>,
}

impl Previous {
    /// What a schedule of this plan shows.
    pub fn of(plan: &Plan, schedule: &Schedule) -> Previous {
        let tasks = plan.tasks.iter().zip(&schedule.phase_of);
        Previous { phases: tasks.filter_map(|(task, phase)| Some((task.id.clone(), (*phase)?))).collect() }
    }

    /// The old phase of each task of the problem.
    fn phase_of(&self, plan: &Plan, reduction: &Reduction) -> Vec<Option<usize>> {
        let known: FxHashMap<&TaskId, usize> = self.phases.iter().map(|(id, phase)| (id, *phase)).collect();
        reduction.tasks.iter().map(|&task| known.get(&plan.tasks[task].id).copied()).collect()
    }
}

/// The same as [`schedule_until`], near the phases before an edit: a makespan longer by 0.8 % is accepted for each
/// task that stays where it was, unless the best one is proved to be the shortest.
pub fn schedule_near(
    plan: &Plan,
    analysis: &Analysis,
    previous: &Previous,
    seed: u64,
    meter: &mut dyn Meter,
) -> Schedule {
    let reduction = Problem::of(plan, analysis);
    let problem = &reduction.problem;
    let precedence = Precedence::of(problem);

    let solution =
        phases::solve_near(problem, &precedence, &previous.phase_of(plan, &reduction), seed, meter);
    let phases::Solution { assignment, lower_bound, .. } = solution;
    debug_assert_eq!(verify::phases(problem, &assignment), Ok(phases::value(problem, &assignment).0));
    let (slots, rolling_bound) = rolling::solve(problem, &precedence, seed, meter);
    debug_assert!(verify::rolling(problem, &slots).is_ok());

    let why_then = explain::why_then(problem, &slots);
    let rolling_path = critical::rolling_chain(problem, &slots, &why_then);
    let critical_path = critical::chain(problem, &precedence, &assignment);
    let why = explain::why(&reduction, analysis, &assignment);
    let phased = shown(phases::value(problem, &assignment).0);
    let outcome = match reduction.reason() {
        Some(reason) => Outcome::Infeasible { reason },
        None if phased == lower_bound.minutes => Outcome::Optimal,
        None => Outcome::Feasible,
    };
    let named = |tasks: &[usize]| tasks.iter().map(|&task| reduction.tasks[task]).collect();
    Schedule {
        phases: phases_of(&reduction, &assignment),
        phase_of: in_plan(plan, &reduction, assignment),
        why: in_plan(plan, &reduction, why),
        critical_path: named(&critical_path),
        serial: shown(problem.minutes.iter().map(|&minutes| u64::from(minutes)).sum()),
        phased,
        outcome,
        lower_bound: lower_bound.in_plan(&reduction),
        rolling: Rolling {
            minutes: shown(rolling::minutes(problem, &slots)),
            slots: in_plan(plan, &reduction, slots),
            why: in_plan(plan, &reduction, explain::in_plan(why_then, &reduction, analysis)),
            critical_path: named(&rolling_path),
            lower_bound: rolling_bound.in_plan(&reduction),
        },
    }
}

/// The phases with the positions of their tasks in the plan.
fn phases_of(reduction: &Reduction, assignment: &[usize]) -> Vec<Phase> {
    let count = assignment.iter().map(|&phase| phase + 1).max().unwrap_or(0);
    let mut phases = vec![Phase::default(); count];
    for (task, &phase) in assignment.iter().enumerate() {
        let phase = &mut phases[phase];
        phase.tasks.push(reduction.tasks[task]);
        phase.minutes = phase.minutes.max(reduction.problem.minutes[task]);
    }
    phases
}

/// What is known of each task of the problem, spread over all tasks of the plan.
fn in_plan<T>(plan: &Plan, reduction: &Reduction, known: Vec<T>) -> Vec<Option<T>> {
    let mut spread: Vec<Option<T>> = plan.tasks.iter().map(|_| None).collect();
    for (value, &task) in known.into_iter().zip(&reduction.tasks) {
        spread[task] = Some(value);
    }
    spread
}

/// How far a makespan is above a lower bound, as a share of it.
fn gap(minutes: u32, bound: u32) -> f64 {
    if bound == 0 { 0.0 } else { f64::from(minutes.saturating_sub(bound)) / f64::from(bound) }
}

/// Minutes as they are shown; sums beyond the range are cut.
fn shown(minutes: u64) -> u32 {
    u32::try_from(minutes).unwrap_or(u32::MAX)
}
