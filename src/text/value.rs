//! The values of tags and settings: lists, double quotes, and amounts.
//!
//! A value is written as it is. Commas inside `{}` and balanced `()` belong to it; anything else that would end it too
//! early is put in double quotes, where `\"`, `\\` and `\u0060` (four hexadecimal digits) stand for one character. Any
//! other backslash is itself, so that a Windows path in quotes stays a path.

use std::ops::Range;

use super::minutes::read_number;
use super::tag::closing_parenthesis;

/// The pieces of `text` between `separators` that stand outside quotes, parentheses and braces. Linear.
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

/// The first byte of `·` in UTF-8. It begins a character wherever it stands.
const FIRST_OF_DOT: u8 = 0xc2;

/// Whether the byte belongs to white space, or follows the first byte of a character.
pub(super) fn is_space_at(text: &str, at: usize) -> bool {
    text.as_bytes()[at].is_ascii_whitespace()
        || text.get(at..).is_none_or(|rest| rest.starts_with(|letter: char| letter.is_whitespace()))
}

/// Whether a quote behind this character begins a quoted value.
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

/// If `raw` begins with a quoted value: what is in the quotes, and what follows them.
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

/// The character that an escape stands for, and the length of the escape after its backslash.
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

/// The value as the plan has it.
pub(super) fn read_value(raw: &str) -> String {
    match unquote(raw) {
        Some((value, rest)) if rest.trim().is_empty() => value,
        _ => raw.to_owned(),
    }
}

/// A name with an amount, such as `api-quota 2`; without a number the amount is 1.
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

/// Writes one value of a list, in quotes if it would not be read back as it is.
pub(super) fn write_list_value(out: &mut String, value: &str) {
    let ends_at_comma = || end_of_value(&[value, ","].concat(), 0, &[',', '·', ';']) == value.len();
    if is_simple(value) || stays_whole(value) && ends_at_comma() {
        out.push_str(value);
    } else {
        write_quoted(out, value);
    }
}

/// Writes a value that is alone in its parentheses, in quotes if it would not be read back as it is.
pub(super) fn write_lone_value(out: &mut String, value: &str) {
    if is_simple(value) || stays_whole(value) { out.push_str(value) } else { write_quoted(out, value) }
}

/// Writes a name with an amount that is not 1, or with any amount if `always`.
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

/// Most values: nothing in them has a meaning in lists or tags.
fn is_simple(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/*_-.".contains(&byte))
}

/// Whether the value ends neither its tag nor its quotes when it is written as it is.
pub(super) fn stays_whole(value: &str) -> bool {
    !value.is_empty()
        && value.trim().len() == value.len()
        && !value.starts_with('"')
        && !value.contains(|letter: char| letter == '`' || letter.is_control())
        && {
            // A quote that the value leaves open would end at the one behind it.
            let tag = ["( ", value, ")\""].concat();
            closing_parenthesis(&tag, 0, tag.len()) == Ok(tag.len() - 2)
        }
}
