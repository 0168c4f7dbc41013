//! Finds links in pasted text: alone, in a message, wrapped, quoted, percent-encoded, or rewritten by a mail
//! filter. A link must pass its checksum, so a wrong guess never counts as a link.

use std::borrow::Cow;

use super::base64url;
use super::envelope::{FORMAT, PayloadKind, checksum};
use super::open_error::OpenError;

/// The most characters of a paste that are searched.
pub const MAX_PASTE: usize = 8 << 20;

/// A payload that passed its checksum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payload {
    /// The kind of content.
    pub kind: PayloadKind,
    /// The payload.
    pub bytes: Vec<u8>,
    /// Parameters after the link in the fragment, such as `t=T12`.
    pub after: String,
}

/// The first intact link of a text, or the most fitting reason. Linear in the length of the text, for each
/// way to undo the changes that other programs make.
pub fn first(text: &str) -> Result<Payload, OpenError> {
    all(text).into_iter().next().unwrap_or(Err(OpenError::NoLink))
}

/// Every link of a text, in order; for a damaged link, the reason. Searches for rewritten links only if there
/// is no intact link in its original form.
pub fn all(text: &str) -> Vec<Result<Payload, OpenError>> {
    if text.len() > MAX_PASTE {
        return vec![Err(OpenError::TooLarge)];
    }
    let mut best: Vec<Result<Payload, OpenError>> = Vec::new();
    for written in ways(text) {
        let found = links(&written);
        let whole = |found: &[Result<Payload, OpenError>]| found.iter().filter(|link| link.is_ok()).count();
        let is_better = (whole(&found), found.len()) > (whole(&best), best.len());
        if is_better && (whole(&found) > whole(&best) || best.is_empty()) {
            best = found;
        }
        if !best.is_empty() && best.iter().all(Result::is_ok) {
            break;
        }
    }
    best
}

/// The text itself, and the text before it was encoded, rewritten or wrapped.
fn ways(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let once = unescape(text, '%', "");
    let twice = unescape(&once, '%', "").into_owned();
    let entities =
        text.replace("&amp;", "&").replace("&#35;", "#").replace("&#46;", ".").replace("&period;", ".");
    let quoted = unescape(text, '=', "\n").into_owned();
    let quoted_and_encoded = unescape(&quoted, '%', "").into_owned();
    // Proofpoint writes `-` and two digits for special characters, and `_` for a slash.
    let defended =
        if text.contains("urldefense") { unescape(text, '-', "").into_owned() } else { String::new() };
    [Cow::Borrowed(text), once, Cow::Owned(twice)]
        .into_iter()
        .chain([entities, quoted, quoted_and_encoded, defended].map(Cow::Owned))
}

/// Replaces a mark and two hexadecimal digits by a character. `continued` after the mark joins two lines.
fn unescape<'a>(text: &'a str, mark: char, continued: &str) -> Cow<'a, str> {
    if !text.contains(mark) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(mark) {
        plain.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let line_end = after.strip_prefix('\r').unwrap_or(after);
        let code = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(code) = code.filter(u8::is_ascii_graphic) {
            plain.push(char::from(code));
            rest = &after[2..];
        } else if !continued.is_empty() && line_end.starts_with(continued) {
            rest = &line_end[continued.len()..];
        } else {
            plain.push(mark);
            rest = after;
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Every link in its original form.
fn links(text: &str) -> Vec<Result<Payload, OpenError>> {
    let mut links = Vec::new();
    let mut end = 0;
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        let is_start = letter.is_ascii_digit() && !before.is_ascii_alphanumeric() && before != '.';
        before = letter;
        if is_start
            && at >= end
            && let Some((link, length)) = link(&text[at..])
        {
            links.push(link);
            end = at + length;
        }
    }
    links
}

/// The link at the start of the text, and its length; `None` if the text doesn't start with a link.
fn link(text: &str) -> Option<(Result<Payload, OpenError>, usize)> {
    let mut letters = Letters { text, at: 0, skipped: false };
    let format: u32 = letters.until_dot(9)?.parse().ok()?;
    let letter = letters.until_dot(1)?;
    let letter = letter.chars().next().filter(char::is_ascii_lowercase)?;
    if format > FORMAT {
        return is_head(&mut letters).then_some((Err(OpenError::NewerVersion(format)), letters.at));
    }
    let kind = PayloadKind::of_letter(letter).filter(|_| format == FORMAT)?;
    let (Some(count), Some(sum)) = (letters.until_dot(7), letters.until_dot(7)) else {
        let is_cut = letters.next().is_none();
        return is_cut.then_some((Err(OpenError::CutAtStart), letters.at));
    };
    let expected = u32::from_str_radix(&count, 36).ok()? as usize;
    let sum = u32::from_str_radix(&sum, 36).ok()?;
    let (whole, received) = letters.payload(expected);
    if whole.len() < expected {
        return Some((Err(OpenError::Cut { received: whole.len(), expected }), letters.at));
    }
    let head = format!("{format}.{letter}.");
    let bytes = base64url::decode(&whole);
    let is_intact = checksum(head.bytes().chain(whole.bytes())) == sum;
    let is_ended = letters.next() == Some('e');
    let found = match bytes {
        Some(bytes) if is_intact && is_ended => Ok(Payload { kind, bytes, after: letters.parameters() }),
        // Words of the message may have been read as the rest of the link.
        _ if received < expected => Err(OpenError::Cut { received, expected }),
        _ if is_intact && !is_ended && letters.at >= text.len() => {
            Err(OpenError::Cut { received, expected: expected + 1 })
        }
        _ => Err(OpenError::Changed),
    };
    Some((found, letters.at))
}

/// Whether a length and a checksum follow, in any format.
fn is_head(letters: &mut Letters<'_>) -> bool {
    letters.until_dot(7).is_some() && letters.until_dot(13).is_some()
}

/// The letters of a link, without characters inserted by wrapping and quoting.
struct Letters<'a> {
    text: &'a str,
    at: usize,
    skipped: bool,
}

impl Letters<'_> {
    fn next(&mut self) -> Option<char> {
        for letter in self.text[self.at..].chars() {
            self.at += letter.len_utf8();
            if !is_between(letter) {
                return Some(letter);
            }
            self.skipped = true;
        }
        None
    }

    /// Letters and digits up to a dot: at least one, at most `most`.
    fn until_dot(&mut self, most: usize) -> Option<String> {
        let mut word = String::new();
        while let Some(letter) = self.next() {
            match letter {
                '.' => return (!word.is_empty()).then_some(word),
                _ if letter.is_ascii_alphanumeric() && word.len() < most => word.push(letter),
                _ => {
                    self.at -= letter.len_utf8();
                    return None;
                }
            }
        }
        None
    }

    /// At most this many letters of a payload, and the number of letters before the first gap.
    fn payload(&mut self, most: usize) -> (String, usize) {
        let mut payload = String::new();
        let mut without_gap = None;
        self.skipped = false;
        while payload.len() < most {
            let before = self.at;
            let next = self.next();
            if self.skipped {
                without_gap.get_or_insert(payload.len());
            }
            match next {
                Some(letter) if base64url::is_letter(letter) => payload.push(letter),
                Some(_) => {
                    self.at = before;
                    break;
                }
                None => break,
            }
        }
        let received = without_gap.unwrap_or(payload.len());
        (payload, received)
    }

    /// The parameters at this place: `t=T12` from `&t=T12`.
    fn parameters(&self) -> String {
        let Some(rest) = self.text[self.at..].strip_prefix('&') else { return String::new() };
        let end = rest.find(|letter: char| letter.is_whitespace() || "&<>\"')]|".contains(letter));
        rest[..end.unwrap_or(rest.len())].to_owned()
    }
}

/// Characters that programs insert into long lines: line breaks, indents, quotation marks, soft hyphens and
/// invisible spaces.
fn is_between(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '>' | '|' | '\\' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}
