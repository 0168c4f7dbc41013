//! Statuses as boxes of Markdown lists: `- [x] T1 Add login`.

use crate::plan::Status;

/// The text with another sign in the box of the item at a line, counted from 1: one text for each sign that
/// somebody uses for the status. Empty if no item with a box is there.
pub(super) fn spellings(text: &str, line: usize, status: Status) -> Vec<String> {
    let Some(at) = box_in_line(text, line) else { return Vec::new() };
    let is_upper = text.contains("[X]") && !text.contains("[x]");
    let signs: &[char] = match status {
        Status::Todo => &[' '],
        Status::Running => &['~', '-', '/'],
        Status::Done if is_upper => &['X', 'x'],
        Status::Done => &['x', 'X'],
        Status::Failed => &['!'],
        Status::Dropped => &['-', '~'],
    };
    let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
    signs.iter().map(|sign| [&text[..at], &sign.to_string(), &text[end..]].concat()).collect()
}

/// The position of the sign in the box that an item begins with.
fn box_in_line(text: &str, line: usize) -> Option<usize> {
    let before = line.checked_sub(1)?;
    let start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
    let item = text.get(start..)?.lines().next()?;
    let open = item.find('[')?;
    let is_marker =
        |letter: char| letter.is_whitespace() || letter.is_ascii_digit() || "-*+.)>\u{feff}".contains(letter);
    let mut inside = item[open + 1..].chars();
    let has_sign = inside.next().is_some() && inside.next() == Some(']');
    (has_sign && item[..open].chars().all(is_marker)).then_some(start + open + 1)
}
