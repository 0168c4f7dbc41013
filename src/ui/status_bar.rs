//! The status bar: how many problems of each sort, what the schedule is, where the caret is, and the keys.

use leptos::prelude::*;
use phaseplan::analysis::Severity;
use phaseplan::explain;

use super::keys::test;
use super::panels::problems::{count, sign};
use super::shortcuts::KEYS;
use super::workspace::{Pane, Side, Workspace};

/// The status bar.
#[component]
pub fn StatusBar() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let show_problems = move |_| {
        workspace.side.set(Side::Problems);
        workspace.pane.set(Pane::Problems);
    };
    let counts = [Severity::Error, Severity::Conflict, Severity::Warning, Severity::Unknown]
        .map(|severity| severity_count(workspace, severity))
        .collect_view();
    view! {
        <footer class="status" data-test=test::STATUS>
            <button class="counts" type="button" aria-label=move || spoken_counts(workspace) on:click=show_problems>{counts}</button>
            <span>{move || summary(workspace)}</span>
            <span class="spring"></span>
            <span>{move || place(workspace)}</span>
            <button type="button" popovertarget="keys-menu" data-test=test::KEYS><kbd>"?"</kbd>"Keys"</button>
            <div class="menu keys-menu" id="keys-menu" popover="auto"><dl class="keys">{keys()}</dl></div>
        </footer>
    }
    .into_any()
}

fn severity_count(workspace: Workspace, severity: Severity) -> AnyView {
    let number = Memo::new(move |_| workspace.report.with(|report| count(report, severity)));
    let class = ["is-", severity.name()].concat();
    view! {
        <span class=class hidden=move || number.get() == 0>{sign(severity)}" "{move || number.get()}</span>
    }
    .into_any()
}

fn spoken_counts(workspace: Workspace) -> String {
    let number = workspace.report.with(|report| report.analysis.diagnostics.len());
    format!("{number} problems. Show them.")
}

/// The schedule in a few words: `8 tasks · 4 phases · proved optimal`.
pub fn summary(workspace: Workspace) -> String {
    if workspace.planning.get()
        && workspace.report.with(|report| report.plan.tasks.len()) > super::planner::SMALL
    {
        return "Planning… showing the last result".to_owned();
    }
    workspace.report.with(|report| {
        let tasks = report.plan.tasks.len();
        let phases = report.schedule.phases.len();
        if tasks == 0 {
            return String::new();
        }
        let plural =
            |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        let outcome = explain::outcome(&report.schedule);
        format!("{} · {} · {outcome}", plural(tasks, "task"), plural(phases, "phase"))
    })
}

fn place(workspace: Workspace) -> String {
    let line = workspace.caret_line.get() + 1;
    match workspace.selection.get() {
        Some(id) => format!("Line {line}, {id}"),
        None => format!("Line {line}"),
    }
}

fn keys() -> AnyView {
    let rows = KEYS.iter().map(|(keys, what)| {
        let keys = keys.split(' ').map(|key| view! { <kbd>{key}</kbd> }).collect_view();
        view! { <dt>{keys}</dt><dd>{*what}</dd> }
    });
    rows.collect_view().into_any()
}
