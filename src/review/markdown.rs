//! A review as Markdown, for a pull request. Users' text is in code spans and fences, so it is shown
//! literally: it can't become a heading, a link, a mention or HTML.

use std::fmt::Write;

use super::anchor::Standing;
use super::state::{Comment, MOST_EARLIER, Shown, State, Thread, ends};
use super::verdict::{Age, Since, Verdict};
use crate::escape::{markdown_block as block, markdown_code as code};
use crate::plan::{Plan, TaskId};

/// The most changed tasks that are named.
const MOST_NAMED: usize = 12;

/// The review of a plan.
pub fn markdown(state: &State, plan: &Plan) -> String {
    let mut text = String::from("## Review of ");
    text.push_str(&code(if plan.title.is_empty() { "the plan" } else { &plan.title }));
    let open = state.open().count();
    let contested = match state.contested_approvals() {
        0 => String::new(),
        count => format!(" ({count} under names that also asked for changes)"),
    };
    let _ = writeln!(
        text,
        "\n\nRevision {}. {} of {} threads open, {} approvals of this revision{contested}. Names are not \
         verified, and nobody signs a verdict.",
        code(&state.revision.id.short()),
        open,
        state.threads.len(),
        state.approvals()
    );
    if !state.verdicts.is_empty() {
        text.push_str("\n| reviewer | verdict | revision |\n|---|---|---|\n");
    }
    for verdict in &state.verdicts {
        write_verdict(&mut text, verdict, "");
        for earlier in ends(&verdict.earlier, MOST_EARLIER) {
            match earlier {
                Shown::One(earlier) => write_verdict(&mut text, earlier, "earlier, under this name: "),
                Shown::LeftOut(count) => {
                    let _ = writeln!(text, "| {} | {count} more under this name | |", cell(&verdict.author));
                }
            }
        }
    }
    for names in &state.look_alikes {
        let names: Vec<String> = names.iter().map(|name| code(name)).collect();
        let _ = writeln!(text, "\nThese names look alike: {}.", names.join(", "));
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

/// A code span for a cell of a table, which a pipe would end even there.
fn cell(text: &str) -> String {
    code(&text.replace('|', "¦"))
}

fn write_verdict(text: &mut String, verdict: &Verdict, before: &str) {
    let said = if verdict.approves { "approved" } else { "asks for changes" };
    let age = match &verdict.age {
        Age::Current => "this one".to_owned(),
        Age::SameContent => "an earlier one with the same content".to_owned(),
        Age::Stale { since: Some(since) } => format!("an earlier one{}", changes(since)),
        Age::Stale { since: None } => "another one".to_owned(),
    };
    let words = if verdict.text.is_empty() { String::new() } else { format!(": {}", cell(&verdict.text)) };
    let _ = writeln!(
        text,
        "| {} | {before}{said}{words} | {} {age} |",
        cell(&verdict.author),
        code(&verdict.revision.short())
    );
}

/// `; changed since: T1, T2; may have changed since: T3`
fn changes(since: &Since) -> String {
    let named = |words: &str, ids: &[TaskId]| {
        let names: Vec<String> = ids.iter().take(MOST_NAMED).map(|id| cell(id.as_str())).collect();
        match ids.len().saturating_sub(MOST_NAMED) {
            _ if ids.is_empty() => String::new(),
            0 => format!("; {words}: {}", names.join(", ")),
            more => format!("; {words}: {} and {more} more", names.join(", ")),
        }
    };
    [named("changed since", &since.changed), named("may have changed since", &since.perhaps)].concat()
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
        let _ = write!(text, "\nSuggested{answer}:\n\n{}", block(&suggestion.text));
    }
    if let (true, Some(name)) = (thread.is_resolved, &thread.resolved_by) {
        let _ = writeln!(text, "\nSettled by {}.", code(name));
    }
    thread.comments.iter().for_each(|comment| write_comment(text, comment));
}

/// A comment, marked if it was edited or taken back, with its earlier words.
fn write_comment(text: &mut String, comment: &Comment) {
    let said = if comment.is_withdrawn { "(taken back)" } else { &comment.text };
    if said.is_empty() {
        return;
    }
    let edited = if comment.is_edited() { " (edited)" } else { "" };
    let _ = write!(text, "\n{}{edited}:\n\n{}", code(&comment.author), block(said));
    for earlier in ends(&comment.earlier, MOST_EARLIER) {
        let _ = match earlier {
            Shown::One(earlier) => write!(text, "\nbefore:\n\n{}", block(earlier)),
            Shown::LeftOut(count) => writeln!(text, "\n{count} more edits"),
        };
    }
}
