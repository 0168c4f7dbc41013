//! The first thing to know about a plan: how much of it is safe to run, and then how long that takes.
//!
//! Whatever speaks of a plan as a whole (the page and its status bar, screen readers, the command line, reports and
//! exports) takes its words from here, so no two places contradict each other.

use rustc_hash::FxHashSet;

use super::{counted, duration, outcome};
use crate::plan::Status;
use crate::report::Report;
use crate::safety::SafetyState;

/// What is known about the safety of running the plan, in one line: `Safe to run: 9 of 12 · 2 collide · 1 lists no
/// files`. Empty for a plan without tasks.
pub fn safety(report: &Report) -> String {
    let safety = &report.safety;
    let open = safety.open();
    if report.plan.tasks.is_empty() {
        return String::new();
    }
    if open == 0 {
        return format!("Nothing is left to run: {}", finished(report));
    }
    let erroneous: FxHashSet<usize> =
        report.errors().flat_map(|error| error.places.iter().map(|place| place.task)).collect();
    let without_files = safety.unknown.iter().filter(|task| !erroneous.contains(task)).count();
    let mut parts = vec![match safety.safe.len() {
        safe if safe == open && open > 1 => format!("Safe to run: all {open}"),
        safe => format!("Safe to run: {safe} of {open}"),
    }];
    let mut add = |count: usize, one: &str, many: &str| match count {
        0 => {}
        1 => parts.push(format!("1 {one}")),
        _ => parts.push(format!("{count} {many}")),
    };
    add(safety.colliding.len(), "collides", "collide");
    add(without_files, "lists no files", "list no files");
    add(safety.unknown.len() - without_files, "has errors", "have errors");
    add(safety.guessed.len(), "on a guess", "on a guess");
    let vouched = safety.claimed.len() - safety.guessed.len();
    add(vouched, "on the author's word", "on the author's word");
    parts.join(" · ")
}

/// Whether nothing stands against running the plan: every task is proved safe, and there is no error.
pub fn is_safe(report: &Report) -> bool {
    report.safety.state() == SafetyState::Proved && report.errors().next().is_none()
}

/// Whether the figures rest on files that are not known: then they may be too good to be true.
pub fn is_uncertain(report: &Report) -> bool {
    !report.safety.unknown.is_empty() || !report.safety.claimed.is_empty()
}

/// What is left and how long it takes: `11 phases · 3 h 40 m left · 23 of 57 done`, without progress `4 phases · 1 h 35
/// m`. Empty if nothing is left.
pub fn left(report: &Report) -> String {
    let schedule = &report.schedule;
    if report.safety.open() == 0 {
        return String::new();
    }
    let has_progress = report.plan.tasks.iter().any(|task| task.status != Status::Todo);
    let minutes = duration(schedule.phased);
    let mut parts = vec![counted(schedule.phases.len(), "phase")];
    parts.push(if has_progress { format!("{minutes} left") } else { minutes });
    parts.extend(progress(report));
    parts.join(" · ")
}

/// How far the plan has come: `23 of 57 done`, `2 running`, `1 failed`, `4 blocked`, each if there are any. Dropped
/// tasks don't count.
pub fn progress(report: &Report) -> Vec<String> {
    let progress = &report.analysis.progress;
    let total = report.plan.tasks.len() - progress.dropped.len();
    let mut parts = Vec::new();
    if !progress.done.is_empty() {
        parts.push(format!("{} of {total} done", progress.done.len()));
    }
    for (tasks, what) in
        [(&progress.running, "running"), (&progress.failed, "failed"), (&progress.blocked, "blocked")]
    {
        if !tasks.is_empty() {
            parts.push(format!("{} {what}", tasks.len()));
        }
    }
    parts
}

/// The finished tasks of a plan in which nothing is left: `76 done, 45 dropped`.
fn finished(report: &Report) -> String {
    let progress = &report.analysis.progress;
    let counts = [(&progress.done, "done"), (&progress.dropped, "dropped")];
    let counts = counts.iter().filter(|(tasks, _)| !tasks.is_empty());
    counts.map(|(tasks, what)| format!("{} {what}", tasks.len())).collect::<Vec<_>>().join(", ")
}

/// The whole in one line, safety first; empty for an empty plan.
pub fn summary(report: &Report) -> String {
    let mut parts = vec![safety(report), left(report)];
    if report.safety.open() > 0 {
        parts.push(outcome(&report.schedule));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// The whole for screen readers, in sentences: `Safe to run: 7 of 8, 1 lists no files. 4 phases, 1 h 35 m. 2 errors.`
pub fn result(report: &Report) -> String {
    let errors = match report.errors().count() {
        0 => String::new(),
        errors => counted(errors, "error"),
    };
    let sentences = [safety(report), left(report), errors];
    let spoken = sentences.iter().filter(|sentence| !sentence.is_empty());
    spoken.map(|sentence| format!("{}.", sentence.replace(" · ", ", "))).collect::<Vec<_>>().join(" ")
}
