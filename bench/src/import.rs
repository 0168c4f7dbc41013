//! Imports of real plan files, compared with facts about them.
//!
//! `cargo xtask bench import FOLDER|FILES [--json]`. A folder holds `expected.json` with facts
//! (`{entries: {ID: {format, tasks, edges_resolved, …}}}`) and the files of each entry in `FORMAT/ID`. A number is
//! exact; `[least, most]` is a range where two readings are fair. A file alone has no facts, so only its time counts.

use std::path::{Path, PathBuf};

use phaseplan::incoming::{Incoming, Input};
use phaseplan::report::Report;
use phaseplan::schedule::Budget;
use serde::Serialize;
use serde_json::Value;

use crate::rim::{files, processor_time, read, say};

/// One line of the result.
#[derive(Serialize)]
struct Row {
    entry: String,
    format: String,
    /// Everything with an id or a box.
    items: usize,
    tasks: usize,
    expected_tasks: String,
    /// Pairs that the files name.
    waits: usize,
    expected_waits: String,
    dangling: usize,
    /// Tasks whose changed files are declared.
    declared: usize,
    read_ms: f64,
    plan_ms: f64,
}

/// Numbers that were found, and those that are expected at least.
#[derive(Default)]
struct Recall {
    found: u64,
    expected: u64,
}

/// Imports everything, and prints one line for each.
pub fn run(paths: &[PathBuf], json: bool) -> Result<(), String> {
    let (mut items, mut waits) = (Recall::default(), Recall::default());
    if !json {
        say(&columns(
            [
                "entry", "format", "items", "tasks", "of", "waits", "of", "dangling", "declared", "read ms",
                "plan ms",
            ]
            .map(str::to_owned),
        ));
    }
    for path in paths {
        for (name, source, facts) in entries(path)? {
            let row = measure(&name, &source, &facts)?;
            items.count(row.items, &facts["tasks"]);
            waits.count(row.waits, &facts["edges_resolved"]);
            say(&match json {
                true => serde_json::to_string(&row).map_err(|error| error.to_string())?,
                false => row.shown(),
            });
        }
    }
    if !json {
        say(&format!("recall of items {:.3}, of waits {:.3}", items.share(), waits.share()));
    }
    Ok(())
}

impl Recall {
    fn count(&mut self, found: usize, expected: &Value) {
        let least = expected.as_u64().or_else(|| expected[0].as_u64()).unwrap_or_default();
        self.expected += least;
        self.found += least.min(found as u64);
    }

    fn share(&self) -> f64 {
        if self.expected == 0 { 1.0 } else { self.found as f64 / self.expected as f64 }
    }
}

/// The entries of a folder with facts, or a file without any.
fn entries(path: &Path) -> Result<Vec<(String, PathBuf, Value)>, String> {
    let Ok(expected) = read(&path.join("expected.json")) else {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return Ok(vec![(name, path.to_owned(), Value::Null)]);
    };
    let expected: Value =
        serde_json::from_str(&expected).map_err(|error| format!("expected.json: {error}"))?;
    let entries = expected["entries"].as_object().ok_or("expected.json has no entries.")?;
    let found = entries.iter().map(|(id, facts)| {
        let source = path.join(facts["format"].as_str().unwrap_or_default()).join(id);
        (id.clone(), source, facts.clone())
    });
    Ok(found.collect())
}

fn measure(name: &str, source: &Path, facts: &Value) -> Result<Row, String> {
    let begin = processor_time();
    let read = Input::files(files(source)?).read();
    let read_ms = (processor_time() - begin).as_secs_f64() * 1e3;
    let shown = |value: &Value| match value {
        Value::Null => "?".to_owned(),
        Value::Array(ends) => format!("{}-{}", ends[0], ends[1]),
        one => one.to_string(),
    };
    let mut row = Row {
        entry: name.to_owned(),
        format: "refused".to_owned(),
        items: 0,
        tasks: 0,
        expected_tasks: shown(&facts["tasks"]),
        waits: 0,
        expected_waits: shown(&facts["edges_resolved"]),
        dangling: 0,
        declared: 0,
        read_ms,
        plan_ms: 0.0,
    };
    if let Ok(Incoming::Plan(imported)) = read {
        let counts = &imported.counts;
        imported.format.clone_into(&mut row.format);
        row.tasks = imported.plan.tasks.len();
        row.items = counts.items;
        row.waits = counts.waits.named;
        row.dangling = counts.waits.dangling.len();
        row.declared = counts.owns.declared;
        let begin = processor_time();
        Report::of_import(imported, &Budget::default());
        row.plan_ms = (processor_time() - begin).as_secs_f64() * 1e3;
    }
    Ok(row)
}

impl Row {
    fn shown(&self) -> String {
        columns([
            self.entry.clone(),
            self.format.clone(),
            self.items.to_string(),
            self.tasks.to_string(),
            self.expected_tasks.clone(),
            self.waits.to_string(),
            self.expected_waits.clone(),
            self.dangling.to_string(),
            self.declared.to_string(),
            format!("{:.1}", self.read_ms),
            format!("{:.1}", self.plan_ms),
        ])
    }
}

fn columns(columns: [String; 11]) -> String {
    let [entry, format, numbers @ ..] = columns;
    numbers.iter().fold(format!("{entry:12} {format:24}"), |line, number| line + &format!(" {number:>9}"))
}
