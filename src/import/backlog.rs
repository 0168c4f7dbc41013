//! Backlog.md: a folder with a file for each task, such as `task-12 - Add-login.md`.

use std::collections::HashMap;

use super::json::Reader;
use super::outline::{Item, Outline, Wait};
use super::task_file::{self, TaskFile, patterns, stem, task_files};
use super::{Certainty, File, Format, ImportError, Imported, notes};
use crate::import::markdown::FrontMatter;
use crate::plan::Status;

/// The format of `backlog/tasks/*.md`.
pub static FORMAT: Format = Format {
    id: "backlog",
    name: "Backlog.md tasks",
    description: "A folder of Backlog.md with files such as `task-12 - Add-login.md`; sub-tasks become a group.",
    recognise,
    read,
};

/// The fields that are read or say nothing about the work; others are preserved.
const KNOWN: &[&str] = &[
    "id",
    "title",
    "status",
    "created_date",
    "updated_date",
    "dependencies",
    "modified_files",
    "parent_task_id",
    "milestone",
    "ordinal",
];

fn recognise(files: &[File]) -> Certainty {
    match task_files(files, is_task).len() {
        0 => Certainty::No,
        1 => Certainty::Sure(
            "it has the fields “id”, “created_date” and “dependencies” of Backlog.md".to_owned(),
        ),
        count => Certainty::Sure(format!("{count} files have the fields of Backlog.md")),
    }
}

fn is_task(front: &FrontMatter) -> bool {
    let own = ["created_date", "assignee", "dependencies", "labels"];
    let count = own.iter().filter(|name| front.has(name)).count();
    front.has("id")
        && front.has("title")
        && front.has("status")
        && count >= 2
        && is_id(front.fields.text_of("id"))
}

/// Whether it is an id such as `task-12` or `BACK-12.3`.
fn is_id(id: &str) -> bool {
    let Some((prefix, number)) = id.trim().rsplit_once('-') else { return false };
    !prefix.is_empty()
        && number.starts_with(|first: char| first.is_ascii_digit())
        && number.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
}

/// A task, and its key: the number without the prefix, since projects change the prefix.
struct Found<'a> {
    item: Item,
    number: String,
    parent: String,
    task: Option<TaskFile<'a>>,
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let is_alone = files.len() == 1;
    let tasks = task_files(files, is_task);
    let mut outline = Outline { title: project(files), ..Outline::default() };
    let mut found: Vec<Found> = Vec::new();
    for task in &tasks {
        outline.notes.extend(task.damage(is_alone));
        found.push(read_task(task, is_alone));
    }
    for file in files.iter().filter(|file| file.front_matter().is_none()) {
        let Some((item, number)) = read_bare(file) else { continue };
        outline
            .notes
            .push(item.says(&notes::ITEM_WITHOUT_ID, "It has no fields, so its id is from its name."));
        found.push(Found { item, number, parent: String::new(), task: None });
    }
    // A parent comes before its parts: its number is shorter or smaller.
    found.sort_by_cached_key(|found| sort_key(&found.number));
    let read = found.len();
    connect(found, &mut outline);
    outline.notes.extend(task_file::note_unread(files, read));
    task_file::finish(outline, Reader::default(), &FORMAT)
}

/// The name of the project, from its settings.
fn project(files: &[File]) -> String {
    let settings = files.iter().filter(|file| matches!(file.name(), "config.yml" | "config.yaml"));
    let names =
        settings.filter_map(|file| Some(file.yaml()?.as_ref().ok()?.text_of("project_name").to_owned()));
    names.into_iter().next().unwrap_or_default()
}

fn number_of(id: &str) -> String {
    id.trim().rsplit('-').next().unwrap_or_default().to_owned()
}

fn sort_key(number: &str) -> Vec<u64> {
    number.split('.').map(|part| part.parse().unwrap_or(u64::MAX)).collect()
}

fn read_task<'a>(task: &TaskFile<'a>, is_alone: bool) -> Found<'a> {
    let mut item = task.item(task.text("id"), task.text("title"), is_alone);
    item.status = read_status(task.text("status"), task.file.folder());
    item.owns = patterns(task_file::texts_of_list(task.field("modified_files")).iter().map(String::as_str));
    item.group = task.text("milestone").to_owned();
    task.keep_others(&mut item, KNOWN);
    let parent = number_of(task.text("parent_task_id"));
    Found { number: number_of(&item.id), item, parent, task: Some(*task) }
}

/// Finished tasks are moved to a folder of their own, and others are put away.
fn read_status(status: &str, folder: &str) -> Status {
    let folder = folder.rsplit('/').find(|name| matches!(*name, "completed" | "archive" | "tasks"));
    let plain: String = status.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect();
    match (plain.as_str(), folder) {
        ("done" | "completed" | "complete" | "closed", _) | (_, Some("completed")) => Status::Done,
        ("cancelled" | "canceled" | "wontfix", _) | (_, Some("archive")) => Status::Dropped,
        ("inprogress" | "review" | "inreview", _) => Status::Running,
        _ => Status::Todo,
    }
}

/// A file without front matter whose name is that of a task.
fn read_bare(file: &File) -> Option<(Item, String)> {
    let (id, title) = stem(file.name()).split_once(" - ")?;
    if !is_id(id) || !file.name().ends_with(".md") {
        return None;
    }
    let item = Item {
        file: file.path.clone(),
        text: file.text().ok()?.trim().to_owned(),
        status: read_status("", file.folder()),
        ..Item::new(id, title.replace('-', " "), 1)
    };
    Some((item, number_of(id)))
}

/// Finds parents and waits, first by the whole id, then by the number alone.
fn connect(found: Vec<Found>, outline: &mut Outline) {
    let mut by_number: HashMap<String, usize> = HashMap::new();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for (index, found) in found.iter().enumerate() {
        by_number.entry(found.number.clone()).or_insert(index);
        by_id.entry(found.item.id.to_lowercase()).or_insert(index);
    }
    let ids: Vec<String> = found.iter().map(|found| found.item.id.clone()).collect();
    // A parent with files is work of its own.
    let is_work: Vec<bool> = found.iter().map(|found| !found.item.owns.is_empty()).collect();
    let titles: Vec<String> = found.iter().map(|found| found.item.title.clone()).collect();
    for (index, mut found) in found.into_iter().enumerate() {
        match by_number.get(&found.parent).copied().filter(|parent| *parent < index) {
            Some(parent) if is_work[parent] => found.item.group.clone_from(&titles[parent]),
            parent => found.item.parent = parent,
        }
        let waits = found.task.map(|task| task.texts("dependencies")).unwrap_or_default();
        let find = |name: &String| {
            let plain = name.trim_start_matches('#');
            by_id.get(&plain.to_lowercase()).or_else(|| by_number.get(&number_of(plain)))
        };
        let named =
            waits.iter().map(|name| Wait::Named(find(name).map_or(name, |index| &ids[*index]).clone()));
        found.item.waits = named.collect();
        outline.items.push(found.item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::testing::lines_with_files;

    fn shown(files: &[(&str, &str)]) -> Vec<String> {
        lines_with_files(&FORMAT, files)
    }

    fn task(id: &str, more: &str) -> String {
        format!(
            "---\nid: {id}\ntitle: Do {id}\nstatus: To Do\nassignee: []\ncreated_date: '2026-01-02'\n{more}\n---\n\nText.\n"
        )
    }

    #[test]
    fn tasks_are_read_with_parents_waits_and_files() {
        let parent = task("task-2", "dependencies: []");
        let part = task("task-2.1", "dependencies: [task-1]\nparent_task_id: task-2");
        let last =
            task("BACK-10", "dependencies: [TASK-2]\nmodified_files: [src/a.rs]").replace("To Do", "Done");
        let first = task("task-1", "dependencies: []");
        let files = [
            ("b/tasks/back-10 - c.md", last.as_str()),
            ("b/tasks/task-2 - a.md", &parent),
            ("b/tasks/task-2.1 - b.md", &part),
            ("b/completed/task-1 - d.md", &first),
        ];
        let shown = shown(&files);
        assert_eq!(
            shown[..3],
            [
                "task-1 Do task-1 <> []  Done",
                "task-2.1 Do task-2.1 <task-1> [Do task-2]  Todo",
                "BACK-10 Do BACK-10 <task-2.1> [] src/a.rs Done"
            ]
        );
    }

    #[test]
    fn a_renamed_prefix_is_understood_and_a_file_without_fields_is_read() {
        let two = task("BACK-2", "dependencies:\n  - task-1\n  - task-9");
        let shown =
            shown(&[("tasks/task-1 - Add-the-cart.md", "# Cart\n\nText.\n"), ("tasks/back-2 - b.md", &two)]);
        assert_eq!(
            shown[..2],
            ["task-1 Add the cart <> []  Todo", "BACK-2 Do BACK-2 <task-1,task-9> []  Todo"]
        );
        assert!(shown.contains(&"PP515".to_owned()) && shown.contains(&"PP511".to_owned()), "{shown:?}");
    }

    #[test]
    fn look_alikes_are_no_tasks() {
        for text in [
            "---\nid: 7\ntitle: x\nstatus: open\nlabels: []\ndependencies: []\n---\n",
            "---\ntask_id: 1\ntitle: x\nstatus: y\ndependencies: []\n---\n",
            "---\nid: doc-1\ntitle: A document\ntype: other\ncreated_date: x\n---\n",
        ] {
            assert_eq!(recognise(&[File::new("a.md", text)]), Certainty::No, "{text}");
        }
    }
}
