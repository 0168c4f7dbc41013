//! A review as JSON.

use phaseplan::events::Subject;
use phaseplan::review::state::Thread;
use phaseplan::review::{Age, State, Verdict};
use serde_json::{Value, json};

/// The whole review. `ignored` has what is left out, with the number of events.
pub fn value(state: &State, ignored: &[(Subject, usize)]) -> Value {
    let left_out = ignored.iter().map(|(subject, count)| match subject {
        Subject::Author(name) => json!({"author": name, "events": count}),
        Subject::Event(id) => json!({"id": id, "events": count}),
    });
    json!({
        "revision": state.revision.id,
        "published": state.revision.is_published,
        "verified": false,
        "verdicts": state.verdicts.iter().map(verdict).collect::<Vec<_>>(),
        "threads": state.threads.iter().map(thread).collect::<Vec<_>>(),
        "waiting": state.waiting,
        "look_alikes": state.look_alikes,
        "ignored": left_out.collect::<Vec<_>>(),
    })
}

fn thread(thread: &Thread) -> Value {
    let comments = thread.comments.iter().map(|comment| {
        json!({"id": comment.id, "author": comment.author, "time": comment.time, "text": comment.text,
               "edited": comment.is_edited(), "withdrawn": comment.is_withdrawn,
               "earlier": comment.earlier, "changed_by": comment.changed_by})
    });
    let suggestion = thread.suggestion.as_ref().map(|suggestion| {
        json!({"value": suggestion.value, "answer": suggestion.answer, "applies": suggestion.applies})
    });
    json!({
        "id": thread.id, "task": thread.on.task, "field": thread.on.field, "quote": thread.on.quote,
        "standing": thread.standing.name(), "resolved": thread.is_resolved, "resolved_by": thread.resolved_by,
        "suggestion": suggestion, "comments": comments.collect::<Vec<_>>(),
    })
}

fn verdict(one: &Verdict) -> Value {
    let (age, since) = match &one.age {
        Age::Current => ("current", None),
        Age::SameContent => ("same content", None),
        Age::Stale { since } => ("stale", since.clone()),
    };
    json!({"id": one.id, "author": one.author, "approves": one.approves, "text": one.text,
           "time": one.time, "revision": one.revision, "age": age,
           "changed": since.as_ref().map(|since| &since.changed),
           "may_have_changed": since.as_ref().map(|since| &since.perhaps),
           "earlier": one.earlier.iter().map(verdict).collect::<Vec<_>>()})
}
