//! Shows what readers find, for tests.

use super::{File, Format, Imported};

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

/// The codes of the notes, each once.
pub fn codes(imported: &Imported) -> Vec<&'static str> {
    let mut codes: Vec<_> = imported.notes.iter().map(|note| note.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
