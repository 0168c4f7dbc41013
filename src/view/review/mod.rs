//! The review of a plan: threads, suggestions, verdicts, and the forms to add to them.
//!
//! A form is an element with `data-form`, a name that it keeps; its controls carry `data-part`, and those whose text is kept
//! until it is sent off `data-draft`. The button that sends it off carries `data-say` with the act. What a form or a button is
//! about stands around it: `data-about` the event, `data-task` the task, `data-on` the field. `data-copy` is copied first.

mod arrived;
mod compose;
pub(in crate::view) mod said;
mod thread;
mod verdicts;

use std::collections::BTreeMap;

use super::markup::{Markup, button, icon, markup};
use super::test_name as test;
use crate::plan::{Plan, TaskId};
use crate::review::State;
use crate::review::state::Thread;

pub use arrived::Arrived;
pub use compose::of_field;

/// How many threads are drawn at first, and how many more each time more are asked for.
pub const ROWS: usize = 50;
/// How many threads of a task stand beside its fields.
const OF_TASK: usize = 20;

/// What every part of a review needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Talk<'a> {
    /// The plan as it is.
    pub plan: &'a Plan,
    /// What follows from what was said.
    pub state: &'a State,
    /// The name that the person gave; empty if they were not asked yet.
    pub name: &'a str,
    /// Seconds since 1970.
    pub now: u64,
    /// Whether the plan can be changed here, so that suggestions can be accepted.
    pub is_own: bool,
}

/// A link with what is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What is in it.
    pub words: String,
    /// The whole link, or a sentence why there is none.
    pub link: Result<String, String>,
    /// The highest clock in it.
    pub clock: u32,
    /// Whether everything in it was sent before.
    pub is_again: bool,
}

/// What the panel shows beside the review itself.
#[derive(Debug, Clone, Copy)]
pub struct Panel<'a> {
    /// What is to be sent.
    pub reply: Option<&'a Reply>,
    /// What came in last.
    pub arrived: Option<&'a Arrived>,
    /// Names of plans that something came in for, by id; `None` for those that are not on this device.
    pub strangers: &'a BTreeMap<String, Option<String>>,
    /// All of it for a pull request, if that is short enough to be copied from here.
    pub markdown: Option<&'a str>,
    /// Why what is said is kept in this tab only.
    pub fault: Option<&'a str>,
    /// Whether the plan came in a link that carries no review.
    pub is_without_id: bool,
    /// How many threads are drawn at most.
    pub rows: usize,
}

/// The whole review.
pub fn panel(talk: &Talk<'_>, panel: &Panel<'_>) -> Vec<Markup> {
    let mut parts = Vec::new();
    if panel.is_without_id {
        let words = "This link carries no review, so comments could not find back to its plan. Ask its author for a link \
            made by Share, or edit a copy.";
        return vec![markup("div", "calm").child(markup("p", "").text(words))];
    }
    if let Some(fault) = panel.fault {
        let words =
            ["What you say is in this tab only: ", fault, ". Copy your reply before you close it."].concat();
        parts.push(markup("p", "is-warning").set("role", "status").text(&words));
    }
    parts.extend(panel.reply.map(|found| reply(found, talk.is_own)));
    parts.push(compose::name(talk));
    parts.extend(verdicts::verdicts(talk));
    let (open, settled): (Vec<&Thread>, Vec<&Thread>) =
        talk.state.threads.iter().partition(|thread| !thread.is_resolved);
    parts.push(heading("Open threads", open.len()));
    if talk.state.threads.is_empty() {
        parts.push(markup("p", "about").text(EMPTY));
    }
    parts.extend(threads(talk, &open, panel.rows));
    parts.push(compose::on_plan(talk));
    if !settled.is_empty() {
        let summary = markup("summary", "").text(&format!("{} resolved", settled.len()));
        let list = markup("details", "settled").key("settled").set("data-test", test::SETTLED).child(summary);
        parts.push(list.children(threads(talk, &settled, panel.rows)));
    }
    parts.extend(waiting(talk.state.waiting));
    parts.push(markup("h3", "").text("Replies"));
    parts.push(compose::add_replies());
    parts.extend(panel.arrived.map(|arrived| arrived::arrived(arrived, panel.strangers)));
    parts.push(files(panel.markdown));
    vec![markup("div", "review").set("data-test", test::REVIEW).children(parts)]
}

const EMPTY: &str = "Nobody has said anything yet. Whoever opens the link from Share can comment here, and sends back a reply \
    link for you to add below.";

/// The threads of a task, and a form to begin one.
pub fn of_task(talk: &Talk<'_>, task: &TaskId) -> Markup {
    let about = talk.state.threads.iter().filter(|thread| thread.on.task.as_ref() == Some(task));
    let (open, settled): (Vec<&Thread>, Vec<&Thread>) = about.partition(|thread| !thread.is_resolved);
    let hidden = settled.len() + open.len().saturating_sub(OF_TASK);
    let mut section = markup("section", "review talk-of-task")
        .key("review")
        .set("data-test", test::TASK_REVIEW)
        .set("aria-label", "Review of the task")
        .child(heading("Review", open.len()))
        .children(open.iter().take(OF_TASK).map(|thread| thread::thread(talk, thread, false)).collect());
    if hidden > 0 {
        let words = format!("{hidden} more in Review");
        section = section.child(button("link").set("data-act", "review").text(&words));
    }
    section.child(compose::on_task(talk, task))
}

fn heading(words: &str, count: usize) -> Markup {
    let heading = markup("h3", "").text(words);
    if count == 0 { heading } else { heading.child(markup("span", "count").text(&count.to_string())) }
}

fn threads(talk: &Talk<'_>, threads: &[&Thread], rows: usize) -> Vec<Markup> {
    let list = threads.iter().take(rows).map(|thread| thread::thread(talk, thread, true)).collect();
    let mut parts = vec![markup("ul", "threads").children(list)];
    let hidden = threads.len().saturating_sub(rows);
    if hidden > 0 {
        let words = format!("Show {} more of {hidden}", hidden.min(ROWS));
        parts.push(button("button").set("data-act", "more").text(&words));
    }
    parts
}

fn waiting(count: usize) -> Option<Markup> {
    let words = match count {
        0 => return None,
        1 => "1 answer is about something that has not arrived yet.".to_owned(),
        _ => format!("{count} answers are about something that has not arrived yet."),
    };
    Some(markup("p", "about").text(&words))
}

/// The button that copies what is to be sent.
fn reply(reply: &Reply, is_own: bool) -> Markup {
    let (class, words, about) = match (reply.is_again, is_own) {
        (false, false) => (
            "button primary",
            "Copy reply: ",
            "Send it to the author of the plan: it is a link with what you said, and nothing is uploaded.",
        ),
        (false, true) => (
            "button",
            "Copy reply: ",
            "Send it to those who should read it; they add it in their Review. Nothing is uploaded.",
        ),
        (true, _) => (
            "button",
            "Copy again: ",
            "All you said was copied. What you say next is offered here by itself.",
        ),
    };
    let words = [words, &reply.words].concat();
    let link = match &reply.link {
        Ok(link) => link,
        Err(why) => return markup("p", "is-warning").text(why),
    };
    let copy = button(class)
        .set("data-copy", link)
        .set("data-say", "sent")
        .set("data-about", &reply.clock.to_string())
        .set("data-test", test::COPY_REPLY)
        .child(icon("copy"))
        .text(&words);
    markup("div", "reply").key("reply").child(copy).child(markup("p", "about").text(about))
}

/// The review as files.
fn files(markdown: Option<&str>) -> Markup {
    // The number says that Markdown is meant.
    let file = |test: &str, number: Option<&str>, label: &str| {
        let file = button("button").set("data-act", "review-file").set_some("data-number", number);
        file.set("data-test", test).child(icon("download")).text(label)
    };
    let copy = markdown.map(|text| {
        let copy = button("button").set("data-copy", text).set("data-test", test::COPY_MARKDOWN);
        copy.child(icon("copy")).text("Markdown")
    });
    let about = "The review for a pull request, or its events for a repository or another device; such a file opens here too.";
    markup("div", "files")
        .key("files")
        .child(markup("h3", "").text("Files"))
        .child(markup("p", "about").text(about))
        .children(copy.into_iter().collect())
        .child(file(test::REVIEW_MARKDOWN, Some("1"), "Markdown"))
        .child(file(test::REVIEW_EVENTS, None, "reviews.jsonl"))
}
