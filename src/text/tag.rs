//! The pieces of a task line: box, id, words of the title, tags and minutes, bare or in a code span.
//!
//! Only this file knows where a tag begins and ends; the parser and the highlighter share it. Linear in the
//! length of any line.

use std::ops::Range;

use super::minutes::{read_estimate, resembles_minutes};
use super::value::{closing_quote, is_space_at, opens_value, read_value};
use crate::plan::{Field, Status};

/// A piece of a task line. Ranges are bytes of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words of the title.
    Text(Range<usize>),
    /// A backslash and the character it escapes in the title.
    Escape(Range<usize>),
    /// A code span that is part of the title.
    Code(Range<usize>),
    /// The backticks before or after tags.
    Backticks(Range<usize>),
    /// `@name(body)`.
    Tag(Tag),
    /// `~20m`.
    Minutes(Range<usize>),
    /// A malformed duration, or a number without a unit among tags; part of the title.
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
    /// The position of the `@`.
    pub start: usize,
    /// The name, without `@`.
    pub name: Range<usize>,
    /// The text in the parentheses, trimmed.
    pub body: Range<usize>,
    /// The position after the closing parenthesis.
    pub end: usize,
    /// Whether there is a closing parenthesis.
    pub closed: bool,
}

/// The names of known tags, in the order they are printed.
pub(super) fn known_tags() -> impl Iterator<Item = &'static str> {
    let of_fields = Field::IN_TASK_LINE.into_iter().filter_map(Field::tag);
    ["title", "id"].into_iter().chain(of_fields).chain(["json"])
}

/// Whether a tag of this name is known.
pub(super) fn is_known_tag(name: &str) -> bool {
    known_tags().any(|known| known == name)
}

/// A task line, or a line of tags that continues one.
#[derive(Debug, Clone, Default)]
pub(super) struct TaskLine {
    /// The box with its brackets, and its status.
    pub checkbox: Option<(Range<usize>, Status)>,
    /// The id at the start.
    pub id: Option<Range<usize>>,
    /// Everything after the box, including the id.
    pub pieces: Vec<Piece>,
}

impl TaskLine {
    /// Reads a line from byte `from`, the end of its bullet.
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

    /// The title: all words that are not tags, joined with single spaces.
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

/// Whether the text consists only of tags and minutes.
pub(super) fn only_tags(text: &str) -> bool {
    if !text.starts_with(['@', '~', '`']) {
        return false;
    }
    let mut pieces = Vec::new();
    scan(text, 0..text.len(), true, &mut pieces);
    are_tags(text, &pieces)
}

/// Whether the text contains a tag or minutes.
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
            Piece::Tag(tag) if !tag.closed && !is_known_tag(&text[tag.name.clone()]) => return false,
            Piece::Tag(_) | Piece::Minutes(_) => tags += 1,
            Piece::Backticks(_) => {}
            Piece::Text(range) if text[range.clone()].trim().is_empty() => {}
            _ => return false,
        }
    }
    tags > 0
}

/// `T` and one to five digits, followed by a space or the end.
fn numbered_id(line: &str, from: usize) -> Option<Range<usize>> {
    let word = line[from..].split(char::is_whitespace).next()?;
    is_numbered(word).then_some(from..from + word.len())
}

/// Whether an id can be written at the start of a task line.
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

/// Splits a range of the line into pieces. Code spans are split too, but not within another code span.
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

/// A code span of only tags contains tags; any other is part of the title.
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

/// Longer runs of backticks open no code span. This bounds the work on a line of only backticks.
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
        return is_known_tag(&line[name.clone()]).then_some(Piece::BareName(start..name.end));
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

/// The position of the parenthesis that closes the one at `open`. If there is none, the error is the end of
/// the tag: the next tag, minutes at the end of the line, or its end. A tag can't be inside the parentheses
/// of another tag unless quoted. That makes the work linear and limits the damage of a missing parenthesis.
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
        return Some(Piece::Minutes(range));
    }
    // A bare number means minutes only among tags: `~5 files` is part of a title.
    let is_number = || ends && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_among_tags =
        || matches!(rest[word.len()..].trim_start().as_bytes().first(), None | Some(b'@' | b'~' | b'`'));
    (resembles_minutes(word) || is_number() && is_among_tags()).then_some(Piece::BadMinutes(range))
}
