//! Plan JSON: `{"format": "phaseplan/1", …}`.

use serde_json::{Map, Value};

use super::{ImportError, Imported, Importer, Note};
use crate::plan::restore;

/// The format of saved plans.
pub struct PlanJson;

impl Importer for PlanJson {
    fn name(&self) -> &'static str {
        "plan JSON"
    }

    fn recognises(&self, text: &str) -> bool {
        text.trim_start().starts_with(['{', '['])
    }

    fn read(&self, text: &str) -> Result<Imported, ImportError> {
        let value: Value = serde_json::from_str(text).map_err(|error| broken(&error))?;
        match &value {
            Value::Object(fields) if !is_plan(fields) => return Err(foreign(fields)),
            Value::Array(items) => return Err(list(items)),
            _ => {}
        }
        let (plan, changes) = restore::from_json(&value).map_err(ImportError::new)?;
        let notes = changes.into_iter().map(Note::general).collect();
        Ok(Imported { plan, format: self.name(), notes, task_lines: Vec::new() })
    }
}

/// Whether the fields say so, or at least one task has a field that no other tool has.
fn is_plan(fields: &Map<String, Value>) -> bool {
    let says_so = |format: &Value| format.as_str().is_some_and(|format| format.starts_with("phaseplan/"));
    let has_own_field = |task: &Value| ["owns", "reads", "after"].iter().any(|name| task.get(name).is_some());
    match fields.get("format") {
        Some(format) => says_so(format),
        None => {
            fields.get("tasks").and_then(Value::as_array).is_some_and(|tasks| tasks.iter().any(has_own_field))
        }
    }
}

fn broken(error: &serde_json::Error) -> ImportError {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message);
    ImportError::new(format!(
        "This JSON is broken at line {}, column {}: {what}. Repair it there, or paste the tasks as text.",
        error.line(),
        error.column()
    ))
}

fn foreign(fields: &Map<String, Value>) -> ImportError {
    let seen = match fields.get("format").and_then(Value::as_str) {
        Some("phaseplan-report/1") => {
            return ImportError::new(
                "This is a report, which holds results. Open the plan it was made from.",
            );
        }
        Some(format) => format!("It says that its format is “{format}”"),
        None if fields.is_empty() => "It is empty".to_owned(),
        None => format!("It has the fields {}", names(fields)),
    };
    ImportError::new(format!(
        "This JSON is not a plan. {seen}; a plan says \"format\": \"phaseplan/{}\". Paste the tasks as text, one per line.",
        restore::FORMAT
    ))
}

fn list(items: &[Value]) -> ImportError {
    let seen = match items.first() {
        Some(Value::Object(fields)) => format!("It is a list of objects with the fields {}", names(fields)),
        _ => "It is a list".to_owned(),
    };
    ImportError::new(format!("This JSON is not a plan. {seen}. Paste the tasks as text, one per line."))
}

/// The first fields, in a sentence.
fn names(fields: &Map<String, Value>) -> String {
    let mut names: Vec<String> = fields.keys().take(5).map(|name| format!("“{name}”")).collect();
    if fields.len() > names.len() {
        names.push("…".to_owned());
    }
    names.join(", ")
}
