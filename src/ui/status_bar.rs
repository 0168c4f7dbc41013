//! The status bar: how many problems of each sort, what the schedule is, where the caret is, and the keys.

use phaseplan::analysis::Severity;
use phaseplan::view::problems::sign;

use super::element::{El, button, el};
use super::keys::test;
use super::shortcuts::KEYS;
use super::workspace::{Pane, Side, Workspace};

/// The status bar.
pub fn status_bar(workspace: Workspace) -> El {
    let show_problems = move || {
        workspace.side.set(Side::Problems);
        workspace.pane.set(Pane::Problems);
    };
    let severities = [Severity::Error, Severity::Conflict, Severity::Warning, Severity::Unknown];
    let counts = button("counts", show_problems)
        .child(el("span").class("spoken").live_text(move || spoken_counts(workspace)))
        .children(severities.map(|severity| severity_count(workspace, severity)));
    let open_keys = el("button")
        .attr("type", "button")
        .attr("popovertarget", "keys-menu")
        .test(test::KEYS)
        .child(el("kbd").text("?"))
        .text("Keys");
    el("footer")
        .class("status")
        .test(test::STATUS)
        .child(counts)
        .child(el("span").live_text(move || summary(workspace)))
        .child(el("span").class("spring"))
        .child(el("span").live_text(move || place(workspace)))
        .child(open_keys)
        .child(keys())
}

fn severity_count(workspace: Workspace, severity: Severity) -> El {
    let number =
        move || workspace.planned.with(|planned| planned.counts.get(severity as usize).copied().unwrap_or(0));
    el("span")
        .class(&["is-", severity.name()].concat())
        .attr("aria-hidden", "true")
        .attr_when("hidden", move || number() == 0)
        .live_text(move || [sign(severity), " ", &number().to_string()].concat())
}

fn spoken_counts(workspace: Workspace) -> String {
    let number = workspace.planned.with(|planned| planned.counts.iter().sum::<usize>());
    format!("{number} problems. Show them.")
}

/// The schedule in a few words, or that a large one is on its way.
fn summary(workspace: Workspace) -> String {
    let is_large = workspace.planned.with(|planned| planned.tasks > super::planner::SMALL);
    if is_large && workspace.planning.get() {
        return "Planning… showing the last result".to_owned();
    }
    workspace.planned.with(|planned| planned.summary.clone())
}

fn place(workspace: Workspace) -> String {
    let line = workspace.caret_line.get() + 1;
    match workspace.selection.get() {
        Some(id) => format!("Line {line}, {id}"),
        None => format!("Line {line}"),
    }
}

fn keys() -> El {
    let rows = KEYS.iter().flat_map(|(keys, what)| {
        let keys = keys.split(' ').map(|key| el("kbd").text(key));
        [el("dt").children(keys), el("dd").text(what)]
    });
    el("div")
        .class("menu keys-menu")
        .attr("id", "keys-menu")
        .attr("popover", "auto")
        // It may be longer than the screen, and arrow keys scroll what has the focus.
        .attr("tabindex", "0")
        .child(el("dl").class("keys").children(rows))
}
