//! Problems as sentences in cards, with their repairs.

use leptos::prelude::*;
use phaseplan::analysis::{Diagnostic, Severity};
use phaseplan::{Report, TaskId};
use web_sys::{Event, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::super::element::{El, button, el};
use super::super::keys::test;
use super::super::page;
use super::super::timer::next_frame;
use super::super::workspace::{Pane, Side, Workspace};
use super::repairs::{Gains, repairs};

/// More cards are not drawn, only counted.
const SHOWN: usize = 100;

/// How many diagnostics have this severity.
pub fn count(report: &Report, severity: Severity) -> usize {
    report.analysis.diagnostics.iter().filter(|found| found.severity == severity).count()
}

/// The sign beside the words, since colour alone says nothing to some.
pub fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error | Severity::Conflict => "✕",
        Severity::Warning => "!",
        Severity::Unknown => "?",
        Severity::Hint => "i",
    }
}

/// The list of problems.
pub fn problems(workspace: Workspace) -> El {
    let gains = Gains::compute_when_idle(workspace);
    el("div").live(move || {
        let report = workspace.report.get();
        let found = &report.analysis.diagnostics;
        if found.is_empty() {
            return vec![all_well(report.plan.tasks.is_empty())];
        }
        let cards = found.iter().take(SHOWN).enumerate();
        let cards = cards.map(|(number, found)| card(workspace, gains, number, found));
        let list = el("ul").class("problems").children(cards);
        let hidden = found.len().saturating_sub(SHOWN);
        let rest = (hidden > 0).then(|| {
            let words = format!("{hidden} more problems are not shown. They may go away with these.");
            el("p").class("aside").text(&words)
        });
        [list].into_iter().chain(rest).collect()
    })
}

/// What stands in place of problems.
fn all_well(is_empty: bool) -> El {
    let calm = el("div").class("calm");
    if is_empty {
        return calm.child(el("p").text(
            "Problems appear here while you write: tasks that collide, files that nobody owns, waits that go in circles.",
        ));
    }
    calm.child(el("p").class("is-ok").text("✓ No problems")).child(
        el("p").text(
            "No two tasks that run at the same time write the same file, or read what another one writes.",
        ),
    )
}

fn card(workspace: Workspace, gains: Gains, number: usize, found: &Diagnostic) -> El {
    let tasks: Vec<TaskId> = found.places.iter().map(|place| place.id.clone()).collect();
    let title = el("span")
        .class("problem-title")
        .child(el("i").class("dot").attr("aria-hidden", "true"))
        .child(el("span").class("spoken").text(found.severity.name()).text(": "))
        .child(el("span").sentence(&found.title));
    let words = button("problem-text", move || show(workspace, number))
        .child(title)
        .child(el("span").class("problem-detail").sentence(&found.detail));
    el("li")
        .class(&["problem is-", found.severity.name()].concat())
        .class_when("current", move || workspace.problem.get() == Some(number))
        .test(test::PROBLEM)
        .attr("data-code", found.code)
        .on("pointerenter", move |_: Event| workspace.highlight.set(tasks.clone()))
        .on("pointerleave", move |_: Event| workspace.highlight.set(Vec::new()))
        .child(words)
        .child(repairs(workspace, gains, number, &found.fixes))
}

/// Makes a problem the current one and shows its place in every view.
pub fn show(workspace: Workspace, number: usize) {
    let place = workspace.report.with_untracked(|report| {
        let found = report.analysis.diagnostics.get(number)?;
        found.places.first().map(|place| place.id.clone())
    });
    workspace.problem.set(Some(number));
    if place.is_some() {
        workspace.selection.set(place);
    }
}

/// Goes to the next problem, or to the one before, round and round.
pub fn step(workspace: Workspace, forth: bool) {
    let count = workspace.report.with_untracked(|report| report.analysis.diagnostics.len()).min(SHOWN);
    if count == 0 {
        workspace.tell("No problems.");
        return;
    }
    let next = match (workspace.problem.get_untracked(), forth) {
        (None, true) => 0,
        (None, false) => count - 1,
        (Some(at), true) => (at + 1) % count,
        (Some(at), false) => (at + count - 1) % count,
    };
    focus_card(workspace, next, ".problem-text");
}

/// Goes to the first repair of a problem of the selected task, else of the first problem that has one.
pub fn go_to_fixes(workspace: Workspace) {
    let selected = workspace.selection.get_untracked();
    let number = workspace.report.with_untracked(|report| {
        let found = &report.analysis.diagnostics;
        let concerns =
            |found: &Diagnostic| found.places.iter().any(|place| Some(&place.id) == selected.as_ref());
        let of_task = found.iter().position(|found| !found.fixes.is_empty() && concerns(found));
        of_task.or_else(|| found.iter().position(|found| !found.fixes.is_empty()))
    });
    match number.filter(|number| *number < SHOWN) {
        Some(number) => focus_card(workspace, number, ".fix"),
        None => workspace.tell("There is nothing to repair."),
    }
}

fn focus_card(workspace: Workspace, number: usize, inside: &'static str) {
    workspace.side.set(Side::Problems);
    workspace.pane.set(Pane::Problems);
    workspace.sheet.set(false);
    show(workspace, number);
    next_frame(move || {
        let selector = format!(".problem:nth-child({}) {inside}", number + 1);
        if let Some(element) = page::find::<HtmlElement>(&selector) {
            let _ = element.focus();
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}
