//! A thread: its subject and what became of it, the comments, and the actions.

use super::ignored::{self, Choice};
use super::said::{name, said};
use super::{ReviewContext, compose};
use crate::compare::{Piece, words};
use crate::review::Standing;
use crate::review::anchor::text_at;
use crate::review::state::{Comment, Shown, Suggestion, Thread, ends};
use crate::view::act::{Act, ReviewAct};
use crate::view::markup::{Markup, button, markup};
use crate::view::test_name as test;
use crate::view::words::ago_in_seconds;

/// The number of comments of a thread that are drawn, at its start and at its end.
const COMMENTS: (usize, usize) = (5, 45);
/// The most earlier texts of a comment.
const EARLIER: usize = 20;

/// A thread; `with_task` includes the task in its heading.
pub fn thread(context: &ReviewContext<'_>, thread: &Thread, with_task: bool) -> Markup {
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
        card = card.child(markup("p", "about").text("It was, at the time:")).child(old);
    }
    card = card
        .children(thread.suggestion.iter().map(|suggestion| change(context, thread, suggestion)).collect());
    let (first, last) = COMMENTS;
    let count = thread.comments.len();
    let hidden = count.saturating_sub(first + last);
    let shown = thread.comments.iter().enumerate().filter(|(at, _)| *at < first || *at >= first + hidden);
    let mut comments = Vec::new();
    for (at, one) in shown {
        if hidden > 0 && at == first + hidden {
            comments.push(markup("li", "about").text(&format!("{hidden} more are not shown.")));
        }
        comments.push(comment(context, one, at == 0 && thread.suggestion.is_some()));
    }
    card.child(markup("ol", "comments").children(comments)).child(acts(context, thread, &id))
}

/// `T1, Owned files · changed since`
fn head(thread: &Thread, with_task: bool) -> Markup {
    let mut head = markup("p", "thread-head");
    match &thread.on.task {
        Some(task) if with_task => {
            let link = button("task-link").act(&Act::Select { task: task.clone() });
            head = head.child(link.text(task.as_str()));
        }
        None => head = head.child(markup("b", "").text("The plan")),
        Some(_) => {}
    }
    if let Some(field) = thread.on.field {
        head = head.child(markup("b", "").text(field.label()));
    } else if !with_task {
        head = head.child(markup("b", "").text("The task"));
    }
    if thread.suggestion.is_some() {
        head = head.child(markup("span", "").text("suggestion"));
    }
    if let (true, Some(by)) = (thread.is_resolved, &thread.resolved_by) {
        head = head.child(markup("span", "").text("resolved by ").child(name(by)));
    }
    let standing = match thread.standing {
        Standing::Live(_) => return head,
        Standing::Moved(_) => "changed around it",
        Standing::Stale => "changed since",
        Standing::Orphaned => "the task is gone",
    };
    head.child(markup("span", "standing").set("data-test", test::STANDING).text(standing))
}

/// The change that a suggestion makes. If the field has changed since, its old, current and suggested values.
fn change(context: &ReviewContext<'_>, thread: &Thread, suggestion: &Suggestion) -> Markup {
    let value = &suggestion.text;
    let block = markup("div", "suggestion").set("data-test", test::SUGGESTION);
    let titled = |block: Markup, title: &str, text: &str| {
        let text = if text.is_empty() { "(empty)" } else { text };
        block.child(markup("p", "about").text(title)).child(said("div", "quote", text))
    };
    let present = text_at(context.plan, thread.on.task.as_ref(), thread.on.field);
    match (suggestion.answer, &present) {
        (None, Some(present)) if suggestion.applies => block.child(difference(present, value)),
        (Some(true), Some(present)) if present != value => {
            let block = titled(block, "Accepted:", value);
            titled(block, "The field has changed since:", present)
        }
        (None, Some(present)) => {
            let block = match thread.on.quote.is_empty() {
                true => block,
                false => titled(block, "When it was suggested:", &thread.on.quote),
            };
            titled(titled(block, "In the plan:", present), "Suggested:", value)
        }
        _ => titled(block, "Suggested:", value),
    }
}

/// A word-by-word difference.
fn difference(before: &str, after: &str) -> Markup {
    let pieces = words(before, after);
    let part = |piece: &Piece| match piece {
        Piece::Same(words) => said("span", "", words),
        Piece::Gone(words) => said("del", "", words),
        Piece::Came(words) => said("ins", "", words),
    };
    markup("p", "said quote").children(pieces.iter().map(part).collect())
}

fn comment(context: &ReviewContext<'_>, comment: &Comment, is_suggestion: bool) -> Markup {
    let id = comment.id.to_string();
    let is_mine = comment.author == context.name;
    let edited = if comment.is_edited() { ", edited" } else { "" };
    let when = [" ", &ago_in_seconds(comment.time, context.now), edited].concat();
    let by = markup("p", "comment-head").child(name(&comment.author)).child(markup("small", "").text(&when));
    let mut item =
        markup("li", "comment").key(&id).set("data-about", &id).set("data-test", test::COMMENT).child(by);
    if comment.is_withdrawn {
        item = item.child(markup("p", "about").text("Withdrawn."));
    } else if !comment.text.is_empty() {
        item = item.child(said("p", "said", &comment.text));
    }
    item = item.children(earlier(&comment.earlier).into_iter().collect());
    if is_mine && !is_suggestion && !comment.is_withdrawn {
        let withdraw = compose::say("button quiet", ReviewAct::Withdraw, "Withdraw");
        let row = markup("div", "row").child(compose::rewrite(context, &id, &comment.text)).child(withdraw);
        item = item.child(row);
    }
    let choice = Choice { this: !is_mine, author: !is_mine, change: comment.changed_by };
    item.children(ignored::choice(choice).into_iter().collect())
}

/// What a comment said before it was edited or withdrawn.
fn earlier(texts: &[String]) -> Option<Markup> {
    if texts.is_empty() {
        return None;
    }
    let text = |shown: Shown<'_, String>| match shown {
        Shown::One(text) => said("p", "said", text),
        Shown::LeftOut(count) => markup("p", "about").text(&format!("{count} more are not shown.")),
    };
    let summary = markup("summary", "").text("Earlier wording");
    Some(markup("details", "earlier").child(summary).children(ends(texts, EARLIER).map(text).collect()))
}

/// The actions on a thread.
fn acts(context: &ReviewContext<'_>, thread: &Thread, id: &str) -> Markup {
    let mut acts = Vec::new();
    if thread.is_resolved {
        acts.push(compose::say("button", ReviewAct::Reopen, "Open again"));
    } else if let Some(suggestion) =
        thread.suggestion.as_ref().filter(|suggestion| suggestion.answer.is_none())
    {
        if context.is_own && suggestion.applies {
            acts.push(compose::say("button primary", ReviewAct::Accept, "Accept"));
        } else if context.is_own && suggestion.present.is_some() {
            acts.push(
                compose::say("button", ReviewAct::Accept, "Use the suggestion").set("data-value", "anyway"),
            );
        }
        if context.is_own {
            acts.push(compose::say("button", ReviewAct::Decline, "Decline"));
        } else {
            acts.push(compose::say("button", ReviewAct::Resolve, "Resolve"));
        }
    } else {
        acts.push(compose::say("button", ReviewAct::Resolve, "Resolve"));
    }
    markup("div", "row").children(acts).child(compose::answer(context, id))
}
