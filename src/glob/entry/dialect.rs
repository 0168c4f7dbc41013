//! Patterns as other tools write them, in the language of [`crate::glob::Pattern::parse`]: `cmd/...` of Go,
//! `{1..3}` and `@(a|b)` of shells, escapes with a backslash.

use std::borrow::Cow;

/// The most numbers of a range that are spelled out.
const MAX_NUMBERS: i64 = 64;

/// The pattern in our language.
///
/// # Errors
/// A sentence and what to write, if our language has no pattern for it.
pub(super) fn read(text: &str) -> Result<Cow<'_, str>, (String, String)> {
    let mut read = Cow::Borrowed(text);
    if text.contains('\\') {
        read = Cow::Owned(without_escapes(text));
    }
    if read.contains("..") || read.contains('…') {
        read = Cow::Owned(with_ranges(&read)?);
        read = Cow::Owned(with_deep_dots(&read)?);
    }
    if read.contains('|') {
        read = Cow::Owned(with_alternatives(&read));
    }
    Ok(read)
}

/// `\[id\]` as the name `[id]`, and `\ ` as a space. On Windows a backslash separates names, so it is an
/// escape only where it stands before both brackets.
fn without_escapes(text: &str) -> String {
    let mut text = text.replace("\\ ", " ");
    for (open, close, literal) in
        [('[', ']', ["[[]", "[]]"]), ('(', ')', ["(", ")"]), ('{', '}', ["[{]", "[}]"])]
    {
        let (escaped_open, escaped_close) = (format!("\\{open}"), format!("\\{close}"));
        let are_escaped = text.contains(&escaped_open)
            && text.matches(open).count() == text.matches(&escaped_open).count()
            && text.matches(close).count() == text.matches(&escaped_close).count();
        if are_escaped {
            let plain =
                text.replace(&escaped_open, &open.to_string()).replace(&escaped_close, &close.to_string());
            let is_name = is_spelled_out(&plain);
            text = match is_name {
                true => plain,
                false => text.replace(&escaped_open, literal[0]).replace(&escaped_close, literal[1]),
            };
        }
    }
    text
}

/// Whether the brackets of the pattern are part of names.
fn is_spelled_out(pattern: &str) -> bool {
    let slashed = pattern.replace('\\', "/");
    crate::glob::Pattern::parse_as(&slashed, crate::glob::Reading::Strict)
        .is_ok_and(|read| read.path() == Some(slashed.trim_matches('/')))
}

/// `...` as a whole name stands for any number of folders.
fn with_deep_dots(text: &str) -> Result<String, (String, String)> {
    let names: Vec<&str> = text.split('/').collect();
    let ends_in_dots =
        |name: &&&str| name.len() > 3 && name.ends_with("...") && !name.starts_with(['[', '.', '{']);
    if let Some(name) = names.iter().find(ends_in_dots) {
        let stem = name.trim_end_matches('.');
        let meant = text.replacen(*name, &format!("{stem}*/**"), 1);
        let message = format!("`{name}` is not understood. Write `{meant}` for everything that begins so.");
        return Err((message, meant));
    }
    if names.len() < 2 {
        return Ok(text.to_owned());
    }
    let mut read = names;
    for name in read.iter_mut().filter(|name| matches!(**name, "..." | "…")) {
        *name = "**";
    }
    read.dedup_by(|a, b| *a == "**" && *b == "**");
    Ok(read.join("/"))
}

/// `{1..3}` as `{1,2,3}`.
fn with_ranges(text: &str) -> Result<String, (String, String)> {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        read.push_str(&rest[..=open]);
        rest = &rest[open + 1..];
        let Some(close) = rest.find(['{', '}']).filter(|&at| rest.as_bytes()[at] == b'}') else { continue };
        let inner = &rest[..close];
        match range(inner) {
            None => continue,
            Some(items) if items.is_empty() => {
                read.pop();
                let meant = format!("{read}*{}", &rest[close + 1..]);
                let message =
                    format!("`{{{inner}}}` stands for too many names. Write `*`, or several patterns.");
                return Err((message, meant));
            }
            Some(items) if items.len() == 1 => {
                read.pop();
                read.push_str(&items[0]);
                rest = &rest[close + 1..];
            }
            Some(items) => {
                read.push_str(&items.join(","));
                rest = &rest[close..];
            }
        }
    }
    read.push_str(rest);
    Ok(read)
}

/// The items of `1..3`, `01..10`, `1..9..2` or `a..f`; empty if there are too many, `None` if it is no range.
fn range(text: &str) -> Option<Vec<String>> {
    let mut parts = text.split("..");
    let (from, to) = (parts.next()?, parts.next()?);
    let step = parts.next().map_or(Some(1), |step| step.parse::<i64>().ok())?.abs().max(1);
    if parts.next().is_some() {
        return None;
    }
    if let (Some(from), Some(to)) = (letter(from), letter(to)) {
        let items = numbers(i64::from(from), i64::from(to), step)?;
        let written = |number: i64| u8::try_from(number).map(|byte| char::from(byte).to_string());
        return items.into_iter().map(|number| written(number).ok()).collect();
    }
    let digits =
        |text: &str| !text.is_empty() && text.len() < 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(from) || !digits(to) {
        return None;
    }
    let is_padded = [from, to].iter().any(|text| text.len() > 1 && text.starts_with('0'));
    let width = if is_padded { from.len().max(to.len()) } else { 0 };
    let items = numbers(from.parse().ok()?, to.parse().ok()?, step)?;
    Some(items.into_iter().map(|number| format!("{number:0width$}")).collect())
}

fn letter(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [byte] if byte.is_ascii_alphabetic() => Some(*byte),
        _ => None,
    }
}

/// The numbers from one end to the other; empty if there are too many.
fn numbers(from: i64, to: i64, step: i64) -> Option<Vec<i64>> {
    let count = (to - from).abs() / step + 1;
    if count > MAX_NUMBERS {
        return Some(Vec::new());
    }
    let step = if to < from { -step } else { step };
    Some((0..count).map(|at| from + at * step).collect())
}

/// `@(a|b)` and `(a|b)` as `{a,b}`.
fn with_alternatives(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('(') {
        let (before, behind) = (&rest[..open], &rest[open + 1..]);
        let close = behind.find(['(', ')']).filter(|&at| behind.as_bytes()[at] == b')');
        let inner = close.map(|close| &behind[..close]).filter(|inner| inner.contains('|'));
        let (Some(close), Some(inner)) = (close, inner.filter(|_| !before.ends_with(['?', '*', '+', '!'])))
        else {
            read.push_str(&rest[..=open]);
            rest = behind;
            continue;
        };
        read.push_str(before.strip_suffix('@').unwrap_or(before));
        read.push('{');
        read.push_str(&inner.replace('|', ","));
        read.push('}');
        rest = &behind[close + 1..];
    }
    read.push_str(rest);
    read
}
