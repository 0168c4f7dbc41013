//! The status bar: the number of problems of each severity, a summary of the schedule, the position of the
//! caret, and the shortcuts.

use phaseplan::diagnostic::Severity;
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
        .live_text(move || {
            let s = if number() == 1 || severity == Severity::Unknown { "" } else { "s" };
            [sign(severity), " ", &number().to_string(), " ", severity.name(), s].concat()
        })
}

fn spoken_counts(workspace: Workspace) -> String {
    let number = workspace.planned.with(|planned| planned.counts.iter().sum::<usize>());
    match number {
        1 => "1 problem. Show it.".to_owned(),
        _ => format!("{number} problems. Show them."),
    }
}

/// The schedule in a few words, or a message that a large one is being computed.
fn summary(workspace: Workspace) -> String {
    let is_large = workspace.planned.with(|planned| planned.tasks > super::planner::SMALL);
    if is_large && workspace.planning.get() {
        return "Planning… showing the last result".to_owned();
    }
    workspace.planned.with(|planned| planned.summary.clone())
}

fn place(workspace: Workspace) -> String {
    workspace.document.track();
    let caret = workspace.caret_line.get();
    let Some(id) = workspace.selection.get() else { return format!("Line {}", caret + 1) };
    // The selected task is marked in the text, wherever the caret is.
    let lines = workspace.lines_of(&id).unwrap_or(caret..caret + 1);
    let line = if lines.contains(&caret) { caret } else { lines.start };
    format!("Line {}, {id}", line + 1)
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
        // It may be longer than the screen, and arrow keys scroll the focused element.
        .attr("tabindex", "0")
        .child(el("dl").class("keys").children(rows))
}
