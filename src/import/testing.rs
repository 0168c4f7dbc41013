//! Shows what readers find, for tests.

use super::{File, Format, Imported};
use crate::plan::{Task, TaskId};

/// The certainty of a format about a text.
pub fn certainty(format: &Format, text: &str) -> &'static str {
    (format.recognise)(&[File::new("", text)]).name()
}

/// Reads files, each with its path.
pub fn read_files(format: &Format, files: &[(&str, &str)]) -> Imported {
    let files: Vec<File> = files.iter().map(|(path, text)| File::new(*path, *text)).collect();
    (format.read)(&files).unwrap_or_else(|error| panic!("{}", error.message))
}

/// A line for each task of a text.
pub fn shown(format: &Format, text: &str) -> String {
    shown_plan(&read_files(format, &[("", text)]))
}

/// A line for each task: id, status, title, group, files and waits.
pub fn shown_plan(imported: &Imported) -> String {
    let mut shown = Vec::new();
    if !imported.plan.title.is_empty() {
        shown.push(format!("# {}", imported.plan.title));
    }
    for task in &imported.plan.tasks {
        let mut line = format!("{} {} {}", task.id, task.status.name(), task.title);
        if !task.group.is_empty() {
            line.push_str(&format!(" [{}]", task.group));
        }
        let after: Vec<String> = task.after.iter().map(ToString::to_string).collect();
        for (name, values) in [("owns", &task.owns), ("reads", &task.reads), ("after", &after)] {
            if !values.is_empty() {
                line.push_str(&format!(" {name} {}", values.join(" ")));
            }
        }
        shown.push(line);
    }
    shown.join("\n")
}

/// A line for each task as `line` writes it from the task and the ids it waits for, then the codes of the notes.
pub fn task_lines(imported: &Imported, line: impl Fn(&Task, &str) -> String) -> Vec<String> {
    let tasks = imported.plan.tasks.iter().map(|task| {
        let after: Vec<&str> = task.after.iter().map(TaskId::as_str).collect();
        line(task, &after.join(","))
    });
    tasks.chain(imported.notes.iter().map(|note| note.code.to_owned())).collect()
}

/// The tasks of files with their groups, changed files and statuses.
pub fn lines_with_files(format: &Format, files: &[(&str, &str)]) -> Vec<String> {
    task_lines(&read_files(format, files), |task, after| {
        let owns = task.owns.join(",");
        format!("{} {} <{after}> [{}] {owns} {:?}", task.id, task.title, task.group, task.status)
    })
}

/// The tasks of a text with their groups, or why it is refused.
pub fn lines_with_groups(format: &Format, text: &str) -> Vec<String> {
    match (format.read)(&[File::new("", text)]) {
        Ok(imported) => task_lines(&imported, |task, after| {
            format!("{} {} <{after}> [{}]", task.id, task.title, task.group)
        }),
        Err(error) => vec![error.message],
    }
}

/// The codes of the notes, each once.
pub fn codes(imported: &Imported) -> Vec<&'static str> {
    let mut codes: Vec<_> = imported.notes.iter().map(|note| note.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
