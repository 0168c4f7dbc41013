//! The place that a comment is about, and whether it still exists. Never guesses: the id of the task and the
//! name of the field must match, and a quotation must occur exactly once in that field.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::events::Digest;
use crate::plan::{Field, Plan, TaskId};

/// A place in a plan at the time of the comment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The task; `None` for the plan itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskId>,
    /// The field; `None` for the whole task or plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// The quoted words of the field; empty for the whole field.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// The digest of the text at that time.
    pub seen: Digest,
}

/// The present state of the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Unchanged; with the range of the quotation if it occurs exactly once.
    Live(Option<Range<usize>>),
    /// The field has changed, but the quotation occurs in it exactly once: at these bytes.
    Moved(Range<usize>),
    /// The text has changed.
    Stale,
    /// The task no longer exists.
    Orphaned,
}

impl Standing {
    /// The name used in files and sentences.
    pub fn name(&self) -> &'static str {
        match self {
            Standing::Live(_) => "live",
            Standing::Moved(_) => "moved",
            Standing::Stale => "stale",
            Standing::Orphaned => "orphaned",
        }
    }
}

impl Anchor {
    /// A place in this plan; `None` if it has no such task or field, or if the field lacks the words.
    pub fn at(plan: &Plan, task: Option<&TaskId>, field: Option<Field>, quote: &str) -> Option<Anchor> {
        let text = text_at(plan, task, field)?;
        if !text.contains(quote) {
            return None;
        }
        Some(Anchor {
            task: task.cloned(),
            field,
            quote: quote.to_owned(),
            seen: Digest::of(text.as_bytes()),
        })
    }

    /// The state of the place in this plan.
    pub fn standing(&self, plan: &Plan) -> Standing {
        if self.task.is_none() && self.field.is_none() {
            return Standing::Live(None);
        }
        let Some(text) = text_at(plan, self.task.as_ref(), self.field) else { return Standing::Orphaned };
        let once = self.only_place_in(&text);
        match (Digest::of(text.as_bytes()) == self.seen, once) {
            (true, once) => Standing::Live(once),
            (false, Some(place)) if self.field.is_some() => Standing::Moved(place),
            _ => Standing::Stale,
        }
    }

    /// The range of the quotation, if it occurs exactly once.
    fn only_place_in(&self, text: &str) -> Option<Range<usize>> {
        if self.quote.is_empty() {
            return None;
        }
        let first = text.find(&self.quote)?;
        // Overlapping occurrences count too.
        let second =
            text[first..].char_indices().nth(1).and_then(|(next, _)| text[first + next..].find(&self.quote));
        second.is_none().then_some(first..first + self.quote.len())
    }

    /// `T4, owns`, for sentences.
    pub fn name(&self) -> String {
        match (&self.task, self.field) {
            (None, None) => "the plan".to_owned(),
            (None, Some(field)) => format!("the plan, {}", field.name()),
            (Some(task), None) => task.to_string(),
            (Some(task), Some(field)) => format!("{task}, {}", field.name()),
        }
    }
}

/// The text at a place; `None` if there is no such task or field.
pub fn text_at(plan: &Plan, task: Option<&TaskId>, field: Option<Field>) -> Option<String> {
    match (task, field) {
        (None, None) => Some(String::new()),
        (None, Some(field)) => plan.field_as_json(field).map(|value| field.show_json(&value)),
        (Some(id), Some(field)) => plan.task(id)?.field_as_json(field).map(|value| field.show_json(&value)),
        (Some(id), None) => serde_json::to_string(plan.task(id)?).ok(),
    }
}
