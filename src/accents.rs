//! Letters with an accent, written as one character or as two. Some file systems and editors write `é` as `e`
//! and an accent; both spellings name one thing.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text with every letter and its accent as one character: Unicode's normal form C.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfc().collect())
}
