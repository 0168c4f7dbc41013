//! Zerg's `task-graph.json`: tasks with levels, files and checks.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::fields::{Collector, Meaning, meaning};
use super::{Certainty, File, Format, ImportError, Imported};

/// The format of `task-graph.json`.
pub static FORMAT: Format = Format {
    id: "zerg",
    name: "zerg task-graph.json",
    description: "Zerg's `task-graph.json`: tasks with levels, and with the files they create, modify and read.",
    recognise,
    read,
};

fn recognise(files: &[File]) -> Certainty {
    let [file] = files else { return Certainty::No };
    let Some(Ok(Value::Object(fields))) = file.json() else { return Certainty::No };
    let Some(tasks) = fields.get("tasks").and_then(Value::as_array) else { return Certainty::No };
    let has_files = |task: &Value| {
        let files = task.get("files").and_then(Value::as_object);
        files.is_some_and(|files| files.contains_key("create") || files.contains_key("modify"))
    };
    let has_levels = fields.get("levels").is_some_and(Value::is_object);
    match has_levels || tasks.iter().any(|task| has_files(task) && task.get("level").is_some()) {
        true => Certainty::Sure("its tasks have levels, and files to create and to modify".to_owned()),
        false => Certainty::No,
    }
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    let Some(Ok(Value::Object(fields))) = file.json() else { return Err(super::refusal(files)) };
    let tasks = fields.get("tasks").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut collector = Collector::default();
    let added = collector.add_all(tasks, of_task, None);
    if added.is_empty() {
        return Err(ImportError::new("This looks like zerg's task-graph.json, but it holds no tasks."));
    }
    let levels = fields.get("levels").and_then(Value::as_object);
    place_in_levels(&mut collector, levels);
    let mut outline = collector.finish();
    outline.title = fields.get("feature").and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(outline.into_imported(&FORMAT))
}

fn of_task(name: &str) -> Meaning {
    match name {
        "phase" => Meaning::Unknown,
        _ => meaning(name),
    }
}

/// Puts the tasks into their levels. These are the order too, if no task names what it waits for.
fn place_in_levels(collector: &mut Collector, levels: Option<&Map<String, Value>>) {
    let named = levels_by_task(levels);
    let mut groups: BTreeMap<u64, usize> = BTreeMap::new();
    let is_order = collector.names_no_waits();
    for at in 0..collector.items.len() {
        let item = &collector.items[at];
        let own = item.unknown.get("level").and_then(Value::as_u64);
        let Some(number) = own.or_else(|| named.get(item.id.as_str()).copied()) else { continue };
        let level = levels.and_then(|levels| levels.get(&number.to_string()));
        if level.and_then(|level| level.get("parallel")?.as_bool()) == Some(true) {
            collector.items[at].claim = Some("parallel by its level".to_owned());
        }
        let group = *groups.entry(number).or_insert_with(|| {
            let name = level.and_then(|level| level.get("name")?.as_str());
            let name = name.map_or_else(String::new, |name| format!(": {name}"));
            collector.add_group(format!("Level {number}{name}"))
        });
        collector.put_into(at, group);
    }
    if is_order {
        collector.put_in_order(&groups.into_values().collect::<Vec<_>>());
    }
}

/// The level of each task, as the list of levels says it.
fn levels_by_task(levels: Option<&Map<String, Value>>) -> FxHashMap<&str, u64> {
    let mut found = FxHashMap::default();
    for (number, level) in levels.into_iter().flatten() {
        let ids = level.get("tasks").and_then(Value::as_array).into_iter().flatten();
        let number = number.parse().unwrap_or_default();
        found.extend(ids.filter_map(Value::as_str).map(|id| (id, number)));
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{refusal, shown};

    #[test]
    fn tasks_come_with_levels_and_files() {
        let text = r#"{"feature": "shop", "tasks": [
            {"id": "S-L1-001", "title": "Types", "level": 1, "dependencies": [],
             "files": {"create": ["src/types.ts"], "modify": [], "read": []}, "estimate_minutes": 15},
            {"id": "S-L2-001", "title": "Cart", "level": 2, "dependencies": ["S-L1-001"],
             "files": {"create": ["src/cart.ts"], "modify": [], "read": ["src/types.ts"]},
             "verification": {"command": "npm test", "timeout_seconds": 60}}],
            "levels": {"1": {"name": "base", "tasks": ["S-L1-001"], "parallel": true}}}"#;
        let shown = shown(text);
        let tasks = "S-L1-001 todo Types = src/types.ts ~15 (Level 1: base)\n\
            S-L2-001 todo Cart = src/cart.ts ? src/types.ts < S-L1-001 ! npm test (Level 2)\n";
        assert!(shown.contains(tasks), "{shown}");
    }

    #[test]
    fn levels_are_the_order_if_there_is_no_other() {
        let text = r#"{"tasks": [{"id": "b", "title": "B"}, {"id": "a", "title": "A", "level": 1}],
            "levels": {"2": {"tasks": ["b"]}}}"#;
        assert!(shown(text).contains("b todo B < a (Level 2)\n"), "{}", shown(text));
    }

    #[test]
    fn a_graph_without_tasks_is_refused() {
        assert!(refusal(r#"{"tasks": [], "levels": {}}"#).contains("but it holds no tasks"));
    }
}
