//! Files of agents that begin with a block of YAML.

use serde_json::Value;

/// A file with these fields in front. Values are written as JSON, which is YAML too.
pub fn with_fields(fields: &[(&str, Value)], body: &str) -> String {
    let fields: String = fields.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    format!("---\n{fields}---\n\n{body}")
}
