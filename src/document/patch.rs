//! A replaced range of a text: the effect of a keystroke, a paste or a repair.

/// Replaces `removed` by `inserted` at byte `at`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextPatch {
    /// Byte position, on a character boundary.
    pub at: usize,
    /// The text before.
    pub removed: String,
    /// The text after.
    pub inserted: String,
}

impl TextPatch {
    /// The smallest range in which two texts differ; empty if they are equal. Linear in their length.
    pub fn between(before: &str, after: &str) -> TextPatch {
        let mut start = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
        while !(before.is_char_boundary(start) && after.is_char_boundary(start)) {
            start -= 1;
        }
        let (old, new) = (&before[start..], &after[start..]);
        let mut end = old.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count();
        while !(old.is_char_boundary(old.len() - end) && new.is_char_boundary(new.len() - end)) {
            end -= 1;
        }
        TextPatch {
            at: start,
            removed: old[..old.len() - end].to_owned(),
            inserted: new[..new.len() - end].to_owned(),
        }
    }

    /// The patched text; `None` if the patch doesn't fit.
    pub fn apply(&self, text: &str) -> Option<String> {
        let rest = text.get(self.at..)?.strip_prefix(self.removed.as_str())?;
        let mut result = String::with_capacity(self.at + self.inserted.len() + rest.len());
        result.push_str(&text[..self.at]);
        result.push_str(&self.inserted);
        result.push_str(rest);
        Some(result)
    }

    /// The inverse patch.
    pub fn inverse(&self) -> TextPatch {
        TextPatch { at: self.at, removed: self.inserted.clone(), inserted: self.removed.clone() }
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.inserted.is_empty()
    }

    /// Both patches as one, if `next` only continues writing or deleting where this one ended, within one
    /// line.
    pub fn joined(&self, next: &TextPatch) -> Option<TextPatch> {
        let ends = self.at + self.inserted.len();
        if next.removed.is_empty() && next.at == ends && !self.inserted.ends_with('\n') {
            let inserted = format!("{}{}", self.inserted, next.inserted);
            return Some(TextPatch { inserted, ..self.clone() });
        }
        let deletes_back = next.inserted.is_empty() && self.inserted.is_empty();
        if deletes_back && next.at + next.removed.len() == self.at && !self.removed.starts_with('\n') {
            let removed = format!("{}{}", next.removed, self.removed);
            return Some(TextPatch { at: next.at, removed, inserted: String::new() });
        }
        None
    }

    /// Memory size in bytes.
    pub fn size(&self) -> usize {
        self.removed.len() + self.inserted.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(before: &str, after: &str, at: usize, removed: &str, inserted: &str) {
        let patch = TextPatch::between(before, after);
        let expected = TextPatch { at, removed: removed.into(), inserted: inserted.into() };
        assert_eq!(patch, expected, "{before:?} to {after:?}");
    }

    #[test]
    fn finds_the_stretch_that_differs() {
        check("abc", "abc", 3, "", "");
        check("abc", "abxc", 2, "", "x");
        check("aaa", "aa", 2, "a", "");
        check("", "new", 0, "", "new");
        check("aéb", "aèb", 1, "é", "è");
    }

    #[test]
    fn typing_joins_until_the_line_ends() {
        let patches = |texts: [&str; 3]| {
            let first = TextPatch::between(texts[0], texts[1]);
            first.joined(&TextPatch::between(texts[1], texts[2])).map(|both| (both.removed, both.inserted))
        };
        assert_eq!(patches(["a", "ab", "abc"]), Some(("".into(), "bc".into())));
        assert_eq!(patches(["abc", "ab", "a"]), Some(("bc".into(), "".into())));
        assert_eq!(patches(["a", "a\n", "a\nb"]), None);
        assert_eq!(patches(["abc", "abcd", "xabcd"]), None);
    }

    proptest! {
        #[test]
        fn applies_and_takes_back(before in "[aé\n😀]{0,12}", after in "[aé\n😀]{0,12}") {
            let patch = TextPatch::between(&before, &after);
            prop_assert_eq!(patch.apply(&before), Some(after.clone()));
            prop_assert_eq!(patch.inverse().apply(&after), Some(before));
        }
    }
}
