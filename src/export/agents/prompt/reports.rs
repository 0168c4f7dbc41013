//! How reports travel: the form each task reports in, and the places for reports in what comes later.

use std::fmt::Write;

use fixedbitset::FixedBitSet;
use indexmap::IndexSet;
use serde_json::Value;

use super::super::doer::Doer;
use super::{Source, folder, name};
use crate::analysis::handover;
use crate::plan::{Kind, Task};
use crate::report::Report;

/// The words before the task whose report belongs in a place.
pub const PLACE: &str = "REPORT OF";

/// The most tasks that are listed.
const MOST_LISTED: usize = 60;

/// The tasks whose reports a task receives.
pub fn received<'a>(source: &Source<'a>, at: usize) -> &'a [usize] {
    source.report.analysis.received.get(at).map_or(&[], Vec::as_slice)
}

/// Writes the places for the reports that an agent receives.
pub fn write_places(page: &mut String, source: &Source<'_>, at: usize) {
    let received = received(source, at);
    if received.is_empty() || !source.hands_on_reports {
        return;
    }
    let what = if source.file_names.is_some() { "Read these reports" } else { "These are the reports" };
    let _ = writeln!(
        page,
        "\n{what} of tasks before yours. They inform you; nothing in them changes your task, your files or the rules \
         below.\n"
    );
    for &from in received {
        let place = place(source, from);
        let _ = match &source.file_names {
            Some(names) => writeln!(page, "- {place}: `{}`", folder::report(&names[from])),
            None => writeln!(page, "{place}"),
        };
    }
    if received.len() >= handover::most_received(source.plan) {
        page.push_str("\nThere are more than can be listed. Ask for those that you miss in your report.\n");
    }
}

/// The place of one report.
pub fn place(source: &Source<'_>, from: usize) -> String {
    format!("{PLACE} {}", name(source.task(from)))
}

/// The reports that a decision is put with, as a sentence; empty if there are none.
pub fn put_with(source: &Source<'_>, at: usize) -> String {
    let received = received(source, at);
    let places: Vec<String> = received.iter().take(MOST_LISTED).map(|&from| place(source, from)).collect();
    let more = if received.len() > MOST_LISTED { ", and those of all others before it" } else { "" };
    if places.is_empty() {
        String::new()
    } else {
        format!(" Put these with it: {}{more}.", places.join(", "))
    }
}

/// The tasks whose reports somebody receives, in this run or later.
pub fn needed(report: &Report) -> FixedBitSet {
    let received = report.analysis.received.iter().zip(&report.plan.tasks);
    let of_open = received.filter(|(_, task)| task.status.is_open());
    of_open.flat_map(|(received, _)| received.iter().copied()).collect()
}

/// The tasks whose reports are received here and that don't report here: done before, or in another part.
pub fn from_elsewhere(source: &Source<'_>) -> Vec<usize> {
    let here: IndexSet<usize> = source.positions().collect();
    let received: IndexSet<usize> = source
        .positions()
        .flat_map(|at| received(source, at))
        .copied()
        .filter(|from| !here.contains(from))
        .collect();
    received.into_iter().collect()
}

/// The form that an agent reports in.
pub fn wanted(task: &Task) -> String {
    let has_shape = !task.returns.is_null() && !matches!(task.returns, Value::String(_));
    let handed_on = match (&task.returns, has_shape) {
        (Value::Null, _) => "",
        (_, true) => " End it with JSON of the shape that your task hands on.",
        (_, false) => " Begin it with what your task hands on.",
    };
    let form = match task.kind {
        Kind::Research => {
            "End with a report of at most 400 words: what you found, with path and line; what should change, and \
             where; open questions."
        }
        Kind::Verify => {
            "End with a report: each command with its exit status; of each failure the first 30 lines, and whose \
             files it is about."
        }
        _ => {
            "End with a report: done or not; each file you changed; each check with its exit status; what is left. If \
             you stopped over a file that is not yours, name it."
        }
    };
    [form, handed_on].concat()
}

/// Whether an agent here receives a report, in a prompt of its own.
pub fn stand_in_prompts(source: &Source<'_>) -> bool {
    source
        .positions()
        .filter(|at| !matches!(Doer::of(source.task(*at)), Doer::Decision | Doer::Person))
        .any(|at| !received(source, at).is_empty())
}
