//! How good a schedule is, and its lower bound.

use super::{duration, listed};
use crate::analysis::Conflict;
use crate::plan::Minutes;
use crate::report::Report;
use crate::schedule::{BoundArgument, LowerBound, Outcome, Schedule, Shared};

/// The claim about the phases, in two or three words.
pub fn outcome(schedule: &Schedule) -> String {
    claim(&schedule.outcome, gap(schedule))
}

/// The claim about the rolling schedule.
pub fn rolling_outcome(schedule: &Schedule) -> String {
    claim(&schedule.rolling_outcome(), rolling_gap(schedule))
}

fn claim(outcome: &Outcome, gap: u32) -> String {
    match outcome {
        Outcome::Optimal => "shortest possible".to_owned(),
        Outcome::Infeasible { .. } => "incomplete".to_owned(),
        Outcome::Feasible => format!("within {gap} % of the bound"),
    }
}

/// How far the phases are above the lower bound, in percent of it. Rounded up, so a gap is never shown as 0.
pub fn gap(schedule: &Schedule) -> u32 {
    percent(schedule.gap())
}

/// Like [`gap`], for the rolling schedule.
pub fn rolling_gap(schedule: &Schedule) -> u32 {
    percent(schedule.rolling.gap())
}

fn percent(share: f64) -> u32 {
    (share * 100.0).ceil() as u32
}

/// The speed-up over one task after another, with one decimal: `1.7×`.
pub fn speed_up(schedule: &Schedule) -> String {
    let tenths = (schedule.speed_up() * 10.0).round() as u32;
    format!("{}.{}×", tenths / 10, tenths % 10)
}

/// The share of the time that agents work, in percent.
pub fn busy(schedule: &Schedule) -> u32 {
    (schedule.busy() * 100.0).round() as u32
}

/// Like [`busy`], for one phase, with as many agents as it has tasks.
pub fn busy_in_phase(report: &Report, phase: usize) -> u32 {
    let phase = &report.schedule.phases[phase];
    let minutes = |&task: &usize| report.plan.minutes_of(&report.plan.tasks[task]).seconds();
    let worked: u64 = phase.tasks.iter().map(minutes).sum();
    let available = phase.tasks.len() as u64 * phase.minutes.seconds();
    (worked * 100 + available / 2).checked_div(available).unwrap_or(0) as u32
}

/// The cost of barriers compared with starting every task as soon as possible, in one sentence.
pub fn barriers(schedule: &Schedule) -> String {
    let (phased, rolling) = (schedule.phased, schedule.rolling.minutes);
    let cost = phased - rolling;
    match cost.is_zero() {
        true => "Waiting at the end of each phase costs no time in this plan.".to_owned(),
        false => format!(
            "Waiting at the end of each phase costs {}: {} in phases, {} if every task starts as soon as it \
             can.",
            duration(cost),
            duration(phased),
            duration(rolling)
        ),
    }
}

/// The critical path of the rolling schedule, in one sentence; empty for an empty plan.
pub fn chain_of_rolling(report: &Report) -> String {
    let rolling = &report.schedule.rolling;
    let (chain, length) = (listed(&report.plan, &rolling.critical_path), duration(rolling.minutes));
    match rolling.critical_path.len() {
        0 => String::new(),
        1 => format!("Without phases, {chain} alone takes all of the {length}."),
        _ => format!(
            "Without phases, {chain} follow one another without a pause and take all of the {length}."
        ),
    }
}

/// What limits the plan, and what would make it shorter, in sentences.
pub fn limit(report: &Report) -> String {
    let schedule = &report.schedule;
    let argument = argument(report, &schedule.lower_bound);
    match &schedule.outcome {
        Outcome::Infeasible { reason } => format!("{reason} {argument}"),
        _ if schedule.lower_bound.argument == BoundArgument::Nothing => argument,
        Outcome::Optimal => format!("No grouping into phases is faster. {argument}"),
        Outcome::Feasible => format!("A shorter plan may exist. {argument}"),
    }
}

/// What limits the rolling schedule, in sentences; empty for an empty plan.
pub fn limit_of_rolling(report: &Report) -> String {
    let schedule = &report.schedule;
    let bound = &schedule.rolling.lower_bound;
    if bound.argument == BoundArgument::Nothing {
        return String::new();
    }
    let length = duration(schedule.rolling.minutes);
    match schedule.rolling.is_at_bound() {
        true if *bound == schedule.lower_bound => {
            format!("Without phases, nothing is shorter than {length}, for the same reason.")
        }
        true => format!("Without phases, nothing is shorter than {length}. {}", argument(report, bound)),
        false => {
            format!("Without phases, something shorter than {length} may exist. {}", argument(report, bound))
        }
    }
}

/// The argument that proves a bound, in sentences.
fn argument(report: &Report, bound: &LowerBound) -> String {
    let plan = &report.plan;
    let least = duration(bound.minutes);
    match &bound.argument {
        BoundArgument::Nothing if report.schedule.phases.is_empty() => {
            "There is nothing to schedule.".to_owned()
        }
        BoundArgument::Nothing => "The tasks take no time.".to_owned(),
        BoundArgument::Chain(tasks) if tasks.len() == 1 => {
            format!("{} alone takes {least}. To finish sooner, split it.", listed(plan, tasks))
        }
        BoundArgument::Chain(tasks) => format!(
            "{} wait for each other, one after another, which takes {least}. To finish sooner, split one of \
             them or let one start earlier.",
            listed(plan, tasks)
        ),
        BoundArgument::Load => format!(
            "With at most {} tasks at once, this much work takes {least}. To finish sooner, allow more at \
             once.",
            plan.settings.max_parallel
        ),
        BoundArgument::Incompatible(tasks) => one_at_a_time(report, tasks, &least),
        BoundArgument::Resource(name) => {
            format!("`{name}` is needed for {least} in all. To finish sooner, provide more of it.")
        }
        BoundArgument::Prices => format!(
            "With at most {} tasks at once, and conflicts and order taken together, all tasks need {least}.",
            plan.settings.max_parallel
        ),
        BoundArgument::Search => {
            format!("Every other way to form phases was ruled out: none takes less than {least}.")
        }
        BoundArgument::Window { tasks, shared, before, after } => {
            let names = listed(plan, tasks);
            let within = match shared {
                _ if tasks.len() == 1 => {
                    format!("{names} takes {}", duration(plan.minutes_of(&plan.tasks[tasks[0]])))
                }
                Shared::Workers => format!("At most {} of {names} run at once", plan.settings.max_parallel),
                Shared::Resource(name) => format!("{names} share `{name}`"),
                Shared::Turns => format!("{names} can only run one at a time"),
            };
            format!("{within}. {} {least} in all.", around(*before, *after))
        }
        BoundArgument::Refuted => format!(
            "No schedule can finish before {least}: order, conflicts, resources and the number of agents \
             leave no slot for some task."
        ),
    }
}

/// The time before and after the tasks of a window, as the beginning of a sentence that ends with the sum.
fn around(before: Minutes, after: Minutes) -> String {
    let (from, rest) = (duration(before), duration(after));
    match (before.is_zero(), after.is_zero()) {
        (true, true) => "That takes".to_owned(),
        (false, true) => format!("With at least {from} before them, that takes"),
        (true, false) => format!("With at least {rest} after them, that takes"),
        (false, false) => format!("With at least {from} before them and {rest} after, that takes"),
    }
}

/// Tasks of which no two run at once, and which of them could if they owned other files.
fn one_at_a_time(report: &Report, tasks: &[usize], least: &str) -> String {
    let plan = &report.plan;
    let between = |conflict: &&Conflict| {
        conflict.is_open() && tasks.contains(&conflict.a) && tasks.contains(&conflict.b)
    };
    let repair = match report.analysis.conflicts.iter().find(between) {
        Some(conflict) => {
            let pair = listed(plan, &[conflict.a, conflict.b]);
            format!("To finish sooner, resolve what keeps {pair} apart, or split one of them.")
        }
        None => "To finish sooner, split one of them or let one start earlier.".to_owned(),
    };
    format!("{} can only run one at a time, which takes {least}. {repair}", listed(plan, tasks))
}
