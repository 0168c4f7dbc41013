//! Problems as sentences in cards, with their repairs.

use super::markup::{Markup, button, markup};
use super::search::Searched;
use super::test_name as test;
use crate::analysis::{Diagnostic, Fix, Severity};
use crate::explain;
use crate::repairs::Improvement;
use crate::report::{Gain, Report};

/// More cards are not drawn, only counted.
pub const SHOWN: usize = 100;

/// The number of a problem, and of one of its repairs.
pub type Repair = (usize, usize);

/// What each repair gains, as far as that is known.
pub type Gains = [(Repair, Gain)];

/// The sign beside the words, since colour alone says nothing to some.
pub fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error | Severity::Conflict => "✕",
        Severity::Warning => "!",
        Severity::Unknown => "?",
        Severity::Hint => "i",
    }
}

/// The list of problems. `current` is the number of the one that was jumped to last.
pub fn problems(report: &Report, searched: &Searched, current: Option<usize>) -> Vec<Markup> {
    let mut list = findings(report, &searched.gains, current);
    list.extend(improvements(&searched.improvements));
    list
}

fn findings(report: &Report, gains: &Gains, current: Option<usize>) -> Vec<Markup> {
    let found = &report.analysis.diagnostics;
    if found.is_empty() {
        return vec![all_well(report.plan.tasks.is_empty())];
    }
    let cards = found.iter().take(SHOWN).enumerate();
    let cards = cards.map(|(number, found)| card(gains, number, found, current == Some(number)));
    let mut list = vec![markup("ul", "problems").children(cards.collect())];
    let hidden = found.len().saturating_sub(SHOWN);
    if hidden > 0 {
        let words = format!("{hidden} more problems are not shown. They may go away with these.");
        list.push(markup("p", "aside").text(&words));
    }
    list
}

/// What stands in place of problems.
fn all_well(is_empty: bool) -> Markup {
    let calm = markup("div", "calm");
    if is_empty {
        return calm.child(markup("p", "").text(
            "Problems appear here while you write: tasks that collide, files that nobody owns, waits that go in circles.",
        ));
    }
    calm.child(markup("p", "is-ok").text("✓ No problems")).child(
        markup("p", "").text(
            "No two tasks that run at the same time write the same file, or read what another one writes.",
        ),
    )
}

fn card(gains: &Gains, number: usize, found: &Diagnostic, is_current: bool) -> Markup {
    let title = markup("span", "problem-title")
        .child(markup("i", "dot").set("aria-hidden", "true"))
        .child(markup("span", "spoken").text(found.severity.name()).text(": "))
        .child(markup("span", "").sentence(&found.title));
    let words = button("problem-text")
        .set("data-act", "show")
        .child(title)
        .child(markup("span", "problem-detail").sentence(&found.detail));
    let class = ["problem is-", found.severity.name(), if is_current { " current" } else { "" }].concat();
    let best = best(gains, number, &found.fixes);
    let fixes = found.fixes.iter().enumerate().map(|(at, fix)| {
        let gain = gains.iter().find(|(repair, _)| *repair == (number, at)).map(|(_, gain)| *gain);
        repair(at, fix, gain, best == Some(at))
    });
    markup("li", &class)
        .set("data-test", test::PROBLEM)
        .set("data-code", found.code)
        .set("data-number", &number.to_string())
        .child(words)
        .child(markup("div", "fixes").children(fixes.collect()))
}

/// Changes that belong to no single problem and make the whole plan shorter.
fn improvements(offered: &[Improvement]) -> Option<Markup> {
    let buttons = offered.iter().enumerate().map(|(number, improvement)| {
        let words = markup("span", "")
            .child(markup("b", "").sentence(&improvement.title))
            .child(markup("small", "").sentence(&improvement.condition));
        button("fix")
            .set("data-test", test::IMPROVEMENT)
            .set("data-act", "fix")
            .set("data-fix", &number.to_string())
            .child(words)
            .child(effect(Some(improvement.gain)))
    });
    let list = markup("section", "improvements")
        .child(markup("h3", "").text("For the whole plan"))
        .child(markup("div", "fixes").children(buttons.collect()));
    (!offered.is_empty()).then_some(list)
}

fn repair(at: usize, fix: &Fix, gain: Option<Gain>, is_best: bool) -> Markup {
    button(if is_best { "fix best" } else { "fix" })
        .set("data-test", test::FIX)
        .set("data-act", "fix")
        .set("data-fix", &at.to_string())
        .child(markup("span", "").text(&fix.title))
        .child(effect(gain))
}

/// What a change would do, as far as that is known.
fn effect(gain: Option<Gain>) -> Markup {
    let colour = match gain.map_or(0, |gain| gain.minutes) {
        0 => "gain",
        less if less < 0 => "gain is-ok",
        _ => "gain is-warning",
    };
    markup("span", colour).text(&gain.map(in_words).unwrap_or_default())
}

/// The repair of this problem that makes the plan shortest, if any makes it shorter. To look away is no repair that
/// anybody should be led to.
fn best(gains: &Gains, number: usize, fixes: &[Fix]) -> Option<usize> {
    let of_problem = gains.iter().filter(|((problem, _), _)| *problem == number);
    let shorter = of_problem.filter(|((_, fix), gain)| {
        gain.minutes < 0 && fixes.get(*fix).is_some_and(|fix| !fix.is_acceptance())
    });
    shorter.min_by_key(|((_, fix), gain)| (gain.minutes, *fix)).map(|((_, fix), _)| *fix)
}

/// `−20 m, 3 phases`, or `±0`; with `, rolling −10 m` where that is not the same.
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
