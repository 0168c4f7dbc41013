//! A field of a task as a form control. Its input is returned with the names of the task and the field.

use super::markup::{Markup, markup};
use crate::plan::{Field, FieldRef, Shape, Task};

/// A field of a task as a control.
#[derive(Debug, Clone, Copy)]
pub struct Control {
    /// The field.
    pub field: Field,
    /// The placeholder.
    pub hint: &'static str,
    /// Whether it has one line, even if the field usually has several.
    pub is_one_line: bool,
}

impl Control {
    /// The control for a form.
    pub fn of(field: Field) -> Control {
        Control { field, hint: field.hint(), is_one_line: false }
    }

    /// The control without a visible label; screen readers get one.
    pub fn control(&self, task: &Task, is_wrong: bool, can_change: bool) -> Markup {
        let shape = self.field.shape();
        let is_code =
            matches!(shape, Shape::Patterns | Shape::Ids | Shape::Uses | Shape::Minutes | Shape::Json);
        let is_tall = matches!(
            shape,
            Shape::Patterns | Shape::Prose | Shape::Statements | Shape::Acceptances | Shape::Json
        ) && !self.is_one_line;
        let value = task.field(self.field);
        let text = value.map_or(String::new(), |value| {
            value.show(if self.is_one_line { ", " } else { separator(shape) })
        });
        let options = options(value);
        let tag = match (&options, is_tall) {
            (Some(_), _) => "select",
            (None, true) => "textarea",
            (None, false) => "input",
        };
        let example = example(self.field).filter(|_| can_change);
        let rows = is_tall.then(|| text.lines().count().clamp(2, 8).to_string());
        // A read-only field can still be read out and copied, but a select can only be disabled.
        let locked = if tag == "select" { "disabled" } else { "readonly" };
        markup(tag, if is_code { "field mono" } else { "field" })
            .set("data-field", self.field.name())
            .set("data-task", task.id.as_str())
            .set("aria-label", self.field.label())
            .set("placeholder", self.hint)
            .set_some("aria-description", example.as_deref())
            .set("autocomplete", "off")
            .set("spellcheck", "false")
            .set("aria-invalid", if is_wrong { "true" } else { "false" })
            .set_some(locked, (!can_change).then_some(""))
            .set_some("rows", rows.as_deref())
            .set("value", &text)
            .children(options.unwrap_or_default())
    }

    /// The control below its label, followed by the problem with its input and by `below`.
    pub fn labelled(&self, task: &Task, problem: Option<&str>, can_change: bool, below: Markup) -> Markup {
        let example = example(self.field).filter(|_| can_change);
        let example = example.map(|example| markup("small", "example").text(&example));
        let label = markup("span", "label").set("aria-hidden", "true").text(self.field.label());
        let sentence = markup("p", "field-problem").set("role", "alert").text(problem.unwrap_or_default());
        markup("div", "labelled")
            .child(label.children(example.into_iter().collect()))
            .child(self.control(task, problem.is_some(), can_change))
            .child(sentence.set_some("hidden", problem.is_none().then_some("")))
            .child(below)
    }
}

/// How a value of the field is written, in words; shown only to somebody who is about to write one.
fn example(field: Field) -> Option<String> {
    let example = field.example();
    (!example.is_empty()).then(|| format!("e.g. {example}"))
}

/// The separator of list values in a form.
pub fn separator(shape: Shape) -> &'static str {
    if shape == Shape::Patterns { "\n" } else { ", " }
}

/// The possible values, if the field is a choice.
pub fn options(value: Option<FieldRef<'_>>) -> Option<Vec<Markup>> {
    let Some(FieldRef::Choice(choice)) = value else { return None };
    Some(choice.names().into_iter().map(|name| markup("option", "").text(name)).collect())
}
