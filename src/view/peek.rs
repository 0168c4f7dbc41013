//! Everything about the task under the pointer or in focus, beside its card.

use super::card::{files, title};
use super::drawing::Drawing;
use super::markup::{Markup, markup};
use crate::explain;

/// Width, in pixels.
const WIDTH: i32 = 300;

/// The height that usually is enough, in pixels.
const HEIGHT: i32 = 190;

/// The most conflicts and the most problems in it.
const MOST: usize = 3;

/// A box beside the card of a task; nothing without one.
pub fn peek(drawn: &Drawing, pointed: Option<usize>) -> Vec<Markup> {
    let Some(at) = pointed else { return Vec::new() };
    let Some((x, y)) = place(drawn, at) else { return Vec::new() };
    let report = &drawn.report;
    let task = &report.plan.tasks[at];
    let mut facts = vec![task.id.to_string()];
    facts.extend(drawn.phase_of(at).map(|phase| format!("phase {}", phase + 1)));
    facts.push(explain::duration(report.plan.minutes_of(task)));
    facts.extend(Some(task.agent.clone()).filter(|agent| !agent.is_empty()));
    let peek = markup("div", "peek-card")
        .key(&drawn.keys[at])
        .set("data-task", task.id.as_str())
        .set("style:transform", &format!("translate({x}px, {y}px)"))
        .child(markup("b", "").text(title(task)))
        .child(markup("span", "peek-facts").text(&facts.join(" · ")))
        .child(markup("p", "").sentence(&explain::why_here(report, at)))
        .children(problems(drawn, at))
        .child(markup("p", "peek-files").text(&files(task)))
        .children(neighbours(drawn, at).into_iter().collect());
    vec![peek]
}

/// To the right of the card, or to its left, or else below it.
fn place(drawn: &Drawing, at: usize) -> Option<(i32, i32)> {
    const SPACE: i32 = 6;
    let scene = &drawn.scene;
    let card = scene.card(at)?;
    let lowest = (scene.height - HEIGHT).max(0);
    let (right, left) = (card.x + card.width + SPACE, card.x - SPACE - WIDTH);
    Some(if right + WIDTH <= scene.width {
        (right, card.y.min(lowest))
    } else if left >= 0 {
        (left, card.y.min(lowest))
    } else {
        (card.x.min(scene.width - WIDTH).max(0), card.y + card.height + SPACE)
    })
}

/// Its state, what keeps it apart from others, and what is wrong with it.
fn problems(drawn: &Drawing, at: usize) -> Vec<Markup> {
    let report = &drawn.report;
    let paragraph = |sign: explain::Sign, sentence: &str| {
        markup("p", sign.name()).sentence(&format!("{} {sentence}", sign.character()))
    };
    let is_conflict = |sign| matches!(sign, explain::Sign::Conflict | explain::Sign::Hazard);
    let own = drawn.marks[at].as_ref().filter(|mark| !is_conflict(mark.sign));
    let state = own.map(|mark| paragraph(mark.sign, &mark.note));
    let conflicts = report.analysis.conflicts.iter();
    let conflicts = conflicts.filter(|conflict| conflict.is_open() && (conflict.a == at || conflict.b == at));
    let count = conflicts.clone().count();
    let apart = conflicts
        .take(MOST)
        .map(|conflict| paragraph(explain::sign_of(conflict), &explain::kept_apart(report, conflict, at)));
    let more = (count > MOST).then(|| markup("p", "").text(&format!("and {} more", count - MOST)));
    state.into_iter().chain(apart).chain(more).collect()
}

/// The ids of the tasks before and after it.
fn neighbours(drawn: &Drawing, at: usize) -> Option<Markup> {
    let ids = |label: &str, tasks: Option<&Vec<usize>>| {
        let tasks = tasks.filter(|tasks| !tasks.is_empty())?;
        let id = |&task: &usize| drawn.report.plan.tasks[task].id.to_string();
        Some(format!("{label} {}", tasks.iter().map(id).collect::<Vec<_>>().join(", ")))
    };
    let order = &drawn.report.analysis.order;
    let said = [ids("waits for", order.predecessors.get(at)), ids("before", order.successors.get(at))];
    let said: Vec<String> = said.into_iter().flatten().collect();
    (!said.is_empty()).then(|| markup("p", "peek-facts").text(&said.join(" · ")))
}
