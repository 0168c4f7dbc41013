//! Plan JSON: `{"format": "phaseplan/1", …}`.

use serde_json::Value;

use super::{ImportError, Imported, Importer};
use crate::plan::Plan;

/// The format of saved plans.
pub struct PlanJson;

/// What the field `format` of a plan begins with; the number of the version follows.
const FAMILY: &str = "phaseplan/";
/// The version that is read and written.
const VERSION: &str = "1";

impl Importer for PlanJson {
    fn name(&self) -> &'static str {
        "plan JSON"
    }

    fn recognises(&self, text: &str) -> bool {
        text.trim_start().starts_with(['{', '['])
    }

    fn read(&self, text: &str) -> Result<Imported, ImportError> {
        let value: Value = serde_json::from_str(text).map_err(|error| broken(&error))?;
        let Value::Object(mut fields) = value else {
            return Err(ImportError::new(
                "This JSON is a list, not a plan. A plan is an object with the field `tasks`.",
            ));
        };
        match fields.remove("format") {
            Some(Value::String(format)) if format.strip_prefix(FAMILY) == Some(VERSION) => {}
            Some(Value::String(format)) => return Err(other_format(&format)),
            _ => return Err(foreign(&fields)),
        }
        let plan: Plan = serde_json::from_value(Value::Object(fields))
            .map_err(|error| ImportError::new(format!("A field of this plan can't be read: {error}.")))?;
        Ok(Imported { plan, format: self.name(), ..Imported::default() })
    }
}

fn broken(error: &serde_json::Error) -> ImportError {
    ImportError::new(format!(
        "This JSON is broken at line {}, column {}: {error}. Repair it there, or paste the tasks as text.",
        error.line(),
        error.column()
    ))
}

fn other_format(format: &str) -> ImportError {
    ImportError::new(match format.strip_prefix(FAMILY) {
        Some(version) => format!(
            "This plan was made by a newer version of phaseplan (format {version}; this one reads {VERSION}). Reload the \
             page, or update the program."
        ),
        None => format!("This JSON says that its format is `{format}`. A plan says `{FAMILY}{VERSION}`."),
    })
}

fn foreign(fields: &serde_json::Map<String, Value>) -> ImportError {
    let names: Vec<String> = fields.keys().take(5).map(|name| format!("`{name}`")).collect();
    let seen = if names.is_empty() {
        "It is empty".to_owned()
    } else {
        format!("It has the fields {}", names.join(", "))
    };
    ImportError::new(format!(
        "This JSON is not a plan. {seen}, but not `\"format\": \"{FAMILY}{VERSION}\"`. Paste the tasks as text, one per line."
    ))
}
