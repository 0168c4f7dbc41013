//! Problems as sentences in cards, with their repairs.

use leptos::prelude::*;
use phaseplan::analysis::{Diagnostic, Severity};
use phaseplan::{Report, TaskId};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::super::keys::test;
use super::super::widgets::sentence;
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
#[component]
pub fn Problems() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let found = Memo::new(move |_| workspace.report.with(|report| report.analysis.diagnostics.clone()));
    let gains = Gains::compute_when_idle(workspace);
    let cards = move || {
        let found = found.get();
        let hidden = found.len().saturating_sub(SHOWN);
        let cards = found.into_iter().take(SHOWN).enumerate();
        let cards = cards.map(|(number, found)| card(workspace, gains, number, found)).collect_view();
        view! {
            <ul class="problems">{cards}</ul>
            {(hidden > 0).then(|| view! { <p class="aside">{format!("{hidden} more problems are not shown. They may go away with these.")}</p> })}
        }
    };
    let is_empty = Memo::new(move |_| found.with(Vec::is_empty));
    view! { {move || if is_empty.get() { all_well(workspace) } else { cards().into_any() }} }.into_any()
}

/// What stands in place of problems.
fn all_well(workspace: Workspace) -> AnyView {
    let is_empty = move || workspace.report.with(|report| report.plan.tasks.is_empty());
    view! {
        <div class="calm">
            {move || if is_empty() {
                view! { <p>"Problems appear here while you write: tasks that collide, files that nobody owns, waits that go in circles."</p> }.into_any()
            } else {
                view! { <p class="is-ok">"✓ No problems"</p><p>"No two tasks that run at the same time write the same file, or read what another one writes."</p> }.into_any()
            }}
        </div>
    }
    .into_any()
}

fn card(workspace: Workspace, gains: Gains, number: usize, found: Diagnostic) -> AnyView {
    let Diagnostic { code, severity, title, detail, places, fixes } = found;
    let tasks: Vec<TaskId> = places.iter().map(|place| place.id.clone()).collect();
    let class = ["problem is-", severity.name()].concat();
    let is_current = move || workspace.problem.get() == Some(number);
    let point_at = move |tasks: Vec<TaskId>| workspace.highlight.set(tasks);
    let others = tasks.clone();
    view! {
        <li class=class class:current=is_current data-test=test::PROBLEM data-code=code
            on:pointerenter=move |_| point_at(others.clone()) on:pointerleave=move |_| point_at(Vec::new())>
            <button class="problem-text" type="button" data-problem=number on:click=move |_| show(workspace, number)>
                <span class="problem-title">
                    <i class="dot" aria-hidden="true"></i>
                    <span class="spoken">{severity.name()}": "</span>
                    <span>{sentence(&title)}</span>
                </span>
                <span class="problem-detail">{sentence(&detail)}</span>
            </button>
            {repairs(workspace, gains, number, fixes)}
        </li>
    }
    .into_any()
}

/// Makes a problem the current one and shows its place in every view.
pub fn show(workspace: Workspace, number: usize) {
    let place = workspace.report.with_untracked(|report| {
        report
            .analysis
            .diagnostics
            .get(number)
            .and_then(|found| found.places.first().map(|place| place.id.clone()))
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
    request_animation_frame(move || {
        let selector = format!(".problem:nth-child({}) {inside}", number + 1);
        let found = document().query_selector(&selector).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}
