//! `implementation_plan.json` of Auto-Claude, now Aperant: phases with sub-tasks.

use serde_json::{Map, Value};

use super::fields::{Collector, Meaning, meaning, read_object};
use super::{Certainty, File, Format, ImportError, Imported, notes};

/// The format of `implementation_plan.json`.
pub static FORMAT: Format = Format {
    id: "auto-claude",
    name: "Auto-Claude implementation_plan.json",
    description: "The `implementation_plan.json` of Auto-Claude and Aperant: phases become groups.",
    recognise,
    read,
};

/// Names of the sub-tasks of a phase.
const PARTS: [&str; 2] = ["subtasks", "chunks"];
/// Fields of the whole file that only this tool writes.
const OWN_FIELDS: [&str; 8] = [
    "qa_signoff",
    "planStatus",
    "workflow_type",
    "workflow_rationale",
    "spec_id",
    "spec_file",
    "qa_acceptance",
    "final_acceptance",
];

fn recognise(files: &[File]) -> Certainty {
    let [file] = files else { return Certainty::No };
    let Some(Ok(Value::Object(fields))) = file.json() else { return Certainty::No };
    let has_own_field = OWN_FIELDS.iter().any(|name| fields.contains_key(*name));
    let phases = phases(fields);
    if phases.iter().any(|phase| parts(phase).is_some()) {
        return Certainty::Sure("its phases have sub-tasks".to_owned());
    }
    // A stub, or a report with the same name: refused with a sentence of its own.
    let is_stub = fields.contains_key("feature") && fields.contains_key("phases") && phases.is_empty();
    match has_own_field || is_stub {
        true => Certainty::Sure("it has the fields of an Auto-Claude plan, without phases".to_owned()),
        false => Certainty::No,
    }
}

fn phases(fields: &Map<String, Value>) -> &[Value] {
    fields.get("phases").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn parts(phase: &Value) -> Option<&Vec<Value>> {
    PARTS.into_iter().find_map(|name| phase.get(name)?.as_array())
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    let Some(Ok(Value::Object(fields))) = file.json() else { return Err(super::refusal(files)) };
    let mut collector = Collector::default();
    let mut empty = Vec::new();
    let mut order = Vec::new();
    for phase in phases(fields).iter().filter_map(Value::as_object) {
        match parts_of(phase) {
            [] => empty.extend(name_of(phase)),
            parts => order.push(read_phase(phase, parts, &mut collector)),
        }
    }
    if collector.items.is_empty() {
        return Err(refusal(fields));
    }
    if !empty.is_empty() {
        let message = format!("These phases have no tasks and were left out: {}.", notes::listed(&empty));
        collector.notes.push(notes::PARTS_NOT_READ.says(&message));
    }
    if order.iter().all(|phase| collector.items[*phase].waits.is_empty()) {
        collector.put_in_order(&order);
    }
    let text = |names: [&str; 3]| names.into_iter().find_map(|name| fields.get(name)?.as_str());
    let mut outline = collector.finish();
    outline.title = text(["feature", "title", "spec_name"]).unwrap_or_default().to_owned();
    outline.goal = text(["description", "goal", "summary"]).unwrap_or_default().to_owned();
    Ok(outline.into_imported(&FORMAT))
}

fn parts_of(phase: &Map<String, Value>) -> &[Value] {
    PARTS.into_iter().find_map(|name| phase.get(name)?.as_array()).map_or(&[], Vec::as_slice)
}

fn name_of(phase: &Map<String, Value>) -> Option<&str> {
    ["name", "title", "id"].into_iter().find_map(|name| phase.get(name)?.as_str())
}

/// Reads a phase and its sub-tasks, which go in order unless the phase says that they may go side by side.
fn read_phase(phase: &Map<String, Value>, parts: &[Value], collector: &mut Collector) -> usize {
    let found = read_object(phase, of_phase);
    let at = collector.add(found, None);
    let added = collector.add_all(parts, of_part, Some(at));
    match phase.get("parallel_safe") {
        Some(Value::Bool(true)) => {
            for part in &added {
                collector.items[*part].claim = Some("parallel_safe".to_owned());
            }
        }
        _ => collector.put_in_order(&added),
    }
    at
}

fn of_phase(name: &str) -> Meaning {
    match name {
        "subtasks" | "chunks" | "parallel_safe" => Meaning::Handled,
        "phase" => Meaning::Id(1),
        "type" => Meaning::Unknown,
        _ => meaning(name),
    }
}

fn of_part(name: &str) -> Meaning {
    match name {
        "phase" | "type" => Meaning::Unknown,
        _ => meaning(name),
    }
}

fn refusal(fields: &Map<String, Value>) -> ImportError {
    let what = match fields.contains_key("phases") {
        true => "it has no phase with tasks, as long as the planner has not run",
        false => "it is a report that has no phases, so there is nothing to plan",
    };
    ImportError::new(format!("This looks like Auto-Claude's implementation_plan.json, but {what}."))
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{refusal, shown};

    #[test]
    fn phases_are_groups_and_their_order_is_that_of_their_tasks() {
        let text = r#"{"feature": "Shop", "phases": [
            {"id": "p1", "name": "Base", "depends_on": [], "parallel_safe": true, "subtasks": [
                {"id": "s1", "description": "Store", "files_to_create": ["./src/a.rs"], "status": "completed"},
                {"id": "s2", "description": "Pay", "files_to_modify": ["src/b.rs"],
                 "patterns_from": ["src/a.rs"]}]},
            {"id": "p2", "name": "Page", "depends_on": ["p1"], "subtasks": [
                {"id": "s3", "description": "Show", "files_to_modify": ["src/c.rs"],
                 "verification": {"type": "command", "command": "make", "expected": "OK"}}]}]}"#;
        let shown = shown(text);
        let tasks = "s1 done Store = src/a.rs (Base)\ns2 todo Pay = src/b.rs ? src/a.rs (Base)\n\
            s3 todo Show = src/c.rs < s1 s2 ! make: OK (Page)\n";
        assert!(shown.contains(tasks), "{shown}");
    }

    #[test]
    fn old_names_numbers_and_empty_phases_are_understood() {
        let text = r#"{"title": "Shop", "phases": [
            {"phase": 1, "name": "Base", "chunks": [{"id": "1", "title": "A"}, {"id": "2", "title": "B"}]},
            {"phase": 2, "name": "None", "chunks": []},
            {"phase": 3, "name": "End", "depends_on": [1], "chunks": [{"id": "3", "title": "C"}]}]}"#;
        let shown = shown(text);
        assert!(shown.contains("2 todo B < 1.1 (Base)\n"), "{shown}");
        assert!(shown.contains("C < 2 (End)\n"), "{shown}");
        assert!(shown.contains("These phases have no tasks and were left out: None."), "{shown}");
    }

    #[test]
    fn stubs_and_reports_are_refused() {
        let stub = refusal(r#"{"feature": "Shop", "phases": [], "status": "pending"}"#);
        assert!(
            stub.contains("looks like Auto-Claude's implementation_plan.json, but it has no phase"),
            "{stub}"
        );
        let report =
            refusal(r#"{"spec_id": "1", "qa_signoff": {}, "subtasks": [{"id": "1", "title": "A"}]}"#);
        assert!(report.contains("it is a report"), "{report}");
    }
}
