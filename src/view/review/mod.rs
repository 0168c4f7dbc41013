//! The review of a plan: threads, suggestions, verdicts, and forms to add to them.
//!
//! A form is an element with `data-form`, a stable name. Its controls have `data-part`, and those whose text
//! is saved until it is submitted have `data-draft`. The submit button has [`Act::Say`]. Elements around a
//! form or button identify its subject: `data-about` is the event, `data-task` the task, `data-on` the field.

mod arrived;
mod compose;
mod ignored;
pub(in crate::view) mod said;
mod thread;
mod verdicts;

use crate::view::act::{Act, List};
use std::collections::BTreeMap;

use super::markup::{Markup, button, icon, markup};
use super::test_name as test;
use crate::plan::{Plan, TaskId};
use crate::review::State;
use crate::review::state::Thread;

pub use arrived::Arrived;
pub use compose::of_field;
pub use ignored::IgnoredStatements;

/// The most threads of a task next to its fields.
const OF_TASK: usize = 20;

/// The context for every part of a review.
#[derive(Debug, Clone, Copy)]
pub struct ReviewContext<'a> {
    /// The current plan.
    pub plan: &'a Plan,
    /// The state derived from all statements.
    pub state: &'a State,
    /// The name of the user; empty if it is not known yet.
    pub name: &'a str,
    /// Seconds since 1970.
    pub now: u64,
    /// Whether the plan can be changed here, so suggestions can be accepted.
    pub is_own: bool,
}

/// A link with a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// A description of its content.
    pub words: String,
    /// The link, or a sentence that says why there is none.
    pub link: Result<String, String>,
    /// The highest logical clock in it.
    pub clock: u32,
    /// Whether everything in it was sent before.
    pub is_again: bool,
}

/// The content of the panel apart from the review itself.
#[derive(Debug, Clone, Copy)]
pub struct Panel<'a> {
    /// The reply to send.
    pub reply: Option<&'a Reply>,
    /// The last received statements.
    pub arrived: Option<&'a Arrived>,
    /// Names of other plans that received statements, by id; `None` if the plan is not on this device.
    pub other_plans: &'a BTreeMap<String, Option<String>>,
    /// The review for a pull request, if it is short enough for copying.
    pub markdown: Option<&'a str>,
    /// What is ignored on this device.
    pub ignored: &'a [IgnoredStatements],
    /// The reason why statements are in this tab only.
    pub fault: Option<&'a str>,
    /// Whether the plan came in a link that contains no review.
    pub is_without_id: bool,
    /// The most threads drawn.
    pub rows: usize,
}

/// The whole review.
pub fn panel(context: &ReviewContext<'_>, panel: &Panel<'_>) -> Vec<Markup> {
    let mut parts = Vec::new();
    if panel.is_without_id {
        let words = "This link carries no review, so there is no way to match comments to its plan. Ask its \
            author for a link made with Share, or edit a copy.";
        return vec![markup("div", "calm").child(markup("p", "").text(words))];
    }
    if let Some(fault) = panel.fault {
        let words = ["Your comments are in this tab only: ", fault, ". Copy your reply before you close it."]
            .concat();
        parts.push(markup("p", "is-warning").set("role", "status").text(&words));
    }
    parts.extend(panel.reply.map(|found| reply(found, context.is_own)));
    parts.push(compose::name(context));
    parts.extend(verdicts::verdicts(context));
    let (open, settled): (Vec<&Thread>, Vec<&Thread>) =
        context.state.threads.iter().partition(|thread| !thread.is_resolved);
    parts.push(heading("Open threads", open.len()));
    if context.state.threads.is_empty() {
        parts.push(markup("p", "about").text(EMPTY));
    }
    parts.extend(threads(context, &open, panel.rows));
    parts.push(compose::on_plan(context));
    if !settled.is_empty() {
        let summary = markup("summary", "").text(&format!("{} resolved", settled.len()));
        let list = markup("details", "settled").key("settled").set("data-test", test::SETTLED).child(summary);
        parts.push(list.children(threads(context, &settled, panel.rows)));
    }
    parts.extend(waiting(context.state.waiting));
    parts.extend(ignored::list(panel.ignored));
    parts.push(markup("h3", "").text("Replies"));
    parts.push(compose::add_replies());
    parts.extend(panel.arrived.map(|arrived| arrived::arrived(arrived, panel.other_plans)));
    parts.push(files(panel.markdown));
    vec![markup("div", "review").set("data-test", test::REVIEW).children(parts)]
}

const EMPTY: &str = "No comments yet. Anyone who opens the link from Share can comment here and send back a \
    reply link, which you add below.";

/// The threads of a task, and a form to start one.
pub fn of_task(context: &ReviewContext<'_>, task: &TaskId) -> Markup {
    let about = context.state.threads.iter().filter(|thread| thread.on.task.as_ref() == Some(task));
    let (open, settled): (Vec<&Thread>, Vec<&Thread>) = about.partition(|thread| !thread.is_resolved);
    let hidden = settled.len() + open.len().saturating_sub(OF_TASK);
    let mut section = markup("section", "review talk-of-task")
        .key("review")
        .set("data-test", test::TASK_REVIEW)
        .set("aria-label", "Review of the task")
        .child(heading("Review", open.len()))
        .children(open.iter().take(OF_TASK).map(|thread| thread::thread(context, thread, false)).collect());
    if hidden > 0 {
        let words = format!("{hidden} more in Review");
        section = section.child(button("link").act(&Act::ShowReview).text(&words));
    }
    section.child(compose::on_task(context, task))
}

fn heading(words: &str, count: usize) -> Markup {
    let heading = markup("h3", "").text(words);
    if count == 0 { heading } else { heading.child(markup("span", "count").text(&count.to_string())) }
}

fn threads(context: &ReviewContext<'_>, threads: &[&Thread], rows: usize) -> Vec<Markup> {
    let list = threads.iter().take(rows).map(|thread| thread::thread(context, thread, true)).collect();
    let mut parts = vec![markup("ul", "threads").children(list)];
    let hidden = threads.len().saturating_sub(rows);
    if hidden > 0 {
        let words = format!("Show {} more of {hidden}", hidden.min(List::Threads.page()));
        parts.push(button("button").act(&Act::More { list: List::Threads }).text(&words));
    }
    parts
}

fn waiting(count: usize) -> Option<Markup> {
    let words = match count {
        0 => return None,
        1 => "1 answer is to a comment that has not arrived yet.".to_owned(),
        _ => format!("{count} answers are to comments that have not arrived yet."),
    };
    Some(markup("p", "about").text(&words))
}

/// The button that copies the reply.
fn reply(reply: &Reply, is_own: bool) -> Markup {
    let (class, words, about) = match (reply.is_again, is_own) {
        (false, false) => (
            "button primary",
            "Copy reply: ",
            "Send it to the author of the plan: it is a link that holds your comments. Nothing is uploaded.",
        ),
        (false, true) => (
            "button",
            "Copy reply: ",
            "Send it to whoever should read it; they add it in their Review. Nothing is uploaded.",
        ),
        (true, _) => {
            ("button", "Copy again: ", "Everything you wrote has been copied. New comments will appear here.")
        }
    };
    let words = [words, &reply.words].concat();
    let link = match &reply.link {
        Ok(link) => link,
        Err(why) => return markup("p", "is-warning").text(why),
    };
    let copy = button(class)
        .act(&Act::CopyReply { copy: link.clone(), about: reply.clock })
        .set("data-test", test::COPY_REPLY)
        .child(icon("copy"))
        .text(&words);
    markup("div", "reply").key("reply").child(copy).child(markup("p", "about").text(about))
}

/// The review as files.
fn files(markdown: Option<&str>) -> Markup {
    let file = |test: &str, markdown: bool, label: &str| {
        let file = button("button").act(&Act::DownloadReview { markdown });
        file.set("data-test", test).child(icon("download")).text(label)
    };
    let copy = markdown.map(|text| {
        let copy =
            button("button").act(&Act::Copy { copy: text.to_owned() }).set("data-test", test::COPY_MARKDOWN);
        copy.child(icon("copy")).text("Markdown")
    });
    let about = "Export the review: Markdown for a pull request, or a file to keep in the repository, which \
        opens here too.";
    markup("div", "files")
        .key("files")
        .child(markup("h3", "").text("Files"))
        .child(markup("p", "about").text(about))
        .children(copy.into_iter().collect())
        .child(file(test::REVIEW_MARKDOWN, true, "Markdown"))
        .child(file(test::REVIEW_EVENTS, false, "reviews.jsonl"))
}
