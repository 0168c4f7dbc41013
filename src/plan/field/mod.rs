//! The fields of a task and of a plan, declared once.
//!
//! Text, JSON, forms, comparisons, comments and links handle a field by the shape of its value, so they
//! support a new field as soon as it is in this list.

mod form;
mod json;
mod value;

pub use json::{is_plan_name, is_task_name, read_words_or_json, words_of};
pub use value::{FieldMut, FieldRef, Shape};

use std::mem::replace;

use serde::{Deserialize, Serialize};

use super::{Acceptance, Estimate, Kind, Ordering, Ownership, Parallel, ResourceUse, Status, Task, TaskId};

/// Declares the fields of a task in the order of [`Task`], and the functions that need the type of each.
macro_rules! fields_of_task {
    ($($field:ident, $member:ident: $type:ty, $shape:ident, $tag:expr, $label:expr, $hint:expr, $example:expr;)*) => {
        /// A field of a task, of a plan, or of both.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[expect(missing_docs, reason = "each is the field of `Task` or `Plan` with its name")]
        pub enum Field { $($field,)* Goal, Settings, Resources }

        /// A new value for one field of a task.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "each is the field of `Task` with its name")]
        pub enum TaskChange { $($field($type),)* }

        impl Field {
            /// Every field of a task, in the order of [`Task`].
            pub const OF_TASK: [Field; [$(Field::$field),*].len()] = [$(Field::$field),*];

            /// The name in JSON and in sentences.
            pub fn name(self) -> &'static str {
                match self {
                    $(Field::$field => stringify!($member),)*
                    Field::Goal => "goal",
                    Field::Settings => "settings",
                    Field::Resources => "resources",
                }
            }

            /// The label in the user interface.
            pub fn label(self) -> &'static str {
                match self {
                    $(Field::$field => $label,)*
                    Field::Goal => "Goal",
                    Field::Settings => "Settings",
                    Field::Resources => "Resources",
                }
            }

            /// The placeholder of an empty form field: what it means that it is empty, in words. It must not look
            /// like a value.
            pub fn hint(self) -> &'static str {
                match self {
                    $(Field::$field => $hint,)*
                    Field::Goal | Field::Settings | Field::Resources => "",
                }
            }

            /// How a value is written, for a person who is about to write one; empty if that is obvious.
            pub fn example(self) -> &'static str {
                match self {
                    $(Field::$field => $example,)*
                    Field::Goal | Field::Settings | Field::Resources => "",
                }
            }

            /// The name of its tag in plan text; `None` if it is written without a tag.
            pub fn tag(self) -> Option<&'static str> {
                match self {
                    $(Field::$field => $tag,)*
                    Field::Goal | Field::Settings | Field::Resources => None,
                }
            }

            /// The shape of its value.
            pub fn shape(self) -> Shape {
                match self {
                    $(Field::$field => Shape::$shape,)*
                    Field::Goal => Shape::Prose,
                    Field::Settings => Shape::Settings,
                    Field::Resources => Shape::Resources,
                }
            }

            /// Whether two tasks have the same value. True if tasks have no such field.
            pub fn is_same(self, a: &Task, b: &Task) -> bool {
                match self {
                    $(Field::$field => a.$member == b.$member,)*
                    Field::Goal | Field::Settings | Field::Resources => true,
                }
            }
        }

        impl Task {
            /// The value of a field; `None` if tasks have no such field.
            pub fn field(&self, field: Field) -> Option<FieldRef<'_>> {
                Some(match field {
                    $(Field::$field => FieldRef::$shape(&self.$member),)*
                    Field::Goal | Field::Settings | Field::Resources => return None,
                })
            }

            /// Mutable access to the value of a field; `None` if tasks have no such field.
            pub fn field_mut(&mut self, field: Field) -> Option<FieldMut<'_>> {
                Some(match field {
                    $(Field::$field => FieldMut::$shape(&mut self.$member),)*
                    Field::Goal | Field::Settings | Field::Resources => return None,
                })
            }

            /// The value of a field as JSON; `None` if tasks have no such field.
            pub fn field_as_json(&self, field: Field) -> Option<serde_json::Value> {
                match field {
                    $(Field::$field => serde_json::to_value(&self.$member).ok(),)*
                    Field::Goal | Field::Settings | Field::Resources => None,
                }
            }

            /// The change that copies this value to another task; `None` if tasks have no such field.
            pub fn change_to(&self, field: Field) -> Option<TaskChange> {
                Some(match field {
                    $(Field::$field => TaskChange::$field(self.$member.clone()),)*
                    Field::Goal | Field::Settings | Field::Resources => return None,
                })
            }
        }

        impl TaskChange {
            /// The change to a JSON value; `None` if it has the wrong type for the field.
            pub fn from_json(field: Field, value: &serde_json::Value) -> Option<TaskChange> {
                Some(match field {
                    $(Field::$field => TaskChange::$field(serde_json::from_value(value.clone()).ok()?),)*
                    Field::Goal | Field::Settings | Field::Resources => return None,
                })
            }

            /// Swaps the new value into the task and returns the old one.
            pub fn swap_into(self, task: &mut Task) -> TaskChange {
                match self {
                    $(TaskChange::$field(new) => TaskChange::$field(replace(&mut task.$member, new)),)*
                }
            }
        }
    };
}

#[rustfmt::skip]
fields_of_task! {
    // Variant, member of `Task` with its type, shape, tag in plan text, label, hint, example.
    Title, title: String, Words, None, "Title", "What is to be done", "";
    Instructions, instructions: String, Prose, None, "Instructions", "What the agent is told", "";
    Owns, owns: Vec<String>, Patterns, Some("owns"), "Owned files", "None listed", "src/api/**";
    Reads, reads: Vec<String>, Patterns, Some("reads"), "Reads", "None listed", "db/schema.sql";
    After, after: Vec<TaskId>, Ids, Some("after"), "After", "None", "T1, T2";
    Uses, uses: Vec<ResourceUse>, Uses, Some("uses"), "Uses", "None", "db, api-quota 2";
    Minutes, minutes: Option<Estimate>, Minutes, None, "Minutes", "No estimate", "20, 1h30m or 10/20/45";
    Agent, agent: String, Name, Some("agent"), "Agent", "Anyone", "";
    Model, model: String, Name, Some("model"), "Model", "The agent's own", "";
    Kind, kind: Kind, Choice, Some("kind"), "Kind", "", "";
    Run, run: String, Words, Some("run"), "Command", "None", "git log -20 --oneline";
    Group, group: String, Name, None, "Group", "Heading it belongs to", "";
    Status, status: Status, Choice, Some("status"), "Status", "", "";
    Checks, checks: Vec<String>, Statements, Some("check"), "Done when", "One statement or command per line", "";
    Accepts, accepts: Vec<Acceptance>, Acceptances, Some("accept"), "Accepted conflicts", "None", "T4: only adds a file";
    Parallel, parallel: Parallel, Choice, Some("parallel"), "In parallel", "", "";
    Ownership, ownership: Ownership, Choice, Some("ownership"), "Ownership", "", "";
    Ordering, ordering: Ordering, Choice, Some("ordering"), "Ordering", "", "";
    Returns, returns: serde_json::Value, Json, Some("returns"), "Returns", "Nothing in particular",
        "findings, or JSON such as {\"type\": \"array\"}";
}

impl Field {
    /// Every field of a plan except its tasks.
    pub const OF_PLAN: [Field; 4] = [Field::Title, Field::Goal, Field::Settings, Field::Resources];

    /// The fields in a task line of plan text, in this order.
    pub const IN_TASK_LINE: [Field; 16] = [
        Field::Owns,
        Field::Reads,
        Field::After,
        Field::Uses,
        Field::Minutes,
        Field::Kind,
        Field::Run,
        Field::Parallel,
        Field::Ownership,
        Field::Ordering,
        Field::Agent,
        Field::Model,
        Field::Checks,
        Field::Returns,
        Field::Accepts,
        Field::Status,
    ];

    /// The fields of a form. Those that determine the schedule come first.
    pub const IN_FORM: [Field; 19] = [
        Field::Title,
        Field::Owns,
        Field::Reads,
        Field::After,
        Field::Minutes,
        Field::Uses,
        Field::Agent,
        Field::Model,
        Field::Kind,
        Field::Run,
        Field::Parallel,
        Field::Ownership,
        Field::Ordering,
        Field::Status,
        Field::Group,
        Field::Instructions,
        Field::Checks,
        Field::Returns,
        Field::Accepts,
    ];

    /// The field of a task or of a plan with this name in JSON.
    pub fn from_name(name: &str) -> Option<Field> {
        Field::OF_TASK.into_iter().chain(Field::OF_PLAN).find(|field| field.name() == name)
    }

    /// The field of a task with this name in JSON.
    pub fn of_task(name: &str) -> Option<Field> {
        Field::OF_TASK.into_iter().find(|field| field.name() == name)
    }

    /// The field for a tag name. Also accepts the name in JSON.
    pub fn of_tag(name: &str) -> Option<Field> {
        let is_called = |field: &Field| field.tag().is_some_and(|tag| tag == name || field.name() == name);
        Field::IN_TASK_LINE.into_iter().find(is_called)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_task_lines_leave_out_no_field() {
        let names = |fields: &[Field]| {
            let mut names: Vec<_> = fields.iter().map(|field| field.name()).collect();
            names.sort_unstable();
            names
        };
        assert_eq!(names(&Field::IN_FORM), names(&Field::OF_TASK));
        // These are outside the tags: the text of the task line, the lines below it, and the heading above
        // it.
        let around = [Field::Title, Field::Instructions, Field::Group];
        assert_eq!(names(&[&Field::IN_TASK_LINE[..], &around].concat()), names(&Field::OF_TASK));
    }

    #[test]
    fn fields_are_called_alike_everywhere() {
        for field in Field::OF_TASK.into_iter().chain(Field::OF_PLAN) {
            assert_eq!(Field::from_name(field.name()), Some(field));
            assert_eq!(serde_json::to_value(field).unwrap(), field.name());
            if let Some(tag) = field.tag() {
                assert_eq!(Field::of_tag(tag), Some(field));
            }
        }
    }
}
