//! Quotes around a path, and Markdown links to one.

/// Quotes that open and close a text.
const PAIRS: &[(char, char)] = &[
    ('`', '`'),
    ('"', '"'),
    ('\'', '\''),
    ('“', '”'),
    ('„', '“'),
    ('‘', '’'),
    ('«', '»'),
    ('<', '>'),
    ('\u{b4}', '\u{b4}'),
];

/// The text between the quotes, or the target of the link; `None` if there is neither.
pub(super) fn without_quotes(text: &str) -> Option<&str> {
    between_quotes(text).or_else(|| quoted_start(text)).or_else(|| link_target(text))
}

fn between_quotes(text: &str) -> Option<&str> {
    PAIRS.iter().find_map(|&(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        let stays = inner.trim_matches(|c| c == open && open == '`');
        (!inner.is_empty() && !stays.contains([open, close])).then(|| inner.trim())
    })
}

/// The text without the back-ticks around its first part, as in `` `a.ts`:10 ``. Gives back the part alone if
/// what follows is only a place or a remark.
fn quoted_start(text: &str) -> Option<&str> {
    let (inner, rest) = text.strip_prefix('`')?.split_once('`')?;
    let is_place = rest.starts_with([':', '#']) && !rest.contains(' ') && !rest.contains('`');
    (is_place && !inner.is_empty()).then_some(inner)
}

/// The target of `[text](target)`.
fn link_target(text: &str) -> Option<&str> {
    let (_, target) = text.strip_prefix('[')?.strip_suffix(')')?.split_once("](")?;
    let mut depth = 0i32;
    let is_nested = target.chars().all(|c| {
        depth += i32::from(matches!(c, '(' | '[')) - i32::from(matches!(c, ')' | ']'));
        depth >= 0
    });
    (target.contains(['/', '.']) && is_nested && depth == 0).then_some(target)
}
