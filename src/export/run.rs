//! The record of a run: what was estimated for each task, and what happened.

use super::{Export, Group, Output};
use crate::run::log::{record, to_csv, to_json};

/// The record as JSON.
pub static RECORD: Export = Export {
    id: "record",
    group: Group::Programs,
    title: "Record of the run (JSON)",
    description: "For each task what was estimated and what happened: minutes, attempts, files, answers, reports.",
    extension: ".record.json",
    media_type: "application/json",
    options: &[],
    render: |report, options| Output::Text(to_json(&record(&report.plan, &options.run))),
};

/// The record as a table.
pub static RECORD_CSV: Export = Export {
    id: "record-csv",
    group: Group::Programs,
    title: "Record of the run (CSV)",
    description: "The same as a table with a row for each task, for a spreadsheet.",
    extension: ".record.csv",
    media_type: "text/csv",
    options: &[],
    render: |report, options| Output::Text(to_csv(&record(&report.plan, &options.run))),
};
