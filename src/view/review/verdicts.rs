//! Approvals and requests for changes, and whether they refer to the current plan.

use super::compose::{Compose, composer};
use super::ignored::{self, Choice};
use super::said::{name, said};
use super::{ReviewContext, heading};
use crate::plan::TaskId;
use crate::review::state::{MOST_EARLIER, Shown, ends};
use crate::review::{Age, Since, Verdict};
use crate::view::act::{Act, ReviewAct};
use crate::view::markup::{Markup, button, markup};
use crate::view::test_name as test;
use crate::view::words::{ago_in_seconds, tasks};

/// The most changed tasks that are named.
const NAMED: usize = 12;
/// The most verdicts, groups of names, and names of a group.
const LISTED: usize = 500;

/// The verdicts, similar names, and the form for the user's own verdict.
pub fn verdicts(context: &ReviewContext<'_>) -> Vec<Markup> {
    let state = context.state;
    let list = state.verdicts.iter().take(LISTED).map(|verdict| row(context, verdict)).collect();
    let mut parts = vec![heading("Verdicts", 0), revision(context)];
    parts.push(markup("ul", "verdicts").children(list));
    let more = state.verdicts.len().saturating_sub(LISTED);
    if more > 0 {
        parts.push(markup("p", "about").text(&format!("{more} more are not shown.")));
    }
    parts.extend(look_alikes(&state.look_alikes));
    let form = Compose {
        key: "verdict",
        words: "Give a verdict",
        hint: "What you want to add (optional)",
        acts: &[(ReviewAct::Approve, "Approve"), (ReviewAct::RequestChanges, "Request changes")],
        is_quiet: false,
    };
    parts.push(composer(context, &form));
    parts
}

/// A warning for each group of names that look alike.
fn look_alikes(groups: &[Vec<String>]) -> Vec<Markup> {
    let warning = || markup("p", "is-warning").set("data-test", test::LOOK_ALIKE);
    let group = |names: &Vec<String>| {
        let mut sentence = warning().text("These names look alike: ");
        for (at, one) in names.iter().take(LISTED).enumerate() {
            sentence = sentence.text(if at > 0 { ", " } else { "" }).child(name(one));
        }
        sentence.text(if names.len() > LISTED { " and more. Ask who is who." } else { ". Ask who is who." })
    };
    let mut parts: Vec<Markup> = groups.iter().take(LISTED).map(group).collect();
    let more = groups.len().saturating_sub(LISTED);
    if more > 0 {
        parts.push(warning().text(&format!("{more} more groups of names look alike.")));
    }
    parts
}

fn revision(context: &ReviewContext<'_>) -> Markup {
    let revision = &context.state.revision;
    let state = if revision.is_published { "" } else { ", not shared yet" };
    let approvals = match context.state.approvals() {
        0 => "no approvals".to_owned(),
        1 => "1 approval".to_owned(),
        more => format!("{more} approvals"),
    };
    let contested = match context.state.contested_approvals() {
        0 => String::new(),
        count => format!(" ({count} under names that also requested changes)"),
    };
    let words = format!("Revision {}{state}: {approvals}{contested}.", revision.id.short());
    markup("p", "about").set("data-test", test::REVISION).text(&words)
}

fn row(context: &ReviewContext<'_>, verdict: &Verdict) -> Markup {
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
    let words = aged(markup("p", "").child(name(&verdict.author)).text(said_so), &verdict.age);
    let words = match verdict.age {
        Age::Stale { .. } => {
            let compare = button("task-link")
                .act(&Act::CompareRevision { key: verdict.revision.to_string() })
                .set("data-test", test::COMPARE_REVISION);
            words.text(" ").child(compare.text("What changed since"))
        }
        _ => words,
    };
    let when = [" ", &ago_in_seconds(verdict.time, context.now), ", name not verified"].concat();
    let words = words.child(markup("small", "").text(&when));
    let row = markup("li", class)
        .key(&verdict.author)
        .set("data-about", &verdict.id.to_string())
        .set("data-test", test::VERDICT);
    let row = row.child(markup("span", "sign").set("aria-hidden", "true").text(sign));
    let text = if verdict.text.is_empty() { Vec::new() } else { vec![said("p", "said", &verdict.text)] };
    // One's own name may be used by others too.
    let is_mine = verdict.author == context.name;
    let choice =
        Choice { this: !is_mine || !verdict.earlier.is_empty(), author: !is_mine, ..Choice::default() };
    row.child(
        markup("div", "")
            .child(words)
            .children(text)
            .children(ignored::choice(choice).into_iter().collect())
            .children(earlier(verdict)),
    )
}

/// Other verdicts under the same name, so that none hides another.
fn earlier(verdict: &Verdict) -> Vec<Markup> {
    let row = |earlier: &Verdict| {
        let said_so = match (earlier.approves, earlier.age == Age::Current) {
            (true, true) => "Before, the same name approved this revision",
            (false, true) => "Before, the same name requested changes to this revision",
            (true, false) => "Before, the same name approved an earlier revision",
            (false, false) => "Before, the same name requested changes to an earlier revision",
        };
        let is_opposite = earlier.approves != verdict.approves;
        let words = markup("p", if is_opposite { "is-warning" } else { "about" }).text(said_so);
        let words = if earlier.text.is_empty() { words.text(".") } else { words.text(": ") };
        let choice = Choice { this: true, ..Choice::default() };
        markup("div", "")
            .set("data-about", &earlier.id.to_string())
            .child(words.child(said("span", "", &earlier.text)))
            .children(ignored::choice(choice).into_iter().collect())
    };
    let more = |count: usize| {
        let opposite = verdict.opposite().count();
        let words = format!(
            "{count} more verdicts under this name are not shown. {opposite} of {} say the opposite.",
            verdict.earlier.len()
        );
        markup("p", "is-warning").text(&words)
    };
    let part = |shown| match shown {
        Shown::One(earlier) => row(earlier),
        Shown::LeftOut(count) => more(count),
    };
    ends(&verdict.earlier, MOST_EARLIER).map(part).collect()
}

/// Adds what became of the plan since a verdict.
fn aged(words: Markup, age: &Age) -> Markup {
    match age {
        Age::Current | Age::Stale { since: None } => words,
        Age::SameContent => words.text(", which has the same content; the plan had changed in between"),
        Age::Stale { since: Some(since) } => changes(words, since),
    }
}

/// ` — 2 tasks changed: T2, T5; 1 task may have changed: T1`
fn changes(words: Markup, since: &Since) -> Markup {
    let Since { changed, perhaps } = since;
    if changed.is_empty() && perhaps.is_empty() {
        return words.text(" — no task changed, but title, goal or settings did");
    }
    let words = named(words, " — ", changed, "changed");
    named(words, if changed.is_empty() { " — " } else { "; " }, perhaps, "may have changed")
}

fn named(words: Markup, before: &str, ids: &[TaskId], what: &str) -> Markup {
    if ids.is_empty() {
        return words;
    }
    let mut words = words.text(&format!("{before}{} {what}: ", tasks(ids.len())));
    for (at, id) in ids.iter().take(NAMED).enumerate() {
        let link = button("task-link").act(&Act::Select { task: id.clone() }).text(id.as_str());
        words = words.text(if at > 0 { ", " } else { "" }).child(link);
    }
    let more = ids.len().saturating_sub(NAMED);
    if more > 0 { words.text(&format!(" and {more} more")) } else { words }
}
