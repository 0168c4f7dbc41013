//! Fields of a plan and of a task, as text that can be quoted, compared and replaced.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Plan, Task, TaskId};

/// A part of a plan or of a task that can be talked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each is the field of `Plan` or `Task` with its name")]
pub enum Field {
    Title,
    Goal,
    Settings,
    Resources,
    Instructions,
    Owns,
    Reads,
    After,
    Uses,
    Minutes,
    Agent,
    Model,
    Kind,
    Group,
    Status,
    Checks,
    Accepts,
}

impl Field {
    /// Every field of a task, in the order in which it is read.
    pub const OF_TASK: [Field; 14] = [
        Field::Title,
        Field::Instructions,
        Field::Owns,
        Field::Reads,
        Field::After,
        Field::Uses,
        Field::Minutes,
        Field::Agent,
        Field::Model,
        Field::Kind,
        Field::Group,
        Field::Status,
        Field::Checks,
        Field::Accepts,
    ];

    /// Every field of a plan.
    pub const OF_PLAN: [Field; 4] = [Field::Title, Field::Goal, Field::Settings, Field::Resources];

    /// The word used in files and in sentences.
    pub fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Goal => "goal",
            Field::Settings => "settings",
            Field::Resources => "resources",
            Field::Instructions => "instructions",
            Field::Owns => "owns",
            Field::Reads => "reads",
            Field::After => "after",
            Field::Uses => "uses",
            Field::Minutes => "minutes",
            Field::Agent => "agent",
            Field::Model => "model",
            Field::Kind => "kind",
            Field::Group => "group",
            Field::Status => "status",
            Field::Checks => "checks",
            Field::Accepts => "accepts",
        }
    }

    /// The value in a task; `None` if tasks have no such field.
    pub fn of_task(self, task: &Task) -> Option<Value> {
        let value = match self {
            Field::Title => serde_json::to_value(&task.title),
            Field::Instructions => serde_json::to_value(&task.instructions),
            Field::Owns => serde_json::to_value(&task.owns),
            Field::Reads => serde_json::to_value(&task.reads),
            Field::After => serde_json::to_value(&task.after),
            Field::Uses => serde_json::to_value(&task.uses),
            Field::Minutes => serde_json::to_value(task.minutes),
            Field::Agent => serde_json::to_value(&task.agent),
            Field::Model => serde_json::to_value(&task.model),
            Field::Kind => serde_json::to_value(task.kind),
            Field::Group => serde_json::to_value(&task.group),
            Field::Status => serde_json::to_value(task.status),
            Field::Checks => serde_json::to_value(&task.checks),
            Field::Accepts => serde_json::to_value(&task.accepts),
            Field::Goal | Field::Settings | Field::Resources => return None,
        };
        value.ok()
    }

    /// The value in a plan; `None` if plans have no such field.
    pub fn of_plan(self, plan: &Plan) -> Option<Value> {
        let value = match self {
            Field::Title => serde_json::to_value(&plan.title),
            Field::Goal => serde_json::to_value(&plan.goal),
            Field::Settings => serde_json::to_value(&plan.settings),
            Field::Resources => serde_json::to_value(&plan.resources),
            _ => return None,
        };
        value.ok()
    }

    /// The edit that puts in a value; `None` if it is not of the kind that the field holds.
    pub fn edit(self, task: Option<&TaskId>, value: &Value) -> Option<Edit> {
        fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Option<T> {
            serde_json::from_value(value.clone()).ok()
        }
        let Some(id) = task else {
            return Some(match self {
                Field::Title => Edit::SetTitle(read(value)?),
                Field::Goal => Edit::SetGoal(read(value)?),
                Field::Settings => Edit::SetSettings(read(value)?),
                Field::Resources => Edit::SetResources(read(value)?),
                _ => return None,
            });
        };
        let change = match self {
            Field::Title => TaskChange::Title(read(value)?),
            Field::Instructions => TaskChange::Instructions(read(value)?),
            Field::Owns => TaskChange::Owns(read(value)?),
            Field::Reads => TaskChange::Reads(read(value)?),
            Field::After => TaskChange::After(read(value)?),
            Field::Uses => TaskChange::Uses(read(value)?),
            Field::Minutes => TaskChange::Minutes(read(value)?),
            Field::Agent => TaskChange::Agent(read(value)?),
            Field::Model => TaskChange::Model(read(value)?),
            Field::Kind => TaskChange::Kind(read(value)?),
            Field::Group => TaskChange::Group(read(value)?),
            Field::Status => TaskChange::Status(read(value)?),
            Field::Checks => TaskChange::Checks(read(value)?),
            Field::Accepts => TaskChange::Accepts(read(value)?),
            Field::Goal | Field::Settings | Field::Resources => return None,
        };
        Some(Edit::ChangeTask { id: id.clone(), change })
    }
}

/// A value as a person reads it: texts as they are, lists line by line.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join("\n"),
        Value::Object(fields) => match (fields.get("resource").or(fields.get("name")), fields.get("task")) {
            (Some(name), _) => {
                let amount =
                    fields.get("amount").or(fields.get("capacity")).and_then(Value::as_u64).unwrap_or(1);
                if amount == 1 { shown(name) } else { format!("{} {amount}", shown(name)) }
            }
            (None, Some(task)) => {
                let reason = fields.get("reason").map(shown).unwrap_or_default();
                if reason.is_empty() { shown(task) } else { format!("{}: {reason}", shown(task)) }
            }
            (None, None) => {
                let field = |(name, value): (&String, &Value)| {
                    format!("{name}: {}", shown(value).replace('\n', ", "))
                };
                fields.iter().map(field).collect::<Vec<_>>().join("\n")
            }
        },
        other => other.to_string(),
    }
}
