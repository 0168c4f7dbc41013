//! Places in a file: lines, columns, symbols and anchors behind its path. A task writes whole files.

use super::file_name::{is_file, names_file};

/// The path without the place behind it; `None` if there is none.
pub(super) fn without_place(text: &str) -> Option<&str> {
    behind_colons(text)
        .or_else(|| behind_hash(text))
        .or_else(|| behind_colon(text))
        .or_else(|| in_words(text))
}

/// `tests/a.py::Suite::test`
fn behind_colons(text: &str) -> Option<&str> {
    let (path, symbol) = text.split_once("::")?;
    (is_file(path) && !symbol.is_empty() && !symbol.contains(" and ")).then_some(path)
}

/// `a.ts#L10-L20`, `a.ts#name`
fn behind_hash(text: &str) -> Option<&str> {
    let last = text.rfind(['/', '\\']).map_or(0, |slash| slash + 1);
    let at = last + text[last..].find('#')?;
    let (path, place) = (&text[..at], &text[at + 1..]);
    if path.is_empty() || path.ends_with(['/', '\\']) || place.is_empty() {
        return None;
    }
    let is_symbol =
        place.starts_with(|c: char| c.is_alphabetic() || c == '_') && !place.contains(char::is_whitespace);
    (are_lines(place) && place.starts_with('L') || is_symbol && is_file(path)).then_some(path)
}

/// `a.ts:10-40`, `a.ts:10:5`, `a.ts:name`
fn behind_colon(text: &str) -> Option<&str> {
    let last = text.rfind(['/', '\\']).map_or(0, |slash| slash + 1);
    let at = last + text[last..].find(':')?;
    let (path, place) = (&text[..at], &text[at + 1..]);
    if path.is_empty()
        || path.ends_with(['/', '\\'])
        || path.len() == 1 && text.len() > 2 && text[2..].starts_with(['/', '\\'])
    {
        return None;
    }
    let name = place.trim_end_matches("()");
    let is_symbol = name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | ':' | '-'));
    let is_spoken = place.starts_with(|c: char| c.is_alphabetic())
        && place.contains(' ')
        && !place.contains([',', ';', '|'])
        && !place.split_whitespace().any(names_file);
    (are_lines(place) || (is_symbol || is_spoken) && is_file(path)).then_some(path)
}

/// `a.ts lines 10-40`, `a.ts, L10-L20`
fn in_words(text: &str) -> Option<&str> {
    let at = text.rfind([' ', ',']).filter(|&at| are_lines(text[at + 1..].trim()))?;
    let (before, lines) = (text[..at].trim_end_matches([' ', ',']), text[at + 1..].trim());
    if lines.starts_with(['L', 'l']) {
        return is_file(before).then_some(before);
    }
    let (path, word) = before.rsplit_once(' ')?;
    let is_word =
        matches!(word.to_lowercase().as_str(), "line" | "lines" | "l" | "l." | "ll." | "ln" | "at" | "@");
    let path = path.trim_end_matches([' ', ',']);
    (is_word && is_file(path)).then_some(path)
}

/// Whether the text is numbers of lines and columns: `10`, `10-40`, `L10C3-L20`, `10-40,60`.
fn are_lines(text: &str) -> bool {
    let is_inside =
        |c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | ',' | ':' | 'L' | 'l' | 'C' | '+' | '.');
    let digits = text.trim_start_matches(['L', 'l']);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && text.len() - digits.len() <= 1
        && text.chars().all(is_inside)
        && !digits.contains('.') | digits.contains("..")
}
