//! Problems as cards, with their fixes.

use super::act::Act;
use super::beside::beside;
use super::markup::{Markup, button, markup};
use super::search::{Gains, SearchFigures};
use super::test_name as test;
use crate::beside::{Together, Work};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::explain;
use crate::repairs::{Improvement, ImprovementKind};
use crate::report::{Gain, Report};
use crate::rules;

/// The most cards drawn; others are only counted.
pub const SHOWN: usize = 100;

/// The sign next to the words, because some people can't see the colour.
pub fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error | Severity::Conflict => "✕",
        Severity::Warning => "!",
        Severity::Unknown => "?",
        Severity::Hint => "i",
    }
}

/// The list of problems, with the open plan and what runs beside it, if anything does. `current` is the
/// number of the problem last jumped to.
pub fn problems(
    report: &Report,
    searched: &SearchFigures,
    (works, together): (&[Work], &Together),
    current: Option<usize>,
) -> Vec<Markup> {
    let mut list = findings(report, &searched.gains, together.count > 0, current);
    // What somebody has put there is what they look for first.
    if works.len() > 1 {
        list.insert(0, beside(works, together));
    }
    list.extend(audit(report, searched, current));
    list.extend(improvements(&searched.improvements));
    list.extend(known_files(report));
    if works.len() < 2 && !report.plan.tasks.is_empty() {
        list.push(beside(works, together));
    }
    list
}

/// What is known of the repository, with a way to remove it.
fn known_files(report: &Report) -> Option<Markup> {
    let evidence = &report.evidence;
    (!evidence.is_empty()).then(|| {
        markup("p", "aside known-files")
            .set("data-test", test::KNOWN_FILES)
            .child(markup("span", "").sentence(&format!("Knows {}. ", evidence.sentence())))
            .child(button("link").act(&Act::Forget).text("Remove"))
    })
}

/// What the author says of the order, compared with what the files say: marks that are contradicted, and questions about
/// dependencies for which no reason shows. The latter come with the search, since the scheduler tries them.
fn audit(report: &Report, searched: &SearchFigures, current: Option<usize>) -> Option<Markup> {
    let marks = report.diagnostics.iter().enumerate().filter(|(_, found)| is_of_audit(found));
    let marks: Vec<Markup> = marks
        .take(SHOWN)
        .map(|(number, found)| card(&searched.gains, number, found, current == Some(number)))
        .collect();
    let waits = buttons(&searched.improvements, |kind| kind == ImprovementKind::Wait);
    if marks.is_empty() && waits.is_empty() {
        return None;
    }
    let list = (!marks.is_empty()).then(|| markup("ul", "problems").children(marks));
    let fixes = (!waits.is_empty()).then(|| markup("div", "fixes").children(waits));
    Some(
        markup("section", "improvements")
            .set("data-test", test::AUDIT)
            .child(markup("h3", "").text("Audit"))
            .children(list.into_iter().chain(fixes).collect()),
    )
}

fn is_of_audit(found: &Diagnostic) -> bool {
    rules::is_of_audit(found.code)
}

fn findings(report: &Report, gains: &Gains, collides: bool, current: Option<usize>) -> Vec<Markup> {
    let numbered = report.diagnostics.iter().enumerate();
    let found: Vec<(usize, &Diagnostic)> = numbered.filter(|(_, found)| !is_of_audit(found)).collect();
    if found.is_empty() {
        return vec![all_well(report, collides)];
    }
    let cards = found.iter().take(SHOWN);
    let cards = cards.map(|&(number, found)| card(gains, number, found, current == Some(number)));
    let mut list = vec![markup("ul", "problems").children(cards.collect())];
    let hidden = found.len().saturating_sub(SHOWN);
    if hidden > 0 {
        let are = if hidden == 1 { "is" } else { "are" };
        let more = explain::counted(hidden, "more problem");
        let words = format!("{more} {are} not shown. Repairing these may resolve them too.");
        list.push(markup("p", "aside").text(&words));
    }
    list
}

/// The message when there are no problems. `collides` says whether it has conflicts with other work.
fn all_well(report: &Report, collides: bool) -> Markup {
    let calm = markup("div", "calm");
    if report.plan.tasks.is_empty() {
        return calm.child(markup("p", "").text(
            "Problems appear here while you write: tasks that collide, files that nobody owns, circular \
             dependencies.",
        ));
    }
    if !explain::is_safe(report) {
        return calm
            .child(markup("p", "").text("Nothing was found"))
            .child(markup("p", "").text(&format!("{}.", explain::safety(report))));
    }
    let words = if collides { "No problems within this plan" } else { "✓ No problems" };
    calm.child(markup("p", if collides { "" } else { "is-ok" }).text(words)).child(
        markup("p", "").text(
            "No two tasks that run at the same time write the same file, or read what the other writes.",
        ),
    )
}

fn card(gains: &Gains, number: usize, found: &Diagnostic, is_current: bool) -> Markup {
    let title = markup("span", "problem-title")
        .child(markup("i", "dot").set("aria-hidden", "true"))
        .child(markup("span", "spoken").text(found.severity.name()).text(": "))
        .child(markup("span", "").sentence(&found.title));
    let line =
        found.location.as_ref().map(|location| format!("Line {}. ", location.line)).unwrap_or_default();
    let detail = [line.as_str(), &found.detail].concat();
    let detail = (!detail.is_empty()).then(|| markup("span", "problem-detail").sentence(detail.trim_end()));
    let words = button("problem-text")
        .act(&Act::ShowProblem { number })
        .child(title)
        .children(detail.into_iter().collect());
    let class = ["problem is-", found.severity.name(), if is_current { " current" } else { "" }].concat();
    let best = best(gains, &found.fixes);
    let fixes = found.fixes.iter().enumerate();
    let fixes = fixes.map(|(at, fix)| repair((number, at), fix, gain_of(gains, fix), best == Some(at)));
    markup("li", &class)
        .set("data-test", test::PROBLEM)
        .set("data-code", found.code)
        .set("data-number", &number.to_string())
        .child(words)
        .child(markup("div", "fixes").children(fixes.collect()))
}

/// Improvements of the whole plan that belong to no single problem.
fn improvements(offered: &[Improvement]) -> Option<Markup> {
    let buttons = buttons(offered, |kind| kind != ImprovementKind::Wait);
    (!buttons.is_empty()).then(|| {
        markup("section", "improvements")
            .child(markup("h3", "").text("For the whole plan"))
            .child(markup("div", "fixes").children(buttons))
    })
}

/// A button for each improvement of some kinds.
fn buttons(offered: &[Improvement], is_meant: impl Fn(ImprovementKind) -> bool) -> Vec<Markup> {
    let meant = offered.iter().enumerate().filter(|(_, improvement)| is_meant(improvement.kind));
    let buttons = meant.map(|(number, improvement)| {
        let words = markup("span", "")
            .child(markup("b", "").sentence(&improvement.title))
            .child(markup("small", "").sentence(&improvement.condition));
        button("fix")
            .set("data-test", test::IMPROVEMENT)
            .act(&Act::Repair { number: None, fix: number })
            .child(words)
            .child(effect(Some(improvement.gain)))
    });
    buttons.collect()
}

fn repair((number, at): (usize, usize), fix: &Fix, gain: Option<Gain>, is_best: bool) -> Markup {
    button(if is_best { "fix best" } else { "fix" })
        .set("data-test", test::FIX)
        .act(&Act::Repair { number: Some(number), fix: at })
        .child(markup("span", "").sentence(&fix.title))
        .child(effect(gain))
}

/// The effect of a fix, if it is known.
fn effect(gain: Option<Gain>) -> Markup {
    let colour = match gain.map_or(0, |gain| gain.minutes) {
        0 => "gain",
        less if less < 0 => "gain is-ok",
        _ => "gain is-warning",
    };
    markup("span", colour).text(&gain.map(in_words).unwrap_or_default())
}

/// The fix of this problem that shortens the plan most, if any does. Never suggests allowing the conflict.
fn best(gains: &Gains, fixes: &[Fix]) -> Option<usize> {
    let repairs = fixes.iter().enumerate().filter(|(_, fix)| !fix.is_acceptance());
    let known = repairs.filter_map(|(at, fix)| Some((gain_of(gains, fix)?.minutes, at)));
    known.filter(|(minutes, _)| *minutes < 0).min().map(|(_, at)| at)
}

fn gain_of(gains: &Gains, fix: &Fix) -> Option<Gain> {
    gains.iter().find(|(edits, _)| edits == fix.edits.of_plan()).map(|(_, gain)| *gain)
}

/// `−20 m, 3 phases`, or `±0`; with `, rolling −10 m` if that differs.
fn in_words(gain: Gain) -> String {
    let mut words = more_or_less(gain.minutes);
    match (gain.more_phases, gain.phases) {
        (0, _) => {}
        (_, 1) => words.push_str(", 1 phase"),
        (_, phases) => words.push_str(&format!(", {phases} phases")),
    }
    if gain.rolling_minutes != gain.minutes {
        words.push_str(", rolling ");
        words.push_str(&more_or_less(gain.rolling_minutes));
    }
    words
}

/// `−20 m`, `+20 m` or `±0`.
fn more_or_less(minutes: i64) -> String {
    let shown = explain::duration(minutes.unsigned_abs() as u32);
    match minutes {
        0 => "±0".to_owned(),
        less if less < 0 => ["−", &shown].concat(),
        _ => ["+", &shown].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_effect_names_the_rolling_schedule_where_it_differs() {
        let table = [
            ((0, 3, 0, 0), "±0"),
            ((-20, 3, 0, -20), "−20 m"),
            ((-20, 3, -1, 0), "−20 m, 3 phases, rolling ±0"),
            ((0, 1, -1, -10), "±0, 1 phase, rolling −10 m"),
            ((70, 4, 1, 15), "+1 h 10 m, 4 phases, rolling +15 m"),
        ];
        for ((minutes, phases, more_phases, rolling_minutes), expect) in table {
            assert_eq!(in_words(Gain { minutes, phases, more_phases, rolling_minutes }), expect);
        }
    }
}
