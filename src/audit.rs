//! What an author says about the order of a plan, compared with what its files say: marks that are contradicted, and
//! dependencies without a reason that shows.
//!
//! Contradicted marks are findings of a rule and part of every report. Needless order takes a few schedules, so it is
//! looked for only when somebody asks; the command line asks the questions that save most of everybody.

use crate::analysis::Wait;
use crate::diagnostic::{self, Diagnostic, Fix, Place};
use crate::explain;
use crate::plan::{Kind, Ordering, Plan, Task};
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

/// The least share of the plan, in percent, that a question has to save to be asked of everybody.
const WORTH_ASKING: u64 = 10;
/// The least minutes that it has to save.
const LEAST_MINUTES: u64 = 10;
/// The least length of a chain that shows how its author wrote the list.
const LEAST_CHAIN: usize = 3;
/// In plans with more tasks nobody is asked without wanting it, because trying takes time.
const MOST_TASKS: usize = 500;

/// The report with those questions about needless order that are asked of everybody: they save a good part of the plan,
/// somebody wrote down both the order and the files that they rest on, and it looks like the order of a list. Takes at
/// most eight schedules.
pub fn questioned(mut report: Report, budget: &Budget) -> Report {
    if report.plan.tasks.len() > MOST_TASKS {
        return report;
    }
    let phased = u64::from(report.schedule.phased);
    let is_worth_asking = |needless: &NeedlessWait| {
        let saved = needless.improvement.gain.minutes.unsigned_abs();
        let is_declared = [needless.wait.awaited, needless.wait.waiting].iter().all(|&task| {
            let task = &report.plan.tasks[task];
            task.ordering == Ordering::Declared && !task.is_guessed()
        });
        is_declared
            && looks_like_a_list(&report.plan, needless.wait)
            && saved >= LEAST_MINUTES
            && saved * 100 >= phased * WORTH_ASKING
    };
    let found: Vec<Diagnostic> = needless_waits(&report, budget)
        .iter()
        .filter(|needless| is_worth_asking(needless))
        .map(|needless| described(&report, needless))
        .collect();
    report.diagnostics.extend(found);
    diagnostic::sort(&mut report.diagnostics);
    report
}

/// Whether a dependency looks as if it came from the order in which the tasks were written: both only look, they do the same
/// to two things, or every task of the plan waits for the one above it and for nothing else. Other dependencies mostly
/// have a reason that only their author knows, such as a page that needs the service before it.
fn looks_like_a_list(plan: &Plan, Wait { waiting, awaited }: Wait) -> bool {
    let [first, second] = [awaited, waiting].map(|task| &plan.tasks[task]);
    let only_look = first.kind == Kind::Research && second.kind == Kind::Research;
    only_look || differ_in_one_word(&first.title, &second.title) || is_one_chain(plan)
}

fn differ_in_one_word(first: &str, second: &str) -> bool {
    let [first, second] = [first, second].map(|title| title.split_whitespace().collect::<Vec<_>>());
    first.len() > 1
        && first.len() == second.len()
        && first.iter().zip(&second).filter(|(one, other)| one != other).count() == 1
}

/// Whether each open task waits for the open one above it and for nothing else.
fn is_one_chain(plan: &Plan) -> bool {
    let open: Vec<&Task> = plan.tasks.iter().filter(|task| task.status.is_open()).collect();
    open.len() >= LEAST_CHAIN && open.windows(2).all(|pair| pair[1].after == [pair[0].id.clone()])
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
    let saved = improvement.gain.minutes.unsigned_abs() as u32;
    let (before, after) = (report.schedule.phased, report.schedule.phased.saturating_sub(saved));
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
