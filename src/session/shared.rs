//! Plans that come in a link.

use std::collections::BTreeSet;

use crate::hidden::hides_text;
use crate::plan::TaskId;
use crate::review::Digest;
use crate::share::{self, Opened, Refused, open};

/// What is to be said of a plan that came in a link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    /// In sentences.
    pub about: String,
    /// The task that the link leads to.
    pub task: Option<TaskId>,
    /// The revision of the plan, as its sender has it.
    pub revision: Option<Digest>,
}

/// Whether a whole link is to be read there.
pub fn holds_link(bytes: &[u8]) -> bool {
    message(bytes).is_some_and(share::is_there)
}

/// What may be a link or a message with one: a list of tasks only mentions links.
fn message(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let is_list = text.lines().any(|line| line.starts_with("- "));
    (!is_list && text.contains('#')).then_some(text)
}

/// The plan in the link, or in the first link of a message. `None` if there is no link, or if the text is itself a list of
/// tasks, in which a link is only mentioned; a sentence if it can't be opened.
pub fn read(bytes: &[u8]) -> Option<Result<Opened, String>> {
    match open(message(bytes)?) {
        Ok(opened) => Some(Ok(opened)),
        Err(Refused::NoLink | Refused::IsReview) => None,
        Err(refused) => Some(Err(refused.to_string())),
    }
}

/// What is to be said of a plan whose text is this one.
pub fn about(opened: &Opened, text: &str) -> Shared {
    let about = "This plan came in a link and is only shown: nothing of yours was replaced. Read what it tells your \
        agents before you let them run it.";
    let hidden = hidden_in(text);
    let sentences = std::iter::once(about).chain(Some(hidden.as_str()).filter(|hidden| !hidden.is_empty()));
    let sentences: Vec<&str> = sentences.chain(opened.notes.iter().map(String::as_str)).collect();
    Shared { about: sentences.join(" "), task: opened.task.clone(), revision: opened.revision }
}

/// A sentence that names the characters of a text that hide something; empty if there are none.
pub fn hidden_in(text: &str) -> String {
    let hidden: BTreeSet<char> = text.chars().filter(|c| hides_text(*c)).collect();
    if hidden.is_empty() {
        return String::new();
    }
    let names: Vec<String> = hidden.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect();
    format!("It holds characters that can't be seen and could hide something from you: {}.", names.join(", "))
}
