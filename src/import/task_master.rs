//! Task Master's `tasks.json`: tasks with sub-tasks, in one list or in one for each tag.

use serde_json::{Map, Value};

use super::json::Reader;
use super::outline::{Item, Outline, Wait};
use super::{Certainty, File, Format, ImportError, Imported, notes};
use crate::plan::Status;

/// The format of `.taskmaster/tasks/tasks.json`.
pub static FORMAT: Format = Format {
    id: "task-master",
    name: "Task Master tasks.json",
    description: "Task Master's `tasks.json`, with or without tags; sub-tasks become the tasks of a group.",
    recognise,
    read,
};

fn recognise(files: &[File]) -> Certainty {
    let [file] = files else { return Certainty::No };
    let Some(Ok(Value::Object(fields))) = file.json() else { return Certainty::No };
    let lists = lists(fields);
    let has_own_fields = |task: &Value| {
        let has = |name: &str| task.get(name).is_some();
        has("id")
            && has("title")
            && has("dependencies")
            && (has("testStrategy") || has("details") || has("subtasks"))
    };
    match lists.iter().any(|(_, tasks)| tasks.iter().any(has_own_fields)) {
        true => Certainty::Sure("its tasks have fields such as “details” and “testStrategy”".to_owned()),
        false => Certainty::No,
    }
}

/// The lists of tasks by their tags. The list of a file without tags has none.
fn lists(fields: &Map<String, Value>) -> Vec<(&str, &Vec<Value>)> {
    if let Some(Value::Array(tasks)) = fields.get("tasks") {
        return vec![("", tasks)];
    }
    fields.iter().filter_map(|(tag, list)| Some((tag.as_str(), list.get("tasks")?.as_array()?))).collect()
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    let Some(Ok(Value::Object(fields))) = file.json() else { return Err(super::refusal(files)) };
    let lists = lists(fields);
    let mut outline = Outline::default();
    let mut reader = Reader::default();
    for (tag, tasks) in &lists {
        let tag = if lists.len() > 1 { tag } else { "" };
        for task in *tasks {
            read_task(task, tag, &mut outline, &mut reader);
        }
    }
    if outline.items.is_empty() {
        return Err(ImportError::new("This looks like Task Master's tasks.json, but it holds no tasks."));
    }
    outline.notes.extend(reader.notes.iter().map(|message| notes::VALUE_CHANGED.says(message)));
    Ok(outline.into_imported(&FORMAT))
}

/// Reads a task and its sub-tasks. Ids are unique only within a tag.
fn read_task(task: &Value, tag: &str, outline: &mut Outline, reader: &mut Reader) {
    let full = |id: &str| if tag.is_empty() { id.to_owned() } else { format!("{tag}:{id}") };
    let Some(item) = read_item(task, reader) else { return };
    let own = item.id.clone();
    let parent = outline.items.len();
    let waits = item.waits.iter().map(|wait| of_tag(wait, &full)).collect();
    outline.items.push(Item { id: full(&own), group: tag.to_owned(), waits, ..item });
    let parts: Vec<Item> = (task.get("subtasks").and_then(Value::as_array).into_iter().flatten())
        .filter_map(|part| read_item(part, reader))
        .collect();
    let siblings: Vec<String> = parts.iter().map(|part| part.id.clone()).collect();
    for part in parts {
        // A bare number means a sibling, if there is one.
        let sibling = |id: &str| match siblings.iter().any(|sibling| sibling == id) {
            true => full(&format!("{own}.{id}")),
            false => full(id),
        };
        let waits = part.waits.iter().map(|wait| of_tag(wait, &sibling)).collect();
        outline.items.push(Item {
            id: full(&format!("{own}.{}", part.id)),
            parent: Some(parent),
            waits,
            ..part
        });
    }
}

fn of_tag(wait: &Wait, full: &impl Fn(&str) -> String) -> Wait {
    match wait {
        Wait::Named(id) => Wait::Named(full(id)),
        other => other.clone(),
    }
}

fn read_item(value: &Value, reader: &mut Reader) -> Option<Item> {
    let Value::Object(fields) = value else {
        reader.notes.push("An entry that is no object was left out.".to_owned());
        return None;
    };
    let mut item = Item::default();
    reader.text(fields.get("id")?, "id", &mut item.id);
    reader.place = format!("Task {}", item.id);
    let mut texts = Vec::new();
    for (name, value) in fields {
        let mut text = String::new();
        match name.as_str() {
            "id" | "subtasks" | "parentId" | "parentTaskId" | "parentTask" | "isSubtask" => {}
            "title" => reader.text(value, name, &mut item.title),
            "description" | "details" => {
                reader.text(value, name, &mut text);
                texts.push(text);
            }
            "testStrategy" => {
                reader.text(value, name, &mut text);
                item.checks.extend((!text.is_empty()).then_some(text));
            }
            "acceptanceCriteria" => item.checks.extend(reader.texts(value, name)),
            "dependencies" => {
                item.waits = reader.texts(value, name).into_iter().map(Wait::Named).collect();
            }
            "status" => item.status = read_status(value.as_str().unwrap_or_default()),
            "relevantFiles" => read_files(value, &mut item),
            _ => drop(item.unknown.insert(name.clone(), value.clone())),
        }
    }
    item.text = texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
    Some(item)
}

fn read_status(status: &str) -> Status {
    match status {
        "done" | "completed" => Status::Done,
        "in-progress" | "review" => Status::Running,
        "cancelled" | "deferred" => Status::Dropped,
        _ => Status::Todo,
    }
}

/// `[{"path": …, "action": "create" | "modify" | "reference"}]`.
fn read_files(value: &Value, item: &mut Item) {
    for file in value.as_array().into_iter().flatten() {
        let Some(path) = file.get("path").and_then(Value::as_str).or(file.as_str()) else { continue };
        let is_read = file.get("action").and_then(Value::as_str) == Some("reference");
        if is_read { &mut item.reads } else { &mut item.owns }.push(path.to_owned());
    }
}
