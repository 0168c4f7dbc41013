//! Sentences where a path belongs.

/// The most words of a path without a file ending or a slash, which names with spaces have.
const MAX_WORDS: usize = 6;
/// The most words of any path.
const MAX_WORDS_OF_PATH: usize = 16;

/// Whether a text reads like a sentence and not like a path with spaces.
pub fn is_sentence(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some((last, before)) = words.split_last() else { return false };
    let has_stop =
        before.iter().any(|word| word.ends_with([':', ';', '!', '?', ','])) || ends_sentence(before);
    let is_name = last.contains(['.', '/', '*']) || before.iter().any(|word| word.contains('/'));
    match words.len() {
        0..=3 => false,
        _ if text.contains('`') => true,
        count if is_name && !has_stop => count > MAX_WORDS_OF_PATH,
        count => has_stop || count > MAX_WORDS,
    }
}

/// Whether a word that is not the last ends like a sentence: with a full stop, and the next begins with a capital.
fn ends_sentence(words: &[&str]) -> bool {
    words.windows(2).any(|pair| pair[0].ends_with('.') && pair[1].starts_with(char::is_uppercase))
}
