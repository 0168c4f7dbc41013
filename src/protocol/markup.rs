//! The encoding of a drawing.

use super::wire::Wire;
use crate::view::Markup;

/// The deepest nesting that is decoded; views are about twelve elements deep.
const DEEPEST: usize = 64;

impl Wire for Markup {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.tag.write(bytes);
        if self.tag.is_empty() {
            return self.text.write(bytes);
        }
        self.key.write(bytes);
        self.attributes.write(bytes);
        self.children.write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Markup> {
        read_markup(bytes, DEEPEST)
    }
}

fn read_markup(bytes: &mut &[u8], deepest: usize) -> Option<Markup> {
    let tag = <&'static str>::read(bytes)?;
    if tag.is_empty() {
        return Some(Markup { text: Wire::read(bytes)?, ..Markup::default() });
    }
    let mut markup =
        Markup { tag, key: Wire::read(bytes)?, attributes: Wire::read(bytes)?, ..Markup::default() };
    let inside = deepest.checked_sub(1)?;
    for _ in 0..usize::read(bytes)? {
        markup.children.push(read_markup(bytes, inside)?);
    }
    Some(markup)
}
