//! Forms of a review.

use super::Talk;
use crate::document::field::TaskField;
use crate::plan::{Task, TaskId};
use crate::view::field::{Field, Shape};
use crate::view::markup::{Markup, button, icon, markup};
use crate::view::test_name as test;

/// What a form asks for, and what can be done with it.
#[derive(Debug, Clone, Copy)]
pub struct Compose<'a> {
    /// Tells it from the other forms of the plan.
    pub key: &'a str,
    /// What opens it.
    pub words: &'a str,
    /// Shown in grey while nothing is written.
    pub hint: &'a str,
    /// The acts, each with the words of its button; the first is the main one.
    pub acts: &'a [(&'a str, &'a str)],
    /// Whether what opens it is less than a button.
    pub is_quiet: bool,
}

/// A form that opens in place: a box for a text, and the name if that is not known.
pub fn composer(talk: &Talk<'_>, compose: &Compose<'_>) -> Markup {
    let text = text(talk, compose.key, "text", compose.words, compose.hint);
    form(compose, std::iter::once(text).chain(who(talk)).collect())
}

/// A form that opens in place.
fn form(compose: &Compose<'_>, parts: Vec<Markup>) -> Markup {
    let Compose { key, words, acts, is_quiet, .. } = *compose;
    let buttons = acts.iter().enumerate().map(|(at, (act, label))| {
        let class = if at == 0 { "button primary" } else { "button" };
        button(class).set("data-say", act).set("data-test", act).text(label)
    });
    markup("details", "compose")
        .key(key)
        .set("data-form", key)
        .child(markup("summary", if is_quiet { "button quiet" } else { "button" }).text(words))
        .children(parts)
        .child(markup("div", "row").children(buttons.collect()))
}

/// A box for several lines. What is written is kept until it is sent off.
fn text(talk: &Talk<'_>, key: &str, part: &'static str, label: &str, hint: &str) -> Markup {
    markup("textarea", "field")
        .set("data-part", part)
        .set("data-draft", &[&talk.plan.id, "/", key, "/", part].concat())
        .set("aria-label", label)
        .set("placeholder", hint)
        .set("rows", "3")
        .set("maxlength", "8000")
}

/// Asks for the name, as long as there is none.
fn who(talk: &Talk<'_>) -> Option<Markup> {
    talk.name.is_empty().then(|| name_field(""))
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
    let about = "Shown beside what you say. There is no account, and nobody verifies names.";
    markup("div", "labelled").child(field).child(markup("small", "about").text(about))
}

/// Who is speaking, and another name.
pub fn name(talk: &Talk<'_>) -> Markup {
    let summary = markup("summary", "button quiet");
    let summary = match talk.name {
        "" => summary.text("Write your name"),
        name => summary
            .text("You write as ")
            .child(super::said::name(name))
            .child(markup("small", "").text(" not verified")),
    };
    let keep = button("button").set("data-say", "name").set("data-test", test::KEEP_NAME).text("Keep");
    markup("details", "compose who")
        .key("name")
        .set("data-form", "name")
        .set("data-test", test::WHO)
        .child(summary)
        .child(name_field(talk.name))
        .child(markup("div", "row").child(keep))
}

/// Begins a thread about the plan.
pub fn on_plan(talk: &Talk<'_>) -> Markup {
    let acts = [("comment", "Comment")];
    let hint = "What should everybody know?";
    composer(talk, &Compose { key: "plan", words: "Comment on the plan", hint, acts: &acts, is_quiet: false })
}

/// Begins a thread about a task.
pub fn on_task(talk: &Talk<'_>, task: &TaskId) -> Markup {
    let words = ["Comment on ", task.as_str()].concat();
    let (key, acts) = (["task ", task.as_str()].concat(), [("comment", "Comment")]);
    let hint = "What should be known about this task?";
    composer(talk, &Compose { key: &key, words: &words, hint, acts: &acts, is_quiet: false })
        .set("data-task", task.as_str())
        .set("data-test", test::COMMENT_ON_TASK)
}

/// Goes on with a thread.
pub fn answer(talk: &Talk<'_>, thread: &str) -> Markup {
    let key = ["reply ", thread].concat();
    composer(
        talk,
        &Compose {
            key: &key,
            words: "Reply",
            hint: "Your answer",
            acts: &[("reply", "Reply")],
            is_quiet: true,
        },
    )
}

/// Replaces what one said.
pub fn rewrite(talk: &Talk<'_>, comment: &str, before: &str) -> Markup {
    let key = ["rewrite ", comment].concat();
    let compose =
        Compose { key: &key, words: "Edit", hint: "", acts: &[("rewrite", "Save")], is_quiet: true };
    form(&compose, vec![text(talk, &key, "text", "Your words", "").set("value", before)])
}

/// Takes in what others sent. A file of reviews may be long, so that it is no draft.
pub fn add_replies() -> Markup {
    let hint = "Reply links, or whole messages with any number of them";
    let acts = [("receive", "Add")];
    let compose = Compose { key: "replies", words: "Add replies", hint, acts: &acts, is_quiet: false };
    let text = markup("textarea", "field")
        .set("data-part", "text")
        .set("aria-label", "Replies")
        .set("placeholder", hint)
        .set("rows", "4");
    form(&compose, vec![text]).set("data-test", test::ADD_REPLIES)
}

/// Begins a thread about a field, or suggests another value for it.
pub fn of_field(talk: &Talk<'_>, task: &Task, field: &Field) -> Markup {
    let label = ["Comment on ", field.label].concat();
    let key = ["field ", task.id.as_str(), " ", field.field.name()].concat();
    let open = talk.state.open();
    let here = |thread: &&crate::review::state::Thread| {
        let name = thread.on.field.map(|field| field.name());
        thread.on.task.as_ref() == Some(&task.id) && name == Some(field.field.name())
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
    let say = |act: &str, class: &str, words: &str| {
        button(class).set("data-say", act).set("data-test", act).text(words)
    };
    let suggest = say("suggest", "button", "Suggest this value");
    let row = markup("div", "row").child(say("comment", "button primary", "Comment")).child(suggest);
    markup("details", "compose on-field")
        .key(&key)
        .set("data-form", &key)
        .set("data-task", task.id.as_str())
        .set("data-on", field.field.name())
        .set("data-test", test::ON_FIELD)
        .child(summary)
        .child(text(talk, &key, "text", &label, "What should be known, or why another value"))
        .children(who(talk).into_iter().collect())
        .child(markup("span", "label").set("aria-hidden", "true").text("Another value"))
        .child(value(talk, &key, task, field))
        .child(row)
}

/// Another value for a field, which begins as the one that it has.
fn value(talk: &Talk<'_>, key: &str, task: &Task, field: &Field) -> Markup {
    let label = ["Suggested value of ", field.label].concat();
    let separator = if matches!(field.field, TaskField::Owns | TaskField::Reads) { "\n" } else { ", " };
    let control = match field.shape {
        Shape::Choice(options) => markup("select", "field")
            .set("data-part", "value")
            .set("aria-label", &label)
            .children(options.iter().map(|option| markup("option", "").text(option)).collect()),
        _ => text(talk, key, "value", &label, field.hint),
    };
    control.set("value", &field.field.show(task, separator))
}
