//! Text by other people. Invisible characters are shown by their number.

use crate::hidden;
use crate::view::markup::{Markup, markup};

/// Longer texts are cut in lists; an event contains no longer ones.
const LONGEST: usize = 10_000;

/// An element with a text.
pub fn said(tag: &'static str, class: &str, text: &str) -> Markup {
    let text = &text[..text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end)];
    let mut element = markup(tag, class).set("dir", "auto");
    let mut from = 0;
    for (at, letter) in hidden::find(text) {
        if from < at {
            element = element.text(&text[from..at]);
        }
        let number = format!("U+{:04X}", u32::from(letter));
        let chip = markup("span", "unseen").set("title", "A character that can't be seen").text(&number);
        element = element.child(chip);
        from = at + letter.len_utf8();
    }
    if from == text.len() { element } else { element.text(&text[from..]) }
}

/// A name.
pub fn name(name: &str) -> Markup {
    said("bdi", "by", name)
}
