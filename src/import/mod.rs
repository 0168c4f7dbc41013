//! Reading plans that are not plan text typed here: files of this program and of other tools.
//!
//! Tolerant: what is understood is taken, and everything that was guessed or skipped is listed. Nothing here reads a
//! file: bytes come in.

pub mod decode;
mod plan_json;
mod plan_text;
mod spec_kit;

use crate::plan::Plan;

/// The largest plan that is read; what lies beyond is left out, with a note.
pub const MAX_TASKS: usize = 10_000;

/// A plan that came from outside.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Imported {
    /// What could be read.
    pub plan: Plan,
    /// What it was taken for, as people call it, such as `spec-kit tasks.md`.
    pub format: &'static str,
    /// What was guessed and what was skipped, in the order of the file.
    pub notes: Vec<Note>,
    /// For each task of the plan, the line it starts at, counted from 1; empty if the format has no such lines.
    pub task_lines: Vec<usize>,
}

/// Something a person should know about an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Counted from 1, where it belongs to a line.
    pub line: Option<usize>,
    /// A sentence.
    pub message: String,
    /// Whether a line was lost to the plan.
    pub is_error: bool,
}

impl Note {
    fn at(line: usize, message: impl Into<String>) -> Note {
        Note { line: Some(line), message: message.into(), is_error: false }
    }

    fn general(message: impl Into<String>) -> Note {
        Note { line: None, message: message.into(), is_error: false }
    }
}

/// Why nothing could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    /// What is wrong, where, and what to do, in sentences.
    pub message: String,
}

impl ImportError {
    fn new(message: impl Into<String>) -> ImportError {
        ImportError { message: message.into() }
    }
}

/// A format that plans are read from.
pub trait Importer: Sync {
    /// What people call it, such as `spec-kit tasks.md`.
    fn name(&self) -> &'static str;
    /// Whether the text seems to be of this format.
    fn recognises(&self, text: &str) -> bool;
    /// Reads it.
    fn read(&self, text: &str) -> Result<Imported, ImportError>;
}

/// Every format, the most telling first; the last one takes anything.
pub static IMPORTERS: &[&dyn Importer] = &[&plan_json::PlanJson, &spec_kit::SpecKit, &plan_text::PlanText];

/// Reads the bytes of a file or of a paste. `name` is the file's name, where there is one; it is only used in
/// sentences, because people rename files.
pub fn import(bytes: &[u8], name: Option<&str>) -> Result<Imported, ImportError> {
    read(bytes).map_err(|error| match name {
        Some(name) => ImportError::new(format!("{name}: {}", error.message)),
        None => error,
    })
}

fn read(bytes: &[u8]) -> Result<Imported, ImportError> {
    let text = decode::decode(bytes)?;
    let importer = IMPORTERS.iter().find(|importer| importer.recognises(&text));
    importer.unwrap_or(&(&plan_text::PlanText as &dyn Importer)).read(&text)
}

/// Leaves out the tasks beyond [`MAX_TASKS`], and says so.
fn cut<T>(tasks: &mut Vec<T>) -> Option<Note> {
    let count = tasks.len();
    tasks.truncate(MAX_TASKS);
    (count > MAX_TASKS).then(|| {
        Note::general(format!(
            "The file has {count} tasks; the first {MAX_TASKS} were read. Cut it into several plans to see the rest."
        ))
    })
}
