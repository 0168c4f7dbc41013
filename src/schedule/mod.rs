//! Schedules: which tasks run in parallel, and how long the plan takes.
//!
//! Uses no clock and no source of randomness: a [`Budget`] in steps and a seed are arguments. Every schedule
//! that leaves this module passes [`verify`], which shares no code with the search.

pub mod bounds;
pub mod budget;
mod contention;
pub mod critical;
pub mod explain;
mod or_better;
pub mod outcome;
pub mod phases;
pub mod precedence;
pub mod problem;
pub mod random;
pub mod rolling;
pub mod verify;

pub use budget::{Budget, Meter, Progress};
pub use outcome::{BoundArgument, LowerBound, Outcome, Shared};
pub use precedence::Precedence;
pub use problem::{Problem, Reduction, Unit};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::analysis::Analysis;
use crate::plan::{Estimate, Minutes, Plan, TaskId};

/// Tasks that run in parallel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// Positions in the plan, ascending.
    pub tasks: Vec<usize>,
    /// Minutes of its longest task, without its launch.
    pub minutes: Minutes,
}

/// The schedule without barriers: a task starts as soon as its predecessors are done and a worker is free.
/// Lists are indexed by position in the plan; tasks that aren't scheduled have `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rolling {
    /// When each task starts and on which worker.
    pub slots: Vec<Option<Slot>>,
    /// For each task, why it does not start a minute earlier.
    pub why: Vec<Option<WhyThen>>,
    /// Tasks that run one after another without a pause from the first minute to the last, each delayed by
    /// the one before. First to last.
    pub critical_path: Vec<usize>,
    /// When the last task is done, in minutes.
    pub minutes: Minutes,
    /// The lower bound of the rolling makespan.
    pub lower_bound: LowerBound,
}

impl Rolling {
    /// Whether the makespan equals the lower bound, which proves it optimal.
    pub fn is_at_bound(&self) -> bool {
        self.minutes <= self.lower_bound.minutes
    }

    /// How far `minutes` may be above the optimum, as a share of the lower bound: 0 when proved optimal.
    pub fn gap(&self) -> f64 {
        gap(self.minutes, self.lower_bound.minutes)
    }
}

/// The place of a task in a rolling schedule. Inside the search its time is a number of units of the problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot<Time = Minutes> {
    /// Time from the start of the schedule.
    pub start: Time,
    /// Worker number, from 0, below `max_parallel`.
    pub worker: u32,
}

/// Why a task is not one phase earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// It is in the first phase.
    First,
    /// It waits for this task, which is in the previous phase.
    After(usize),
    /// It conflicts with a task of the previous phase.
    Conflict {
        /// The conflicting task.
        task: usize,
        /// Position in [`Analysis::conflicts`], if it is listed there.
        conflict: Option<usize>,
    },
    /// It needs more of this resource than the previous phase leaves.
    Resource(String),
    /// The previous phase already has `max_parallel` tasks.
    Full,
    /// It (or a task of the previous phase) lists no files, so it runs alone.
    Alone,
    /// It would fit into the previous phase, but make that phase longer.
    Longer,
}

/// Why a task of the rolling schedule doesn't start a minute earlier. Every task named here runs in the
/// minute before. All of them, except some users of a resource, are done when the task starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhyThen {
    /// It starts at minute 0.
    AtOnce,
    /// It waits for this task.
    After(usize),
    /// It conflicts with a task that is running.
    Conflict {
        /// The conflicting task.
        task: usize,
        /// Position in [`Analysis::conflicts`], if it is listed there.
        conflict: Option<usize>,
    },
    /// These tasks use so much of a resource that too little is left. The first one ends when the task
    /// starts.
    Resource {
        /// Its name.
        resource: String,
        /// The tasks that use it.
        tasks: Vec<usize>,
    },
    /// The limit on running tasks is reached. The named task has the worker that this task gets.
    Busy(usize),
    /// It (or the named task) lists no files, so it runs alone.
    Alone(usize),
    /// It could start earlier, but the makespan would be the same. Occurs only when tasks of 0 minutes are in
    /// the way.
    Later,
}

/// Everything computed about when tasks run. Tasks are named by their position in the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// In the order in which they run.
    pub phases: Vec<Phase>,
    /// The phase of each task; `None` for done and dropped tasks.
    pub phase_of: Vec<Option<usize>>,
    /// For each task, why it is not one phase earlier; `None` for done and dropped tasks.
    pub why: Vec<Option<Why>>,
    /// The longest chain in which each task runs after the one before because it waits for it or conflicts
    /// with it. First to last.
    pub critical_path: Vec<usize>,
    /// The minutes of all tasks that are left, run one after another, each with its launch.
    pub serial: Minutes,
    /// The phased makespan of what is left, in minutes: the sum over phases of the longest task with its launch.
    pub phased: Minutes,
    /// Whether `phased` is proved optimal.
    pub outcome: Outcome,
    /// The lower bound of the phased makespan.
    pub lower_bound: LowerBound,
    /// The rolling schedule.
    pub rolling: Rolling,
}

impl Schedule {
    /// How far `phased` may be above the optimum, as a share of the lower bound: 0 when proved optimal.
    pub fn gap(&self) -> f64 {
        gap(self.phased, self.lower_bound.minutes)
    }

    /// Whether the rolling schedule is proved optimal.
    pub fn rolling_outcome(&self) -> Outcome {
        match &self.outcome {
            Outcome::Infeasible { .. } => self.outcome.clone(),
            _ if self.rolling.is_at_bound() => Outcome::Optimal,
            _ => Outcome::Feasible,
        }
    }

    /// Serial minutes divided by phased minutes.
    pub fn speed_up(&self) -> f64 {
        if self.phased.is_zero() { 1.0 } else { f64::from(self.serial) / f64::from(self.phased) }
    }

    /// Share of the time that agents work, with as many agents as the widest phase has tasks: 0 to 1.
    pub fn busy(&self) -> f64 {
        let agents = self.phases.iter().map(|phase| phase.tasks.len()).max().unwrap_or(0) as f64;
        let available = agents * f64::from(self.phased);
        if available == 0.0 { 0.0 } else { f64::from(self.serial) / available }
    }
}

/// Computes the phased and the rolling schedule of a plan.
pub fn schedule(plan: &Plan, analysis: &Analysis, budget: &Budget) -> Schedule {
    schedule_until(plan, analysis, budget.seed, &mut budget.clone())
}

/// Like [`schedule`], limited by a meter: it limits the phases and the rolling schedule separately.
pub fn schedule_until(plan: &Plan, analysis: &Analysis, seed: u64, meter: &mut dyn Meter) -> Schedule {
    schedule_near(plan, analysis, &Previous::default(), seed, meter)
}

/// The phases on screen before an edit. A new schedule should differ from them only for a reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Previous {
    /// Tasks and their phases, counted from 0.
    pub phases: Vec<(TaskId, usize)>,
}

impl Previous {
    /// The phases of this schedule.
    pub fn of(plan: &Plan, schedule: &Schedule) -> Previous {
        let tasks = plan.tasks.iter().zip(&schedule.phase_of);
        Previous { phases: tasks.filter_map(|(task, phase)| Some((task.id.clone(), (*phase)?))).collect() }
    }

    /// The previous phase of each task of the problem.
    fn phase_of(&self, plan: &Plan, reduction: &Reduction) -> Vec<Option<usize>> {
        let known: FxHashMap<&TaskId, usize> = self.phases.iter().map(|(id, phase)| (id, *phase)).collect();
        reduction.tasks.iter().map(|&task| known.get(&plan.tasks[task].id).copied()).collect()
    }
}

/// Like [`schedule_until`], but stays close to the phases before an edit: accepts a makespan longer by 0.8 %
/// for each task that stays in its phase, unless the best one is proved optimal.
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
    let phased = problem.minutes_of(phases::value(problem, &assignment).0);
    let lower_bound = lower_bound.in_plan(&reduction);
    let outcome = match reduction.reason() {
        Some(reason) => Outcome::Infeasible { reason },
        None if phased == lower_bound.minutes => Outcome::Optimal,
        None => Outcome::Feasible,
    };
    let named = |tasks: &[usize]| tasks.iter().map(|&task| reduction.tasks[task]).collect();
    let mut schedule = Schedule {
        phases: phases_of(plan, analysis, &reduction, &assignment),
        phase_of: in_plan(plan, &reduction, assignment),
        why: in_plan(plan, &reduction, why),
        critical_path: named(&critical_path),
        serial: reduction.tasks.iter().map(|&task| with_launch(plan, task)).sum(),
        phased,
        outcome,
        lower_bound,
        rolling: Rolling {
            minutes: problem.minutes_of(rolling::minutes(problem, &slots)),
            slots: in_plan(
                plan,
                &reduction,
                slots.into_iter().map(|slot| in_minutes(problem, slot)).collect(),
            ),
            why: in_plan(plan, &reduction, explain::in_plan(why_then, &reduction, analysis)),
            critical_path: named(&rolling_path),
            lower_bound: rolling_bound.in_plan(&reduction),
        },
    };
    add_beyond_limit(&mut schedule, plan, &reduction);
    schedule
}

/// Adds the running tasks beyond `max_parallel`: they are in the first phase, on further workers.
fn add_beyond_limit(schedule: &mut Schedule, plan: &Plan, reduction: &Reduction) {
    for (&task, worker) in reduction.beyond_limit.iter().zip(reduction.problem.max_parallel as u32..) {
        schedule.phases[0].tasks.push(task);
        schedule.phases[0].tasks.sort_unstable();
        schedule.phase_of[task] = Some(0);
        schedule.why[task] = Some(Why::First);
        schedule.rolling.slots[task] = Some(Slot { start: Minutes::ZERO, worker });
        schedule.rolling.why[task] = Some(WhyThen::AtOnce);
        schedule.serial += with_launch(plan, task);
    }
}

/// How long a task takes alone, with its launch.
fn with_launch(plan: &Plan, task: usize) -> Minutes {
    let task = &plan.tasks[task];
    (plan.minutes_of(task) + plan.launch_of(task)).min(Estimate::MAX)
}

/// The phases, with tasks as positions in the plan.
fn phases_of(plan: &Plan, analysis: &Analysis, reduction: &Reduction, assignment: &[usize]) -> Vec<Phase> {
    let minutes = contention::minutes(plan, analysis);
    let count = assignment.iter().map(|&phase| phase + 1).max().unwrap_or(0);
    let mut phases = vec![Phase::default(); count];
    for (task, &phase) in assignment.iter().enumerate() {
        let phase = &mut phases[phase];
        let task = reduction.tasks[task];
        phase.tasks.push(task);
        phase.minutes = phase.minutes.max(minutes[task].min(Estimate::MAX));
    }
    phases
}

/// Spreads values per task of the problem over all tasks of the plan.
fn in_plan<T>(plan: &Plan, reduction: &Reduction, known: Vec<T>) -> Vec<Option<T>> {
    let mut spread: Vec<Option<T>> = plan.tasks.iter().map(|_| None).collect();
    for (value, &task) in known.into_iter().zip(&reduction.tasks) {
        spread[task] = Some(value);
    }
    spread
}

/// How far a makespan is above a lower bound, as a share of it.
fn gap(minutes: Minutes, bound: Minutes) -> f64 {
    if bound.is_zero() { 0.0 } else { f64::from(minutes - bound) / f64::from(bound) }
}

/// The place with its time in minutes.
fn in_minutes(problem: &Problem, slot: Slot<u32>) -> Slot {
    Slot { start: problem.minutes_of(slot.start.into()), worker: slot.worker }
}

/// A sum of units, capped at the range of `u32`.
fn shown(units: u64) -> u32 {
    u32::try_from(units).unwrap_or(u32::MAX)
}
