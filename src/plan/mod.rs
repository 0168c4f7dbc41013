//! The model: what a person decides about a plan, and nothing that can be computed from it.
//!
//! Absent on purpose: phases, conflicts, positions. They are derived (see [`crate::report`]) and never stored.

pub mod edit;
pub mod estimate;
pub mod free_ids;
pub mod restore;
pub mod task;

pub use edit::Edit;
pub use estimate::Estimate;
pub use free_ids::FreeIds;
pub use task::{Acceptance, Kind, ResourceUse, Status, Task, TaskId};

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

/// Fields of a file that this version does not know, kept so that writing gives them back.
pub type UnknownFields = IndexMap<String, serde_json::Value>;

/// A set of tasks for one repository, with what holds for all of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plan {
    /// Random when the plan is made, and the same for all its revisions. Empty until then.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Name of the plan, one line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What the whole plan is to achieve; any number of lines.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub goal: String,
    /// Limits and defaults for all tasks.
    pub settings: Settings,
    /// Shared things that are not files, with how much of each there is. One that is not listed has capacity 1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<Resource>,
    /// The tasks, in the order the author wrote them.
    pub tasks: Vec<Task>,
    /// Kept and written back.
    #[serde(flatten)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub unknown: UnknownFields,
}

impl Plan {
    /// Position of the first task with this id.
    pub fn position(&self, id: &TaskId) -> Option<usize> {
        self.tasks.iter().position(|task| task.id == *id)
    }

    /// Position of the first task with each id, for looking up many ids. Its iteration order means nothing.
    pub fn positions(&self) -> FxHashMap<&TaskId, usize> {
        let mut positions = FxHashMap::default();
        for (position, task) in self.tasks.iter().enumerate() {
            positions.entry(&task.id).or_insert(position);
        }
        positions
    }

    /// A name for each task that no other task has: its id, with its position if an earlier task has the same id.
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

    /// How long a task is expected to take, in minutes: its own likely estimate, else the default of the settings.
    pub fn minutes_of(&self, task: &Task) -> u32 {
        task.minutes.map_or(self.settings.default_minutes, |estimate| estimate.likely)
    }

    /// How much there is of a shared resource.
    pub fn capacity_of(&self, resource: &str) -> u32 {
        self.resources.iter().find(|known| known.name == resource).map_or(1, |known| known.capacity)
    }
}

/// Limits and defaults that hold for all tasks of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Settings {
    /// How many tasks may run at the same time.
    pub max_parallel: u32,
    /// Minutes for a task that gives no estimate.
    pub default_minutes: u32,
    /// Minutes that every phase costs besides its longest task: starting agents, reading results, merging.
    pub phase_overhead: u32,
    /// Whether a task that changes things but lists no files runs alone in its phase.
    pub unknown_runs_alone: bool,
    /// Names of the agents that take part, in order of preference.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub agents: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            max_parallel: 5,
            default_minutes: 20,
            phase_overhead: 0,
            unknown_runs_alone: false,
            agents: Vec::new(),
        }
    }
}

/// A shared thing that is not a file: a database, a port, a quota.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Resource {
    /// What tasks call it, such as `db` or `port:3000`.
    pub name: String,
    /// How much of it all running tasks together may use.
    pub capacity: u32,
}
