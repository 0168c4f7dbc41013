//! A comparison of two plans: the banner, the list of changes, and changes for the drawing of the phases.

pub mod changes;
pub mod choose;
pub mod ghosts;

use super::drawing::Drawing;
use super::markup::{Markup, button, icon_button, markup};
use super::review::said::said;
use super::test_name as test;
use crate::compare::{ConflictLine, Entry, FieldChange, OTHER_FIELDS, Piece, Sign, Total, text};
use crate::explain::duration;
use crate::view::act::{Act, List, ViewOption};
use changes::Changes;

/// The number of tasks listed at first and added each time.
pub const PAGE: usize = 100;
/// The totals in the banner; the list has all of them.
const IN_BANNER: [&str; 3] = ["conflicts", "phases", "in phases"];
/// The most entries of one list that are shown in a field.
const MOST_ENTRIES: usize = 30;
/// The most conflicts of each kind in the list.
const MOST_CONFLICTS: usize = 50;
/// The most characters shown of the comparison as text.
const LONGEST_TEXT: usize = 100_000;
/// The characters of unchanged prose shown before and after a change.
const CONTEXT: usize = 120;

/// The banner of a comparison; nothing without one. `current` is the number of the change last jumped to.
pub fn banner(drawn: &Drawing, current: Option<usize>) -> Vec<Markup> {
    let Some(changes) = &drawn.changes else { return Vec::new() };
    let is_before = if changes.is_swapped { ". This plan is the one before." } else { "" };
    let name = markup("span", "")
        .text("Compared with ")
        .child(markup("bdi", "").text(&changes.with))
        .text(is_before);
    let mut words = markup("p", "").child(name);
    for (sign, count) in changes.counts().into_iter().filter(|(_, count)| *count > 0) {
        let count = format!("{}{count}", sign.character());
        words = words.child(chip(sign, &count).child(spoken(&format!(" {}", sign.name()))));
    }
    if changes.comparison.is_empty() {
        words = words.child(markup("span", "").text("Nothing differs."));
    }
    let is_shown = |total: &&Total| total.before != total.after && IN_BANNER.contains(&total.name);
    for total in changes.comparison.totals.iter().filter(is_shown) {
        words = words.child(markup("span", "total").text(&total_in_words(total)));
    }
    let of = changes.order.len();
    let place = current.filter(|at| *at < of).map_or(String::new(), |at| format!("{} of {of}", at + 1));
    let step = |act: &Act, symbol: &str, label: &str| {
        icon_button(symbol, label).act(act).set("data-test", act.name())
    };
    let mut acts = markup("div", "acts");
    if of > 0 {
        acts = acts
            .child(markup("span", "").text(&place))
            .child(step(&Act::PreviousChange, "up", "Previous change (Shift F7)"))
            .child(step(&Act::NextChange, "down", "Next change (F7)"));
    }
    let end = button("button")
        .act(&Act::EndComparison)
        .set("data-test", test::END_COMPARISON)
        .text("End comparison");
    let banner = markup("div", "banner comparing")
        .set("role", "region")
        .set("aria-label", "Comparison")
        .set("data-test", test::COMPARING);
    vec![banner.child(words).child(acts.child(end))]
}

/// The list of changes, with at least `rows` tasks and up to the `current` one, or everything as text for
/// copying.
pub fn list(drawn: &Drawing, rows: usize, current: Option<usize>, as_text: bool) -> Vec<Markup> {
    let Some(changes) = &drawn.changes else { return Vec::new() };
    let mut parts = vec![head(changes, as_text)];
    if as_text {
        parts.extend(copied(&text(&changes.comparison)));
        return parts;
    }
    parts.push(totals(&changes.comparison.totals));
    if changes.comparison.is_empty() {
        parts.push(markup("p", "aside").text("No differences: tasks, phases and conflicts are the same."));
        return parts;
    }
    for remark in &changes.comparison.remarks {
        parts.push(markup("p", "aside").text(remark));
    }
    let after = if changes.is_swapped { &changes.other.plan } else { &drawn.report.plan };
    let entries = changes.comparison.entries(after);
    let shown = rows.max(current.map_or(0, |at| at + 1));
    let mut cards = Vec::new();
    if !changes.comparison.plan.is_empty() {
        let title = markup("p", "change-title").child(sign_of(Sign::Changed)).text("The plan itself");
        cards.push(markup("li", "change is-changed").child(title).children(fields(&changes.comparison.plan)));
    }
    let is_here = |entry: &Entry| drawn.find(&entry.task.id).is_some();
    let listed = entries.iter().take(shown).enumerate();
    cards.extend(listed.map(|(number, entry)| card(number, entry, current == Some(number), is_here(entry))));
    parts.push(markup("ol", "changes").set("aria-label", "Changes").children(cards));
    if let Some(left) = entries.len().checked_sub(shown).filter(|left| *left > 0) {
        let more = button("button")
            .act(&Act::More { list: List::Changes })
            .text(&format!("Show more ({left} left)"));
        parts.push(markup("p", "aside").child(more));
    }
    parts.extend(conflicts("New conflicts", Sign::Added, &changes.comparison.gained));
    parts.extend(conflicts("Resolved conflicts", Sign::Removed, &changes.comparison.lost));
    parts
}

fn head(changes: &Changes, as_text: bool) -> Markup {
    let names = [markup("span", "").text("this plan"), markup("bdi", "").text(&changes.with)];
    let [open, other] = names;
    let (before, after) = if changes.is_swapped { (open, other) } else { (other, open) };
    let pressed = |is_so: bool| if is_so { "true" } else { "false" };
    let swap = button("button")
        .act(&Act::SwapPlans)
        .set("data-test", test::SWAP)
        .set("aria-pressed", pressed(changes.is_swapped))
        .text("Swap");
    let as_text = button("button")
        .act(&Act::Toggle { option: ViewOption::ChangesAsText })
        .set("data-test", test::AS_TEXT)
        .set("aria-pressed", pressed(as_text))
        .text("As text");
    let words = markup("p", "").text("From ").child(before).text(" to ").child(after);
    markup("div", "changes-head").child(words).child(markup("div", "acts").child(swap).child(as_text))
}

/// The whole text for copying, and its beginning for reading.
fn copied(text: &str) -> [Markup; 2] {
    let end = text.char_indices().nth(LONGEST_TEXT).map_or(text.len(), |(end, _)| end);
    let rest = if end < text.len() { "\n… and more: copy to get all of it." } else { "" };
    let shown = [&text[..end], rest].concat();
    let area = markup("textarea", "field mono preview")
        .set("readonly", "")
        .set("aria-label", "The comparison as text")
        .set("data-test", test::COMPARISON_TEXT)
        .set("rows", "18")
        .set("value", &shown);
    let copy = button("button primary")
        .act(&Act::Copy { copy: text.to_owned() })
        .set("data-test", test::COPY_COMPARISON);
    [markup("p", "aside").child(copy.text("Copy")), markup("div", "changes-text").child(area)]
}

/// Totals of both plans, different ones first.
fn totals(totals: &[Total]) -> Markup {
    let (changed, same): (Vec<&Total>, Vec<&Total>) =
        totals.iter().partition(|total| total.before != total.after);
    let rows = changed.iter().chain(&same).map(|total| {
        let class = if total.before == total.after { "same" } else { "" };
        markup("div", class)
            .child(markup("dt", "").text(total.name))
            .child(markup("dd", "").text(&figures(total)))
    });
    markup("dl", "change-totals").set("data-test", test::CHANGE_TOTALS).children(rows.collect())
}

fn figures(total: &Total) -> String {
    let figure = |number: u32| if total.is_minutes { duration(number) } else { number.to_string() };
    match total.before == total.after {
        true => figure(total.after),
        false => format!("{} → {}", figure(total.before), figure(total.after)),
    }
}

fn total_in_words(total: &Total) -> String {
    format!("{} {}", total.name, figures(total))
}

/// One task.
fn card(number: usize, entry: &Entry, is_current: bool, is_here: bool) -> Markup {
    let id = entry.task.id.as_str();
    let title = button("change-title")
        .act(&Act::ShowChange { number })
        .child(sign_of(entry.sign))
        .child(markup("b", "").text(id))
        .text(" ")
        .child(markup("bdi", "").text(&entry.task.title));
    let class = ["change is-", entry.sign.name(), if is_current { " current" } else { "" }].concat();
    let mut card = markup("li", &class)
        .key(id)
        .set("data-test", test::CHANGE)
        .set("data-number", &number.to_string())
        .set_some("data-task", is_here.then_some(id))
        .child(title)
        .children(fields(entry.fields));
    if entry.sign == Sign::Changed && entry.fields.is_empty() {
        card = card.child(markup("p", "").text(OTHER_FIELDS));
    }
    if let Some(moved) = entry.moved {
        let number = |phase: Option<usize>| phase.map_or("none".to_owned(), |phase| phase.to_string());
        let (before, after) = (number(moved.before), number(moved.after));
        let words = format!("phase {before} → {after} because {}", moved.reason);
        card = card.child(markup("p", "").child(sign_of(Sign::Moved)).sentence(&words));
    }
    card
}

fn fields(fields: &[FieldChange]) -> Vec<Markup> {
    fields.iter().map(field).collect()
}

/// A field: added and removed entries, words of prose in a section that opens, or both values.
fn field(change: &FieldChange) -> Markup {
    let name = markup("b", "").text(change.field.name());
    if change.is_prose() {
        let words = markup("span", "words").children(prose(&change.words()));
        if !change.before.contains('\n')
            && !change.after.contains('\n')
            && change.before.len() + change.after.len() < CONTEXT
        {
            return markup("p", "").child(name).text(" ").child(words);
        }
        let summary = markup("summary", "").child(name).text(", word by word");
        return markup("details", "").child(summary).child(words);
    }
    let line = markup("p", "").child(name);
    if change.came.is_empty() && change.gone.is_empty() {
        let value = |text: &str| if text.is_empty() { "none".to_owned() } else { text.replace('\n', ", ") };
        return line.text(&format!(" {} → {}", value(&change.before), value(&change.after)));
    }
    let entries = change.came.iter().map(|entry| (Sign::Added, entry));
    let entries = entries.chain(change.gone.iter().map(|entry| (Sign::Removed, entry)));
    let count = entries.clone().count();
    let shown = entries.take(MOST_ENTRIES).map(|(sign, entry)| {
        let sign_and_words = chip(sign, &format!("{} ", sign.character()));
        sign_and_words.child(markup("code", "").child(markup("bdi", "").text(entry)))
    });
    let line = line.text(" ").children(shown.collect());
    if count > MOST_ENTRIES { line.text(&format!(" and {} more", count - MOST_ENTRIES)) } else { line }
}

/// Added and removed words; of the unchanged words between them, only the ends.
fn prose(pieces: &[Piece]) -> Vec<Markup> {
    let last = pieces.len().saturating_sub(1);
    let mut parts = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let part = match piece {
            Piece::Came(words) => said("ins", "", words),
            Piece::Gone(words) => said("del", "", words),
            Piece::Same(words) => said("span", "", &shortened(words, at > 0, at < last)),
        };
        parts.push(part);
    }
    parts
}

/// The start and end of a text, where changed words are next to them.
fn shortened(words: &str, keep_start: bool, keep_end: bool) -> String {
    let letters: Vec<char> = words.chars().collect();
    let kept = CONTEXT * (usize::from(keep_start) + usize::from(keep_end));
    if letters.len() <= kept + 1 {
        return words.to_owned();
    }
    let start = &letters[..if keep_start { CONTEXT } else { 0 }];
    let end = &letters[letters.len() - if keep_end { CONTEXT } else { 0 }..];
    start.iter().chain(&['…']).chain(end).collect()
}

fn conflicts(title: &str, sign: Sign, lines: &[ConflictLine]) -> Vec<Markup> {
    if lines.is_empty() {
        return Vec::new();
    }
    let row = |line: &ConflictLine| {
        let pair = format!("{} × {} {} ", line.a, line.b, line.code);
        markup("li", "").child(sign_of(sign)).text(&pair).child(path(&line.over))
    };
    let mut list =
        markup("ul", "change-conflicts").children(lines.iter().take(MOST_CONFLICTS).map(row).collect());
    if lines.len() > MOST_CONFLICTS {
        list = list.child(markup("li", "").text(&format!("and {} more", lines.len() - MOST_CONFLICTS)));
    }
    vec![markup("h3", "").text(&format!("{title} ({})", lines.len())), list]
}

fn path(path: &str) -> Markup {
    markup("code", "path").child(markup("bdi", "").text(path))
}

/// The sign, with its word for screen readers.
fn sign_of(sign: Sign) -> Markup {
    let character = markup("span", "").set("aria-hidden", "true").text(&sign.character().to_string());
    markup("span", &["change-sign is-", sign.name()].concat())
        .child(character)
        .child(spoken(&[sign.name(), " "].concat()))
}

fn chip(sign: Sign, words: &str) -> Markup {
    markup("span", &["chip is-", sign.name()].concat()).text(words)
}

fn spoken(words: &str) -> Markup {
    markup("span", "spoken").text(words)
}
