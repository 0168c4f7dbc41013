//! A comparison as plain text: for terminals, screen readers, and people who don't see colours.

use std::fmt::Write;

use super::{Comparison, FieldChange, Piece};
use crate::explain::duration;

/// The text for a task that differs in none of its known fields.
pub const OTHER_FIELDS: &str = "fields that phaseplan does not know";

/// The whole comparison. `+` added, `-` removed, `~` changed, `>` moved.
pub fn text(comparison: &Comparison) -> String {
    let mut text = String::new();
    for total in &comparison.totals {
        let figure = |number: u32| if total.is_minutes { duration(number) } else { number.to_string() };
        let change = match total.before == total.after {
            true => figure(total.after),
            false => format!("{} → {}", figure(total.before), figure(total.after)),
        };
        let _ = writeln!(text, "{:<17} {change}", total.name);
    }
    if comparison.is_empty() {
        text.push_str("\nNothing differs.\n");
    }
    for remark in &comparison.remarks {
        let _ = writeln!(text, "\n~ {remark}");
    }
    for field in &comparison.plan {
        let _ = write!(text, "\n~ The plan\n{}", field_lines(field));
    }
    for task in &comparison.added {
        let _ = write!(text, "\n+ {} {}\n", task.id, task.title);
    }
    for task in &comparison.removed {
        let _ = write!(text, "\n- {} {}\n", task.id, task.title);
    }
    for change in &comparison.changed {
        let _ = write!(text, "\n~ {} {}\n", change.task.id, change.task.title);
        change.fields.iter().for_each(|field| text.push_str(&field_lines(field)));
        if change.fields.is_empty() {
            let _ = writeln!(text, "  {OTHER_FIELDS}");
        }
    }
    section(
        &mut text,
        "Phases",
        comparison.moved.iter().map(|one| {
            let phase = |phase: Option<usize>| phase.map_or("none".to_owned(), |phase| phase.to_string());
            format!(
                "> {}: phase {} → {} because {}",
                one.task.id,
                phase(one.before),
                phase(one.after),
                one.reason
            )
        }),
    );
    section(
        &mut text,
        "Conflicts",
        [(&comparison.gained, '+'), (&comparison.lost, '-')].into_iter().flat_map(|(lines, sign)| {
            lines
                .iter()
                .map(move |line| format!("{sign} {} × {} {} {}", line.a, line.b, line.code, line.over))
        }),
    );
    text
}

fn section(text: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        let _ = write!(text, "\n{title}\n");
    }
    lines.for_each(|line| text.push_str(&format!("  {line}\n")));
}

fn field_lines(change: &FieldChange) -> String {
    let name = change.field.name();
    if change.is_prose() {
        let piece = |piece: &Piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Gone(text) => format!("[-{text}-]"),
            Piece::Came(text) => format!("{{+{text}+}}"),
        };
        let marked: String = change.words().iter().map(piece).collect();
        return format!("  {name}: {}\n", marked.replace('\n', "\n    "));
    }
    if !change.came.is_empty() || !change.gone.is_empty() {
        let came = change.came.iter().map(|entry| format!(" + {entry}"));
        let gone = change.gone.iter().map(|entry| format!(" - {entry}"));
        return format!("  {name}:{}\n", came.chain(gone).collect::<String>());
    }
    let value = |text: &str| if text.is_empty() { "none".to_owned() } else { text.replace('\n', ", ") };
    format!("  {name}: {} → {}\n", value(&change.before), value(&change.after))
}
