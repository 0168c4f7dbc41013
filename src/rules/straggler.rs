//! A task that keeps its whole phase open long after the others are done.

use super::{Context, Definition, Finding, Findings, Rule, Severity};
use crate::plan::minutes::shown;
use crate::plan::{Kind, Status};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP311",
    name: "straggler",
    title: "One task outlasts the others of its phase",
    severity: Severity::Hint,
    help: "\
A phase takes as long as its longest task. Here one takes so much longer than all others that the agents beside it have nothing
to do for more than 30 % of the time of the whole plan. Only an estimate that somebody wrote counts, in a phase of three tasks or more.

Split the task if parts of it can be done without each other, or run the plan without phases: then whatever waits for none of it
starts meanwhile. If nothing else could be done in that time, leave it.",
    example: "\
- T1 Visits by country @owns(reports/visits/**) ~10m
- T2 Sales by month @owns(reports/sales/**) ~10m
- T3 Everything in one table @owns(reports/all/**) ~60m
",
    repaired: "\
- T1 Visits by country @owns(reports/visits/**) ~10m
- T2 Sales by month @owns(reports/sales/**) ~10m
- T3 Everything in one table: days @owns(reports/all/days/**) ~20m
- T4 Everything in one table: months @owns(reports/all/months/**) ~20m
- T5 Everything in one table: years @owns(reports/all/years/**) ~20m
",
    },
    check,
};

/// The smallest phase in which somebody is kept waiting by one.
const LEAST_TASKS: usize = 3;
/// The least minutes of the second longest task: beside shorter ones nobody waits who was worth launching.
const LEAST_MINUTES: u32 = 5;
/// The share of the plan, in percent, above which the minutes lost are worth a word.
const MOST_LOST: u64 = 30;

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (number, phase) in context.schedule.phases.iter().enumerate() {
        let minutes = |task: usize| context.plan.minutes_of(context.task(task));
        let mut by_minutes = phase.tasks.clone();
        by_minutes.sort_by_key(|&task| std::cmp::Reverse(minutes(task)));
        let [longest, second, _, ..] = by_minutes[..] else { continue };
        let lost = minutes(longest).saturating_sub(minutes(second));
        let is_much = u64::from(lost) * 100 > u64::from(context.schedule.phased) * MOST_LOST;
        let are_agents = minutes(second) >= LEAST_MINUTES;
        if phase.tasks.len() >= LEAST_TASKS && are_agents && is_much && is_estimated_work(context, longest) {
            findings.add(|| describe(context, longest, &by_minutes[1..], number, lost));
        }
    }
}

/// Whether somebody estimated the task, and it is work that could be split.
fn is_estimated_work(context: &Context<'_>, at: usize) -> bool {
    let task = context.task(at);
    task.minutes.is_some()
        && task.status != Status::Running
        && !matches!(task.kind, Kind::Gate | Kind::Verify)
}

fn describe(context: &Context<'_>, longest: usize, others: &[usize], phase: usize, lost: u32) -> Finding {
    let (id, number) = (context.id(longest), phase + 1);
    let (phased, rolling) = (context.schedule.phased, context.schedule.rolling.minutes);
    let without_phases = match rolling < phased {
        true => format!(
            " Without phases the plan takes {} instead of {}, because others start meanwhile.",
            shown(rolling),
            shown(phased)
        ),
        false => String::new(),
    };
    let places = std::iter::once(context.place(longest, "minutes", ""))
        .chain(others.iter().map(|&task| context.place(task, "", "")));
    Finding {
        title: format!("{id} takes {} longer than the others of phase {number}", shown(lost)),
        detail: format!(
            "{} others wait that long for it. Split {id} if parts of it can be done without each other.{without_phases}",
            others.len()
        ),
        places: places.collect(),
        ..Finding::default()
    }
}
