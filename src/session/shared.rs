//! Plans that come in a link.

use crate::events::Digest;
use crate::hidden;
use crate::plan::TaskId;
use crate::share::Opened;

/// A plan that came in a link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    /// The description, in sentences.
    pub about: String,
    /// The task to open.
    pub task: Option<TaskId>,
    /// The revision of the plan, as the sender sees it.
    pub revision: Option<Digest>,
}

/// The most changes that are told one by one.
const MOST_CHANGES: usize = 5;

/// The description of a plan that came in a link.
pub fn about(opened: &Opened) -> Shared {
    let about = "You are viewing a shared plan; your own plans are untouched. Read what it tells your agents \
        before you let them run it.";
    let changes = opened.notes.iter().take(MOST_CHANGES).map(|change| change.sentence.as_str());
    let mut sentences: Vec<&str> = std::iter::once(about).chain(changes).collect();
    let more = opened.notes.len().saturating_sub(MOST_CHANGES);
    let more = format!("And {more} more.");
    if opened.notes.len() > MOST_CHANGES {
        sentences.push(&more);
    }
    Shared { about: sentences.join(" "), task: opened.task.clone(), revision: opened.revision }
}

/// A warning about what a text hides; empty if it hides nothing.
pub fn hidden_in(text: &str) -> String {
    hidden::numbers(text).map_or(String::new(), |numbers| {
        format!(
            "This plan has invisible characters ({numbers}). They could hide something from you, and are left out \
             here."
        )
    })
}
