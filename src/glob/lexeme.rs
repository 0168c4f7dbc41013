//! Splits the text of a pattern into its signs, each with its column.

use super::char_set::CharSet;
use super::{PatternError, Reading};

/// A sign of a pattern, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lexeme {
    /// What it is.
    pub(super) sign: Sign,
    /// Position of its first character in the text, counted in characters from 1.
    pub(super) column: usize,
}

/// What a part of the text means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sign {
    /// This character.
    Char(char),
    /// The end of a component: `/` or `\`.
    Slash,
    /// `*`
    Star,
    /// `**`
    DoubleStar,
    /// `?`
    Question,
    /// `[…]`: its characters, and the text it was written with.
    Class(CharSet, Box<str>),
    /// `{`
    Open,
    /// `,` between braces.
    Comma,
    /// `}`
    Close,
}

/// Reads the signs; braces are balanced in what it returns. Takes O(n) time for n characters, route names apart.
pub(super) fn lexemes(text: &str, reading: Reading) -> Result<Vec<Lexeme>, PatternError> {
    let chars: Vec<char> = text.chars().map(|c| if c == '\\' { '/' } else { c }).collect();
    let mut lexemes: Vec<Lexeme> = Vec::with_capacity(chars.len());
    let mut open_braces: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let starts_name = at == 0 || chars[at - 1] == '/';
        let (sign, length) = match chars[at] {
            c if c.is_control() => return Err(control_character(c, at + 1)),
            '/' => (Sign::Slash, 1),
            '?' | '*' | '+' | '@' | '!' if chars.get(at + 1) == Some(&'(') => {
                return Err(PatternError::at(
                    at + 1,
                    format!("`{}(…)` is not understood. Write alternatives as `{{a,b}}`.", chars[at]),
                ));
            }
            '?' => (Sign::Question, 1),
            '*' => match chars[at..].iter().take_while(|&&c| c == '*').count() {
                1 => (Sign::Star, 1),
                2 => (Sign::DoubleStar, 2),
                _ => {
                    let message =
                        "More than two asterisks mean nothing. Write `**` for any number of folders.";
                    return Err(PatternError::at(at + 1, message));
                }
            },
            '[' => match route_name(&chars[at..]).filter(|_| starts_name) {
                Some(length) => {
                    let letters = (at..at + length).map(|i| (Sign::Char(chars[i]), i + 1));
                    lexemes.extend(letters.map(|(sign, column)| Lexeme { sign, column }));
                    at += length;
                    continue;
                }
                None => class(&chars, at)?,
            },
            ']' if reading == Reading::Plan => {
                let message = "This `]` closes no `[`. Write `[]]` if the name has a bracket.";
                return Err(PatternError::at(at + 1, message));
            }
            '{' => {
                open_braces.push(at + 1);
                (Sign::Open, 1)
            }
            '}' if !open_braces.is_empty() => {
                open_braces.pop();
                (Sign::Close, 1)
            }
            '}' if reading == Reading::Plan => {
                // Most likely somebody split a list at every comma.
                let message =
                    "This `}` closes no `{`. Keep `{a,b}` in one piece, or write `[}]` for the character.";
                return Err(PatternError::at(at + 1, message));
            }
            ',' if !open_braces.is_empty() => (Sign::Comma, 1),
            c => (Sign::Char(c), 1),
        };
        lexemes.push(Lexeme { sign, column: at + 1 });
        at += length;
    }
    match open_braces.first() {
        Some(&column) => {
            Err(PatternError::at(column, "This `{` is never closed. Write the alternatives as `{a,b}`."))
        }
        None => Ok(lexemes),
    }
}

fn control_character(c: char, column: usize) -> PatternError {
    let what = match c {
        '\n' | '\r' => "A line ends inside the pattern. Write one pattern per entry.".to_owned(),
        '\t' => "There is a tab in the pattern. Remove it.".to_owned(),
        _ => format!("The invisible character U+{:04X} can't be in a path. Remove it.", c as u32),
    };
    PatternError::at(column, what)
}

/// Length of a route folder as web frameworks name it, from the start of a component: `[...name]`, `[[...name]]`, `[[name]]`.
/// As a class it would make no sense, so it is taken for the name it is.
fn route_name(chars: &[char]) -> Option<usize> {
    let end = chars.iter().position(|&c| c == '/').unwrap_or(chars.len());
    let component: String = chars[..end].iter().collect();
    let inner = component.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
    let inner = inner.or_else(|| component.strip_prefix("[...").and_then(|rest| rest.strip_suffix(']')))?;
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
    (!inner.is_empty() && inner.chars().all(is_plain)).then_some(end)
}

/// Reads the class that begins at `start`; gives its length too.
fn class(chars: &[char], start: usize) -> Result<(Sign, usize), PatternError> {
    let unclosed = || {
        let message =
            "This `[` is never closed. Write `[abc]` for one of these characters, `[[]` for a bracket.";
        PatternError::at(start + 1, message)
    };
    let mut at = start + 1;
    let negated = matches!(chars.get(at), Some('!' | '^'));
    at += usize::from(negated);
    let first = at;
    let mut ranges = Vec::new();
    loop {
        let low = *chars.get(at).ok_or_else(unclosed)?;
        if low == ']' && at > first {
            break;
        }
        let is_range = chars.get(at + 1) == Some(&'-') && !matches!(chars.get(at + 2), None | Some(']'));
        let high = if is_range { chars[at + 2] } else { low };
        if let Some(c) = [low, high].into_iter().find(|c| c.is_control()) {
            return Err(control_character(c, at + 1));
        }
        if low == '/' || high == '/' {
            // Most likely the bracket was never closed, and the path goes on.
            return Err(unclosed());
        }
        if low > high {
            let message = format!("The range `{low}-{high}` runs backwards. Write `{high}-{low}`.");
            return Err(PatternError::at(at + 1, message));
        }
        ranges.push((low, high));
        at += if is_range { 3 } else { 1 };
    }
    let length = at + 1 - start;
    let written: String = chars[start..=at].iter().collect();
    let set = CharSet::class(&ranges, negated)
        .ok_or_else(|| PatternError::at(start + 1, "No character is left for this class to match."))?;
    Ok((Sign::Class(set, written.into()), length))
}
