//! Who approves the plan and who asks for changes, and whether that is about the plan as it is.

use super::compose::{Compose, composer};
use super::said::{name, said};
use super::{Talk, heading};
use crate::plan::TaskId;
use crate::review::state::{Age, Verdict};
use crate::view::markup::{Markup, button, markup};
use crate::view::test_name as test;

/// How many tasks are named that were changed since.
const NAMED: usize = 12;
/// How many verdicts, and how many pairs of names, are listed.
const LISTED: usize = 100;

/// The verdicts, names that may be taken for one another, and the form for one's own verdict.
pub fn verdicts(talk: &Talk<'_>) -> Vec<Markup> {
    let state = talk.state;
    let list = state.verdicts.iter().take(LISTED).map(|verdict| row(talk, verdict)).collect();
    let mut parts = vec![heading("Verdicts", 0), revision(talk)];
    parts.push(markup("ul", "verdicts").children(list));
    for (a, b) in state.look_alikes.iter().take(LISTED) {
        let warning =
            markup("p", "is-warning").set("data-test", test::LOOK_ALIKE).text("Two names look alike: ");
        parts.push(warning.child(name(a)).text(" and ").child(name(b)).text(". Ask who is who."));
    }
    let form = Compose {
        key: "verdict",
        words: "Give a verdict",
        hint: "What you want to add (optional)",
        acts: &[("approve", "Approve"), ("request-changes", "Request changes")],
        is_quiet: false,
    };
    parts.push(composer(talk, &form));
    parts
}

fn revision(talk: &Talk<'_>) -> Markup {
    let revision = &talk.state.revision;
    let state = if revision.is_published { "" } else { ", not shared yet" };
    let approvals = match talk.state.approvals() {
        0 => "no approvals".to_owned(),
        1 => "1 approval".to_owned(),
        more => format!("{more} approvals"),
    };
    let words = format!("Revision {}{state}: {approvals}.", revision.id.short());
    markup("p", "about").set("data-test", test::REVISION).text(&words)
}

fn row(talk: &Talk<'_>, verdict: &Verdict) -> Markup {
    let is_current = verdict.age == Age::Current;
    let (class, sign) = match (verdict.approves, is_current) {
        (true, true) => ("verdict is-ok", "✓"),
        (false, true) => ("verdict is-conflict", "✕"),
        (true, false) => ("verdict is-old", "✓"),
        (false, false) => ("verdict is-old", "✕"),
    };
    let said_so = match (verdict.approves, is_current) {
        (true, true) => " approves this revision",
        (false, true) => " requests changes to this revision",
        (true, false) => " approved an earlier revision",
        (false, false) => " requested changes to an earlier revision",
    };
    let words = markup("p", "").child(name(&verdict.author)).text(said_so);
    let words = match &verdict.age {
        Age::Current => words,
        Age::SameContent => words.text(", which has the same content; the plan was another one in between"),
        Age::Stale { changed: None } => words,
        Age::Stale { changed: Some(changed) } => since(words, changed),
    };
    let words = match verdict.age {
        Age::Stale { .. } => {
            let compare = button("task-link")
                .set("data-act", "compare-revision")
                .set("data-key", &verdict.revision.to_string())
                .set("data-test", test::COMPARE_REVISION);
            words.text(" ").child(compare.text("What changed since"))
        }
        _ => words,
    };
    let words = words.child(markup("small", "").text(" ").text(&super::thread::ago(verdict.time, talk.now)));
    let row = markup("li", class).key(&verdict.author).set("data-test", test::VERDICT);
    let row = row.child(markup("span", "sign").set("aria-hidden", "true").text(sign));
    let text = if verdict.text.is_empty() { Vec::new() } else { vec![said("p", "said", &verdict.text)] };
    row.child(markup("div", "").child(words).children(text))
}

/// ` — 2 tasks changed: T2, T5`
fn since(words: Markup, changed: &[TaskId]) -> Markup {
    let count = match changed.len() {
        0 => return words.text(" — no task changed, but title, goal or settings did"),
        1 => " — 1 task changed: ".to_owned(),
        more => format!(" — {more} tasks changed: "),
    };
    let mut words = words.text(&count);
    for (at, id) in changed.iter().take(NAMED).enumerate() {
        let link =
            button("task-link").set("data-act", "select").set("data-task", id.as_str()).text(id.as_str());
        words = words.text(if at > 0 { ", " } else { "" }).child(link);
    }
    let more = changed.len().saturating_sub(NAMED);
    if more > 0 { words.text(&format!(" and {more} more")) } else { words }
}
