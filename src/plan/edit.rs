//! Every change that can be made to a plan, as data. Undo, quick fixes and comparison are built on it.

use serde::{Deserialize, Serialize};

use super::{Acceptance, Estimate, Kind, Plan, Resource, ResourceUse, Settings, Status, Task, TaskId};

/// One change of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Edit {
    /// Rename the plan.
    SetTitle(String),
    /// Replace the goal.
    SetGoal(String),
    /// Replace the settings.
    SetSettings(Settings),
    /// Replace the list of resources.
    SetResources(Vec<Resource>),
    /// Put a task in before position `at` (the end, if there are fewer). Its id must not be that of a task before it.
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// not there, or would put a task behind another one with its id (the plan is then unchanged): an id stands for the
    /// first task that has it, so the way back would lead to the wrong one.
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

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Spelling, parse, print};

    fn any_id() -> impl Strategy<Value = TaskId> {
        "T[1-6]".prop_map(TaskId)
    }

    fn any_task() -> impl Strategy<Value = Task> {
        (any_id(), "[a-c]{0,3}", vec("[a-c]", 0..2)).prop_map(|(id, title, owns)| Task {
            id,
            title,
            owns,
            ..Task::default()
        })
    }

    fn any_change() -> impl Strategy<Value = TaskChange> {
        let word = "[a-c]{0,3}";
        prop_oneof![
            word.prop_map(TaskChange::Title),
            word.prop_map(TaskChange::Instructions),
            vec(word, 0..3).prop_map(TaskChange::Owns),
            vec(word, 0..3).prop_map(TaskChange::Reads),
            vec(any_id(), 0..3).prop_map(TaskChange::After),
            vec(word, 0..2).prop_map(|names| {
                TaskChange::Uses(
                    names.into_iter().map(|resource| ResourceUse { resource, amount: 2 }).collect(),
                )
            }),
            proptest::option::of(0..99u32)
                .prop_map(|minutes| TaskChange::Minutes(minutes.map(Estimate::exactly))),
            word.prop_map(TaskChange::Agent),
            word.prop_map(TaskChange::Model),
            prop::sample::select(&Kind::ALL[..]).prop_map(TaskChange::Kind),
            word.prop_map(TaskChange::Group),
            prop::sample::select(&Status::ALL[..]).prop_map(TaskChange::Status),
            vec(word, 0..3).prop_map(TaskChange::Checks),
            vec(any_id(), 0..2).prop_map(|ids| {
                TaskChange::Accepts(
                    ids.into_iter().map(|task| Acceptance { task, reason: String::new() }).collect(),
                )
            }),
        ]
    }

    fn any_edit() -> impl Strategy<Value = Edit> {
        prop_oneof![
            "[a-c]{0,3}".prop_map(Edit::SetTitle),
            "[a-c]{0,3}".prop_map(Edit::SetGoal),
            any::<u32>()
                .prop_map(|max_parallel| Edit::SetSettings(Settings { max_parallel, ..Settings::default() })),
            vec("[a-c]", 0..2).prop_map(|names| {
                Edit::SetResources(names.into_iter().map(|name| Resource { name, capacity: 1 }).collect())
            }),
            (0..8usize, any_task()).prop_map(|(at, task)| Edit::InsertTask { at, task: Box::new(task) }),
            any_id().prop_map(Edit::RemoveTask),
            (any_id(), 0..8usize).prop_map(|(id, to)| Edit::MoveTask { id, to }),
            (any_id(), any_change()).prop_map(|(id, change)| Edit::ChangeTask { id, change }),
        ]
    }

    proptest! {
        #[test]
        fn every_edit_can_be_taken_back(tasks in vec(any_task(), 0..6), edits in vec(any_edit(), 1..8)) {
            let mut plan = Plan { tasks, ..Plan::default() };
            let first = plan.clone();
            let mut inverses = Vec::new();
            for edit in edits {
                let before = plan.clone();
                match edit.apply(&mut plan) {
                    Some(inverse) => {
                        let mut back = plan.clone();
                        let again = inverse.clone().apply(&mut back);
                        prop_assert_eq!(&back, &before);
                        again.expect("an inverse applies").apply(&mut back);
                        prop_assert_eq!(&back, &plan);
                        inverses.push(inverse);
                    }
                    None => prop_assert_eq!(&plan, &before),
                }
            }
            while let Some(inverse) = inverses.pop() {
                inverse.apply(&mut plan);
            }
            prop_assert_eq!(plan, first);
        }
    }

    /// Applies edits to a plan text and compares the text of the result; `-` stands for an edit without effect.
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
