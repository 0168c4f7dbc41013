//! The normal form of single texts and names.

use std::borrow::Cow;

use serde_json::Value;

use super::change::{Change, ChangeKind, Report};
use super::{MAX_LINE, MAX_TEXT, name};
use crate::accents::composed;
use crate::escape::short_line;
use crate::hidden::{self, is_line_break, with_line_ends};

/// The most characters of a wrong name that a message repeats.
const MOST_TOLD: usize = 41;

/// A text of one line.
pub(super) fn line(value: &mut String, name: &str, report: Report<'_>) {
    one_line(value, name, ChangeKind::HiddenInText, report);
}

fn one_line(value: &mut String, name: &str, hidden: ChangeKind, report: Report<'_>) {
    if make_one_line(value) {
        report(Change::value(format!("{name}: put on one line, without surrounding space.")));
    }
    show(value, name, hidden, report);
    if value.trim().len() < value.len() {
        // What surrounded it was invisible.
        *value = value.trim().to_owned();
    }
    if value.len() > MAX_LINE {
        value.truncate(value.floor_char_boundary(MAX_LINE));
        value.truncate(value.trim_end().len());
        report(Change::value(format!("{name}: the first {MAX_LINE} bytes are kept.")));
    }
}

/// Removes what hides something.
fn show(value: &mut String, name: &str, kind: ChangeKind, report: Report<'_>) {
    if let Some(numbers) = hidden::numbers(value) {
        *value = hidden::visible(value).into_owned();
        let sentence = format!("{name}: invisible characters were removed ({numbers}).");
        report(Change { kind, sentence });
    }
}

/// As [`show`], for every text of a JSON value.
pub(super) fn show_all(value: &mut Value, name: &str, report: Report<'_>) {
    match value {
        Value::String(text) => show(text, name, ChangeKind::HiddenInText, report),
        Value::Array(values) => values.iter_mut().for_each(|value| show_all(value, name, report)),
        Value::Object(fields) if fields.keys().any(|key| hidden::is_in(key)) => {
            let shown = |(key, value): (String, Value)| (hidden::visible(&key).into_owned(), value);
            *fields = std::mem::take(fields).into_iter().map(shown).collect();
            show_all(value, name, report);
        }
        Value::Object(fields) => fields.values_mut().for_each(|value| show_all(value, name, report)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A pattern of files. Its spaces count, so they stay as many as there are.
pub(super) fn path(value: &mut String, name: &str, report: Report<'_>) {
    let is_odd = |letter: char| letter != ' ' && letter.is_whitespace();
    one_line(value, name, ChangeKind::HiddenInName, report);
    if value.is_ascii() {
        return;
    }
    if let Some(odd) = value.chars().find(|letter| is_odd(*letter)) {
        *value = value.replace(is_odd, " ");
        let sentence =
            format!("{name}: a space in “{value}” only looks like one (U+{:04X}).", u32::from(odd));
        report(Change { kind: ChangeKind::NoName, sentence });
    }
}

/// What should be the id of a task. Whether it is one shows when ids are looked up.
pub(super) fn reference(value: &mut String, name: &str, report: Report<'_>) {
    path(value, name, report);
    if let Cow::Owned(composed) = composed(value) {
        *value = composed;
    }
}

/// A name that may be of several words.
pub(super) fn name_of_words(value: &mut String, name: &str, report: Report<'_>) {
    path(value, name, report);
    settle_name(value, name, " ", report);
}

/// The id of a task, which has no spaces.
pub(super) fn id(value: &mut String, name: &str, report: Report<'_>) {
    path(value, name, report);
    settle_name(value, name, "-", report);
}

fn settle_name(value: &mut String, field: &str, space: &str, report: Report<'_>) {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if value.len() <= name::MAX_CHARACTERS && value.bytes().all(is_word) {
        return;
    }
    let normal = name::normal(value, space);
    if normal == *value {
        return;
    }
    let kind = if composed(value) == normal { ChangeKind::Value } else { ChangeKind::NoName };
    let (written, is) = (short_line(value, MOST_TOLD), if normal.is_empty() { "nothing" } else { &normal });
    let sentence = match kind {
        ChangeKind::Value => format!("{field}: the accents of “{written}” are written as single letters."),
        _ if space == "-" => format!(
            "{field}: “{written}” is no id; it is now {is}. An id has no spaces and at most {} characters.",
            name::MAX_CHARACTERS
        ),
        _ => format!(
            "{field}: “{written}” is no name; it is now {is}. A name has at most {} words and {} characters, \
             and is no sentence.",
            name::MAX_WORDS,
            name::MAX_CHARACTERS
        ),
    };
    *value = normal;
    report(Change { kind, sentence });
}

/// Replaces line breaks and tabs by spaces, and trims. Returns whether the value has changed.
pub(crate) fn make_one_line(value: &mut String) -> bool {
    let is_trimmed = !matches!(value.as_bytes(), [b' ', ..] | [.., b' ']);
    if is_trimmed && value.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return false;
    }
    let breaks = |letter: char| letter == '\t' || is_line_break(letter);
    if value.trim().len() == value.len() && !value.contains(breaks) {
        return false;
    }
    *value = value.replace(breaks, " ").trim().to_owned();
    true
}

/// A text of any form, without surrounding space.
pub(super) fn trim(value: &mut String, name: &str, report: Report<'_>) {
    show(value, name, ChangeKind::HiddenInText, report);
    let trimmed = value.trim();
    if trimmed.len() < value.len() || value.len() > MAX_TEXT {
        *value = trimmed[..trimmed.floor_char_boundary(MAX_TEXT)].trim_end().to_owned();
    }
}

/// Converts line ends to `\n`, clears lines of white space, and removes blank lines at both ends.
pub(super) fn text(value: &mut String, name: &str, report: Report<'_>) {
    let blank = |line: &str| line.trim().is_empty();
    let is_normal = value.len() <= MAX_TEXT
        && !value.contains(|letter| letter != '\n' && is_line_break(letter))
        && !hidden::is_in(value)
        && !value.split('\n').any(|line| !line.is_empty() && blank(line))
        && !value.starts_with('\n')
        && !value.ends_with('\n');
    if is_normal {
        return;
    }
    let mut unified = with_line_ends(value);
    show(&mut unified, name, ChangeKind::HiddenInText, report);
    let kept = &unified[..unified.floor_char_boundary(MAX_TEXT)];
    let mut lines: Vec<&str> = kept.split('\n').map(|line| if blank(line) { "" } else { line }).collect();
    lines.truncate(lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1));
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(0);
    let normal = lines[first..].join("\n");
    if unified.len() > MAX_TEXT {
        report(Change::value(format!("{name}: the first {MAX_TEXT} bytes are kept.")));
    }
    *value = normal;
}
