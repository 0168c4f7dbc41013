//! Which words are so alike that one was probably meant for the other.

/// Whether the two differ in case only, or in one letter: one more, one less, or another one.
pub(crate) fn one_slip_apart(a: &str, b: &str) -> bool {
    if a.eq_ignore_ascii_case(b) {
        return true;
    }
    let letters = a.chars().zip(b.chars()).take_while(|(a, b)| a == b);
    let same: usize = letters.map(|(letter, _)| letter.len_utf8()).sum();
    let (a, b) = (&a[same..], &b[same..]);
    let first = |text: &str| text.chars().next().map_or(0, char::len_utf8);
    let (a_behind, b_behind) = (&a[first(a)..], &b[first(b)..]);
    a_behind == b_behind || a == b_behind || a_behind == b
}

/// The first of the words that is one slip away from what was written.
pub(crate) fn nearest<'a>(written: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    words.into_iter().find(|word| one_slip_apart(written, word))
}

#[cfg(test)]
mod tests {
    use super::one_slip_apart;

    #[test]
    fn slips_are_one_letter_or_case() {
        for (a, b) in [("T1", "T11"), ("T11", "T1"), ("T4", "T5"), ("api", "API"), ("api-1", "ap-1")] {
            assert!(one_slip_apart(a, b), "{a} {b}");
        }
        for (a, b) in [("T1", "T23"), ("schema", "schmea"), ("", "T1")] {
            assert!(!one_slip_apart(a, b), "{a} {b}");
        }
    }
}
