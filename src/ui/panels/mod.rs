//! The right pane: problems, or the selected task. And the export dialog.

pub mod export;
pub mod problems;
mod repairs;
mod task;

use leptos::prelude::*;
use phaseplan::analysis::Severity;

use super::keys::test;
use super::widgets::icon::icon_button;
use super::widgets::{Tab, tab};
use super::workspace::{Side, Workspace};
use problems::Problems;
use task::TaskPanel;

/// The right pane.
#[component]
pub fn SidePanel() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let side = workspace.side;
    let is_task = Memo::new(move |_| side.get() == Side::Task);
    let problems_tab =
        Tab { label: "Problems", test: test::TAB_PROBLEMS, chosen: side, value: Side::Problems };
    let task_tab = Tab { label: "Task", test: test::TAB_TASK, chosen: side, value: Side::Task };
    view! {
        <div class="tabs">
            <div class="tab-list" role="tablist" aria-label="Details">
                {tab(problems_tab, problem_count(workspace))}
                {tab(task_tab, ().into_any())}
            </div>
            <div class="tabs-end only-sheet">
                {icon_button("close", "Close", test::CLOSE_TASK, move || workspace.sheet.set(false))}
            </div>
        </div>
        <div class="pane-body" tabindex="-1">
            {move || if is_task.get() { view! { <TaskPanel/> }.into_any() } else { view! { <Problems/> }.into_any() }}
        </div>
    }
    .into_any()
}

/// How many problems are worse than a hint, on the tab.
pub fn problem_count(workspace: Workspace) -> AnyView {
    let counts = Memo::new(move |_| {
        workspace.report.with(|report| {
            let found = &report.analysis.diagnostics;
            let at_least = |severity| found.iter().filter(|found| found.severity <= severity).count();
            (at_least(Severity::Conflict), at_least(Severity::Unknown))
        })
    });
    let is_bad = move || counts.get().0 > 0;
    view! {
        <span class="count" class:bad=is_bad class:doubt=move || !is_bad()
            hidden=move || counts.get().1 == 0>
            {move || counts.get().1}
        </span>
    }
    .into_any()
}
