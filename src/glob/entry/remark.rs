//! Remarks beside a path: `(new)`, `— the router`, `modified:`, and punctuation of the sentence around it.

use super::file_name::{is_file, is_quoted_file, names_file};

/// Words that say what happens to a file, before or behind its path.
const DEEDS: &[&str] = &[
    "new",
    "file",
    "files",
    "create",
    "creates",
    "created",
    "add",
    "adds",
    "added",
    "modify",
    "modifies",
    "modified",
    "edit",
    "edits",
    "edited",
    "update",
    "updates",
    "updated",
    "change",
    "changes",
    "changed",
    "delete",
    "deletes",
    "deleted",
    "remove",
    "removes",
    "removed",
    "rename",
    "renamed",
    "extend",
    "extended",
    "refactor",
    "existing",
    "only",
    "write",
    "writes",
    "rewrite",
    "touch",
    "touches",
    "fix",
    "m",
    "a",
    "d",
    "am",
    "??",
    "the",
    "in",
    "folder",
    "directory",
];

/// What separates a path from a remark.
const SEPARATORS: &[&str] =
    &[" — ", " – ", " -- ", " - ", " # ", " // ", " <- ", " ← ", " | ", ": ", " : ", " ⟵ "];

/// The text without one remark; `None` if it has none.
pub(super) fn without_remark(text: &str) -> Option<&str> {
    without_brackets_behind(text)
        .or_else(|| without_brackets_before(text))
        .or_else(|| without_bullet(text))
        .or_else(|| without_punctuation(text))
        .or_else(|| without_sentence(text))
        .or_else(|| without_deed_before(text))
        .or_else(|| without_deed_behind(text))
}

const BRACKETS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')];

/// `path (new)`, or `path.ts(new)` if the name is complete without it.
fn without_brackets_behind(text: &str) -> Option<&str> {
    let (open, close) = BRACKETS.into_iter().find(|(_, close)| text.ends_with(*close))?;
    let mut depth = 0usize;
    let (start, _) = text.char_indices().rev().find(|&(_, c)| {
        depth += usize::from(c == close);
        depth -= usize::from(c == open && depth > 0);
        depth == 0
    })?;
    let before = &text[..start];
    let inner = &text[start + 1..text.len() - 1];
    let is_apart = before.ends_with(char::is_whitespace) && !before.trim().is_empty();
    let is_glued = open == '(' && is_file(before) && !before.ends_with(['/', '*']) && !inner.contains('|');
    // `src/a [slug]/x` does not end here, and `{a,b}` behind a space would be alternatives of a name.
    (is_apart && !(open == '{' && inner.contains(',')) || is_glued).then(|| before.trim_end())
}

/// `(new) path`
fn without_brackets_before(text: &str) -> Option<&str> {
    let (_, close) = BRACKETS.into_iter().find(|(open, _)| text.starts_with(*open))?;
    let end = text.find(close)?;
    let (inner, rest) = (&text[1..end], &text[end + close.len_utf8()..]);
    let is_apart = rest.starts_with(char::is_whitespace) && !inner.contains(['/', '[', '{', '(']);
    (is_apart && is_path_like(rest.trim_start())).then(|| rest.trim_start())
}

/// `- path`, and signs such as ✅.
fn without_bullet(text: &str) -> Option<&str> {
    let (sign, rest) = text.split_once(char::is_whitespace)?;
    let is_sign = matches!(sign, "-" | "*" | "+" | "•" | "–" | "·" | ">")
        || !sign.contains(|c: char| c.is_alphanumeric() || c.is_ascii());
    let rest = rest.trim_start();
    (is_sign && is_path_like(rest)).then_some(rest).or_else(|| {
        let (rest, sign) = text.rsplit_once(char::is_whitespace)?;
        let is_sign = !sign.contains(|c: char| c.is_alphanumeric() || c.is_ascii());
        (is_sign && is_path_like(rest)).then(|| rest.trim_end())
    })
}

/// A comma, semicolon or colon at the end, and a full stop behind a complete name.
fn without_punctuation(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_suffix([',', ';', ':']) {
        return (!rest.is_empty()).then(|| rest.trim_end());
    }
    text.strip_suffix('.').filter(|rest| is_file(rest) && !rest.ends_with(['.', '/', '*']))
}

/// `path — what happens there`
fn without_sentence(text: &str) -> Option<&str> {
    let (at, _) = SEPARATORS.iter().filter_map(|sign| Some((text.find(sign)?, sign))).min()?;
    let (path, rest) = text.split_at(at);
    let words = || rest.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
    (is_quoted_file(path) && !words().any(names_file)).then(|| path.trim_end())
}

/// `new file: path`, `M path`
fn without_deed_before(text: &str) -> Option<&str> {
    let (word, rest) = text.split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    let is_deed = DEEDS.contains(&word.trim_end_matches(':').to_lowercase().as_str());
    (is_deed && is_path_like(rest)).then_some(rest)
}

/// `path new file`
fn without_deed_behind(text: &str) -> Option<&str> {
    let (path, word) = text.rsplit_once(char::is_whitespace)?;
    let path = path.trim_end_matches([' ', ',']);
    let is_deed = DEEDS.contains(&word.to_lowercase().as_str());
    let is_path = is_quoted_file(path) || without_deed_behind(path).is_some();
    (is_deed && is_path && !word.is_empty()).then_some(path)
}

/// Whether the text may begin with a path rather than be words.
fn is_path_like(text: &str) -> bool {
    text.contains(['/', '\\', '*']) || text.split_whitespace().any(|word| is_file(word.trim_matches('`')))
}
