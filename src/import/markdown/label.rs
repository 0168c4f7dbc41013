//! Lines that name a value: `**Files:** src/a.rs`, `_Requirements: 1.1_`, `- Depends on: Task 1`.

/// A name and the value after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label<'a> {
    /// Without marks and colon.
    pub name: &'a str,
    /// The rest of the line; may be empty.
    pub value: &'a str,
}

/// The most characters of a name.
const MAX_NAME: usize = 40;

/// The label of a line without its bullet; `None` if it has none.
pub fn label(text: &str) -> Option<Label<'_>> {
    let text = text.trim();
    let mark = ["**", "__", "*", "_"].into_iter().find(|mark| text.starts_with(mark)).unwrap_or_default();
    let inside = &text[mark.len()..];
    let colon = inside.find([':', '：']);
    let close = if mark.is_empty() { None } else { inside.find(mark) };
    let (name, value) = match (colon, close) {
        // `**Files** src/a.rs`, and `**Files**: src/a.rs`.
        (colon, Some(close)) if colon.is_none_or(|colon| close < colon) && mark.len() == 2 => {
            inside.split_at(close)
        }
        (Some(colon), _) => inside.split_at(colon),
        _ => return None,
    };
    let begins = value.trim_start_matches(mark).trim_start().trim_start_matches([':', '：']);
    // The mark closes before the value, or after it.
    let closed = match begins.trim_start().strip_prefix(mark) {
        Some(rest) if !mark.is_empty() && close.is_some() => rest,
        _ if name.len() < close.unwrap_or_default() => begins.trim_end().trim_end_matches(mark),
        _ => begins,
    };
    let name = name.trim().trim_end_matches(mark).trim();
    let is_name = !name.is_empty()
        && name.chars().count() <= MAX_NAME
        && name.chars().all(|c| c.is_alphanumeric() || " -_/()&'".contains(c))
        && name.starts_with(char::is_alphabetic);
    is_name.then(|| Label { name, value: closed.trim() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_the_spellings_that_occur() {
        for (text, name, value) in [
            ("**Files:** `src/a.rs`", "Files", "`src/a.rs`"),
            ("**Files**: src/a.rs", "Files", "src/a.rs"),
            ("**Estimate: 2 hours**", "Estimate", "2 hours"),
            ("_Requirements: 1.1, 2.3_", "Requirements", "1.1, 2.3"),
            ("_Files: src/__init__.py_", "Files", "src/__init__.py"),
            ("*Depends on: 1*", "Depends on", "1"),
            ("Depends on: none", "Depends on", "none"),
            ("**Depends on** Task 1", "Depends on", "Task 1"),
            ("**Files:**", "Files", ""),
        ] {
            assert_eq!(label(text), Some(Label { name, value }), "{text}");
        }
        for text in ["Add a", "`a: b`", "**Bold", "https://example.com", ": a", ""] {
            assert!(label(text).is_none_or(|label| label.name == "https"), "{text}");
        }
    }
}
