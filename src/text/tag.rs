//! What stands in a task line: the box, the id, words of the title, tags and minutes, bare or in a code span.
//!
//! The parser and the highlighter both read these pieces; nothing else knows how a tag begins or ends. Reading is linear
//! in the length of the line, whatever is in it.

use std::ops::Range;

use super::minutes::{read_estimate, resembles_minutes};
use super::value::{closing_quote, is_space_at, opens_value, read_value};
use crate::plan::Status;

/// A part of a task line. Ranges are bytes in the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words of the title.
    Text(Range<usize>),
    /// A backslash and the character that it makes part of the title.
    Escape(Range<usize>),
    /// A code span that is part of the title.
    Code(Range<usize>),
    /// The backticks before or after tags.
    Backticks(Range<usize>),
    /// `@name(body)`.
    Tag(Tag),
    /// `~20m`.
    Minutes(Range<usize>),
    /// A word that was meant as minutes; part of the title.
    BadMinutes(Range<usize>),
    /// The name of a known tag without parentheses; part of the title.
    BareName(Range<usize>),
}

impl Piece {
    fn end(&self) -> usize {
        match self {
            Piece::Tag(tag) => tag.end,
            Piece::Text(range)
            | Piece::Escape(range)
            | Piece::Code(range)
            | Piece::Backticks(range)
            | Piece::Minutes(range)
            | Piece::BadMinutes(range)
            | Piece::BareName(range) => range.end,
        }
    }
}

/// `@name(body)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    /// Where the `@` stands.
    pub start: usize,
    /// The name, without `@`.
    pub name: Range<usize>,
    /// What stands in the parentheses, trimmed.
    pub body: Range<usize>,
    /// Behind the closing parenthesis.
    pub end: usize,
    /// Whether there is a closing parenthesis.
    pub closed: bool,
}

/// Names of tags that have a meaning, in the order they are printed.
pub(super) const KNOWN: [&str; 13] = [
    "title", "id", "owns", "reads", "after", "uses", "kind", "agent", "model", "check", "accept", "status",
    "json",
];

/// A task line, or a line of tags that continues one.
#[derive(Debug, Clone, Default)]
pub(super) struct TaskLine {
    /// The box with its brackets, and what it says.
    pub checkbox: Option<(Range<usize>, Status)>,
    /// The id at the start.
    pub id: Option<Range<usize>>,
    /// Everything behind the box, the id included.
    pub pieces: Vec<Piece>,
}

impl TaskLine {
    /// Reads a line from byte `from`, which is behind the bullet.
    pub fn read(line: &str, from: usize) -> TaskLine {
        let mut read = TaskLine { checkbox: checkbox(line, from), id: None, pieces: Vec::with_capacity(12) };
        let from = skip_spaces(line, read.checkbox.as_ref().map_or(from, |(range, _)| range.end));
        scan(line, from..line.len(), true, &mut read.pieces);
        let named = read
            .pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Tag(tag) if line[tag.name.clone()] == *"id"));
        if !named {
            read.id = numbered_id(line, from);
        }
        read
    }

    /// The title: all words that are not tags, with one space where a tag stood between them.
    pub fn title(&self, line: &str) -> String {
        let mut title = String::with_capacity(48);
        let mut gap = false;
        let mut add = |gap: &mut bool, words: &str| {
            let words = if title.is_empty() || *gap { words.trim_start() } else { words };
            if words.is_empty() {
                return;
            }
            if *gap && !title.is_empty() {
                title.truncate(title.trim_end().len());
                title.push(' ');
            }
            *gap = false;
            title.push_str(words);
        };
        for piece in &self.pieces {
            match piece {
                Piece::Text(range)
                | Piece::Code(range)
                | Piece::BadMinutes(range)
                | Piece::BareName(range) => {
                    let start =
                        self.id.as_ref().map_or(range.start, |id| id.end.clamp(range.start, range.end));
                    add(&mut gap, &line[start..range.end]);
                }
                Piece::Escape(range) => add(&mut gap, &line[range.start + 1..range.end]),
                Piece::Tag(tag) if line[tag.name.clone()] == *"title" => {
                    gap = true;
                    add(&mut gap, &read_value(&line[tag.body.clone()]));
                    gap = true;
                }
                Piece::Tag(_) | Piece::Minutes(_) | Piece::Backticks(_) => gap = true,
            }
        }
        title.truncate(title.trim_end().len());
        title
    }
}

/// Whether there is nothing but tags and minutes.
pub(super) fn only_tags(text: &str) -> bool {
    if !text.starts_with(['@', '~', '`']) {
        return false;
    }
    let mut pieces = Vec::new();
    scan(text, 0..text.len(), true, &mut pieces);
    are_tags(text, &pieces)
}

/// Whether there is a tag or minutes in it.
pub(super) fn has_tags(text: &str) -> bool {
    if !text.contains(['@', '~']) {
        return false;
    }
    let mut pieces = Vec::new();
    scan(text, 0..text.len(), true, &mut pieces);
    pieces.iter().any(|piece| matches!(piece, Piece::Tag(_) | Piece::Minutes(_)))
}

fn are_tags(text: &str, pieces: &[Piece]) -> bool {
    let mut tags = 0;
    for piece in pieces {
        match piece {
            Piece::Tag(tag) if !tag.closed && !KNOWN.contains(&&text[tag.name.clone()]) => return false,
            Piece::Tag(_) | Piece::Minutes(_) => tags += 1,
            Piece::Backticks(_) => {}
            Piece::Text(range) if text[range.clone()].trim().is_empty() => {}
            _ => return false,
        }
    }
    tags > 0
}

/// `T` and one to five digits, then a space or the end.
fn numbered_id(line: &str, from: usize) -> Option<Range<usize>> {
    let word = line[from..].split(char::is_whitespace).next()?;
    is_numbered(word).then_some(from..from + word.len())
}

/// Whether an id can stand at the start of a task line.
pub(super) fn is_numbered(id: &str) -> bool {
    let digits = id.strip_prefix('T').unwrap_or_default();
    (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn checkbox(line: &str, from: usize) -> Option<(Range<usize>, Status)> {
    let from = skip_spaces(line, from);
    let &[b'[', mark, b']', ref rest @ ..] = &line.as_bytes()[from..] else { return None };
    let status = match mark {
        b' ' => Status::Todo,
        b'~' => Status::Running,
        b'x' | b'X' => Status::Done,
        b'!' => Status::Failed,
        b'-' => Status::Dropped,
        _ => return None,
    };
    matches!(rest.first(), None | Some(b' ' | b'\t')).then_some((from..from + 3, status))
}

fn skip_spaces(line: &str, from: usize) -> usize {
    line.len() - line[from..].trim_start().len()
}

/// Cuts a range of the line into pieces. Code spans are looked into once, not again inside one.
fn scan(line: &str, range: Range<usize>, spans: bool, into: &mut Vec<Piece>) {
    let bytes = line.as_bytes();
    let Range { start: mut at, end } = range;
    let mut text = at;
    let mut tag_end = at;
    while at < end {
        let may_begin = || at == tag_end || line[..at].ends_with(char::is_whitespace);
        let piece = match bytes[at] {
            b'\\' if at + 1 < end && bytes[at + 1].is_ascii_punctuation() => Some(Piece::Escape(at..at + 2)),
            b'@' if may_begin() => tag_at(line, at, end),
            b'~' if may_begin() => minutes_at(line, at, end),
            b'`' if spans => {
                let ticks = bytes[at..end].iter().take_while(|byte| **byte == b'`').count();
                if let Some(close) = closing_backticks(bytes, at + ticks..end, ticks) {
                    push_text(into, text..at);
                    push_span(line, at..close + ticks, ticks, into);
                    at = close + ticks;
                    text = at;
                    tag_end = at;
                } else {
                    at += ticks;
                }
                continue;
            }
            _ => None,
        };
        let Some(piece) = piece else {
            at += 1;
            continue;
        };
        push_text(into, text..at);
        at = piece.end();
        if matches!(piece, Piece::Tag(_) | Piece::Minutes(_)) {
            tag_end = at;
        }
        text = at;
        into.push(piece);
    }
    push_text(into, text..end);
}

fn push_text(into: &mut Vec<Piece>, range: Range<usize>) {
    if !range.is_empty() {
        into.push(Piece::Text(range));
    }
}

/// A code span of nothing but tags holds tags; any other belongs to the title.
fn push_span(line: &str, span: Range<usize>, ticks: usize, into: &mut Vec<Piece>) {
    let before = into.len();
    into.push(Piece::Backticks(span.start..span.start + ticks));
    scan(line, span.start + ticks..span.end - ticks, false, into);
    into.push(Piece::Backticks(span.end - ticks..span.end));
    if !are_tags(line, &into[before..]) {
        into.truncate(before);
        into.push(Piece::Code(span));
    }
}

/// Longer runs of backticks open no code span: that bounds the work on a line of nothing but backticks.
const MOST_BACKTICKS: usize = 3;

fn closing_backticks(bytes: &[u8], range: Range<usize>, ticks: usize) -> Option<usize> {
    let mut at = range.start;
    while at < range.end && ticks <= MOST_BACKTICKS {
        let run = bytes[at..range.end].iter().take_while(|byte| **byte == b'`').count();
        if run == ticks {
            return Some(at);
        }
        at += run.max(1);
    }
    None
}

fn tag_at(line: &str, start: usize, end: usize) -> Option<Piece> {
    let name = name_at(line, start + 1, end);
    if name.is_empty() {
        return None;
    }
    if name.end == end || line.as_bytes()[name.end] != b'(' {
        return KNOWN.contains(&&line[name.clone()]).then_some(Piece::BareName(start..name.end));
    }
    let (body, tag_end, closed) = match closing_parenthesis(line, name.end, end) {
        Ok(close) => (name.end + 1..close, close + 1, true),
        Err(stop) => (name.end + 1..stop, stop, false),
    };
    let body = super::value::trimmed(line, body);
    Some(Piece::Tag(Tag { start, name, body, end: tag_end, closed }))
}

/// A letter, then letters, digits, `_` and `-`.
fn name_at(line: &str, start: usize, end: usize) -> Range<usize> {
    let bytes = &line.as_bytes()[start..end];
    if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return start..start;
    }
    let length =
        bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count();
    start..start + length
}

/// Whether a text can be the name of a tag.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && name_at(text, 0, text.len()).len() == text.len()
}

/// Position of the parenthesis that closes the one at `open`, or, where there is none, the position up to which the tag
/// is read all the same: the next tag, minutes at the end, or the end. A tag can't stand inside the parentheses of
/// another one unless in quotes, which keeps the work linear and one forgotten parenthesis from hiding the rest.
pub(super) fn closing_parenthesis(line: &str, open: usize, end: usize) -> Result<usize, usize> {
    let bytes = line.as_bytes();
    let mut depth = 1u32;
    let mut value_starts = true;
    let mut at = open + 1;
    while at < end {
        let byte = bytes[at];
        match byte {
            b'"' if value_starts => {
                if let Some(close) = closing_quote(&line[..end], at + 1) {
                    at = close;
                }
            }
            b'(' => depth += 1,
            b')' if depth == 1 => return Ok(at),
            b')' => depth -= 1,
            b'@' if bytes[at - 1].is_ascii_whitespace() => {
                let name = name_at(line, at + 1, end);
                if !name.is_empty() && name.end < end && bytes[name.end] == b'(' {
                    break;
                }
            }
            _ => {}
        }
        value_starts = opens_value(byte) || value_starts && is_space_at(line, at);
        at += 1;
    }
    let read = line[open + 1..at].trim_end();
    let last_word = open + 1 + read.len() - read.rsplit(char::is_whitespace).next().map_or(0, str::len);
    let minutes = line[last_word..].starts_with('~')
        && matches!(minutes_at(line, last_word, at), Some(Piece::Minutes(_)));
    Err(if minutes { last_word } else { at })
}

fn minutes_at(line: &str, start: usize, end: usize) -> Option<Piece> {
    let rest = &line[start + 1..end];
    if !rest.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let word = &rest
        [..rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '.').unwrap_or(rest.len())];
    let range = start..start + 1 + word.len();
    let ends = rest[word.len()..].chars().next().is_none_or(char::is_whitespace);
    if ends && read_estimate(word).is_some() {
        Some(Piece::Minutes(range))
    } else {
        resembles_minutes(word).then_some(Piece::BadMinutes(range))
    }
}
