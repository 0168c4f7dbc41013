//! The values of tags and settings: lists, double quotes, and amounts.
//!
//! Most values are written unchanged. Commas inside `{}` and balanced `()` are part of a value. A value with
//! anything else that would end it early is put in double quotes, where `\"`, `\\` and `\u0060` (four
//! hexadecimal digits) are escapes. Any other backslash is literal, so a quoted Windows path needs no
//! escapes.

use std::ops::Range;

use super::minutes::read_number;
use super::tag::closing_parenthesis;

/// The pieces of `text` between `separators`, ignoring those inside quotes, parentheses and braces. Linear.
pub(super) fn split<'a>(text: &'a str, separators: &'a [char]) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut from = Some(0);
    std::iter::from_fn(move || {
        let start = from?;
        let end = end_of_value(text, start, separators);
        from = text[end..].chars().next().map(|separator| end + separator.len_utf8());
        Some(trimmed(text, start..end))
    })
}

/// The range without white space at both ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let start = range.start + (inner.len() - inner.trim_start().len());
    start..start + inner.trim().len()
}

fn end_of_value(text: &str, from: usize, separators: &[char]) -> usize {
    let bytes = text.as_bytes();
    let mut depth = 0u32;
    let mut value_starts = true;
    let mut at = from;
    while at < bytes.len() {
        let byte = bytes[at];
        match byte {
            b'"' if value_starts => {
                if let Some(close) = closing_quote(text, at + 1) {
                    at = close;
                }
            }
            b'(' | b'{' => depth += 1,
            b')' | b'}' => depth = depth.saturating_sub(1),
            b',' | b';' | FIRST_OF_DOT if depth == 0 && text[at..].starts_with(separators) => return at,
            _ => {}
        }
        value_starts = opens_value(byte) || value_starts && is_space_at(text, at);
        at += 1;
    }
    text.len()
}

/// The first byte of `·` in UTF-8. It always begins a character.
const FIRST_OF_DOT: u8 = 0xc2;

/// Whether the byte is part of white space, or is a continuation byte.
pub(super) fn is_space_at(text: &str, at: usize) -> bool {
    text.as_bytes()[at].is_ascii_whitespace()
        || text.get(at..).is_none_or(|rest| rest.starts_with(|letter: char| letter.is_whitespace()))
}

/// Whether a quote after this character begins a quoted value.
pub(super) fn opens_value(byte: u8) -> bool {
    matches!(byte, b'(' | b'[' | b'{' | b',' | b':')
}

/// Position of the quote that closes the one before `from`.
pub(super) fn closing_quote(text: &str, from: usize) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(from) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at),
            _ => {}
        }
    }
    None
}

/// The content of a quoted value at the start of `raw`, and the text after it.
pub(super) fn unquote(raw: &str) -> Option<(String, &str)> {
    if raw.as_bytes().first() != Some(&b'"') {
        return None;
    }
    let close = closing_quote(raw, 1)?;
    let mut value = String::with_capacity(close);
    let mut rest = &raw[1..close];
    while let Some(at) = rest.find('\\') {
        value.push_str(&rest[..at]);
        let (letter, length) = escape(&rest[at + 1..]).unwrap_or(('\\', 0));
        value.push(letter);
        rest = &rest[at + 1 + length..];
    }
    value.push_str(rest);
    Some((value, &raw[close + 1..]))
}

/// The character of an escape, and the length of the escape after its backslash.
fn escape(after: &str) -> Option<(char, usize)> {
    match after.as_bytes().first()? {
        b'"' => Some(('"', 1)),
        b'\\' => Some(('\\', 1)),
        b'u' => {
            let digits =
                after.get(1..5).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
            Some((char::from_u32(u32::from_str_radix(digits, 16).ok()?)?, 5))
        }
        _ => None,
    }
}

/// The value without its quotes and escapes.
pub(super) fn read_value(raw: &str) -> String {
    match unquote(raw) {
        Some((value, rest)) if rest.trim().is_empty() => value,
        _ => raw.to_owned(),
    }
}

/// A name with an amount, such as `api-quota 2`. The amount defaults to 1.
pub(super) fn read_amount(raw: &str) -> (String, u32) {
    if let Some((name, rest)) = unquote(raw) {
        let amount = if rest.is_empty() { Some(1) } else { read_number(rest.trim()) };
        return amount.map_or_else(|| (raw.to_owned(), 1), |amount| (name, amount));
    }
    match raw.rsplit_once(char::is_whitespace) {
        Some((name, amount)) if read_number(amount).is_some() => {
            (name.trim_end().to_owned(), read_number(amount).unwrap_or(1))
        }
        _ => (raw.to_owned(), 1),
    }
}

/// Writes a value in double quotes.
pub(super) fn write_quoted(out: &mut String, value: &str) {
    out.push('"');
    for letter in value.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '`' => write_escape(out, letter),
            _ if letter.is_control() => write_escape(out, letter),
            _ => out.push(letter),
        }
    }
    out.push('"');
}

/// Writes a character below U+10000 as four hexadecimal digits.
pub(super) fn write_escape(out: &mut String, letter: char) {
    let code = letter as u32;
    out.push_str("\\u");
    for shift in [12, 8, 4, 0] {
        out.push(char::from_digit((code >> shift) & 15, 16).unwrap_or('0'));
    }
}

/// Writes a value of a list, quoted if necessary to read it back.
pub(super) fn write_list_value(out: &mut String, value: &str) {
    let ends_at_comma = || end_of_value(&[value, ","].concat(), 0, &[',', '·', ';']) == value.len();
    if is_simple(value) || stays_whole(value) && ends_at_comma() {
        out.push_str(value);
    } else {
        write_quoted(out, value);
    }
}

/// Writes a value that is alone in its parentheses, quoted if necessary to read it back.
pub(super) fn write_lone_value(out: &mut String, value: &str) {
    if is_simple(value) || stays_whole(value) { out.push_str(value) } else { write_quoted(out, value) }
}

/// Writes a name with its amount if that is not 1, or always if `always`.
pub(super) fn write_amount(out: &mut String, name: &str, amount: u32, always: bool) {
    if read_amount(name) == (name.to_owned(), 1) {
        write_list_value(out, name);
    } else {
        write_quoted(out, name);
    }
    if always || amount != 1 {
        out.push(' ');
        out.push_str(&amount.to_string());
    }
}

/// Whether the value has no special characters, like most values.
fn is_simple(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/*_-.".contains(&byte))
}

/// Whether the value, written unquoted, ends neither its tag nor its quotes.
pub(super) fn stays_whole(value: &str) -> bool {
    !value.is_empty()
        && value.trim().len() == value.len()
        && !value.starts_with('"')
        && !value.contains(|letter: char| letter == '`' || letter.is_control())
        && {
            // A quote left open in the value would end at the one after it.
            let tag = ["( ", value, ")\""].concat();
            closing_parenthesis(&tag, 0, tag.len()) == Ok(tag.len() - 2)
        }
}
