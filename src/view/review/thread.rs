//! A thread: what it is about, what became of that, what was said, and what can be done.

use super::said::{name, said};
use super::{Talk, compose};
use crate::compare::{Piece, words};
use crate::review::Standing;
use crate::review::anchor::text_at;
use crate::review::state::{Comment, Suggestion, Thread};
use crate::view::markup::{Markup, button, markup};
use crate::view::task::label_of;
use crate::view::test_name as test;

/// How many comments of a thread are drawn: the first ones and the last ones.
const COMMENTS: (usize, usize) = (5, 45);

/// A thread; `with_task` says of which task it is.
pub fn thread(talk: &Talk<'_>, thread: &Thread, with_task: bool) -> Markup {
    let id = thread.id.to_string();
    let class = if thread.is_resolved { "thread is-resolved" } else { "thread" };
    let mut card = markup(if with_task { "li" } else { "div" }, class)
        .key(&id)
        .set("data-test", test::THREAD)
        .set("data-about", &id)
        .child(head(thread, with_task));
    if !matches!(thread.standing, Standing::Live(_))
        && !thread.on.quote.is_empty()
        && thread.suggestion.is_none()
    {
        let old = said("blockquote", "quote", &thread.on.quote);
        card = card.child(markup("p", "about").text("When this was said, it was:")).child(old);
    }
    card =
        card.children(thread.suggestion.iter().map(|suggestion| change(talk, thread, suggestion)).collect());
    let (first, last) = COMMENTS;
    let count = thread.comments.len();
    let hidden = count.saturating_sub(first + last);
    let shown = thread.comments.iter().enumerate().filter(|(at, _)| *at < first || *at >= first + hidden);
    let mut comments = Vec::new();
    for (at, one) in shown {
        if hidden > 0 && at == first + hidden {
            comments.push(markup("li", "about").text(&format!("{hidden} more are not shown.")));
        }
        comments.push(comment(talk, one, at == 0 && thread.suggestion.is_some()));
    }
    card.child(markup("ol", "comments").children(comments)).child(acts(talk, thread, &id))
}

/// `T1, Owned files · changed since`
fn head(thread: &Thread, with_task: bool) -> Markup {
    let mut head = markup("p", "thread-head");
    match &thread.on.task {
        Some(task) if with_task => {
            let link = button("task-link").set("data-act", "select").set("data-task", task.as_str());
            head = head.child(link.text(task.as_str()));
        }
        None => head = head.child(markup("b", "").text("The plan")),
        Some(_) => {}
    }
    if let Some(field) = thread.on.field {
        head = head.child(markup("b", "").text(label_of(field.name())));
    } else if !with_task {
        head = head.child(markup("b", "").text("The task"));
    }
    if thread.suggestion.is_some() {
        head = head.child(markup("span", "").text("suggestion"));
    }
    let standing = match thread.standing {
        Standing::Live(_) => return head,
        Standing::Moved(_) => "changed around it",
        Standing::Stale => "changed since",
        Standing::Orphaned => "the task is gone",
    };
    head.child(markup("span", "standing").set("data-test", test::STANDING).text(standing))
}

/// What a suggestion would change; if the field was changed since, what it was, is and would be.
fn change(talk: &Talk<'_>, thread: &Thread, suggestion: &Suggestion) -> Markup {
    let value = suggestion.shown();
    let block = markup("div", "suggestion").set("data-test", test::SUGGESTION);
    let titled = |block: Markup, title: &str, text: &str| {
        let text = if text.is_empty() { "(empty)" } else { text };
        block.child(markup("p", "about").text(title)).child(said("div", "quote", text))
    };
    let present = text_at(talk.plan, thread.on.task.as_ref(), thread.on.field);
    match (suggestion.answer, &present) {
        (None, Some(present)) if suggestion.applies => block.child(difference(present, &value)),
        (Some(true), Some(present)) if *present != value => {
            let block = titled(block, "Accepted:", &value);
            titled(block, "The field was changed since:", present)
        }
        (None, Some(present)) => {
            let block = match thread.on.quote.is_empty() {
                true => block,
                false => titled(block, "When it was suggested:", &thread.on.quote),
            };
            titled(titled(block, "In the plan:", present), "Suggested:", &value)
        }
        _ => titled(block, "Suggested:", &value),
    }
}

/// Word by word.
fn difference(before: &str, after: &str) -> Markup {
    let pieces = words(before, after);
    let part = |piece: &Piece| match piece {
        Piece::Same(words) => said("span", "", words),
        Piece::Gone(words) => said("del", "", words),
        Piece::Came(words) => said("ins", "", words),
    };
    markup("p", "said quote").children(pieces.iter().map(part).collect())
}

fn comment(talk: &Talk<'_>, comment: &Comment, is_suggestion: bool) -> Markup {
    let id = comment.id.to_string();
    let is_mine = comment.author == talk.name && !comment.is_withdrawn;
    let edited = if comment.earlier.is_empty() { "" } else { ", edited" };
    let when = [" ", &ago(comment.time, talk.now), edited].concat();
    let by = markup("p", "comment-head").child(name(&comment.author)).child(markup("small", "").text(&when));
    let mut item =
        markup("li", "comment").key(&id).set("data-about", &id).set("data-test", test::COMMENT).child(by);
    if comment.is_withdrawn {
        return item.child(markup("p", "about").text("Withdrawn."));
    }
    if !comment.text.is_empty() {
        item = item.child(said("p", "said", &comment.text));
    }
    if !comment.earlier.is_empty() {
        let earlier = comment.earlier.iter().map(|text| said("p", "said", text)).collect();
        let summary = markup("summary", "").text("Earlier wording");
        item = item.child(markup("details", "earlier").child(summary).children(earlier));
    }
    if is_mine && !is_suggestion {
        let withdraw =
            button("button quiet").set("data-say", "withdraw").set("data-test", "withdraw").text("Withdraw");
        let row = markup("div", "row").child(compose::rewrite(talk, &id, &comment.text)).child(withdraw);
        item = item.child(row);
    }
    item
}

/// What can be done with a thread.
fn acts(talk: &Talk<'_>, thread: &Thread, id: &str) -> Markup {
    let act = |class: &str, act: &str, words: &str| {
        button(class).set("data-say", act).set("data-test", act).text(words)
    };
    let mut acts = Vec::new();
    if thread.is_resolved {
        acts.push(act("button", "reopen", "Open again"));
    } else if let Some(suggestion) =
        thread.suggestion.as_ref().filter(|suggestion| suggestion.answer.is_none())
    {
        if talk.is_own && suggestion.applies {
            acts.push(act("button primary", "accept", "Accept"));
        } else if talk.is_own && suggestion.present.is_some() {
            acts.push(act("button", "accept", "Use the suggestion").set("data-value", "anyway"));
        }
        if talk.is_own {
            acts.push(act("button", "decline", "Decline"));
        } else {
            acts.push(act("button", "resolve", "Resolve"));
        }
    } else {
        acts.push(act("button", "resolve", "Resolve"));
    }
    markup("div", "row").children(acts).child(compose::answer(talk, id))
}

/// How long ago something was said; clocks are those of their authors.
pub fn ago(then: u64, now: u64) -> String {
    crate::view::documents::ago(then.saturating_mul(1_000), now.saturating_mul(1_000))
}
