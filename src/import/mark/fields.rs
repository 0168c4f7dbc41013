//! Statuses as words: a field of front matter or YAML (`status: In Progress`), a line of a task
//! (`**Status:** done`), a cell of a table.

use std::ops::Range;

use crate::import::fields::status_of;
use crate::plan::Status;

/// The text with another status in the lines of one task, counted from 1: one text for each place and word.
/// Empty if no word there is known to say a status.
///
/// `words` are those of the tool that the file is from. Where it has none of its own, words of the file are
/// taken, and common ones in the letters of the word before.
pub(super) fn spellings(text: &str, lines: Range<usize>, words: &[&str], status: Status) -> Vec<String> {
    let places = places(text, lines);
    let written = places.iter().flat_map(|place| {
        let words = match words {
            [] => common(text, &text[place.clone()], status),
            _ => words.iter().map(|&word| word.to_owned()).collect(),
        };
        words.into_iter().map(|word| [&text[..place.start], &word, &text[place.end..]].concat())
    });
    written.collect()
}

/// Common words for a status, most usual first.
fn common(text: &str, before: &str, status: Status) -> Vec<String> {
    let words: &[&str] = match status {
        Status::Todo => &["to do", "todo", "open", "pending", "planned"],
        Status::Running => &["in progress", "running", "doing"],
        Status::Done => &["done", "completed", "closed"],
        Status::Failed => &["failed"],
        Status::Dropped => &["dropped", "cancelled"],
    };
    let lower = text.to_lowercase();
    let mut words: Vec<String> = words.iter().map(|word| in_letters_of(word, before)).collect();
    // Those that the file has elsewhere come first, in their order.
    words.sort_by_key(|word| !lower.contains(&word.to_lowercase()));
    words
}

/// A word as its author writes such words: `In Progress`, `IN_PROGRESS`, `in-progress`.
fn in_letters_of(word: &str, model: &str) -> String {
    let between = ['_', '-'].into_iter().find(|sign| model.contains(*sign)).unwrap_or(' ');
    let is_shouted = model.chars().any(char::is_uppercase) && !model.contains(char::is_lowercase);
    let capitals = model.split([' ', '_', '-']).filter(|part| part.starts_with(char::is_uppercase)).count();
    let parts = word.split(' ').enumerate().map(|(at, part)| match (is_shouted, capitals) {
        (true, _) => part.to_uppercase(),
        (false, 1) if at == 0 => capitalised(part),
        (false, 2..) => capitalised(part),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join(&between.to_string())
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The bytes of all words in these lines that may say a status, fields with a name before cells.
fn places(text: &str, lines: Range<usize>) -> Vec<Range<usize>> {
    let mut start = 0;
    let (mut named, mut cells) = (Vec::new(), Vec::new());
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if lines.contains(&(number + 1)) {
            let line = line.trim_end();
            let ranges = |range: Range<usize>| start + range.start..start + range.end;
            named.extend(named_value(line).map(ranges));
            cells.extend(cells_of(line).into_iter().map(ranges));
        }
        start += line.len();
    }
    named.into_iter().chain(cells).collect()
}

/// The value of `status: done`, `- **State**: done`, or `1-2-add-login: done`.
fn named_value(line: &str) -> Option<Range<usize>> {
    let colon = line.find(':')?;
    word_in(line, colon + 1..line.find(" #").filter(|&at| at > colon).unwrap_or(line.len()))
}

/// The cells of a row of a Markdown table, CSV or TSV that say a status.
fn cells_of(line: &str) -> Vec<Range<usize>> {
    let Some(delimiter) = ['|', '\t', ';', ','].into_iter().find(|sign| line.contains(*sign)) else {
        return Vec::new();
    };
    let mut start = 0;
    let cells = line.split(delimiter).filter_map(|cell| {
        let range = start..start + cell.len();
        start = range.end + delimiter.len_utf8();
        word_in(line, range)
    });
    cells.collect()
}

/// The bytes of the word between blanks, quotes and signs of emphasis, if it is known to say a status.
fn word_in(line: &str, within: Range<usize>) -> Option<Range<usize>> {
    let is_around = |letter: char| letter.is_whitespace() || "*_`\"'".contains(letter);
    let text = line.get(within.clone())?;
    let inner = text.trim_matches(is_around);
    let from = within.start + text.len() - text.trim_start_matches(is_around).len();
    (!inner.is_empty() && status_of(inner).is_some()).then_some(from..from + inner.len())
}
