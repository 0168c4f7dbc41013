//! Input formats for plans: those of this program and of other tools.
//!
//! Formats are tolerant: they take what they understand, and report every guess and every omission. Nothing
//! here reads a file; the input is bytes. Each format says how sure it is, and the surest one reads. Other
//! kinds of input (links, replies, archives) are recognised in [`crate::incoming`], the entry point for all
//! input.

mod any_json;
mod any_yaml;
mod auto_claude;
mod backlog;
mod beads;
mod bmad;
mod ccpm;
mod certainty;
mod claude_tasks;
mod counts;
pub mod decode;
mod diagram;
mod error;
mod fields;
mod file;
mod gsd;
mod json;
mod json_lines;
mod kiro;
mod kiro_workflow;
mod mark;
mod markdown;
mod markdown_plan;
pub mod notes;
mod opencode_swarm;
mod openspec;
mod outline;
pub mod plan_json;
pub mod plan_text;
mod prose;
mod ralph;
mod second_format;
mod spec_kit;
mod spec_kitty;
mod spec_kitty_list;
mod superpowers;
mod table;
mod task_file;
mod task_folder;
mod task_master;
mod taskplane;
#[cfg(test)]
mod testing;
mod vbrief;
mod workflow;
mod workflow_script;
mod yaml;
mod zerg;

pub use certainty::Certainty;
pub use counts::{Claims, Counts, FileCounts, WaitCounts};
pub use error::ImportError;
pub use file::{File, only_text};
pub use mark::{Marks, mark};
pub use notes::{DAMAGED_ENTRY, OTHER_FILES, of_change};

use crate::diagnostic::Diagnostic;
use crate::plan::Plan;
use crate::plan::normal::MAX_TASKS;
use error::repeated;

/// An input format.
#[derive(Debug)]
pub struct Format {
    /// Name in the command line, such as `spec-kit`.
    pub id: &'static str,
    /// Name for people, such as `spec-kit tasks.md`.
    pub name: &'static str,
    /// A description of its files, in one sentence.
    pub description: &'static str,
    /// How sure the format is that it can read these files. It is asked about all files together and about
    /// each one alone.
    pub recognise: fn(&[File]) -> Certainty,
    /// Reads files, even those it did not recognise: the user may know better.
    pub read: fn(&[File]) -> Result<Imported, ImportError>,
}

/// Every format. If two are equally sure, the first one reads.
pub static FORMATS: &[&Format] = &[
    &plan_json::FORMAT,
    &spec_kitty_list::FORMAT,
    &spec_kit::FORMAT,
    &task_master::FORMAT,
    &kiro::FORMAT,
    &openspec::FORMAT,
    &superpowers::FORMAT,
    &taskplane::FORMAT,
    &gsd::FORMAT,
    &spec_kitty::FORMAT,
    &backlog::FORMAT,
    &ccpm::FORMAT,
    &bmad::FORMAT,
    &task_folder::FORMAT,
    &workflow::FORMAT,
    &workflow_script::FORMAT,
    &beads::FORMAT,
    &ralph::FORMAT,
    &auto_claude::FORMAT,
    &zerg::FORMAT,
    &opencode_swarm::FORMAT,
    &vbrief::FORMAT,
    &kiro_workflow::FORMAT,
    &claude_tasks::FORMAT,
    &table::FORMAT,
    &diagram::mermaid::FORMAT,
    &diagram::dot::FORMAT,
    &any_json::FORMAT,
    &any_yaml::FORMAT,
    &markdown_plan::FORMAT,
    &plan_text::FORMAT,
];

/// The formats that most people have, for a menu. A constant, because the page must not load the code of
/// [`FORMATS`].
pub const IN_WORDS: &str = "spec-kit, Kiro, Task Master, GSD, beads, Markdown, CSV and more";

/// The format with this id.
pub fn by_id(id: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.id == id)
}

/// The format with this name for people.
pub fn by_name(name: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.name == name)
}

/// Whether the format with this name for people is one of this program, whose plans need no second look.
pub fn is_own(name: &str) -> bool {
    [plan_json::FORMAT.name, plan_text::FORMAT.name].contains(&name)
}

/// The most waits that are read; far more than any real file has, but few enough to be fast.
const MAX_WAITS: usize = 100_000;

/// An imported plan.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Imported {
    /// The tasks and settings that could be read.
    pub plan: Plan,
    /// The recognised format by its name for people, such as `spec-kit tasks.md`.
    pub format: &'static str,
    /// What was found, in numbers.
    pub counts: Counts,
    /// Problems with a plan text, in its order.
    pub problems: Vec<Diagnostic>,
    /// Guesses and omissions, in file order.
    pub notes: Vec<Diagnostic>,
    /// For each task, its first line, counted from 1; empty if the format has no such lines.
    pub task_lines: Vec<usize>,
    /// The text itself, if it is plan text for exactly this plan. It preserves what people wrote around the
    /// tasks.
    pub text: Option<String>,
}

/// The format that is surest, and how sure it is.
pub fn surest(files: &[File]) -> Option<(&'static Format, Certainty)> {
    let claims = FORMATS.iter().map(|format| (*format, (format.recognise)(files)));
    // Of equal items, `max_by_key` returns the last one.
    claims
        .rev()
        .max_by_key(|(_, certainty)| certainty.rank())
        .filter(|(_, certainty)| *certainty != Certainty::No)
}

/// Reads files in a format, and notes what a single one holds in another.
///
/// # Errors
///
/// If they can't be read in it.
pub fn read(format: &Format, files: &[File]) -> Result<Imported, ImportError> {
    let mut imported = (format.read)(files)?;
    if let [file] = files {
        imported.notes.extend(second_format::note(file, format));
    }
    Ok(imported)
}

/// Reads the bytes of a file or a paste as a plan. `name` is the file name, if there is one.
///
/// # Errors
///
/// If nothing can be read as a plan; the sentence says why and what to do.
pub fn import(bytes: &[u8], name: Option<&str>) -> Result<Imported, ImportError> {
    let files = [File::new(name.unwrap_or_default(), bytes)];
    let imported = match surest(&files) {
        Some((format, _)) => read(format, &files),
        None => Err(refusal(&files)),
    };
    imported.map_err(|error| error.about(&files[0].path))
}

/// The error for files that no format recognises.
pub fn refusal(files: &[File]) -> ImportError {
    let [file] = files else {
        let most = 5;
        let mut names: Vec<String> = files.iter().take(most).map(|file| repeated(&file.path)).collect();
        if files.len() > most {
            names.push("…".to_owned());
        }
        return ImportError::new(match files.len() {
            0 => "There is no file in it.".to_owned(),
            count => format!(
                "None of these {count} files is a plan that phaseplan knows: {}. Choose the file with the \
                 tasks.",
                names.join(", ")
            ),
        });
    };
    match (file.text(), file.json()) {
        (Err(error), _) => error.clone(),
        (Ok(_), Some(Err(_))) if file.json_lines().is_some() => plan_json::refusal_of_lines(
            file.json_lines().into_iter().flat_map(json_lines::JsonLines::objects),
        ),
        (Ok(_), Some(json)) => plan_json::refusal(json),
        (Ok(_), None) => {
            ImportError::new("This is HTML or XML, not a plan. Paste the text of the page instead.")
        }
    }
}

/// Removes the tasks beyond [`MAX_TASKS`] and returns a note about them.
fn cut<T>(tasks: &mut Vec<T>) -> Option<Diagnostic> {
    let count = tasks.len();
    tasks.truncate(MAX_TASKS);
    (count > MAX_TASKS).then(|| {
        notes::TASKS_CUT.says(&format!(
            "The file has {count} tasks; the first {MAX_TASKS} were read. Split it into several plans to see \
             the rest."
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read from a text: the format, a line for each task with its files (`=`, read ones `?`), what
    /// it waits for (`<`), its checks (`!`), minutes (`~`) and group, then the notes.
    pub fn shown(text: &str) -> String {
        match import(text.as_bytes(), None) {
            Ok(imported) => described(&imported),
            Err(error) => format!("refused: {}", error.message),
        }
    }

    /// As [`shown`], of several files with paths.
    pub fn shown_of(files: &[(&str, &str)]) -> String {
        let files: Vec<File> = files.iter().map(|(path, text)| File::new(*path, text.as_bytes())).collect();
        match surest(&files).map(|(format, _)| (format.read)(&files)) {
            Some(Ok(imported)) => described(&imported),
            Some(Err(error)) => format!("refused: {}", error.message),
            None => "not recognised".to_owned(),
        }
    }

    /// The sentence with which a text is refused.
    pub fn refusal(text: &str) -> String {
        import(text.as_bytes(), None).map_or_else(|error| error.message, |imported| described(&imported))
    }

    fn described(imported: &Imported) -> String {
        let mut lines = vec![imported.format.to_owned()];
        for task in &imported.plan.tasks {
            let mut line = format!("{} {} {}", task.id, task.status.name(), task.title);
            let after: Vec<&str> = task.after.iter().map(crate::TaskId::as_str).collect();
            for (sign, words) in [
                ("=", task.owns.join(" ")),
                ("?", task.reads.join(" ")),
                ("<", after.join(" ")),
                ("!", task.checks.join(" ! ")),
            ] {
                if !words.is_empty() {
                    line += &format!(" {sign} {words}");
                }
            }
            line += &task.minutes.map_or_else(String::new, |minutes| format!(" ~{}", minutes.likely));
            line += &if task.group.is_empty() { String::new() } else { format!(" ({})", task.group) };
            lines.push(line);
        }
        lines.extend(imported.notes.iter().map(|note| format!("note: {}", note.sentences())));
        lines.join("\n") + "\n"
    }

    #[test]
    fn the_words_name_formats() {
        let words = IN_WORDS.strip_suffix(" and more").unwrap();
        for word in words.split(", ") {
            assert!(FORMATS.iter().any(|format| format.name.contains(word)), "{word}");
        }
    }

    #[test]
    fn formats_can_be_told_apart() {
        for format in FORMATS {
            assert!(format.description.ends_with('.'), "{}", format.id);
            let same = FORMATS.iter().filter(|other| other.id == format.id || other.name == format.name);
            assert_eq!(same.count(), 1, "{}", format.id);
        }
    }
}
