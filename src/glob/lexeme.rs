//! Splits the text of a pattern into signs, each with its column.

use super::char_set::CharSet;
use super::written_name::{self, Braces};
use super::{PatternError, Reading};

/// A sign of a pattern, with its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lexeme {
    /// The sign.
    pub(super) sign: Sign,
    /// Column of its first character, counted in characters from 1.
    pub(super) column: usize,
}

/// The meaning of a part of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sign {
    /// A literal character.
    Char(char),
    /// The end of a component: `/` or `\`.
    Slash,
    /// `*`
    Star,
    /// `**`
    DoubleStar,
    /// `?`
    Question,
    /// `[…]`: its characters, and the text as written.
    Class(CharSet, Box<str>),
    /// `{`
    Open,
    /// `,` between braces.
    Comma,
    /// `}`
    Close,
}

/// Splits the text. Braces are balanced in the result. Takes O(n) time for n characters, apart from brackets
/// and braces.
pub(super) fn lexemes(text: &str, reading: Reading) -> Result<Vec<Lexeme>, PatternError> {
    let chars: Vec<char> = text.chars().map(|c| if c == '\\' { '/' } else { c }).collect();
    let mut lexemes: Vec<Lexeme> = Vec::with_capacity(chars.len());
    let mut open_braces: Vec<usize> = Vec::new();
    let mut open_in_name = 0;
    let mut at = 0;
    while at < chars.len() {
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
                        "More than two asterisks have no meaning. Write `**` for any number of folders.";
                    return Err(PatternError::at(at + 1, message));
                }
            },
            '[' => match written_name::bracketed(&chars, at) {
                Some(length) => {
                    let letters = (at..at + length).map(|i| (Sign::Char(chars[i]), i + 1));
                    lexemes.extend(letters.map(|(sign, column)| Lexeme { sign, column }));
                    at += length;
                    continue;
                }
                None => class(&chars, at)?,
            },
            ']' if reading == Reading::Plan && !has_escaped_bracket(&lexemes) => {
                let message = "This `]` closes no `[`. Write `[]]` if the name has a bracket.";
                return Err(PatternError::at(at + 1, message));
            }
            '{' => match written_name::braced(&chars, at) {
                Braces::Alternatives => {
                    open_braces.push(at + 1);
                    (Sign::Open, 1)
                }
                Braces::Name => {
                    open_in_name += 1;
                    (Sign::Char('{'), 1)
                }
                Braces::Range => {
                    let message = "Ranges in braces are not understood. Write the alternatives as `{1,2,3}`.";
                    return Err(PatternError::at(at + 1, message));
                }
            },
            '}' if open_in_name > 0 => {
                open_in_name -= 1;
                (Sign::Char('}'), 1)
            }
            '}' if !open_braces.is_empty() => {
                open_braces.pop();
                (Sign::Close, 1)
            }
            '}' if reading == Reading::Plan => {
                // Probably the result of splitting a list at every comma.
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

/// Whether the current component contains `[[]`, an escaped bracket. A later `]` is then part of the name.
fn has_escaped_bracket(lexemes: &[Lexeme]) -> bool {
    let component = lexemes.iter().rev().take_while(|lexeme| lexeme.sign != Sign::Slash);
    component.into_iter().any(|lexeme| matches!(&lexeme.sign, Sign::Class(_, written) if &**written == "[[]"))
}

/// Reads the class that begins at `start`. Also returns its length.
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
            // Probably the bracket was never closed, and the path continues.
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
