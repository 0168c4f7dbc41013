//! One field of a task as a control of a form. What is written into it comes back with the names of task and field.

use super::markup::{Markup, markup};
use crate::document::field::TaskField;
use crate::plan::Task;

/// How a field is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line.
    Line,
    /// One line in the type of code.
    Code,
    /// Several lines in the type of code.
    CodeLines,
    /// Several lines of prose.
    Prose,
    /// One of these.
    Choice(&'static [&'static str]),
}

/// What a form says of a field.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Which one.
    pub field: TaskField,
    /// Words for people and screen readers.
    pub label: &'static str,
    /// Shown in grey while it is empty.
    pub hint: &'static str,
    /// How it is entered.
    pub shape: Shape,
}

impl Field {
    /// The control alone; the label is only read out.
    pub fn control(&self, task: &Task, is_wrong: bool, can_change: bool) -> Markup {
        let separator = if self.shape == Shape::CodeLines { "\n" } else { ", " };
        let value = self.field.show(task, separator);
        let is_code = matches!(self.shape, Shape::Code | Shape::CodeLines);
        let (tag, rows) = match self.shape {
            Shape::Line | Shape::Code => ("input", None),
            Shape::CodeLines | Shape::Prose => ("textarea", Some(value.lines().count().clamp(2, 8))),
            Shape::Choice(_) => ("select", None),
        };
        let options = match self.shape {
            Shape::Choice(options) => {
                options.iter().map(|option| markup("option", "").text(option)).collect()
            }
            _ => Vec::new(),
        };
        // What can't be changed can still be read out and copied, but a choice has no such state.
        let locked = if tag == "select" { "disabled" } else { "readonly" };
        markup(tag, if is_code { "field mono" } else { "field" })
            .set("data-field", self.field.name())
            .set("data-task", task.id.as_str())
            .set("aria-label", self.label)
            .set("placeholder", self.hint)
            .set("autocomplete", "off")
            .set("spellcheck", "false")
            .set("aria-invalid", if is_wrong { "true" } else { "false" })
            .set_some(locked, (!can_change).then_some(""))
            .set_some("rows", rows.map(|rows| rows.to_string()).as_deref())
            .set("value", &value)
            .children(options)
    }

    /// The control below its label, and above what is wrong with what was written into it and what else belongs to it.
    pub fn labelled(&self, task: &Task, problem: Option<&str>, can_change: bool, below: Markup) -> Markup {
        let sentence = markup("p", "field-problem").set("role", "alert").text(problem.unwrap_or_default());
        markup("div", "labelled")
            .child(markup("span", "label").set("aria-hidden", "true").text(self.label))
            .child(self.control(task, problem.is_some(), can_change))
            .child(sentence.set_some("hidden", problem.is_none().then_some("")))
            .child(below)
    }
}
