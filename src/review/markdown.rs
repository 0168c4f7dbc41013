//! A review as Markdown, for a pull request. What people wrote stands in code spans and fences, so that it is shown as it is:
//! nothing in it becomes a heading, a link, a mention or HTML.

use std::fmt::Write;

use super::anchor::Standing;
use super::state::{Age, State, Thread};
use crate::export::escape::{markdown_block as block, markdown_code as code};
use crate::plan::Plan;

/// The review of a plan.
pub fn markdown(state: &State, plan: &Plan) -> String {
    let mut text = String::from("## Review of ");
    text.push_str(&code(if plan.title.is_empty() { "the plan" } else { &plan.title }));
    let open = state.open().count();
    let _ = writeln!(
        text,
        "\n\nRevision {}. {} of {} threads open, {} approvals of this revision. Names are not verified.",
        code(&state.revision.id.short()),
        open,
        state.threads.len(),
        state.approvals()
    );
    if !state.verdicts.is_empty() {
        text.push_str("\n| reviewer | verdict | revision |\n|---|---|---|\n");
    }
    for verdict in &state.verdicts {
        let said = if verdict.approves { "approved" } else { "asks for changes" };
        let age = match &verdict.age {
            Age::Current => "this one".to_owned(),
            Age::SameContent => "an earlier one with the same content".to_owned(),
            Age::Stale { changed: Some(changed) } => {
                format!("an earlier one; {} tasks changed since", changed.len())
            }
            Age::Stale { changed: None } => "another one".to_owned(),
        };
        // A bar would end the cell, even inside a code span.
        let reviewer = code(&verdict.author.replace('|', "¦"));
        let _ = writeln!(text, "| {reviewer} | {said} | {} {age} |", code(&verdict.revision.short()));
    }
    for (title, resolved) in [("Open", false), ("Settled", true)] {
        let threads: Vec<&Thread> =
            state.threads.iter().filter(|thread| thread.is_resolved == resolved).collect();
        if !threads.is_empty() {
            let _ = write!(text, "\n### {title}\n");
        }
        threads.into_iter().for_each(|thread| write_thread(&mut text, thread));
    }
    text
}

fn write_thread(text: &mut String, thread: &Thread) {
    let note = match thread.standing {
        Standing::Live(_) => "",
        Standing::Moved(_) => ", which was changed around the quotation",
        Standing::Stale => ", which was changed since",
        Standing::Orphaned => ", which is gone",
    };
    let _ = write!(text, "\n**On {}**{note}:\n", code(&thread.on.name()));
    if !thread.on.quote.is_empty() {
        let _ = write!(text, "\n{}", block(&thread.on.quote));
    }
    if let Some(suggestion) = &thread.suggestion {
        let answer = match suggestion.answer {
            Some(true) => " (accepted)",
            Some(false) => " (declined)",
            None => "",
        };
        let _ = write!(text, "\nSuggested{answer}:\n\n{}", block(&suggestion.shown()));
    }
    for comment in &thread.comments {
        let said = if comment.is_withdrawn { "(taken back)" } else { &comment.text };
        if !said.is_empty() {
            let _ = write!(text, "\n{}:\n\n{}", code(&comment.author), block(said));
        }
    }
}
