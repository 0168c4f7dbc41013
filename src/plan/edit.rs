//! All changes that can be made to a plan, as data. Undo, quick fixes and comparison build on them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use super::field::TaskChange;
use super::{Field, Plan, Resource, Settings, Task, TaskId};

/// One change of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Edit {
    /// Renames the plan.
    SetTitle(String),
    /// Replaces the goal.
    SetGoal(String),
    /// Replaces the settings.
    SetSettings(Settings),
    /// Replaces the list of resources.
    SetResources(Vec<Resource>),
    /// Inserts a task before position `at`, or at the end if there are fewer tasks. No earlier task may have
    /// its id.
    InsertTask {
        /// Position in the list of tasks.
        at: usize,
        /// The task to insert.
        task: Box<Task>,
    },
    /// Removes a task. References to it remain, and the analysis reports them.
    RemoveTask(TaskId),
    /// Moves a task to position `to`.
    MoveTask {
        /// The task.
        id: TaskId,
        /// Its position afterwards.
        to: usize,
    },
    /// Changes one field of a task.
    ChangeTask {
        /// The task.
        id: TaskId,
        /// The field and its new value.
        change: TaskChange,
    },
}

impl Edit {
    /// Changes the plan and returns the inverse edit. Returns `None` without changing the plan if the edit
    /// names an unknown task, or would put a task behind another one with the same id: an id refers to the
    /// first task that has it, so the inverse would change the wrong one.
    pub fn apply(self, plan: &mut Plan) -> Option<Edit> {
        use std::mem::replace;
        Some(match self {
            Edit::SetTitle(title) => Edit::SetTitle(replace(&mut plan.title, title)),
            Edit::SetGoal(goal) => Edit::SetGoal(replace(&mut plan.goal, goal)),
            Edit::SetSettings(settings) => Edit::SetSettings(replace(&mut plan.settings, settings)),
            Edit::SetResources(resources) => Edit::SetResources(replace(&mut plan.resources, resources)),
            Edit::InsertTask { at, task } => {
                let id = task.id.clone();
                let at = at.min(plan.tasks.len());
                if plan.position(&id).is_some_and(|other| other < at) {
                    return None;
                }
                plan.tasks.insert(at, *task);
                Edit::RemoveTask(id)
            }
            Edit::RemoveTask(id) => {
                let at = plan.position(&id)?;
                Edit::InsertTask { at, task: Box::new(plan.tasks.remove(at)) }
            }
            Edit::MoveTask { id, to } => {
                let from = plan.position(&id)?;
                let to = to.min(plan.tasks.len() - 1);
                if plan.tasks[from..=to.max(from)].iter().skip(1).any(|other| other.id == id) {
                    return None;
                }
                let task = plan.tasks.remove(from);
                plan.tasks.insert(to, task);
                Edit::MoveTask { id, to: from }
            }
            Edit::ChangeTask { id, change } => {
                let at = plan.position(&id)?;
                let change = change.swap_into(&mut plan.tasks[at]);
                Edit::ChangeTask { id, change }
            }
        })
    }

    /// The edit that sets a field of a task, or of the plan, to a JSON value; `None` if there is no such
    /// field or the value has the wrong type.
    pub fn from_json(task: Option<&TaskId>, field: Field, value: &Value) -> Option<Edit> {
        if let Some(id) = task {
            let change = TaskChange::from_json(field, value)?;
            return Some(Edit::ChangeTask { id: id.clone(), change });
        }
        fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Option<T> {
            serde_json::from_value(value.clone()).ok()
        }
        Some(match field {
            Field::Title => Edit::SetTitle(read(value)?),
            Field::Goal => Edit::SetGoal(read(value)?),
            Field::Settings => Edit::SetSettings(read(value)?),
            Field::Resources => Edit::SetResources(read(value)?),
            _ => return None,
        })
    }
}

impl Plan {
    /// The edit that copies this value to another plan; `None` if plans have no such field.
    pub fn edit_to(&self, field: Field) -> Option<Edit> {
        Some(match field {
            Field::Title => Edit::SetTitle(self.title.clone()),
            Field::Goal => Edit::SetGoal(self.goal.clone()),
            Field::Settings => Edit::SetSettings(self.settings.clone()),
            Field::Resources => Edit::SetResources(self.resources.clone()),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Spelling, parse, print};

    /// Applies edits to a plan text and compares the text of the result; `-` is an edit without effect.
    #[track_caller]
    fn check(text: &str, edits: Vec<Edit>, expected: &str) {
        let mut plan = parse(text).plan;
        let mut actual = String::new();
        for edit in edits {
            if edit.apply(&mut plan).is_none() {
                actual.push_str("-\n");
            }
        }
        actual.push_str(&print(&plan, Spelling::Typing));
        assert_eq!(actual, expected);
    }

    #[test]
    fn edits_without_their_task_have_no_effect() {
        let text = "- T1 a\n- T2 b\n";
        let twin = Task { id: "T2".into(), ..Task::default() };
        check(
            text,
            vec![
                Edit::RemoveTask("T3".into()),
                Edit::MoveTask { id: "T3".into(), to: 0 },
                Edit::ChangeTask { id: "T3".into(), change: TaskChange::Agent("x".into()) },
                Edit::InsertTask { at: 2, task: Box::new(twin) },
            ],
            &format!("-\n-\n-\n-\n{text}"),
        );
    }

    #[test]
    fn positions_beyond_the_end_are_the_end() {
        let third = Task { id: "T3".into(), ..Task::default() };
        check(
            "- T1 a\n- T2 b\n",
            vec![
                Edit::InsertTask { at: 9, task: Box::new(third) },
                Edit::MoveTask { id: "T1".into(), to: 9 },
            ],
            "- T2 b\n- T3\n- T1 a\n",
        );
    }
}
