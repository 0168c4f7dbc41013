//! The record of a run: a row for each task, as JSON or CSV.

use std::fmt::Write;

use serde::Serialize;

use super::state::{Outcome, RunState};
use crate::hidden::visible;
use crate::plan::{Kind, Plan, Status};

/// What the plan estimated for a task, and what happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: Kind,
    /// Its status by the log, or else by the plan.
    pub status: Status,
    /// Likely minutes by the plan.
    pub estimated: u32,
    /// Minutes of the attempt that finished it.
    pub actual: Option<u32>,
    /// How often somebody was at work on it.
    pub attempts: usize,
    /// How many of these failed.
    pub failures: usize,
    /// When it was started first, in seconds since 1970.
    pub started: Option<u64>,
    /// When its last attempt ended.
    pub ended: Option<u64>,
    /// The files that were changed for it.
    pub files: Vec<String>,
    /// The files that were refused.
    pub denied: Vec<String>,
    /// The answer of a gate.
    pub answer: Option<String>,
    /// The last report.
    pub report: Option<String>,
}

/// A row for each task of the plan, in its order.
pub fn record(plan: &Plan, state: &RunState) -> Vec<Row> {
    let row = |task: &crate::plan::Task| {
        let run = state.task(&task.id).cloned().unwrap_or_default();
        let has_failed = |ended: &super::state::Ended| matches!(ended.outcome, Outcome::Failed(_));
        let ends = || run.attempts.iter().filter_map(|attempt| attempt.ended.as_ref());
        Row {
            id: task.id.to_string(),
            title: task.title.clone(),
            kind: task.kind,
            status: run.status.unwrap_or(task.status),
            estimated: plan.minutes_of(task).rounded_up(),
            actual: run.minutes(),
            attempts: run.attempts.len(),
            failures: ends().filter(|ended| has_failed(ended)).count(),
            started: run.attempts.first().map(|attempt| attempt.start),
            ended: ends().next_back().map(|ended| ended.time),
            files: run.files.iter().map(|file| shown(file)).collect(),
            denied: run.denials.iter().map(|denial| shown(&denial.path)).collect(),
            answer: run.answer.as_deref().map(shown),
            report: run.reports.last().map(|report| shown(&report.text)),
        }
    };
    plan.tasks.iter().map(row).collect()
}

/// What agents and people wrote, without what nobody sees.
fn shown(text: &str) -> String {
    visible(text).into_owned()
}

/// The record as a list of JSON objects.
pub fn to_json(rows: &[Row]) -> String {
    let mut text = serde_json::to_string_pretty(rows).unwrap_or_default();
    text.push('\n');
    text
}

/// The names of the columns, as in JSON.
const COLUMNS: &str =
    "id,title,kind,status,estimated,actual,attempts,failures,started,ended,files,denied,answer,report";

/// The record as CSV with a header and `\n` at the end of each row, quoted as RFC 4180 says. Several files
/// stand in one cell, one on each line.
pub fn to_csv(rows: &[Row]) -> String {
    let mut text = format!("{COLUMNS}\n");
    let number = |number: Option<u64>| number.map_or(String::new(), |number| number.to_string());
    for row in rows {
        let cells = [
            row.id.clone(),
            row.title.clone(),
            row.kind.name().to_owned(),
            row.status.name().to_owned(),
            row.estimated.to_string(),
            number(row.actual.map(u64::from)),
            row.attempts.to_string(),
            row.failures.to_string(),
            number(row.started),
            number(row.ended),
            row.files.join("\n"),
            row.denied.join("\n"),
            row.answer.clone().unwrap_or_default(),
            row.report.clone().unwrap_or_default(),
        ];
        let cells: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
        let _ = writeln!(text, "{}", cells.join(","));
    }
    text
}

/// A cell in quotes where it needs them. A spreadsheet would take what begins with certain signs for a
/// formula, so an apostrophe goes before it, which it does not show.
fn csv_cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    match text.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}
