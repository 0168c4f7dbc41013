//! Every change that can be made to a plan, as data. Undo, quick fixes and comparison are built on it.

use super::{Acceptance, Estimate, Kind, Plan, Resource, ResourceUse, Settings, Status, Task, TaskId};

/// One change of a plan.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Rename the plan.
    SetTitle(String),
    /// Replace the goal.
    SetGoal(String),
    /// Replace the settings.
    SetSettings(Settings),
    /// Replace the list of resources.
    SetResources(Vec<Resource>),
    /// Put a task in before position `at` (the end, if there are fewer).
    InsertTask {
        /// Position in the list of tasks.
        at: usize,
        /// What is put in.
        task: Box<Task>,
    },
    /// Take a task out. References to it stay and are reported by the analysis.
    RemoveTask(TaskId),
    /// Move a task to position `to`.
    MoveTask {
        /// Which one.
        id: TaskId,
        /// Its position afterwards.
        to: usize,
    },
    /// Change one field of a task.
    ChangeTask {
        /// Which one.
        id: TaskId,
        /// The field and its new value.
        change: TaskChange,
    },
}

/// A new value for one field of a task.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the field of `Task` with its name")]
pub enum TaskChange {
    Title(String),
    Instructions(String),
    Owns(Vec<String>),
    Reads(Vec<String>),
    After(Vec<TaskId>),
    Uses(Vec<ResourceUse>),
    Minutes(Option<Estimate>),
    Agent(String),
    Model(String),
    Kind(Kind),
    Group(String),
    Status(Status),
    Checks(Vec<String>),
    Accepts(Vec<Acceptance>),
}

impl Edit {
    /// Changes the plan and returns the edit that takes the change back, or `None` if the edit names a task that is
    /// not there (the plan is then unchanged).
    pub fn apply(self, plan: &mut Plan) -> Option<Edit> {
        use std::mem::replace;
        Some(match self {
            Edit::SetTitle(title) => Edit::SetTitle(replace(&mut plan.title, title)),
            Edit::SetGoal(goal) => Edit::SetGoal(replace(&mut plan.goal, goal)),
            Edit::SetSettings(settings) => Edit::SetSettings(replace(&mut plan.settings, settings)),
            Edit::SetResources(resources) => Edit::SetResources(replace(&mut plan.resources, resources)),
            Edit::InsertTask { at, task } => {
                let id = task.id.clone();
                plan.tasks.insert(at.min(plan.tasks.len()), *task);
                Edit::RemoveTask(id)
            }
            Edit::RemoveTask(id) => {
                let at = plan.position(&id)?;
                Edit::InsertTask { at, task: Box::new(plan.tasks.remove(at)) }
            }
            Edit::MoveTask { id, to } => {
                let from = plan.position(&id)?;
                let task = plan.tasks.remove(from);
                plan.tasks.insert(to.min(plan.tasks.len()), task);
                Edit::MoveTask { id, to: from }
            }
            Edit::ChangeTask { id, change } => {
                let at = plan.position(&id)?;
                let change = change.swap_into(&mut plan.tasks[at]);
                Edit::ChangeTask { id, change }
            }
        })
    }
}

impl TaskChange {
    /// Puts the new value into the task and returns the old one.
    fn swap_into(self, task: &mut Task) -> TaskChange {
        use std::mem::replace;
        match self {
            TaskChange::Title(new) => TaskChange::Title(replace(&mut task.title, new)),
            TaskChange::Instructions(new) => TaskChange::Instructions(replace(&mut task.instructions, new)),
            TaskChange::Owns(new) => TaskChange::Owns(replace(&mut task.owns, new)),
            TaskChange::Reads(new) => TaskChange::Reads(replace(&mut task.reads, new)),
            TaskChange::After(new) => TaskChange::After(replace(&mut task.after, new)),
            TaskChange::Uses(new) => TaskChange::Uses(replace(&mut task.uses, new)),
            TaskChange::Minutes(new) => TaskChange::Minutes(replace(&mut task.minutes, new)),
            TaskChange::Agent(new) => TaskChange::Agent(replace(&mut task.agent, new)),
            TaskChange::Model(new) => TaskChange::Model(replace(&mut task.model, new)),
            TaskChange::Kind(new) => TaskChange::Kind(replace(&mut task.kind, new)),
            TaskChange::Group(new) => TaskChange::Group(replace(&mut task.group, new)),
            TaskChange::Status(new) => TaskChange::Status(replace(&mut task.status, new)),
            TaskChange::Checks(new) => TaskChange::Checks(replace(&mut task.checks, new)),
            TaskChange::Accepts(new) => TaskChange::Accepts(replace(&mut task.accepts, new)),
        }
    }
}
