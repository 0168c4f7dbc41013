//! The phases as nested lists: equivalent to the drawing for screen readers, and used instead of it on
//! phones.

use super::act::{Act, List};
use crate::compare::{Named, Sign};
use crate::explain::{self, Sign as Mark};

use super::card::{files, spoken, talk, title};
use super::compare::changes::TaskChange;
use super::drawing::Drawing;
use super::markup::{Markup, button, markup};
use super::test_name as test;

/// The number of tasks listed at first and added each time.
pub const PAGE: usize = 300;

/// The most conflicts listed for a task.
const MOST_CONFLICTS: usize = 4;

/// The first `limit` tasks by phase. With reasons, each explains its place; without, one line shows the most
/// important fact.
pub fn outline(drawn: &Drawing, selected: Option<usize>, limit: usize, with_reasons: bool) -> Markup {
    let mut left = limit;
    let mut phases = Vec::new();
    for (number, phase) in drawn.report.schedule.phases.iter().enumerate() {
        if left == 0 {
            break;
        }
        let tasks = &phase.tasks[..left.min(phase.tasks.len())];
        left -= tasks.len();
        let rows = tasks.iter().map(|&task| row(drawn, task, selected == Some(task), with_reasons));
        let facts = format!("{} · {}", explain::duration(phase.minutes), explain::at_once(phase.tasks.len()));
        let heading = markup("header", "")
            .child(markup("h3", "").text(&format!("Phase {}", number + 1)))
            .child(markup("span", "").text(&facts));
        phases.push(
            markup("li", "outline-phase")
                .set("data-test", test::OUTLINE_PHASE)
                .set("data-phase", &(number + 1).to_string())
                .child(heading)
                .child(markup("ol", "outline-tasks").children(rows.collect())),
        );
    }
    phases.extend(absent(drawn));
    let class = if with_reasons { "outline" } else { "outline brief" };
    let list = markup("ol", "outline-phases").set("aria-label", "Phases").children(phases);
    markup("div", class).set("data-test", test::OUTLINE).child(list).children(more(drawn, limit - left))
}

/// The sign of a task's change, in a comparison. Screen readers get it in words.
fn sign(drawn: &Drawing, at: usize) -> Vec<Markup> {
    let sign = |change: &TaskChange| {
        markup("span", &["change-sign is-", change.sign.name()].concat())
            .set("aria-hidden", "true")
            .text(&[&change.signs, " "].concat())
    };
    drawn.change_of(at).map(sign).into_iter().collect()
}

/// Tasks that exist only in the other plan, in a comparison.
fn absent(drawn: &Drawing) -> Option<Markup> {
    let changes = drawn.changes.as_ref().filter(|changes| !changes.absent().is_empty())?;
    let (title, sign) = if changes.is_swapped { ("Added", Sign::Added) } else { ("Removed", Sign::Removed) };
    let row = |task: &Named| {
        let name = markup("span", "outline-title")
            .child(
                markup("span", &["change-sign is-", sign.name()].concat())
                    .text(&format!("{} ", sign.character())),
            )
            .text(&task.title);
        let row = markup("div", "outline-row").child(name);
        let row = row.child(markup("span", "outline-note plain").text(task.id.as_str()));
        markup("li", "outline-task").key(&["absent ", task.id.as_str()].concat()).child(row)
    };
    let rows = changes.absent().iter().take(PAGE).map(row).collect();
    let count = markup("span", "").text(&changes.absent().len().to_string());
    let heading = markup("header", "").child(markup("h3", "").text(title)).child(count);
    Some(markup("li", "outline-phase").child(heading).child(markup("ol", "outline-tasks").children(rows)))
}

/// A button, if not all tasks are listed.
fn more(drawn: &Drawing, listed: usize) -> Vec<Markup> {
    let hidden = drawn.scene.cards.len().saturating_sub(listed);
    let label = format!("Show more ({hidden} left)");
    if hidden == 0 {
        Vec::new()
    } else {
        vec![button("button").act(&Act::More { list: List::Outline }).text(&label)]
    }
}

fn row(drawn: &Drawing, at: usize, is_selected: bool, with_reasons: bool) -> Markup {
    let task = &drawn.report.plan.tasks[at];
    let (note, tone) = if with_reasons { (facts(drawn, at), "") } else { brief_note(drawn, at) };
    let minutes = explain::duration(drawn.report.plan.minutes_of(task));
    let button = button("outline-row")
        .set("data-test", test::OUTLINE_TASK)
        .act(&Act::Select { task: task.id.clone() })
        .set_some("aria-current", is_selected.then_some("true"))
        .child(
            markup("span", "outline-title")
                .children(sign(drawn, at))
                .text(title(task))
                .children(talk(drawn, at).into_iter().collect()),
        )
        .child(markup("span", "outline-minutes").text(&minutes))
        .child(markup("span", &format!("outline-note {tone}")).text(&note))
        .child(markup("span", "spoken").text(&spoken(drawn, at)));
    let mut class = "outline-task".to_owned();
    for (is_so, name) in [(is_selected, " selected"), (drawn.is_critical[at], " critical")] {
        class.push_str(if is_so { name } else { "" });
    }
    let row = markup("li", &class).key(&drawn.keys[at]).child(button);
    if with_reasons { row.child(reasons(drawn, at)) } else { row }
}

/// Id, agent and files.
fn facts(drawn: &Drawing, at: usize) -> String {
    let task = &drawn.report.plan.tasks[at];
    let agent = if task.agent.is_empty() { String::new() } else { format!("{} · ", task.agent) };
    format!("{} · {agent}{}", task.id, files(task))
}

/// The most important fact: the reason it can't run yet, or its problem, or else its id and files. Returns
/// the class of its colour too.
fn brief_note(drawn: &Drawing, at: usize) -> (String, &'static str) {
    match &drawn.marks[at] {
        Some(mark) if mark.waits || !matches!(mark.sign, Mark::Conflict | Mark::Hazard) => {
            (format!("{} {}", mark.sign.character(), mark.note), mark.sign.name())
        }
        _ => {
            let task = &drawn.report.plan.tasks[at];
            (format!("{} · {}", task.id, files(task)), "plain")
        }
    }
}

/// The reason for its place, its conflicts, and buttons that lead to its neighbours.
fn reasons(drawn: &Drawing, at: usize) -> Markup {
    let report = &drawn.report;
    let paragraph = |sign: Mark, sentence: &str| {
        markup("p", sign.name()).sentence(&format!("{} {sentence}", sign.character()))
    };
    let mut list =
        markup("div", "outline-why").child(markup("p", "").sentence(&explain::why_here(report, at)));
    if let Some(mark) = &drawn.marks[at]
        && !matches!(mark.sign, Mark::Conflict | Mark::Hazard)
    {
        list = list.child(paragraph(mark.sign, &mark.note));
    }
    let own = report.analysis.conflicts.iter().filter(|conflict| conflict.a == at || conflict.b == at);
    for conflict in own.take(MOST_CONFLICTS) {
        let sentence = explain::kept_apart(report, conflict, at);
        list = list.child(paragraph(explain::sign_of(conflict), &sentence));
    }
    if let Some(change) = drawn.change_of(at) {
        list = list.child(
            markup("p", "").sentence(&format!("{} {}{}.", change.signs, change.words, change.because)),
        );
    }
    let order = &report.analysis.order;
    let waits = links(drawn, "Waits for", order.predecessors.get(at));
    let leads = links(drawn, "Leads to", order.successors.get(at));
    list.child(markup("p", "outline-links").children(waits).children(leads))
}

/// Ids as buttons that lead to their tasks.
fn links(drawn: &Drawing, label: &str, tasks: Option<&Vec<usize>>) -> Vec<Markup> {
    let Some(tasks) = tasks.filter(|tasks| !tasks.is_empty()) else { return Vec::new() };
    let link = |&task: &usize| {
        let id = &drawn.report.plan.tasks[task].id;
        button("task-link").act(&Act::Select { task: id.clone() }).text(id.as_str())
    };
    vec![markup("span", "").text(label).text(" ").children(tasks.iter().map(link).collect())]
}
