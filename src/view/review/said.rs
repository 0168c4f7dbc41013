//! What people wrote, as text: characters that can't be seen are shown by their number.

use crate::hidden::hides_text;
use crate::view::markup::{Markup, markup};

/// Longer texts are cut where they are listed; an event holds no longer ones.
const LONGEST: usize = 10_000;

/// An element with the text.
pub fn said(tag: &'static str, class: &str, text: &str) -> Markup {
    let mut element = markup(tag, class).set("dir", "auto");
    let mut plain = String::new();
    for letter in text.chars().take(LONGEST) {
        let is_control = letter.is_control() && letter != '\n' && letter != '\t';
        if !hides_text(letter) && !is_control {
            plain.push(letter);
            continue;
        }
        if !plain.is_empty() {
            element = element.text(&std::mem::take(&mut plain));
        }
        let number = format!("U+{:04X}", u32::from(letter));
        let chip = markup("span", "unseen").set("title", "A character that can't be seen").text(&number);
        element = element.child(chip);
    }
    if plain.is_empty() { element } else { element.text(&plain) }
}

/// A name.
pub fn name(name: &str) -> Markup {
    said("bdi", "by", name)
}
