//! The values of fields by their shape.

use serde_json::Value;

use crate::plan::{Acceptance, Choice, Estimate, ResourceUse, TaskId};

/// The shape of a field's value. Determines how it is read, written, shown and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line of prose.
    Words,
    /// Any number of lines of prose.
    Prose,
    /// One line with a literal name.
    Name,
    /// Patterns of files.
    Patterns,
    /// Statements or commands.
    Statements,
    /// Ids of tasks.
    Ids,
    /// Amounts of shared resources.
    Uses,
    /// Minutes, if known.
    Minutes,
    /// A value from a fixed list.
    Choice,
    /// Accepted conflicts with other tasks, with reasons.
    Acceptances,
    /// Any JSON, usually a few words; `null` means no value.
    Json,
    /// The settings of a plan.
    Settings,
    /// The resources of a plan.
    Resources,
}

/// The value of a field of a task.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "see `Shape`")]
pub enum FieldRef<'a> {
    Words(&'a String),
    Prose(&'a String),
    Name(&'a String),
    Patterns(&'a Vec<String>),
    Statements(&'a Vec<String>),
    Ids(&'a Vec<TaskId>),
    Uses(&'a Vec<ResourceUse>),
    Minutes(&'a Option<Estimate>),
    Choice(&'a dyn Choice),
    Acceptances(&'a Vec<Acceptance>),
    Json(&'a Value),
}

/// Mutable access to the value of a field of a task.
#[derive(Debug)]
#[expect(missing_docs, reason = "see `Shape`")]
pub enum FieldMut<'a> {
    Words(&'a mut String),
    Prose(&'a mut String),
    Name(&'a mut String),
    Patterns(&'a mut Vec<String>),
    Statements(&'a mut Vec<String>),
    Ids(&'a mut Vec<TaskId>),
    Uses(&'a mut Vec<ResourceUse>),
    Minutes(&'a mut Option<Estimate>),
    Choice(&'a mut dyn Choice),
    Acceptances(&'a mut Vec<Acceptance>),
    Json(&'a mut Value),
}
