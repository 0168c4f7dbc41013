//! Converts fields to JSON, and JSON to readable text.

use serde_json::Value;

use super::{Field, Shape};
use crate::plan::Plan;

/// Whether this name is taken in the JSON object of a plan.
pub fn is_plan_name(name: &str) -> bool {
    matches!(name, "format" | "id" | "tasks") || Field::OF_PLAN.iter().any(|field| field.name() == name)
}

/// Whether this name is taken in the JSON object of a task.
pub fn is_task_name(name: &str) -> bool {
    name == "id" || Field::of_task(name).is_some()
}

impl Plan {
    /// The value of a field as JSON; `None` if plans have no such field.
    pub fn field_as_json(&self, field: Field) -> Option<Value> {
        let value = match field {
            Field::Title => serde_json::to_value(&self.title),
            Field::Goal => serde_json::to_value(&self.goal),
            Field::Settings => serde_json::to_value(&self.settings),
            Field::Resources => serde_json::to_value(&self.resources),
            _ => return None,
        };
        value.ok()
    }
}

impl Field {
    /// A JSON value of this field as readable text: strings unquoted, lists one entry per line.
    pub fn show_json(self, value: &Value) -> String {
        if self.shape() == Shape::Json { show_words_or_json(value) } else { shown(value) }
    }

    /// The entries of a JSON list as readable text; empty if the field is not a list.
    pub fn show_entries(self, value: &Value) -> Vec<String> {
        match value {
            Value::Array(entries) if self.shape() != Shape::Json => entries.iter().map(shown).collect(),
            _ => Vec::new(),
        }
    }
}

/// Parses text as JSON; text that isn't JSON becomes a string.
pub fn read_words_or_json(written: &str) -> Value {
    serde_json::from_str(written).unwrap_or_else(|_| Value::String(written.to_owned()))
}

/// The text that [`read_words_or_json`] reads as this value, if it is a string that needs no quotes.
pub fn words_of(value: &Value) -> Option<&str> {
    let words = value.as_str().filter(|words| !words.is_empty() && words.trim() == *words)?;
    serde_json::from_str::<Value>(words).is_err().then_some(words)
}

/// The text that [`read_words_or_json`] reads as this value; empty for `null`.
pub(super) fn show_words_or_json(value: &Value) -> String {
    match words_of(value) {
        Some(words) => words.to_owned(),
        None if value.is_null() => String::new(),
        None => value.to_string(),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join("\n"),
        Value::Object(fields) => match (fields.get("resource").or(fields.get("name")), fields.get("task")) {
            (Some(name), _) => {
                let amount =
                    fields.get("amount").or(fields.get("capacity")).and_then(Value::as_u64).unwrap_or(1);
                if amount == 1 { shown(name) } else { format!("{} {amount}", shown(name)) }
            }
            (None, Some(task)) => {
                let reason = fields.get("reason").map(shown).unwrap_or_default();
                if reason.is_empty() { shown(task) } else { format!("{}: {reason}", shown(task)) }
            }
            (None, None) => {
                let field = |(name, value): (&String, &Value)| {
                    format!("{name}: {}", shown(value).replace('\n', ", "))
                };
                fields.iter().map(field).collect::<Vec<_>>().join("\n")
            }
        },
        other => other.to_string(),
    }
}
