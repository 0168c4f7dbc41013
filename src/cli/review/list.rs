//! A review as text for a terminal.

use std::fmt::Write;

use phaseplan::events::Subject;
use phaseplan::plan::TaskId;
use phaseplan::review::receive::Received;
use phaseplan::review::state::{Comment, MOST_EARLIER, Shown, Thread, ends};
use phaseplan::review::{Age, State, Verdict};

use crate::cli::terminal::printable;

/// What became of received events, a line for each reviewer.
pub fn table(received: &Received) -> String {
    let mut table = format!("{}\n", received.summary());
    for one in &received.receipts {
        let verdict = match one.approves {
            Some(true) => "approves",
            Some(false) => "asks for changes",
            None => "no verdict",
        };
        let _ = writeln!(
            table,
            "  {:<20} {:>4} new {:>4} known  revision {}  {verdict}",
            printable(&one.reviewer),
            one.new,
            one.known,
            one.revision
        );
    }
    table.push('\n');
    table
}

/// The whole review. `ignored` has what is left out, with the number of events.
pub fn list(state: &State, ignored: &[(Subject, usize)]) -> String {
    let mut text = format!(
        "Revision {}{}\n",
        state.revision.id.short(),
        if state.revision.is_published { "" } else { ", not sent out yet" }
    );
    for verdict in &state.verdicts {
        write_verdict(&mut text, verdict);
    }
    if !state.verdicts.is_empty() {
        text.push_str("  Names are not verified, and nobody signs a verdict.\n");
    }
    for names in &state.look_alikes {
        let names: Vec<String> = names.iter().map(|name| printable(name)).collect();
        let _ = writeln!(text, "  These names look alike: {}.", names.join(", "));
    }
    for thread in &state.threads {
        write_thread(&mut text, thread);
    }
    if state.waiting > 0 {
        let _ = writeln!(text, "\n{} answers are about something that is not here.", state.waiting);
    }
    for (subject, count) in ignored {
        let _ = writeln!(text, "\nIgnored: {}.", printable(&left_out(subject, *count)));
    }
    text
}

/// `2 events by Eve`
pub fn left_out(subject: &Subject, count: usize) -> String {
    let events = if count == 1 { "event" } else { "events" };
    match subject {
        Subject::Author(name) => format!("{count} {events} by or about what {name} said"),
        Subject::Event(id) => format!("{count} {events}, {id} and what is about it"),
    }
}

fn write_verdict(text: &mut String, verdict: &Verdict) {
    let _ = writeln!(text, "  {} {}", printable(&verdict.author), said(verdict));
    for earlier in ends(&verdict.earlier, MOST_EARLIER) {
        let _ = match earlier {
            Shown::One(earlier) => writeln!(text, "    earlier, under the same name: {}", said(earlier)),
            Shown::LeftOut(count) => writeln!(text, "    {count} more under the same name"),
        };
    }
}

/// `approves this revision  Well done.`
fn said(verdict: &Verdict) -> String {
    let said = if verdict.approves { "approves" } else { "asks for changes in" };
    let revision = verdict.revision.short();
    let age = match &verdict.age {
        Age::Current => "this revision".to_owned(),
        Age::SameContent => format!("revision {revision}, which has the same content"),
        Age::Stale { since: Some(since) } => {
            let named = |words: &str, ids: &[TaskId]| match ids {
                [] => String::new(),
                ids => {
                    format!("; {words}: {}", ids.iter().map(TaskId::as_str).collect::<Vec<_>>().join(", "))
                }
            };
            let changed = named("changed since", &since.changed);
            format!("revision {revision}{changed}{}", named("may have changed since", &since.perhaps))
        }
        Age::Stale { since: None } => format!("revision {revision}"),
    };
    format!("{said} {}  {}", printable(&age), printable(&verdict.text)).trim_end().to_owned()
}

fn write_thread(text: &mut String, thread: &Thread) {
    let by = thread.resolved_by.as_deref().map_or(String::new(), |name| format!(" by {}", printable(name)));
    let settled = if thread.is_resolved { format!(", settled{by}") } else { String::new() };
    let _ = writeln!(text, "\n{} ({}{settled})", printable(&thread.on.name()), thread.standing.name());
    if let Some(suggestion) = &thread.suggestion {
        let _ = writeln!(text, "  suggests: {}", printable(&suggestion.text));
    }
    for comment in &thread.comments {
        write_comment(text, comment);
    }
}

/// A comment, marked if it was edited or taken back, with its earlier words.
fn write_comment(text: &mut String, comment: &Comment) {
    let said = if comment.is_withdrawn { "(taken back)" } else { &comment.text };
    let edited = if comment.is_edited() { "  (edited)" } else { "" };
    let _ = writeln!(text, "  {}: {}{edited}", printable(&comment.author), printable(said));
    for earlier in ends(&comment.earlier, MOST_EARLIER) {
        let _ = match earlier {
            Shown::One(earlier) => writeln!(text, "    before: {}", printable(earlier)),
            Shown::LeftOut(count) => writeln!(text, "    {count} more edits"),
        };
    }
}
