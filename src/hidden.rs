//! Characters that hide text from a reader, or show it in another order than a program reads it.
//!
//! The list is Unicode's `Default_Ignorable_Code_Point` and `Bidi_Control` (Unicode Standard Annex 44) with a few more
//! that are drawn as nothing, and all control characters except line ends and tabs. Emoji and some scripts need a
//! few of these characters; they count as hidden where nothing needs them.

use std::borrow::Cow;

/// Whether a character is invisible or changes the writing direction, wherever it stands.
pub fn is_unseen(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{13430}'..='\u{1345f}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a line ends at the character, for some reader.
pub fn is_line_break(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The text with `\n` at the end of every line, whatever stands there.
pub fn with_line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace(is_line_break, "\n")
}

/// The characters of a text that hide something, each with its byte position. Linear. What is left without them hides
/// nothing: whether a joiner is needed is judged by the last character that stays.
pub fn find(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut before = None;
    let mut flag_ends = 0;
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t'));
    let looked_at = if is_plain { "" } else { text };
    looked_at.char_indices().filter(move |&(at, letter)| {
        let is_hidden = if letter.is_control() {
            !matches!(letter, '\n' | '\t')
        } else if is_unseen(letter) && at >= flag_ends {
            if before == Some('\u{1f3f4}') {
                flag_ends = at + tags_of_flag(&text[at..]);
            }
            let after = text[at + letter.len_utf8()..].chars().next();
            at >= flag_ends && !is_needed(before, letter, after)
        } else {
            false
        };
        if !is_hidden {
            before = Some(letter);
        }
        is_hidden
    })
}

/// Whether a text hides something.
pub fn is_in(text: &str) -> bool {
    find(text).next().is_some()
}

/// The text without the characters that [`find`] finds.
pub fn visible(text: &str) -> Cow<'_, str> {
    let mut hidden = find(text);
    let Some(first) = hidden.next() else { return Cow::Borrowed(text) };
    let mut shown = String::with_capacity(text.len());
    let mut from = 0;
    for (at, letter) in std::iter::once(first).chain(hidden) {
        shown.push_str(&text[from..at]);
        from = at + letter.len_utf8();
    }
    shown.push_str(&text[from..]);
    Cow::Owned(shown)
}

/// The numbers of the hidden characters, such as `U+200B, U+202E`: each once, in the order of the text, and at most
/// five. `None` if there are none.
pub fn numbers(text: &str) -> Option<String> {
    const MOST: usize = 5;
    let mut found: Vec<char> = Vec::new();
    let mut has_more = false;
    for (_, letter) in find(text) {
        if !found.contains(&letter) {
            has_more = found.len() == MOST;
            if has_more {
                break;
            }
            found.push(letter);
        }
    }
    let numbers: Vec<String> = found.iter().map(|letter| format!("U+{:04X}", u32::from(*letter))).collect();
    let more = if has_more { " and others" } else { "" };
    (!numbers.is_empty()).then(|| format!("{}{more}", numbers.join(", ")))
}

/// Whether emoji or scripts need an unseen character between its neighbours.
fn is_needed(before: Option<char>, letter: char, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    match letter {
        '\u{fe0e}' | '\u{fe0f}' => match before {
            '0'..='9' | '#' | '*' => after == Some('\u{20e3}'),
            _ => is_pictograph(before),
        },
        '\u{200d}' if is_pictograph(before) || matches!(before, '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}') => {
            after.is_some_and(is_pictograph)
        }
        '\u{200c}' | '\u{200d}' => needs_joiners(before) && after.is_some_and(needs_joiners),
        '\u{180b}'..='\u{180d}' | '\u{180f}' => matches!(before, '\u{1820}'..='\u{18aa}'),
        _ => false,
    }
}

/// A character that may be drawn as a picture. The ranges hold all emoji, and other symbols.
fn is_pictograph(letter: char) -> bool {
    matches!(letter,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{27ff}'
        | '\u{2900}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
        | '\u{1f000}'..='\u{1faff}')
}

/// A letter or mark of a script in which joiners change how the neighbours are written: Arabic, Syriac, the scripts
/// of India, Myanmar, Khmer and Mongolian.
fn needs_joiners(letter: char) -> bool {
    !is_unseen(letter)
        && matches!(letter,
            '\u{620}'..='\u{74f}' | '\u{750}'..='\u{77f}' | '\u{7ca}'..='\u{7fa}' | '\u{8a0}'..='\u{8ff}'
            | '\u{900}'..='\u{df4}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17d3}'
            | '\u{1820}'..='\u{18aa}')
}

/// The bytes of the tags behind a black flag that make it the flag of England, Scotland or Wales, the only ones
/// that are in use; 0 if there are none.
fn tags_of_flag(behind: &str) -> usize {
    let is_flag = |region: &str| {
        let tags = region.chars().filter_map(|letter| char::from_u32(0xe0000 + u32::from(letter)));
        behind.chars().take(6).eq(tags.chain(['\u{e007f}']))
    };
    if ["gbeng", "gbsct", "gbwls"].into_iter().any(is_flag) { 6 * 4 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of a text, and what was hidden in it.
    #[track_caller]
    fn check(text: &str, shown: &str, hidden: &str) {
        assert_eq!(visible(text), shown, "{text:?}");
        assert_eq!(numbers(text).unwrap_or_default(), hidden, "{text:?}");
        assert_eq!(visible(shown), shown, "{shown:?}");
    }

    #[test]
    fn plain_text_hides_nothing() {
        for text in ["", "src/a.rs", "a\n\tb", "漢字 größe e\u{301}", "😀 →", "a\u{a0}b"] {
            check(text, text, "");
        }
    }

    #[test]
    fn what_is_drawn_as_nothing_is_hidden() {
        for letter in
            "\u{200b}\u{202e}\u{2066}\u{e0041}\u{feff}\u{ad}\u{2800}\u{3164}\u{1d159}\u{fff9}\u{180f}\
            \u{1bca0}\u{13430}\u{200e}\u{61c}\u{2028}\u{115f}\u{e0100}"
                .chars()
        {
            check(&format!("a{letter}b"), "ab", &format!("U+{:04X}", u32::from(letter)));
        }
    }

    #[test]
    fn control_characters_are_hidden() {
        check("a\u{1b}[2Jb\u{9b}31m\u{7}\u{7f}\r", "a[2Jb31m", "U+001B, U+009B, U+0007, U+007F, U+000D");
    }

    #[test]
    fn emoji_and_scripts_keep_what_they_need() {
        for text in [
            "❤\u{fe0f}",
            "👩\u{200d}👩\u{200d}👧",
            "🏳\u{fe0f}\u{200d}🌈",
            "👩🏽\u{200d}🚀",
            "1\u{fe0f}\u{20e3}",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        ] {
            check(text, text, "");
        }
    }

    #[test]
    fn selectors_and_joiners_without_need_are_hidden() {
        check("a\u{fe0f}", "a", "U+FE0F");
        check("❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}", "U+FE0F");
        check("😀\u{e0139}\u{e0157}", "😀", "U+E0139, U+E0157");
        check("docs.\u{200c}\u{200d}\u{200c}", "docs.", "U+200C, U+200D");
        check("می\u{200c}\u{200d}\u{200c}خ", "می\u{200c}خ", "U+200C, U+200D");
        check("🏴\u{e0067}\u{e0062}", "🏴", "U+E0067, U+E0062");
        check("1\u{fe0f}", "1", "U+FE0F");
        check("\u{200d}👧", "👧", "U+200D");
    }

    #[test]
    fn a_joiner_whose_need_was_hidden_is_hidden_too() {
        check("👩\u{200d}\u{200b}👧", "👩👧", "U+200D, U+200B");
        check("a\u{200b}\u{fe0f}", "a", "U+200B, U+FE0F");
    }

    #[test]
    fn at_most_five_characters_are_named() {
        check(
            "\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{200b}",
            "",
            "U+200B, U+200C, U+200D, U+200E, U+200F",
        );
        assert_eq!(
            numbers("\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{202a}").as_deref(),
            Some("U+200B, U+200C, U+200D, U+200E, U+200F and others")
        );
    }
}
