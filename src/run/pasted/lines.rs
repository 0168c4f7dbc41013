//! Lines of JSON, as logs have them.

use serde_json::{Map, Value};

/// The objects of a text in which every line that is not blank is one, and how many lines are cut short. `None`
/// if it is another text: at most one line in ten may be damaged.
pub fn objects(text: &str) -> Option<(Vec<Map<String, Value>>, usize)> {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty());
    let (mut objects, mut damaged) = (Vec::new(), 0);
    for line in lines {
        match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(object)) => objects.push(object),
            _ => damaged += 1,
        }
    }
    (!objects.is_empty() && damaged <= objects.len().div_ceil(10)).then_some((objects, damaged))
}

/// What is said of damaged lines.
pub fn note(damaged: usize) -> Option<String> {
    (damaged > 0).then(|| format!("{} could not be read.", crate::explain::counted(damaged, "line")))
}
