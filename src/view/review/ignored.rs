//! What is ignored on this device: the choice next to a statement, and the list with the way back.

use super::compose::say;
use super::said::name;
use crate::events::Digest;
use crate::view::act::ReviewAct;
use crate::view::markup::{Markup, markup};
use crate::view::test_name as test;

/// The most entries in the list.
const LISTED: usize = 100;

/// Statements that are ignored together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoredStatements {
    /// One of them.
    pub about: Digest,
    /// The name of its author.
    pub author: String,
    /// Whether everything under that name is ignored.
    pub is_author: bool,
    /// How many there are.
    pub count: usize,
}

/// What can be ignored at a statement.
#[derive(Debug, Clone, Copy, Default)]
pub struct Choice {
    /// The statement around the buttons.
    pub this: bool,
    /// Everything under the name of its author.
    pub author: bool,
    /// The statement that changed it last.
    pub change: Option<Digest>,
}

/// The buttons that ignore something.
pub fn choice(choice: Choice) -> Option<Markup> {
    let button = |act, words| say("button quiet", act, words);
    let this = choice.this.then(|| button(ReviewAct::Ignore, "Ignore this"));
    let author = choice.author.then(|| button(ReviewAct::IgnoreAuthor, "Ignore everything under this name"));
    let change = choice.change.map(|id| {
        let button = button(ReviewAct::Ignore, "Ignore the last change");
        markup("span", "").set("data-about", &id.to_string()).child(button)
    });
    let buttons: Vec<Markup> = change.into_iter().chain(this).chain(author).collect();
    let summary = markup("summary", "").text("Ignore");
    (!buttons.is_empty())
        .then(|| markup("details", "earlier").child(summary).child(markup("div", "row").children(buttons)))
}

/// The list of what is ignored.
pub fn list(ignored: &[IgnoredStatements]) -> Option<Markup> {
    if ignored.is_empty() {
        return None;
    }
    let about = "Only on this device, and only until you show it again. Nothing was deleted.";
    let row = |one: &IgnoredStatements| {
        let count = if one.count == 1 { "1 by ".to_owned() } else { format!("{} by ", one.count) };
        let act = if one.is_author { ReviewAct::IgnoreAuthor } else { ReviewAct::Ignore };
        let words = if one.is_author { ", and whatever comes under this name " } else { " " };
        markup("li", "")
            .set("data-about", &one.about.to_string())
            .text(&count)
            .child(name(&one.author))
            .text(words)
            .child(say("button quiet", act, "Show again"))
    };
    let more = ignored.len().saturating_sub(LISTED);
    let more = (more > 0).then(|| markup("p", "about").text(&format!("{more} more are not listed.")));
    let list = markup("section", "").key("ignored").set("data-test", test::IGNORED);
    let rows = ignored.iter().take(LISTED).map(row).collect();
    let list = list
        .child(markup("h3", "").text("Ignored"))
        .child(markup("p", "about").text(about))
        .child(markup("ul", "verdicts").children(rows));
    Some(list.children(more.into_iter().collect()))
}
