//! Reading plans that are not plan text typed here: files of this program and of other tools.
//!
//! Tolerant: what is understood is taken, and everything that was guessed or skipped is listed.

use crate::plan::Plan;

/// A plan that came from outside.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Imported {
    /// What could be read.
    pub plan: Plan,
    /// What it was taken for, as people call it, such as `spec-kit tasks.md`.
    pub format: &'static str,
    /// What was guessed and what was skipped, in the order of the file.
    pub notes: Vec<Note>,
}

/// Something a person should know about an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Counted from 1, where it belongs to a line.
    pub line: Option<usize>,
    /// A sentence.
    pub message: String,
}

/// Why nothing could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    /// What is wrong, where, and what to do, in sentences.
    pub message: String,
}

/// Reads the bytes of a file or of a paste. `name` is the file's name, where there is one.
pub fn import(_bytes: &[u8], _name: Option<&str>) -> Result<Imported, ImportError> {
    Ok(Imported::default())
}
