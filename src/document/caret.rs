//! Caret positions. Browsers count in UTF-16 units, this program in bytes and lines.

/// Converts a position in UTF-16 units to bytes. Positions beyond the text become its end.
pub fn byte_of(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, letter) in text.char_indices() {
        if left < letter.len_utf16() {
            return at;
        }
        left -= letter.len_utf16();
    }
    text.len()
}

/// Converts a byte position, which must be the start of a character, to UTF-16 units.
pub fn units_of(text: &str, byte: usize) -> usize {
    text[..byte].chars().map(char::len_utf16).sum()
}

/// The line (from 0) that contains a byte.
pub fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte.min(text.len())].iter().filter(|&&letter| letter == b'\n').count()
}

/// Inserts two spaces at the caret, or before every line that the selection touches. Also returns the
/// selection afterwards. Positions are bytes.
pub fn indented(text: &str, from: usize, to: usize) -> (String, usize, usize) {
    const STEP: &str = "  ";
    if from == to {
        let caret = from + STEP.len();
        return ([&text[..from], STEP, &text[from..]].concat(), caret, caret);
    }
    let start = text[..from].rfind('\n').map_or(0, |end| end + 1);
    let lines = text[start..to].split('\n').count();
    let body = text[start..to].replace('\n', "\n  ");
    let result = [&text[..start], STEP, &body, &text[to..]].concat();
    (result, from + STEP.len(), to + lines * STEP.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_letters_outside_the_basic_plane_twice() {
        let text = "a😀é\nb";
        for (units, byte, line) in
            [(0, 0, 0), (1, 1, 0), (3, 5, 0), (4, 7, 0), (5, 8, 1), (6, 9, 1), (99, 9, 1)]
        {
            assert_eq!(byte_of(text, units), byte);
            assert_eq!(line_of(text, byte), line);
            assert_eq!(units_of(text, byte), units.min(6));
        }
        assert_eq!(byte_of(text, 2), 1, "the middle of a pair is before it");
    }

    #[test]
    fn tab_indents_the_caret_or_the_lines() {
        assert_eq!(indented("ab", 1, 1), ("a  b".into(), 3, 3));
        assert_eq!(indented("a\nb\nc", 0, 3), ("  a\n  b\nc".into(), 2, 7));
        assert_eq!(indented("a\nbc", 3, 4), ("a\n  bc".into(), 5, 6));
    }
}
