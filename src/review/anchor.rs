//! What a comment is about, and whether that is still there. Never guessed: the id of the task and the name of the field must
//! agree, and a quotation must stand exactly once in that same field.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::field::{Field, shown};
use super::hash::Digest;
use crate::plan::{Plan, TaskId};

/// A place in a plan as it was when somebody spoke about it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The task; `None` for the plan itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskId>,
    /// The field; `None` for all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// The words in the field that are meant; empty for all of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// The name of what stood there.
    pub seen: Digest,
}

/// What became of the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is as it was; with the place of the quotation, if there is one that stands there once.
    Live(Option<Range<usize>>),
    /// The field was changed, but the quotation stands in it exactly once: here, in bytes.
    Moved(Range<usize>),
    /// It was changed.
    Stale,
    /// The task is gone.
    Orphaned,
}

impl Standing {
    /// The word used in files and sentences.
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
    /// A place in this plan; `None` if it has no such task or field, or if the words do not stand there.
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

    /// What became of it in this plan.
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

    /// Where the quotation stands, if that is exactly one place.
    fn only_place_in(&self, text: &str) -> Option<Range<usize>> {
        if self.quote.is_empty() {
            return None;
        }
        let first = text.find(&self.quote)?;
        // Places that overlap count too.
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

/// What stands at a place, as text; `None` if there is no such task or field.
pub fn text_at(plan: &Plan, task: Option<&TaskId>, field: Option<Field>) -> Option<String> {
    match (task, field) {
        (None, None) => Some(String::new()),
        (None, Some(field)) => field.of_plan(plan).map(|value| shown(&value)),
        (Some(id), Some(field)) => field.of_task(plan.task(id)?).map(|value| shown(&value)),
        (Some(id), None) => serde_json::to_string(plan.task(id)?).ok(),
    }
}
