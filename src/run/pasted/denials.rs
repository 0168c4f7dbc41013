//! The log of the guard: each line is a write that was denied.

use super::{News, Pasted, Source, lines, time};
use crate::explain::counted;
use crate::run::log::Body;

/// Reads the log that the guard's hook writes.
pub fn read(text: &str, source: &Source<'_>) -> Option<Pasted> {
    let (objects, damaged) = lines::objects(text)?;
    let field = |object: &serde_json::Map<String, serde_json::Value>, name: &str| {
        object.get(name).and_then(|value| value.as_str()).map(str::to_owned)
    };
    if !objects.iter().all(|object| {
        ["task", "path", "tool"]
            .iter()
            .all(|name| object.get(*name).is_some_and(serde_json::Value::is_string))
    }) {
        return None;
    }
    let mut found: Vec<(usize, String, Option<u64>)> = Vec::new();
    let mut unknown = 0;
    for object in &objects {
        let (task, path) =
            (field(object, "task").unwrap_or_default(), field(object, "path").unwrap_or_default());
        match source.position(&task) {
            Some(task) if !found.iter().any(|(other, known, _)| *other == task && *known == path) => {
                found.push((task, path, object.get("time").and_then(time::seconds)));
            }
            Some(_) => {}
            None => unknown += 1,
        }
    }
    let mut pasted = Pasted {
        taken_for: format!("Taken for the log of the guard: {}.", counted(objects.len(), "denied write")),
        ..Pasted::default()
    };
    for (task, path, time) in found {
        let is_known = source
            .context
            .state
            .task(source.id(task))
            .is_some_and(|run| run.denials.iter().any(|denial| denial.path == path));
        if is_known {
            pasted.notes.push(format!("It is noted already that {} was denied `{path}`.", source.id(task)));
            continue;
        }
        let body = Body::Denied { task: source.id(task).clone(), path: path.clone() };
        pasted.proposals.push(super::foreign::denied(source, task, &path, News { time, body }));
    }
    if unknown > 0 {
        pasted.notes.push(format!("{} of tasks that this plan does not have.", counted(unknown, "line")));
    }
    pasted.notes.extend(lines::note(damaged));
    Some(pasted)
}
