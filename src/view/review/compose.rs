//! Forms of a review.

use super::ReviewContext;
use crate::plan::{Field, Task, TaskId};
use crate::view::act::{Act, ReviewAct};
use crate::view::field::{options, separator};
use crate::view::markup::{Markup, button, icon, markup};
use crate::view::test_name as test;

/// The content and actions of a form.
#[derive(Debug, Clone, Copy)]
pub struct Compose<'a> {
    /// Distinguishes it from the other forms of the plan.
    pub key: &'a str,
    /// The label that opens it.
    pub words: &'a str,
    /// The placeholder.
    pub hint: &'a str,
    /// The actions, each with the label of its button; the first is the main one.
    pub acts: &'a [(ReviewAct, &'a str)],
    /// Whether the label looks less prominent than a button.
    pub is_quiet: bool,
}

/// A form that opens in place: a text box, and a field for the name if it is not known.
pub fn composer(context: &ReviewContext<'_>, compose: &Compose<'_>) -> Markup {
    let text = text(context, compose.key, "text", compose.words, compose.hint);
    form(compose, std::iter::once(text).chain(who(context)).collect())
}

/// A form that opens in place.
fn form(compose: &Compose<'_>, parts: Vec<Markup>) -> Markup {
    let Compose { key, words, acts, is_quiet, .. } = *compose;
    let buttons = acts
        .iter()
        .enumerate()
        .map(|(at, (act, label))| say(if at == 0 { "button primary" } else { "button" }, *act, label));
    markup("details", "compose")
        .key(key)
        .set("data-form", key)
        .child(markup("summary", if is_quiet { "button quiet" } else { "button" }).text(words))
        .children(parts)
        .child(markup("div", "row").children(buttons.collect()))
}

/// A button for an action.
pub fn say(class: &str, act: ReviewAct, words: &str) -> Markup {
    button(class).act(&Act::Say { say: act }).set("data-test", act.name()).text(words)
}

/// A text box with several lines. Its text is saved as a draft until the form is submitted.
fn text(context: &ReviewContext<'_>, key: &str, part: &'static str, label: &str, hint: &str) -> Markup {
    markup("textarea", "field")
        .set("data-part", part)
        .set("data-draft", &[&context.plan.id, "/", key, "/", part].concat())
        .set("aria-label", label)
        .set("placeholder", hint)
        .set("rows", "3")
        .set("maxlength", "8000")
}

/// A field for the name, as long as there is none.
fn who(context: &ReviewContext<'_>) -> Option<Markup> {
    context.name.is_empty().then(|| name_field(""))
}

fn name_field(value: &str) -> Markup {
    let field = markup("input", "field")
        .set("data-part", "name")
        .set("data-test", test::REVIEWER)
        .set("aria-label", "Your name")
        .set("placeholder", "Your name")
        .set("autocomplete", "name")
        .set("maxlength", "80")
        .set("value", value);
    let about = "It appears next to your comments. There are no accounts, and nobody verifies names.";
    markup("div", "labelled").child(field).child(markup("small", "about").text(about))
}

/// The name of the user, and a form to change it.
pub fn name(context: &ReviewContext<'_>) -> Markup {
    let summary = markup("summary", "button quiet");
    let summary = match context.name {
        "" => summary.text("Write your name"),
        name => summary
            .text("You write as ")
            .child(super::said::name(name))
            .child(markup("small", "").text(" not verified")),
    };
    let keep = button("button").act(&Act::Say { say: ReviewAct::Name }).set("data-test", test::KEEP_NAME);
    markup("details", "compose who")
        .key("name")
        .set("data-form", "name")
        .set("data-test", test::WHO)
        .child(summary)
        .child(name_field(context.name))
        .child(markup("div", "row").child(keep.text("Keep")))
}

/// A form to start a thread about the plan.
pub fn on_plan(context: &ReviewContext<'_>) -> Markup {
    let acts = [(ReviewAct::Comment, "Comment")];
    let hint = "What should everybody know?";
    composer(
        context,
        &Compose { key: "plan", words: "Comment on the plan", hint, acts: &acts, is_quiet: false },
    )
}

/// A form to start a thread about a task.
pub fn on_task(context: &ReviewContext<'_>, task: &TaskId) -> Markup {
    let words = ["Comment on ", task.as_str()].concat();
    let (key, acts) = (["task ", task.as_str()].concat(), [(ReviewAct::Comment, "Comment")]);
    let hint = "What should others know about this task?";
    composer(context, &Compose { key: &key, words: &words, hint, acts: &acts, is_quiet: false })
        .set("data-task", task.as_str())
        .set("data-test", test::COMMENT_ON_TASK)
}

/// A form to reply in a thread.
pub fn answer(context: &ReviewContext<'_>, thread: &str) -> Markup {
    let key = ["reply ", thread].concat();
    composer(
        context,
        &Compose {
            key: &key,
            words: "Reply",
            hint: "Your answer",
            acts: &[(ReviewAct::Reply, "Reply")],
            is_quiet: true,
        },
    )
}

/// A form to replace a comment of the user.
pub fn rewrite(context: &ReviewContext<'_>, comment: &str, before: &str) -> Markup {
    let key = ["rewrite ", comment].concat();
    let compose =
        Compose { key: &key, words: "Edit", hint: "", acts: &[(ReviewAct::Rewrite, "Save")], is_quiet: true };
    form(&compose, vec![text(context, &key, "text", "Your words", "").set("value", before)])
}

/// A form to add statements that others sent. A review file may be long, so it is not saved as a draft.
pub fn add_replies() -> Markup {
    let hint = "Reply links, or whole messages that contain them";
    let acts = [(ReviewAct::Receive, "Add")];
    let compose = Compose { key: "replies", words: "Add replies", hint, acts: &acts, is_quiet: false };
    let text = markup("textarea", "field")
        .set("data-part", "text")
        .set("aria-label", "Replies")
        .set("placeholder", hint)
        .set("rows", "4");
    form(&compose, vec![text]).set("data-test", test::ADD_REPLIES)
}

/// A form to start a thread about a field, or suggest another value for it.
pub fn of_field(context: &ReviewContext<'_>, task: &Task, field: Field) -> Markup {
    let label = ["Comment on ", field.label()].concat();
    let key = ["field ", task.id.as_str(), " ", field.name()].concat();
    let open = context.state.open();
    let here = |thread: &&crate::review::state::Thread| {
        thread.on.task.as_ref() == Some(&task.id) && thread.on.field == Some(field)
    };
    let count = open.filter(here).count();
    let mut summary = markup("summary", "talk-mark").set("title", &label).child(icon("comment"));
    summary = match count {
        0 => summary.child(markup("span", "spoken").text(&label)),
        1 => summary.text("1").child(markup("span", "spoken").text(" open thread. ").text(&label)),
        _ => summary
            .text(&count.to_string())
            .child(markup("span", "spoken").text(" open threads. ").text(&label)),
    };
    let suggest = say("button", ReviewAct::Suggest, "Suggest this value");
    let comment = say("button primary", ReviewAct::Comment, "Comment");
    let row = markup("div", "row").child(comment).child(suggest);
    markup("details", "compose on-field")
        .key(&key)
        .set("data-form", &key)
        .set("data-task", task.id.as_str())
        .set("data-on", field.name())
        .set("data-test", test::ON_FIELD)
        .child(summary)
        .child(text(context, &key, "text", &label, "What should others know, or why another value?"))
        .children(who(context).into_iter().collect())
        .child(markup("span", "label").set("aria-hidden", "true").text("Another value"))
        .child(value(context, &key, task, field))
        .child(row)
}

/// A control for the suggested value, initially the current value.
fn value(context: &ReviewContext<'_>, key: &str, task: &Task, field: Field) -> Markup {
    let label = ["Suggested value of ", field.label()].concat();
    let value = task.field(field);
    let control = match options(value) {
        Some(options) => {
            markup("select", "field").set("data-part", "value").set("aria-label", &label).children(options)
        }
        None => text(context, key, "value", &label, field.hint()),
    };
    control.set("value", &value.map_or(String::new(), |value| value.show(separator(field.shape()))))
}
