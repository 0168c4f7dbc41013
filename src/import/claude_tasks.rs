//! Tasks of Claude Code: one JSON object for each task, pasted one after the other, as a list, or as files.

use serde_json::{Map, Value};

use super::fields::{Collector, Meaning, meaning, read_object};
use super::{Certainty, File, Format, ImportError, Imported, OTHER_FILES, notes};

/// The format of `~/.claude/tasks/<list>/<id>.json`, and of the older lists of things to do.
pub static FORMAT: Format = Format {
    id: "claude-tasks",
    name: "Claude Code tasks",
    description: "Task files of Claude Code, pasted or opened together: `subject`, `blocks`, `blockedBy`.",
    recognise,
    read,
};

type Fields = Map<String, Value>;

fn recognise(files: &[File]) -> Certainty {
    let tasks = || files.iter().flat_map(tasks).filter(|(_, fields)| is_task(fields));
    let has_some = |file: &File| tasks_of(file).any(|(_, fields)| is_task(fields));
    let count = tasks().count();
    match count {
        0 => Certainty::No,
        _ if files.len() > 1 && files.iter().filter(|file| has_some(file)).count() < 2 => Certainty::No,
        _ => Certainty::Sure(format!("{count} objects have fields such as “subject” and “blockedBy”")),
    }
}

/// The objects of a file, each with its line: of a list, of lines, or of a list inside an object.
fn tasks(file: &File) -> Vec<(usize, &Fields)> {
    let objects = file.objects().unwrap_or_default();
    match &objects[..] {
        [(_, fields)] if !is_task(fields) => {
            let list = ["tasks", "todos"].into_iter().find_map(|name| fields.get(name)?.as_array());
            list.into_iter().flatten().filter_map(|task| Some((0, task.as_object()?))).collect()
        }
        _ => objects,
    }
}

fn tasks_of(file: &File) -> impl Iterator<Item = (usize, &Fields)> {
    tasks(file).into_iter()
}

fn is_task(fields: &Fields) -> bool {
    let has = |name: &str| fields.contains_key(name);
    (has("subject") && (has("blockedBy") || has("blocks") || has("activeForm")))
        || (has("content") && has("activeForm") && has("status"))
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let mut collector = Collector::default();
    let mut others = 0;
    let mut skipped = Vec::new();
    // By the numbers of the tasks, since files are sorted as texts: 1, 10, 2.
    let mut found: Vec<(u64, usize, &Fields)> = Vec::new();
    for file in files {
        let before = found.len();
        for (line, fields) in tasks(file) {
            match is_task(fields) || fields.contains_key("subject") {
                true => found.push((number(fields), line, fields)),
                false => skipped.push(line),
            }
        }
        skipped.extend(file.json_lines().into_iter().flat_map(|lines| lines.skipped.iter().copied()));
        others += usize::from(found.len() == before);
    }
    if found.is_empty() {
        return Err(super::refusal(files));
    }
    if files.len() > 1 {
        found.sort_by_key(|(number, ..)| *number);
    }
    for (_, line, fields) in found {
        let mut task = read_object(fields, of_task, &mut collector.reader);
        task.item.line = if files.len() > 1 { 0 } else { line };
        collector.add(task, None);
    }
    if others > 0 {
        let message = format!("{others} of the files hold no task of Claude Code and were not read.");
        collector.notes.push(OTHER_FILES.says(&message));
    }
    skipped.sort_unstable();
    collector.notes.extend(notes::skipped_lines(&skipped, "they hold no task"));
    Ok(collector.finish().into_imported(&FORMAT))
}

fn number(fields: &Fields) -> u64 {
    match fields.get("id") {
        Some(Value::String(id)) => id.parse().unwrap_or(u64::MAX),
        Some(id) => id.as_u64().unwrap_or(u64::MAX),
        None => u64::MAX,
    }
}

fn of_task(name: &str) -> Meaning {
    match name {
        "owner" => Meaning::Agent,
        "activeForm" => Meaning::Unknown,
        _ => meaning(name),
    }
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{shown, shown_of};

    const FIRST: &str = r#"{
  "id": "1",
  "subject": "Store carts",
  "description": "In src/cart.rs",
  "activeForm": "Storing carts",
  "status": "completed",
  "blocks": ["2"],
  "blockedBy": []
}
"#;
    const SECOND: &str = r#"{"id": "2", "subject": "Show carts", "owner": "web", "status": "in_progress", "blocks": [],
        "blockedBy": ["1"]}"#;

    #[test]
    fn files_may_be_pasted_one_after_the_other() {
        let shown = shown(&format!("{FIRST}{SECOND}"));
        assert!(shown.starts_with("Claude Code tasks\n1 done Store carts"), "{shown}");
        assert!(shown.contains("2 running Show carts < 1\n"), "{shown}");
    }

    #[test]
    fn files_are_read_together_in_the_order_of_their_numbers() {
        let tenth =
            r#"{"id": "10", "subject": "Ship", "status": "pending", "blocks": [], "blockedBy": ["2"]}"#;
        let files = [("t/1.json", FIRST), ("t/10.json", tenth), ("t/2.json", SECOND), ("t/.lock", "{}")];
        let shown = shown_of(&files);
        assert!(shown.contains("2 running Show carts < 1\n10 todo Ship < 2\n"), "{shown}");
        assert!(shown.contains("1 of the files hold no task"), "{shown}");
    }

    #[test]
    fn the_older_list_is_read_and_other_lists_are_not_taken_for_it() {
        let todos = r#"{"todos": [{"content": "Store", "status": "pending", "activeForm": "Storing"}]}"#;
        assert!(shown(todos).starts_with("Claude Code tasks\nT1 todo Store\n"), "{}", shown(todos));
        let other = r#"[{"id": 1, "subject": "Hello", "deps": []}]"#;
        assert!(shown(other).starts_with("JSON"), "{}", shown(other));
    }
}
