//! Characters that can't be seen, and so could hide from a reader what a program reads.

/// Whether a character takes no room or turns the direction of writing: joiners, selectors, marks of direction, tags. Some
/// scripts and emoji need a few of them, so texts may hold them; names may not.
pub fn is_unseen(letter: char) -> bool {
    hides_text(letter)
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180e}' | '\u{200c}'..='\u{200f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0080}'..='\u{e0fff}')
}

/// Whether no script needs the character, but a text can be hidden or turned around with it: what turns the direction of
/// writing, spaces without width, and the tags that can hold a whole text.
pub fn hides_text(letter: char) -> bool {
    matches!(letter,
        '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// The text without what [`hides_text`].
pub fn visible(text: &str) -> String {
    text.chars().filter(|letter| !hides_text(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_and_what_scripts_need() {
        for (letter, unseen, hides) in [
            ('a', false, false),
            ('漢', false, false),
            ('\u{301}', false, false),
            ('\u{200d}', true, false),
            ('\u{fe0f}', true, false),
            ('\u{200e}', true, false),
            ('\u{200b}', true, true),
            ('\u{202e}', true, true),
            ('\u{e0041}', true, true),
            ('\u{feff}', true, true),
        ] {
            assert_eq!(
                (is_unseen(letter), hides_text(letter)),
                (unseen, hides),
                "U+{:04X}",
                u32::from(letter)
            );
        }
        assert_eq!(visible("a\u{202e}b\u{200b}c"), "abc");
    }
}
