//! One task and the small types it is made of.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Estimate, UnknownFields};

/// Names a task for ever: it does not change with the title and is not given to another task later.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TaskId(pub String);

impl TaskId {
    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for TaskId {
    fn from(id: &str) -> Self {
        TaskId(id.to_owned())
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A piece of work for one agent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Task {
    /// Its name for ever.
    pub id: TaskId,
    /// One line that says what is to be done.
    pub title: String,
    /// What the agent is told, verbatim; any number of lines.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub instructions: String,
    /// Patterns of files the task may create, change or delete; a leading `!` excludes. As written, unparsed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub owns: Vec<String>,
    /// Patterns of files the task needs in a settled state. As written, unparsed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reads: Vec<String>,
    /// Ids of the tasks that must be finished before this one starts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<TaskId>,
    /// Shared things that are not files, with the amount needed while the task runs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<ResourceUse>,
    /// How long it takes; if it is left out, the default of the plan counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<Estimate>,
    /// Who does it; empty means anyone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub agent: String,
    /// Model the agent is to use; empty means its default.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub model: String,
    /// What sort of work it is.
    #[serde(skip_serializing_if = "Kind::is_change")]
    pub kind: Kind,
    /// Heading the task stands under; empty means none. Has no effect on order.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// How far it is.
    #[serde(skip_serializing_if = "Status::is_todo")]
    pub status: Status,
    /// Statements or commands that must hold when it is done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<String>,
    /// Conflicts the author looked at and allows, each with the reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<Acceptance>,
    /// Kept and written back.
    #[serde(flatten)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub unknown: UnknownFields,
}

impl Task {
    /// Whether the task may change files, going by its kind.
    pub fn changes_files(&self) -> bool {
        !matches!(self.kind, Kind::Research | Kind::Verify | Kind::Gate)
    }

    /// Whether it changes things without saying which files: it can't be proved safe next to anything.
    pub fn has_unknown_ownership(&self) -> bool {
        self.changes_files() && !self.owns.iter().any(|pattern| !pattern.starts_with('!'))
    }
}

/// An amount of a shared resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResourceUse {
    /// Name of the resource.
    pub resource: String,
    /// How much of it the task needs while it runs.
    pub amount: u32,
}

/// The author's word that this task may run beside another one in spite of a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Acceptance {
    /// The other task.
    pub task: TaskId,
    /// Why it is fine; may be empty.
    pub reason: String,
}

/// What sort of work a task is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Kind {
    /// Changes files of the program.
    #[default]
    Change,
    /// Finds something out and changes nothing.
    Research,
    /// Writes tests.
    Test,
    /// Writes documentation.
    Docs,
    /// Changes configuration.
    Config,
    /// Joins what others made: routers, registries, exports.
    Integrate,
    /// Checks the result and changes nothing.
    Verify,
    /// A person decides whether to go on.
    Gate,
}

impl Kind {
    /// Every kind, in the order menus show them.
    pub const ALL: [Kind; 8] = [
        Kind::Change,
        Kind::Research,
        Kind::Test,
        Kind::Docs,
        Kind::Config,
        Kind::Integrate,
        Kind::Verify,
        Kind::Gate,
    ];

    /// The word used in text and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Change => "change",
            Kind::Research => "research",
            Kind::Test => "test",
            Kind::Docs => "docs",
            Kind::Config => "config",
            Kind::Integrate => "integrate",
            Kind::Verify => "verify",
            Kind::Gate => "gate",
        }
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    fn is_change(&self) -> bool {
        *self == Kind::Change
    }
}

/// How far a task is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Status {
    /// Not started.
    #[default]
    Todo,
    /// An agent is on it.
    Running,
    /// Finished.
    Done,
    /// Tried and not finished.
    Failed,
    /// Given up; nothing waits for it any more.
    Dropped,
}

impl Status {
    /// Every status, in the order menus show them.
    pub const ALL: [Status; 5] =
        [Status::Todo, Status::Running, Status::Done, Status::Failed, Status::Dropped];

    /// The word used in text and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Status::Todo => "todo",
            Status::Running => "running",
            Status::Done => "done",
            Status::Failed => "failed",
            Status::Dropped => "dropped",
        }
    }

    /// The status with this name.
    pub fn from_name(name: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.name() == name)
    }

    fn is_todo(&self) -> bool {
        *self == Status::Todo
    }
}
