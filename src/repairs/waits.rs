//! Dependencies that make the plan longer and have no reason that shows.

use std::cmp::Reverse;

use super::{Improvement, ImprovementKind};
use crate::analysis::needless::{beside, imports_the_other, shares_nothing};
use crate::analysis::{Wait, analyse_with};
use crate::evidence::Looking;
use crate::plan::Edit;
use crate::report::Report;
use crate::schedule::Budget;

/// The most dependencies that the scheduler tries.
const MOST_TRIED: usize = 8;

/// The most dependencies whose files and words are compared.
const MOST_COMPARED: usize = 100;

/// A dependency that could go, with the effect.
#[derive(Debug, Clone, PartialEq)]
pub struct NeedlessWait {
    /// The dependency.
    pub wait: Wait,
    /// What lets the two run beside each other.
    pub improvement: Improvement,
}

/// The dependencies without which the plan is shorter and for which no reason shows, largest gain first. Those on the
/// longest chains are tried, so that a plan of any size takes at most eight schedules.
pub fn needless_waits(report: &Report, budget: &Budget) -> Vec<NeedlessWait> {
    needless_waits_besides(report, &importing_waits(report), budget)
}

/// The dependencies that have a reason in the evidence: a file of one task imports a file of the other. Only
/// those that [`needless_waits`] would compare.
pub fn importing_waits(report: &Report) -> Vec<Wait> {
    if report.evidence.imports().is_empty() {
        return Vec::new();
    }
    let mut looking = Looking::default();
    let waits = by_slack(report).into_iter().take(MOST_COMPARED);
    waits.filter(|wait| imports_the_other(&report.evidence, &report.analysis, *wait, &mut looking)).collect()
}

/// As [`needless_waits`], where it is known which dependencies have a reason in the evidence.
pub fn needless_waits_besides(report: &Report, importing: &[Wait], budget: &Budget) -> Vec<NeedlessWait> {
    let plan = &report.plan;
    let is_first = |task: usize| plan.position(&plan.tasks[task].id) == Some(task);
    let candidates = by_slack(report)
        .into_iter()
        .take(MOST_COMPARED)
        .filter(|wait| is_first(wait.waiting) && is_first(wait.awaited))
        .filter(|wait| shares_nothing(plan, &report.analysis, *wait))
        .filter(|wait| !importing.contains(wait))
        .filter_map(|wait| Some((wait, beside(plan, &report.analysis, wait)?)))
        .filter(|(wait, edits)| may_run_together(report, edits, *wait));
    let mut found: Vec<NeedlessWait> = candidates
        .take(MOST_TRIED)
        .map(|(wait, edits)| NeedlessWait { wait, improvement: tried(report, wait, edits, budget) })
        .filter(|found| found.improvement.gain.minutes < 0)
        .collect();
    found.sort_by_key(|found| found.improvement.gain.minutes);
    found
}

fn tried(report: &Report, wait: Wait, edits: Vec<Edit>, budget: &Budget) -> Improvement {
    let [first, second] = [wait.awaited, wait.waiting].map(|task| &report.plan.tasks[task].id);
    Improvement {
        kind: ImprovementKind::Wait,
        title: format!("Let {second} run beside {first}"),
        condition: format!(
            "{second} waits for {first}, but nothing is shared. Does it need a result of {first}?"
        ),
        gain: report.gain(&edits, budget),
        edits,
    }
}

/// All direct dependencies between open tasks, those on the longest chain first, and among these those between the
/// longest tasks.
fn by_slack(report: &Report) -> Vec<Wait> {
    let order = &report.analysis.order;
    let minutes: Vec<u64> = (report.plan.tasks.iter())
        .map(|task| if task.status.is_open() { report.plan.minutes_of(task).seconds() } else { 0 })
        .collect();
    // Seconds from the start of the plan to the end of each task, and from its start to the end of the plan.
    let (mut heads, mut tails) = (minutes.clone(), minutes.clone());
    for &task in &order.topological {
        let before = order.predecessors[task].iter().map(|&before| heads[before]).max();
        heads[task] += before.unwrap_or(0);
    }
    for &task in order.topological.iter().rev() {
        let after = order.successors[task].iter().map(|&after| tails[after]).max();
        tails[task] += after.unwrap_or(0);
    }
    let mut waits: Vec<Wait> = (order.predecessors.iter().enumerate())
        .flat_map(|(waiting, before)| before.iter().map(move |&awaited| Wait { waiting, awaited }))
        .collect();
    waits.sort_by_key(|wait| {
        let shorter = minutes[wait.awaited].min(minutes[wait.waiting]);
        (Reverse(heads[wait.awaited] + tails[wait.waiting]), Reverse(shorter), *wait)
    });
    waits
}

/// Whether nothing keeps the two apart once the order does not.
fn may_run_together(report: &Report, edits: &[Edit], wait: Wait) -> bool {
    let mut plan = report.plan.clone();
    for edit in edits {
        edit.clone().apply(&mut plan);
    }
    let analysis = analyse_with(&plan, &report.evidence);
    !analysis.apart.contains(wait.waiting, wait.awaited)
        && !analysis.order.are_ordered(wait.waiting, wait.awaited)
}
