//! opencode-swarm: `plan.json` with phases of tasks, and `scope-<id>.json` files with the files of a task.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::fields::{Collector, Meaning, meaning, paths, read_object};
use super::{Certainty, File, Format, ImportError, Imported, OTHER_FILES};

/// The format of `.swarm/plan.json` and `.swarm/scopes/`.
pub static FORMAT: Format = Format {
    id: "opencode-swarm",
    name: "opencode-swarm plan.json",
    description: "The `plan.json` of opencode-swarm, with the `scope-….json` files that declare what tasks change.",
    recognise,
    read,
};

type Fields = Map<String, Value>;

fn recognise(files: &[File]) -> Certainty {
    let plans = files.iter().filter_map(object).filter(|fields| is_plan(fields)).count();
    let scopes = files.iter().filter_map(object).filter(|fields| scope(fields).is_some()).count();
    match (plans, scopes, files.len()) {
        (1, _, 1) => {
            Certainty::Sure("its phases have tasks with fields such as “depends” and “size”".to_owned())
        }
        (1, 1.., _) => Certainty::Sure(format!("there are a plan and {scopes} scopes of its tasks")),
        (0, 1, 1) => Certainty::Likely("it is the scope of a task".to_owned()),
        _ => Certainty::No,
    }
}

fn object(file: &File) -> Option<&Fields> {
    match file.json() {
        Some(Ok(Value::Object(fields))) => Some(fields),
        _ => None,
    }
}

fn phases(fields: &Fields) -> impl Iterator<Item = &Fields> {
    fields.get("phases").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

fn tasks(phase: &Fields) -> &[Value] {
    phase.get("tasks").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn is_plan(fields: &Fields) -> bool {
    let is_own = |name: &str| fields.contains_key(name);
    let has_own = |task: &Value| {
        ["depends", "files_touched", "evidence_path"].iter().any(|name| task.get(*name).is_some())
    };
    fields.contains_key("phases")
        && ((is_own("swarm") && is_own("current_phase")) || phases(fields).flat_map(tasks).any(has_own))
}

/// The task of a scope, and its files.
fn scope(fields: &Fields) -> Option<(&str, &Vec<Value>)> {
    let task = fields.get("taskId").and_then(Value::as_str)?;
    let files = fields.get("files").and_then(Value::as_array)?;
    (!fields.contains_key("title")).then_some((task, files))
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let Some(plan) = files.iter().filter_map(object).find(|fields| is_plan(fields)) else {
        return Err(match files.iter().filter_map(object).any(|fields| scope(fields).is_some()) {
            true => ImportError::new(
                "This looks like a scope of opencode-swarm: the files of one task, but no plan. Open it together \
                 with plan.json.",
            ),
            false => super::refusal(files),
        });
    };
    let mut collector = Collector::default();
    let mut order = Vec::new();
    for phase in phases(plan).filter(|phase| !tasks(phase).is_empty()) {
        let found = read_object(phase, of_phase, &mut collector.reader);
        let at = collector.add(found, None);
        collector.add_all(tasks(phase), of_task, Some(at));
        order.push(at);
    }
    if collector.items.is_empty() {
        return Err(ImportError::new(
            "This looks like the plan.json of opencode-swarm, but it has no tasks.",
        ));
    }
    // The next phase begins when the one before is complete.
    collector.put_in_order(&order);
    let others = add_scopes(files, &mut collector);
    if others > 0 {
        let message = format!("{others} of the files are neither a plan nor a scope and were not read.");
        collector.notes.push(OTHER_FILES.says(&message));
    }
    let mut outline = collector.finish();
    outline.title = plan.get("title").and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(outline.into_imported(&FORMAT))
}

/// Adds the files of the scopes to their tasks; returns how many files are something else.
fn add_scopes(files: &[File], collector: &mut Collector) -> usize {
    let ids: FxHashMap<String, usize> =
        collector.items.iter().enumerate().rev().map(|(at, item)| (item.id.clone(), at)).collect();
    let mut others = 0;
    for fields in files.iter().map(object) {
        match (fields.and_then(scope), fields) {
            (Some((task, files)), _) => {
                let Some(at) = ids.get(task) else { continue };
                let owns = &mut collector.items[*at].owns;
                for path in files.iter().filter_map(Value::as_str).flat_map(paths).map(with_slash) {
                    if !owns.contains(&path) {
                        owns.push(path);
                    }
                }
            }
            (None, Some(fields)) if is_plan(fields) => {}
            _ => others += 1,
        }
    }
    others
}

/// A scope names a folder without a slash, and means everything in it.
fn with_slash(path: String) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_file = name.is_empty() || name.contains(['.', '*']) || name.starts_with(char::is_uppercase);
    if is_file { path } else { path + "/" }
}

fn of_phase(name: &str) -> Meaning {
    match name {
        "tasks" | "required_agents" => Meaning::Handled,
        _ => meaning(name),
    }
}

fn of_task(name: &str) -> Meaning {
    match name {
        "phase" => Meaning::Handled,
        _ => meaning(name),
    }
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{shown, shown_of};

    const PLAN: &str = r#"{"schema_version": "1.0.0", "title": "Shop", "swarm": "default", "current_phase": 1,
        "phases": [
            {"id": 1, "name": "Base", "status": "complete", "tasks": [
                {"id": "1.1", "phase": 1, "status": "completed", "size": "small", "description": "Store carts",
                 "depends": [], "files_touched": ["src/a.ts"]}]},
            {"id": 2, "name": "Page", "status": "pending", "tasks": [
                {"id": "2.1", "phase": 2, "status": "pending", "description": "Show it", "depends": ["1.1"],
                 "acceptance": "it shows", "files_touched": []}]}]}"#;

    #[test]
    fn phases_follow_each_other() {
        let shown = shown(PLAN);
        let tasks = "1.1 done Store carts = src/a.ts (Base)\n2.1 todo Show it < 1.1 ! it shows (Page)\n";
        assert!(shown.starts_with(&format!("opencode-swarm plan.json\n{tasks}")), "{shown}");
    }

    #[test]
    fn scopes_add_files_and_folders() {
        let scope = r#"{"taskId": "2.1", "files": ["src/page", "src/app.ts"], "declaredAt": 1}"#;
        let shown =
            shown_of(&[("plan.json", PLAN), ("scopes/scope-2.1.json", scope), ("notes.md", "# Notes\n")]);
        assert!(shown.contains("2.1 todo Show it = src/page/ src/app.ts < 1.1"), "{shown}");
        assert!(shown.contains("1 of the files are neither a plan nor a scope"), "{shown}");
    }

    #[test]
    fn a_scope_alone_and_a_plan_without_tasks_are_refused() {
        let scope = shown(r#"{"taskId": "2.1", "files": ["src/page"], "declaredAt": 1}"#);
        assert!(scope.contains("looks like a scope of opencode-swarm"), "{scope}");
        let empty = shown(r#"{"swarm": "s", "current_phase": 1, "phases": [{"id": 1, "tasks": []}]}"#);
        assert!(empty.contains("but it has no tasks"), "{empty}");
    }
}
