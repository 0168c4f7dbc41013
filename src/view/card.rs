//! The card of a task, and its texts.

use super::act::Act;
use super::alike;
use crate::explain;
use crate::layout::{Block, Card, Detail, LETTER, READABLE, letters_in_line};
use crate::plan::Task;

use super::drawing::{Drawing, Picked, Relation};
use super::markup::{Markup, button, icon, markup};
use super::test_name as test;

/// A card in the list of its block.
pub fn card(
    drawn: &Drawing,
    card: &Card,
    block: &Block,
    picked: &Picked,
    is_highlighted: bool,
    is_tab_stop: bool,
) -> Markup {
    let task = &drawn.report.plan.tasks[card.task];
    let is_selected = picked.selected == Some(card.task);
    let slot = markup("li", "card-slot")
        .key(&drawn.keys[card.task])
        .set("style:transform", &format!("translate({}px, {}px)", card.x - block.x, card.y - block.y));
    let slot = match drawn.scene.detail {
        Detail::Cards => slot.set("style:height", &format!("{}px", card.height)),
        Detail::Lines | Detail::Cells => slot,
    };
    let slot = match drawn.came_from[card.task] {
        Some((x, y)) => slot
            .set("class", "card-slot arrives")
            .set("style:--from-x", &format!("{}px", x - block.x))
            .set("style:--from-y", &format!("{}px", y - block.y)),
        None => slot,
    };
    let button = button(&class(drawn, card.task, picked, is_highlighted))
        .set("data-test", test::TASK_CARD)
        .act(&Act::Select { task: task.id.clone() })
        .set("tabindex", if is_tab_stop { "0" } else { "-1" })
        .set_some("aria-current", is_selected.then_some("true"));
    let button = match drawn.scene.detail {
        Detail::Cards => content(drawn, card, button),
        Detail::Lines => line(drawn, card, button),
        Detail::Cells => cell(drawn, card, button),
    };
    slot.child(button.child(markup("span", "spoken").text(&spoken(drawn, card.task))))
}

/// Title, facts and files.
fn content(drawn: &Drawing, card: &Card, button: Markup) -> Markup {
    let at = card.task;
    let task = &drawn.report.plan.tasks[at];
    let minutes = explain::duration(drawn.report.plan.minutes_of(task));
    let mut facts = markup("span", "card-facts")
        .child(markup("span", "").text(task.id.as_str()))
        .child(markup("span", "").text(&minutes))
        .child(markup("span", "card-agent").text(&task.agent));
    if let Some(mark) = &drawn.marks[at] {
        let sign = format!("{} {}", mark.sign.character(), mark.short);
        facts = facts.child(markup("span", &format!("sign {}", mark.sign.name())).text(&sign));
    }
    let files = if task.has_unknown_ownership() { "card-files doubt" } else { "card-files" };
    // Three lines, less what is lost where words are broken.
    let letters = usize::try_from((card.width - 26) / LETTER).unwrap_or(0) * 5 / 2;
    button
        .children(change_sign(drawn, at).into_iter().chain(talk(drawn, at)).collect())
        .child(markup("span", "card-title").text(&short_title(drawn, at, letters)))
        .child(facts)
        .child(markup("span", files).text(&self::files(task)))
}

/// Id and title in one line, and the sign.
fn line(drawn: &Drawing, card: &Card, button: Markup) -> Markup {
    let at = card.task;
    let letters = letters_in_line(card.width, drawn.arrangement.letters());
    let id = markup("span", "card-id").text(drawn.report.plan.tasks[at].id.as_str());
    let sign = drawn.marks[at].as_ref().map(|mark| {
        let sign = markup("span", &format!("sign {}", mark.sign.name()));
        sign.set("aria-hidden", "true").text(&mark.sign.character().to_string())
    });
    button
        .child(id)
        .child(markup("span", "card-title").text(&short_title(drawn, at, letters)))
        .children(change_sign(drawn, at).into_iter().chain(talk(drawn, at)).chain(sign).collect())
}

/// The id, if there is room for it, and the title for screen readers only.
fn cell(drawn: &Drawing, card: &Card, button: Markup) -> Markup {
    let task = &drawn.report.plan.tasks[card.task];
    let class = if card.height >= READABLE { "card-id" } else { "spoken" };
    button
        .child(markup("span", class).text(task.id.as_str()))
        .child(markup("span", "spoken").text(&[" ", title(task), ", "].concat()))
}

fn change_sign(drawn: &Drawing, at: usize) -> Option<Markup> {
    drawn.change_of(at).map(|change| {
        let class = ["change-sign is-", change.sign.name()].concat();
        markup("span", &class).set("aria-hidden", "true").text(&change.signs)
    })
}

/// The title of a task, cut in the middle if others begin alike.
fn short_title(drawn: &Drawing, at: usize, letters: usize) -> String {
    let differs_at = drawn.differs_at.get(at).copied().unwrap_or(0);
    alike::cut(title(&drawn.report.plan.tasks[at]), differs_at, letters)
}

/// The files of a task, with a mark if they were guessed and nobody has confirmed them.
pub fn files(task: &Task) -> String {
    let mark = if task.is_guessed() { "guess: " } else { "" };
    [mark, &explain::files(task)].concat()
}

/// The number of open threads about the task, if any. Screen readers get it from [`spoken`].
pub fn talk(drawn: &Drawing, at: usize) -> Option<Markup> {
    let count = open_threads(drawn, at)?;
    let mark = markup("span", "talk-mark").set("aria-hidden", "true").set("data-test", test::TALK);
    Some(mark.child(icon("comment")).text(&count.to_string()))
}

fn open_threads(drawn: &Drawing, at: usize) -> Option<usize> {
    drawn.open_threads.get(&drawn.report.plan.tasks[at].id).copied()
}

/// The title, or words for a missing one.
pub fn title(task: &Task) -> &str {
    if task.title.trim().is_empty() { "Untitled task" } else { &task.title }
}

/// The meaning of colours and positions in words, for screen readers.
pub fn spoken(drawn: &Drawing, at: usize) -> String {
    let plan = &drawn.report.plan;
    let mut spoken = explain::duration_in_words(plan.minutes_of(&plan.tasks[at]));
    if let Some(phase) = drawn.phase_of(at) {
        spoken.push_str(&format!(", phase {}", phase + 1));
    }
    if let Some(mark) = &drawn.marks[at] {
        spoken.push_str(", ");
        spoken.push_str(&mark.note);
    }
    if drawn.is_critical[at] {
        spoken.push_str(", on the critical path");
    }
    if let Some(change) = drawn.change_of(at) {
        spoken.push_str(", ");
        spoken.push_str(&change.words);
    }
    if let Some(count) = open_threads(drawn, at) {
        spoken.push_str(&format!(", {count} open thread{}", if count == 1 { "" } else { "s" }));
    }
    spoken
}

/// Adds the classes that cards and bars share: its sign, and whether it is critical.
pub fn state_class(drawn: &Drawing, at: usize, is_critical: bool, class: &mut String) {
    let mut add = |is_so: bool, name: &str| {
        if is_so {
            class.push(' ');
            class.push_str(name);
        }
    };
    add(is_critical, "critical");
    if let Some(mark) = &drawn.marks[at] {
        add(true, mark.sign.name());
        add(mark.waits, "waits");
    }
}

fn class(drawn: &Drawing, at: usize, picked: &Picked, is_highlighted: bool) -> String {
    let mut class = "card".to_owned();
    state_class(drawn, at, drawn.is_critical[at], &mut class);
    if drawn.report.plan.tasks[at].has_unknown_ownership() {
        class.push_str(" unknown-files");
    }
    class.push_str(match picked.relations.get(at).copied().flatten() {
        Some(Relation::Itself) => " selected",
        Some(_) => " related",
        None if picked.fades => " faded",
        None => "",
    });
    if is_highlighted {
        class.push_str(" pointed-at");
    }
    class
}
