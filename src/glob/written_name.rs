//! Brackets and braces that are part of a name, as in the route folder `[slug]` or the template
//! `{{name}}.yaml`.
//!
//! Brackets and braces that can't sensibly be a character class or alternatives are read as a name. This
//! module alone decides that:
//!
//! - Brackets with `...`, with `=`, or doubled around a word are a name: `[...path]`, `[id=integer]`,
//!   `[[lang]]`.
//! - A word of two letters or more in brackets is a name if it fills a component or starts it before a `.`,
//!   `-` or similar: `[id]`, `[user-id]`, `[slug].tsx`. Further inside a component, as in `users-[group]`, it
//!   needs three letters.
//! - It is not a word if it is negated, begins with a digit, or has a range such as `a-z` with at most one
//!   more letter. Unless it is a whole component, letters in alphabetical order such as `[ch]` are not a word
//!   either.
//! - Braces without a comma are a name: `{Product.name}`, `{{x}}`. But `{1..3}` is an error, since shells
//!   expand it to numbers.
//!
//! Everything else is a class or alternatives.

/// Length of the bracketed name that begins with the `[` at `start`; `None` if the brackets are a class.
/// Takes O(n) time for a component of n characters.
pub(super) fn bracketed(chars: &[char], start: usize) -> Option<usize> {
    let end = component_end(chars, start);
    let rest = &chars[start..end];
    if let Some(inner) = between(rest, &['[', '['], &[']', ']']) {
        let word = inner.strip_prefix(&['.', '.', '.']).unwrap_or(inner);
        return is_word(word).then_some(inner.len() + 4);
    }
    let inner = between(rest, &['['], &[']'])?;
    let length = inner.len() + 2;
    if let Some(word) = inner.strip_prefix(&['.', '.', '.']) {
        return is_word(word).then_some(length);
    }
    if let Some(equals) = inner.iter().position(|&c| c == '=') {
        return (is_word(&inner[..equals]) && is_word(&inner[equals + 1..])).then_some(length);
    }
    if inner.len() < 2 || !is_word(inner) || has_range(inner) {
        return None;
    }
    let before = start.checked_sub(1).map(|at| chars[at]).filter(|&c| !is_boundary(c));
    let after = chars.get(start + length).copied().filter(|&c| !is_boundary(c));
    let ends_word = after.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '*' | '?'));
    let is_name = match before {
        None if after.is_none() => true,
        None => ends_word && !is_ascending(inner),
        Some(c) => {
            let starts_word = !c.is_alphanumeric() && !matches!(c, '*' | '?' | ']');
            starts_word && ends_word && inner.len() > 2 && !is_ascending(inner)
        }
    };
    is_name.then_some(length)
}

/// The meaning of a pair of braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Braces {
    /// Alternatives, or braces that are never closed.
    Alternatives,
    /// Characters of a name.
    Name,
    /// A shell range, such as `{1..3}`.
    Range,
}

/// Distinguishes names in braces from alternatives. Takes O(n) time for n characters.
pub(super) fn braced(chars: &[char], start: usize) -> Braces {
    let mut depth = 0;
    for (at, c) in chars.iter().enumerate().skip(start) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' => return Braces::Alternatives,
            _ => {}
        }
        if depth == 0 {
            let inner = &chars[start + 1..at];
            return match inner {
                [] => Braces::Alternatives,
                _ if is_shell_range(inner) => Braces::Range,
                _ => Braces::Name,
            };
        }
    }
    Braces::Alternatives
}

fn component_end(chars: &[char], start: usize) -> usize {
    chars[start..].iter().position(|&c| c == '/').map_or(chars.len(), |length| start + length)
}

/// The text between `open` and the first `close`, if `chars` begins with `open`.
fn between<'a>(chars: &'a [char], open: &[char], close: &[char]) -> Option<&'a [char]> {
    let rest = chars.strip_prefix(open)?;
    let end = rest.windows(close.len()).position(|window| window == close)?;
    Some(&rest[..end])
}

/// Whether a component, or an alternative in braces, begins or ends at this character.
fn is_boundary(c: char) -> bool {
    matches!(c, '/' | '{' | '}' | ',')
}

fn is_word(chars: &[char]) -> bool {
    let is_start = |c: char| c.is_alphabetic() || matches!(c, '_' | '$');
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-' | '.');
    chars.first().is_some_and(|&c| is_start(c)) && chars.iter().all(|&c| is_inside(c))
}

/// Whether there is an ascending range, such as `a-z`, with at most one letter outside a range.
fn has_range(inner: &[char]) -> bool {
    let (mut ranges, mut letters, mut at) = (0, 0, 0);
    while at < inner.len() {
        let is_range = inner.get(at + 1) == Some(&'-') && at + 2 < inner.len();
        match (inner[at], is_range.then(|| inner[at + 2])) {
            (low, Some(high)) if low < high && low.is_alphanumeric() && high.is_alphanumeric() => {
                ranges += 1;
                at += 3;
            }
            (c, _) => {
                letters += usize::from(c.is_alphabetic());
                at += 1;
            }
        }
    }
    ranges > 0 && letters < 2
}

/// Whether the letters are in alphabetical order, which is common in sets and rare in words.
fn is_ascending(inner: &[char]) -> bool {
    inner.windows(2).all(|pair| pair[0] < pair[1])
}

/// Whether this is `1..3`, `01..10` or `a..f`.
fn is_shell_range(inner: &[char]) -> bool {
    let text: String = inner.iter().collect();
    let is_end =
        |end: &str| !end.is_empty() && (end.len() == 1 || end.bytes().all(|byte| byte.is_ascii_digit()));
    text.split_once("..").is_some_and(|(low, high)| is_end(low) && is_end(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the first bracket of a pattern. `name` is the part that is a name, or empty for a class.
    fn check(pattern: &str, name: &str) {
        let chars: Vec<char> = pattern.chars().collect();
        let start = chars.iter().position(|&c| c == '[').expect("a bracket");
        let length = bracketed(&chars, start).unwrap_or(0);
        assert_eq!(chars[start..start + length].iter().collect::<String>(), name, "{pattern}");
    }

    #[test]
    fn words_that_fill_a_component_are_names() {
        for name in
            ["[id]", "[slug]", "[user-id]", "[sign-in]", "[userId]", "[env]", "[no]", "[$id]", "[item-type]"]
        {
            check(&format!("app/{name}/page.tsx"), name);
            check(name, name);
        }
        check("app/{[id],x}/page.tsx", "[id]");
    }

    #[test]
    fn words_that_begin_or_follow_a_part_of_a_name_are_names() {
        check("pages/[id].vue", "[id]");
        check("pages/[lang]-[version]/x", "[lang]");
        check("pages/users-[group]/x", "[group]");
        check("app/@[user]/x", "[user]");
    }

    #[test]
    fn route_syntax_is_a_name_anywhere() {
        check("app/[...slug]/x", "[...slug]");
        check("app/[[...sign-in]]/x", "[[...sign-in]]");
        check("app/[[lang]].vue", "[[lang]]");
        check("src/[id=integer]/x", "[id=integer]");
    }

    #[test]
    fn sets_of_characters_stay_classes() {
        for pattern in [
            "[a-z]/x",
            "[a-zA-Z0-9_]/x",
            "[!a]pi",
            "[^z]",
            "index.[jt]s",
            "*.[ch]",
            "architec[tz]ural",
            "[Rx]EADME.md",
            "[az]rch",
            "test[sz]/x",
            "[0-9]/x",
            "[12].sql",
            "[x]/a",
            "file-[abc].ts",
            "[abc].ts",
            "[[]id].ts",
            "a[]]",
            "[s]lug.tsx",
            "p[!y]",
        ] {
            check(pattern, "");
        }
    }

    #[test]
    fn braces_without_a_comma_are_a_name() {
        let kind = |text: &str| braced(&text.chars().collect::<Vec<_>>(), 0);
        for name in ["{Product.name}", "{{x}}", "{{cookiecutter.slug}}/setup.py", "{id}"] {
            assert_eq!(kind(name), Braces::Name, "{name}");
        }
        for alternatives in ["{a,b}", "{a,{b,c}}", "{{a,b}}", "{}", "{a", "{a{,b}}"] {
            assert_eq!(kind(alternatives), Braces::Alternatives, "{alternatives}");
        }
        for range in ["{1..3}", "{01..10}", "{a..f}"] {
            assert_eq!(kind(range), Braces::Range, "{range}");
        }
    }
}
