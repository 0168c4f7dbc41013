//! Checklist items: `- [ ] Add login`.

/// The character in the box and the text after it; `None` if the trimmed line is not an item with a box.
pub fn checkbox(trimmed: &str) -> Option<(char, &str)> {
    let rest = trimmed.strip_prefix(['-', '*', '+'])?.trim_start();
    let mut inside = rest.strip_prefix('[')?.chars();
    let mark = inside.next()?;
    Some((mark, inside.as_str().strip_prefix("] ")?.trim_start()))
}
