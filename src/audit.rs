//! What an author says about the order of a plan, compared with what its files say: marks that are contradicted, and
//! dependencies without a reason that shows.
//!
//! Contradicted marks are findings of a rule and part of every report. Needless order takes a few schedules, so it is
//! looked for only when somebody asks.

use crate::diagnostic::{self, Diagnostic, Fix, Place};
use crate::explain;
use crate::plan::Minutes;
use crate::repairs::{NeedlessWait, needless_waits};
use crate::report::Report;
use crate::rules;
use crate::schedule::Budget;

/// The report with the findings about needless order among its diagnostics. Takes at most eight schedules.
pub fn audited(mut report: Report, budget: &Budget) -> Report {
    let found = needless_order(&report, budget);
    report.diagnostics.extend(found);
    diagnostic::sort(&mut report.diagnostics);
    report
}

/// A question for each dependency that makes the plan longer and has no reason that shows, largest gain first.
pub fn needless_order(report: &Report, budget: &Budget) -> Vec<Diagnostic> {
    needless_waits(report, budget).iter().map(|needless| described(report, needless)).collect()
}

fn described(report: &Report, NeedlessWait { wait, improvement }: &NeedlessWait) -> Diagnostic {
    let plan = &report.plan;
    let [first, second] = [wait.awaited, wait.waiting].map(|task| &plan.tasks[task]);
    let guessed: Vec<usize> =
        [wait.awaited, wait.waiting].into_iter().filter(|&task| plan.tasks[task].is_guessed()).collect();
    let unsure = match guessed.is_empty() {
        true => String::new(),
        false => format!("The files of {} are guessed. ", explain::listed(plan, &guessed)),
    };
    let saved = Minutes::whole(improvement.gain.minutes.unsigned_abs() as u32);
    let (before, after) = (report.schedule.phased, report.schedule.phased - saved);
    let place =
        |task: usize, field| Place { task, id: plan.tasks[task].id.clone(), field, value: String::new() };
    Diagnostic {
        code: rules::NEEDLESS_ORDER.code,
        severity: rules::NEEDLESS_ORDER.severity,
        title: format!(
            "{} waits for {}, but nothing is shared: could they run together and save {}?",
            second.id,
            first.id,
            explain::duration(saved)
        ),
        detail: format!(
            "{unsure}The plan would take {} instead of {}. If {} needs a result of {} that is in none of its files, \
             keep the dependency.",
            explain::duration(after),
            explain::duration(before),
            second.id,
            first.id
        ),
        places: vec![place(wait.waiting, "after"), place(wait.awaited, "")],
        location: None,
        fixes: vec![Fix { title: improvement.title.clone(), edits: improvement.edits.clone().into() }],
    }
}
