//! The right pane (problems, the selected task, or the review), and the dialogs.

mod advice;
pub mod changes;
pub mod documents;
pub mod export;
mod problems;
mod review;
pub mod share;
mod task;

use super::compare;
use super::element::{El, el};
use super::keys::test;
use super::widgets::{Tab, icon_button, tab, tab_list};
use super::workspace::{Side, Workspace};

/// The right pane.
pub fn side_panel(workspace: Workspace) -> El {
    let chosen = workspace.side;
    let tabs = [
        ("Problems", test::TAB_PROBLEMS, Side::Problems),
        ("Advice", test::TAB_ADVICE, Side::Advice),
        ("Task", test::TAB_TASK, Side::Task),
        ("Review", test::TAB_REVIEW, Side::Review),
    ];
    let [problems, advice, task, review] =
        tabs.map(|(label, test, value)| tab(Tab { label, test, chosen, value }));
    let close = icon_button("close", "Close", move || workspace.close_sheet()).test(test::CLOSE_TASK);
    let changes = tab(Tab { label: "Changes", test: test::TAB_CHANGES, chosen, value: Side::Changes });
    let is_comparing = compare::is_comparing(workspace);
    let changes = changes.attr_when("hidden", move || !is_comparing.get());
    let bar = el("div")
        .class("tabs")
        .child(tab_list(
            "Details",
            [
                problems.child(problem_count(workspace)),
                advice,
                task,
                review.child(thread_count(workspace)),
                changes,
            ],
        ))
        .child(el("div").class("tabs-end only-sheet").child(close));
    let body = move || match chosen.get() {
        Side::Changes => changes::changes(workspace),
        Side::Problems => problems::problems(workspace),
        Side::Advice => advice::advice(workspace),
        Side::Task => task::task_panel(workspace),
        Side::Review => review::review(workspace),
    };
    el("section")
        .class("pane pane-right")
        .attr("aria-label", "Details")
        .child(bar)
        .child(el("div").class("pane-body").attr("tabindex", "-1").live(move || vec![body()]))
}

/// The number of problems worse than a hint, on the tab.
pub fn problem_count(workspace: Workspace) -> El {
    // Counts are by severity, worst first: two bad ones, two doubtful ones, and hints.
    let of_worst = move |severities: usize| {
        workspace.planned.with(|planned| planned.counts.iter().take(severities).sum::<usize>())
    };
    let is_bad = move || of_worst(2) > 0;
    el("span")
        .class("count")
        .class_when("bad", is_bad)
        .class_when("doubt", move || !is_bad())
        .attr_when("hidden", move || of_worst(4) == 0)
        .live_text(move || of_worst(4).to_string())
}

/// The number of open threads in the review, on the tab.
pub fn thread_count(workspace: Workspace) -> El {
    let open = move || workspace.review.get().0;
    el("span").class("count").attr_when("hidden", move || open() == 0).live_text(move || open().to_string())
}
