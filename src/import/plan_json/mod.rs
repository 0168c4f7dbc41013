//! Plan JSON: `{"format": "phaseplan/1", …}`.

mod reader;

pub use reader::from_json;

use serde_json::{Map, Value};

use super::any_json::kind_of_file;
use super::error::repeated;
use super::{Certainty, Counts, File, Format, ImportError, Imported, of_change};
use crate::plan::FORMAT as NUMBER;

/// The format of saved plans.
pub static FORMAT: Format = Format {
    id: "json",
    name: "plan JSON",
    description: "A plan that was saved as JSON: `{\"format\": \"phaseplan/1\", …}`.",
    recognise,
    read,
};

fn recognise(files: &[File]) -> Certainty {
    match files {
        [file] => match file.json() {
            Some(Ok(Value::Object(fields))) => claim(fields),
            _ => Certainty::No,
        },
        _ => Certainty::No,
    }
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    file.text().map_err(ImportError::clone)?;
    let value = match file.json() {
        Some(Ok(value @ Value::Object(fields))) if claim(fields) != Certainty::No => value,
        Some(json) => return Err(refusal(json)),
        None => return Err(ImportError::new("This is no JSON: it begins with neither { nor [.")),
    };
    let (plan, changes) = from_json(value).map_err(ImportError::new)?;
    let notes = changes.iter().map(of_change).collect();
    Ok(Imported { counts: Counts::of_own(&plan), plan, format: FORMAT.name, notes, ..Imported::default() })
}

/// The error for JSON that is not a plan.
pub(super) fn refusal(json: &serde_json::Result<Value>) -> ImportError {
    match json {
        Err(error) => broken(error),
        Ok(value @ Value::Object(fields)) => match kind_of_file(value) {
            Some(what) => ImportError::new(format!(
                "This JSON is not a plan. It looks like {what}. Open the file with the tasks."
            )),
            None => foreign(fields),
        },
        Ok(Value::Array(items)) => list(items),
        Ok(_) => list(&[]),
    }
}

/// The error for lines of JSON that are no tasks.
pub(super) fn refusal_of_lines<'a>(
    mut rows: impl Iterator<Item = (usize, &'a Map<String, Value>)>,
) -> ImportError {
    let seen = rows.next().map_or_else(String::new, |(_, fields)| names(fields));
    ImportError::new(format!(
        "These are lines of JSON with the fields {seen}, and nothing in them looks like a task. A task has an \
         id or a title, and something such as “status” or “deps”."
    ))
}

/// Sure if the `format` field says so, or if a task has a field that no other tool uses.
fn claim(fields: &Map<String, Value>) -> Certainty {
    let has_own_field = |task: &Value| ["owns", "reads", "after"].iter().any(|name| task.get(name).is_some());
    match fields.get("format") {
        Some(format) => match format.as_str() {
            Some(format) if format.starts_with("phaseplan/") => {
                Certainty::Sure(format!("it says that its format is “{format}”"))
            }
            _ => Certainty::No,
        },
        None => match fields.get("tasks").and_then(Value::as_array) {
            Some(tasks) if tasks.iter().any(has_own_field) => {
                Certainty::Sure("its tasks have fields such as “owns” and “after”".to_owned())
            }
            _ => Certainty::No,
        },
    }
}

fn broken(error: &serde_json::Error) -> ImportError {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message);
    let what = if what == "recursion limit exceeded" { "it is nested too deeply" } else { what };
    ImportError::new(format!(
        "This JSON is broken at line {}, column {}: {}. Repair it there, or paste the tasks as text.",
        error.line(),
        error.column(),
        repeated(what)
    ))
}

fn foreign(fields: &Map<String, Value>) -> ImportError {
    let seen = match fields.get("format").and_then(Value::as_str) {
        Some("phaseplan-report/1") => {
            return ImportError::new(
                "This is a report, which holds results. Open the plan it was made from.",
            );
        }
        Some(format) => format!("It says that its format is “{}”", repeated(format)),
        None if fields.is_empty() => "It is empty".to_owned(),
        None => format!("It has the fields {}", names(fields)),
    };
    ImportError::new(format!(
        "This JSON is not a plan. {seen}; a plan says \"format\": \"phaseplan/{NUMBER}\", or has a list of \
         tasks with titles. Nothing here looks like one. Paste the tasks as text, one per line."
    ))
}

fn list(items: &[Value]) -> ImportError {
    let seen = match items.first() {
        Some(Value::Object(fields)) => format!("It is a list of objects with the fields {}", names(fields)),
        _ => "It is a list".to_owned(),
    };
    ImportError::new(format!(
        "This JSON is not a plan. {seen}. Nothing in it looks like a task. Paste the tasks as text, one per \
         line."
    ))
}

/// The names of the first fields, for a message.
fn names(fields: &Map<String, Value>) -> String {
    let mut names: Vec<String> = fields.keys().take(5).map(|name| format!("“{}”", repeated(name))).collect();
    if fields.len() > names.len() {
        names.push("…".to_owned());
    }
    names.join(", ")
}
