//! One task, and the small types it consists of.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Choice, Estimate, UnknownFields};
use crate::glob;
use crate::prose::command_effect::{CommandEffect, effect_of};

/// The permanent id of a task: independent of the title, and never reused for another task.
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
    /// Its permanent id.
    pub id: TaskId,
    /// One line that says what is to be done.
    pub title: String,
    /// The instructions for the agent, verbatim; any number of lines.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub instructions: String,
    /// Patterns of files the task may create, change or delete; a leading `!` excludes. As written, unparsed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub owns: Vec<String>,
    /// Patterns of files that the task needs in a settled state. As written, unparsed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reads: Vec<String>,
    /// Ids of the tasks that must be finished before this one starts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<TaskId>,
    /// Shared things that are not files, with the amount needed while the task runs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<ResourceUse>,
    /// The duration; without it, the default of the plan applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<Estimate>,
    /// The agent; empty means any.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub agent: String,
    /// The model for the agent; empty means its default.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub model: String,
    /// The kind of work.
    #[serde(skip_serializing_if = "Kind::is_change")]
    pub kind: Kind,
    /// The command of a call, word for word.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub run: String,
    /// The heading above the task; empty means none. Has an effect on order only if the settings say so.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// Its progress.
    #[serde(skip_serializing_if = "Status::is_todo")]
    pub status: Status,
    /// Statements or commands that must hold when it is done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<String>,
    /// Conflicts that the author accepts, each with the reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<Acceptance>,
    /// Whether the author says that it may run beside others. That counts only while its files are not known.
    #[serde(skip_serializing_if = "Parallel::is_proved")]
    pub parallel: Parallel,
    /// Whether somebody wrote down its owned files, or a reader guessed them from words.
    #[serde(skip_serializing_if = "Ownership::is_declared")]
    pub ownership: Ownership,
    /// Whether somebody wrote down what it waits for, or a reader took the order of a list for it.
    #[serde(skip_serializing_if = "Ordering::is_declared")]
    pub ordering: Ordering,
    /// Its result for waiting tasks: a word such as `findings`, or JSON that gives the shape of an answer.
    #[serde(skip_serializing_if = "serde_json::Value::is_null")]
    pub returns: serde_json::Value,
    /// Preserved when the plan is written.
    #[serde(flatten)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub unknown: UnknownFields,
}

impl Task {
    /// Whether tasks of its kind may change files.
    pub fn changes_files(&self) -> bool {
        match self.kind {
            Kind::Research | Kind::Verify | Kind::Gate => false,
            // A command changes what it says that it owns.
            Kind::Call => !self.owns.is_empty(),
            Kind::Change | Kind::Test | Kind::Docs | Kind::Config | Kind::Integrate => true,
        }
    }

    /// Whether it may change files but lists none: then it can't be proved safe next to any other task. A
    /// placeholder such as `TBD` lists none.
    pub fn has_unknown_ownership(&self) -> bool {
        self.changes_files() && !self.owns.iter().any(|entry| glob::adds_files(entry))
    }

    /// What its command does beyond reading; nothing if it is no call.
    pub fn effect(&self) -> CommandEffect {
        if self.kind == Kind::Call { effect_of(&self.run) } else { CommandEffect::default() }
    }

    /// The resources that it takes, with the amounts: those it lists, and one of each kind that its command
    /// writes.
    pub fn demands(&self) -> impl Iterator<Item = (&str, u32)> {
        let is_listed = |name: &&str| self.uses.iter().any(|used| used.resource == *name);
        let implied = self.effect().writes.into_iter().filter(move |name| !is_listed(name));
        let listed = self.uses.iter().map(|used| (used.resource.as_str(), used.amount));
        listed.chain(implied.map(|name| (name, 1)))
    }

    /// The entries of `owns` as everything names them that speaks of the plan: reduced to their paths, without
    /// placeholders.
    pub fn owned_files(&self) -> Vec<Cow<'_, str>> {
        self.owns.iter().filter_map(|entry| glob::as_read(entry)).collect()
    }

    /// The entries of `reads`, as [`Task::owned_files`] gives those of `owns`.
    pub fn read_files(&self) -> Vec<Cow<'_, str>> {
        self.reads.iter().filter_map(|entry| glob::as_read(entry)).collect()
    }

    /// Whether its owned files are only guessed, and nobody has confirmed them.
    pub fn is_guessed(&self) -> bool {
        self.ownership == Ownership::Guessed && self.changes_files() && !self.has_unknown_ownership()
    }

    /// Whether its files are unknown and the author doesn't vouch for it.
    pub fn is_unknown(&self) -> bool {
        self.has_unknown_ownership() && self.parallel == Parallel::Proved
    }
}

/// An amount of a shared resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResourceUse {
    /// Name of the resource.
    pub resource: String,
    /// The amount needed while the task runs.
    pub amount: u32,
}

/// The author's statement that this task may run in parallel with another one despite a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Acceptance {
    /// The other task.
    pub task: TaskId,
    /// The reason; may be empty.
    pub reason: String,
}

/// The kind of work of a task.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Kind {
    /// Changes files of the program.
    #[default]
    Change,
    /// Investigates and changes nothing.
    Research,
    /// Writes tests.
    Test,
    /// Writes documentation.
    Docs,
    /// Changes configuration.
    Config,
    /// Integrates the work of others: routers, registries, exports.
    Integrate,
    /// Checks the result and changes nothing.
    Verify,
    /// A person decides whether to continue.
    Gate,
    /// A call of a tool: a command or files to read. No agent is launched for it.
    Call,
}

impl Kind {
    /// All kinds, in menu order.
    pub const ALL: [Kind; 9] = [
        Kind::Change,
        Kind::Research,
        Kind::Test,
        Kind::Docs,
        Kind::Config,
        Kind::Integrate,
        Kind::Verify,
        Kind::Gate,
        Kind::Call,
    ];

    /// The name used in text and JSON.
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
            Kind::Call => "call",
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

/// What lets a task run beside others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Parallel {
    /// Its files: they are known and shared with nobody.
    #[default]
    Proved,
    /// The author's word, such as `[P]` in other tools' lists. It lets a task that lists no files run beside others;
    /// where files are listed, those decide.
    Claimed,
}

impl Parallel {
    /// All values, in menu order.
    pub const ALL: [Parallel; 2] = [Parallel::Proved, Parallel::Claimed];

    /// The name used in text and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Parallel::Proved => "proved",
            Parallel::Claimed => "claimed",
        }
    }

    /// The value with this name.
    pub fn from_name(name: &str) -> Option<Parallel> {
        Parallel::ALL.into_iter().find(|parallel| parallel.name() == name)
    }

    fn is_proved(&self) -> bool {
        *self == Parallel::Proved
    }
}

/// Where the owned files of a task come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Ownership {
    /// Somebody wrote them down, or confirmed them.
    #[default]
    Declared,
    /// They were guessed from the words of a list in another tool's format.
    Guessed,
}

impl Ownership {
    /// All values, in menu order.
    pub const ALL: [Ownership; 2] = [Ownership::Declared, Ownership::Guessed];

    /// The name used in text and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Ownership::Declared => "declared",
            Ownership::Guessed => "guessed",
        }
    }

    /// The value with this name.
    pub fn from_name(name: &str) -> Option<Ownership> {
        Ownership::ALL.into_iter().find(|ownership| ownership.name() == name)
    }

    fn is_declared(&self) -> bool {
        *self == Ownership::Declared
    }
}

/// Where the place of a task in the order comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Ordering {
    /// Somebody wrote down what it waits for, or confirmed it.
    #[default]
    Declared,
    /// It is an entry of a list in which nothing says what waits for what.
    Guessed,
}

impl Ordering {
    /// All values, in menu order.
    pub const ALL: [Ordering; 2] = [Ordering::Declared, Ordering::Guessed];

    /// The name used in text and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Ordering::Declared => "declared",
            Ordering::Guessed => "guessed",
        }
    }

    /// The value with this name.
    pub fn from_name(name: &str) -> Option<Ordering> {
        Ordering::ALL.into_iter().find(|ordering| ordering.name() == name)
    }

    fn is_declared(&self) -> bool {
        *self == Ordering::Declared
    }
}

/// The progress of a task.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Status {
    /// Not started.
    #[default]
    Todo,
    /// In progress.
    Running,
    /// Finished.
    Done,
    /// Tried and not finished.
    Failed,
    /// Abandoned; what waits for it waits for its predecessors instead.
    Dropped,
}

impl Status {
    /// All statuses, in menu order.
    pub const ALL: [Status; 5] =
        [Status::Todo, Status::Running, Status::Done, Status::Failed, Status::Dropped];

    /// The name used in text and JSON.
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

    /// Whether work is left: not done and not dropped.
    pub fn is_open(self) -> bool {
        !matches!(self, Status::Done | Status::Dropped)
    }

    /// Whether it can be started: to do, or failed and to do again.
    pub fn can_start(self) -> bool {
        matches!(self, Status::Todo | Status::Failed)
    }

    fn is_todo(&self) -> bool {
        *self == Status::Todo
    }
}

/// Implements [`Choice`] for an enum with a fixed list of values.
macro_rules! choice {
    ($type:ty) => {
        impl Choice for $type {
            fn name(&self) -> &'static str {
                <$type>::name(*self)
            }

            fn names(&self) -> Vec<&'static str> {
                <$type>::ALL.map(<$type>::name).to_vec()
            }

            fn is_default(&self) -> bool {
                *self == <$type>::default()
            }

            fn choose(&mut self, name: &str) -> bool {
                let found = <$type>::from_name(name);
                *self = found.unwrap_or(*self);
                found.is_some()
            }
        }
    };
}

choice!(Kind);
choice!(Parallel);
choice!(Ownership);
choice!(Ordering);
choice!(Status);
