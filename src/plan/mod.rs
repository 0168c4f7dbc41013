//! The model: what a person decides about a plan, and nothing that can be computed from it.
//!
//! Deliberately absent: phases, conflicts, positions. They are derived (see [`crate::report`]) and never
//! stored.

mod choice;
pub mod edit;
pub mod efficiency;
pub mod estimate;
pub mod field;
pub mod free_ids;
pub mod length;
pub mod minutes;
pub mod normal;
pub mod price;
pub mod task;

pub use choice::Choice;
pub use edit::Edit;
pub use efficiency::Efficiency;
pub use estimate::Estimate;
pub use field::{Field, FieldMut, FieldRef, Shape};
pub use free_ids::FreeIds;
pub use length::Minutes;
pub use price::Prices;
pub use task::{Acceptance, Kind, Ordering, Ownership, Parallel, ResourceUse, Status, Task, TaskId};

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

/// The number after `phaseplan/` in the files that this version writes.
pub const FORMAT: u32 = 1;

/// Unknown fields of a file, preserved when it is written.
pub type UnknownFields = IndexMap<String, serde_json::Value>;

/// A set of tasks for one repository, with common settings.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plan {
    /// Random, assigned when the plan is created, and the same for all its revisions. Empty until then.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Name of the plan, one line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The purpose of the whole plan; any number of lines.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub goal: String,
    /// Limits and defaults for all tasks.
    pub settings: Settings,
    /// Shared things that are not files, with their capacities. Unlisted ones have capacity 1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<Resource>,
    /// The tasks, in the author's order.
    pub tasks: Vec<Task>,
    /// Preserved when the plan is written.
    #[serde(flatten)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub unknown: UnknownFields,
}

impl Plan {
    /// Position of the first task with this id.
    pub fn position(&self, id: &TaskId) -> Option<usize> {
        self.tasks.iter().position(|task| task.id == *id)
    }

    /// Position of the first task with each id, for many lookups. Don't rely on its iteration order.
    pub fn positions(&self) -> FxHashMap<&TaskId, usize> {
        let mut positions = FxHashMap::default();
        for (position, task) in self.tasks.iter().enumerate() {
            positions.entry(&task.id).or_insert(position);
        }
        positions
    }

    /// A unique name for each task: its id, with its position if an earlier task has the same id.
    pub fn unique_names(&self) -> Vec<String> {
        let mut seen = FxHashSet::default();
        let mut names = Vec::with_capacity(self.tasks.len());
        for (position, task) in self.tasks.iter().enumerate() {
            let mut name = task.id.to_string();
            while !seen.insert(name.clone()) {
                name = format!("{name}#{position}");
            }
            names.push(name);
        }
        names
    }

    /// The first task with this id.
    pub fn task(&self, id: &TaskId) -> Option<&Task> {
        self.tasks.iter().find(|task| task.id == *id)
    }

    /// The expected duration of a task in minutes: its own likely estimate, or else the default of the
    /// settings.
    pub fn minutes_of(&self, task: &Task) -> Minutes {
        task.minutes.map_or(self.settings.default_minutes, |estimate| estimate.likely)
    }

    /// The minutes that its launch takes in addition to a task. A call is not launched.
    pub fn launch_of(&self, task: &Task) -> Minutes {
        if task.kind == Kind::Call { Minutes::ZERO } else { self.settings.phase_overhead }
    }

    /// Whether a task runs alone: its files are unknown, and nobody says that it may run beside others.
    pub fn runs_alone(&self, task: &Task) -> bool {
        !self.settings.unknown_beside && task.is_unknown()
    }

    /// The capacity of a shared resource.
    pub fn capacity_of(&self, resource: &str) -> u32 {
        self.resources.iter().find(|known| known.name == resource).map_or(1, |known| known.capacity)
    }
}

/// Limits and defaults for all tasks of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Settings {
    /// The most tasks that may run at the same time.
    pub max_parallel: u32,
    /// Minutes of a task without an estimate.
    pub default_minutes: Minutes,
    /// Minutes that each launch takes in addition to the task: starting the agent, reading its result, merging. Tasks
    /// launched together share them.
    pub phase_overhead: Minutes,
    /// Whether a task that changes things but lists no files may run beside others. Otherwise it runs alone.
    pub unknown_beside: bool,
    /// Whether every group, as headings make them, waits for the one before.
    #[serde(skip_serializing_if = "is_false")]
    pub groups_in_order: bool,
    /// How much of its speed a command keeps if others compute beside it on the same machine.
    #[serde(skip_serializing_if = "Efficiency::is_usual")]
    pub efficiency: Efficiency,
    /// Names of the available agents, in order of preference.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub agents: Vec<String>,
    /// What tokens cost, where it is not the list price.
    #[serde(skip_serializing_if = "Prices::is_empty")]
    pub prices: Prices,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            max_parallel: 5,
            default_minutes: Minutes::whole(20),
            phase_overhead: Minutes::ZERO,
            unknown_beside: false,
            groups_in_order: false,
            efficiency: Efficiency::default(),
            agents: Vec::new(),
            prices: Prices::default(),
        }
    }
}

fn is_false(value: &bool) -> bool {
    !value
}

/// A shared thing that is not a file: a database, a port, a quota.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Resource {
    /// The name used by tasks, such as `db` or `port:3000`.
    pub name: String,
    /// The most that all running tasks together may use.
    pub capacity: u32,
}
