//! How good a schedule is, and what it can't get below.

use super::{duration, listed};
use crate::analysis::Conflict;
use crate::report::Report;
use crate::schedule::{BoundArgument, Outcome, Schedule};

/// What is claimed of the phases, in two or three words.
pub fn outcome(schedule: &Schedule) -> String {
    match schedule.outcome {
        Outcome::Optimal => "proved optimal".to_owned(),
        Outcome::Infeasible { .. } => "something is left out".to_owned(),
        Outcome::Feasible => format!("within {} % of the bound", gap(schedule)),
    }
}

/// How far the phases are above the lower bound, in percent of it. Rounded up, so that a gap never reads as none.
pub fn gap(schedule: &Schedule) -> u32 {
    (schedule.gap() * 100.0).ceil() as u32
}

/// How many times faster than one task after another, with one digit: `1.7×`.
pub fn speed_up(schedule: &Schedule) -> String {
    let tenths = (schedule.speed_up() * 10.0).round() as u32;
    format!("{}.{}×", tenths / 10, tenths % 10)
}

/// Share of their time that agents work, in percent.
pub fn busy(schedule: &Schedule) -> u32 {
    (schedule.busy() * 100.0).round() as u32
}

/// The same for one phase, with as many agents as it has tasks.
pub fn busy_in_phase(report: &Report, phase: usize) -> u32 {
    let phase = &report.schedule.phases[phase];
    let minutes = |&task: &usize| u64::from(report.plan.minutes_of(&report.plan.tasks[task]));
    let worked: u64 = phase.tasks.iter().map(minutes).sum();
    let available = phase.tasks.len() as u64 * u64::from(phase.minutes);
    (worked * 100 + available / 2).checked_div(available).unwrap_or(0) as u32
}

/// What waiting at the end of each phase costs against starting every task as soon as it can, in one sentence.
pub fn barriers(schedule: &Schedule) -> String {
    let (phased, rolling) = (schedule.phased, schedule.rolling.minutes);
    match phased.checked_sub(rolling) {
        None | Some(0) => "Waiting at the end of each phase costs no time in this plan.".to_owned(),
        Some(cost) => format!(
            "Waiting at the end of each phase costs {}: {} in phases, {} if every task starts as soon as it can.",
            duration(cost),
            duration(phased),
            duration(rolling)
        ),
    }
}

/// What keeps the plan from being shorter, and what would make it shorter, in sentences.
pub fn limit(report: &Report) -> String {
    let schedule = &report.schedule;
    let bound = &schedule.lower_bound;
    let plan = &report.plan;
    let least = duration(bound.minutes);
    let argument = match &bound.argument {
        BoundArgument::Nothing => return "There is nothing to schedule.".to_owned(),
        BoundArgument::Chain(tasks) if tasks.len() == 1 => {
            format!("{} alone takes {least}. To get below, split it.", listed(plan, tasks))
        }
        BoundArgument::Chain(tasks) => format!(
            "{} wait for each other, one after another, which takes {least}. To get below, split one of them, or let \
             one start earlier.",
            listed(plan, tasks)
        ),
        BoundArgument::Load => format!(
            "With at most {} tasks at once, so much work takes {least}. To get below, allow more at once.",
            plan.settings.max_parallel
        ),
        BoundArgument::Incompatible(tasks) => one_at_a_time(report, tasks, &least),
        BoundArgument::Resource(name) => {
            format!("`{name}` is needed for {least} in all. To get below, provide more of it.")
        }
        BoundArgument::Prices => format!(
            "With at most {} tasks at once, and conflicts and order taken together, all tasks need {least}.",
            plan.settings.max_parallel
        ),
        BoundArgument::Search => {
            format!("Every other way to form phases was ruled out: none is below {least}.")
        }
    };
    match &schedule.outcome {
        Outcome::Optimal => format!("No phases are shorter than these. {argument}"),
        Outcome::Feasible => format!("Whether shorter phases exist is not known. {argument}"),
        Outcome::Infeasible { reason } => format!("{reason} {argument}"),
    }
}

/// Tasks of which no two run at once, and which of them could if something else owned their files.
fn one_at_a_time(report: &Report, tasks: &[usize], least: &str) -> String {
    let plan = &report.plan;
    let between = |conflict: &&Conflict| {
        conflict.accepted.is_none() && tasks.contains(&conflict.a) && tasks.contains(&conflict.b)
    };
    let repair = match report.analysis.conflicts.iter().find(between) {
        Some(conflict) => {
            let pair = listed(plan, &[conflict.a, conflict.b]);
            format!("To get below, resolve what keeps {pair} apart, or split one of them.")
        }
        None => "To get below, split one of them, or let one start earlier.".to_owned(),
    };
    format!("{} can only run one at a time, which takes {least}. {repair}", listed(plan, tasks))
}
