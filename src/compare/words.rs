//! Word differences of two texts: the shortest script of insertions and deletions (E. W. Myers, "An O(ND)
//! Difference Algorithm and Its Variations", 1986), over words instead of letters.

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both texts.
    Same(String),
    /// Only in the text before.
    Gone(String),
    /// Only in the text after.
    Came(String),
}

/// Texts that differ in more words than this count as completely replaced, which bounds time and memory.
const MOST_DIFFERENCES: usize = 400;

/// The pieces of both texts, in order. Joined without the added ones they are `before`, without the removed
/// ones `after`. Time and memory grow with the number of words and the square of the differences, which are
/// at most 400.
pub fn words(before: &str, after: &str) -> Vec<Piece> {
    let (old, new) = (split(before), split(after));
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let middle = script(&old[start..old.len() - end], &new[start..new.len() - end]);

    let mut pieces = Pieces::default();
    old[..start].iter().for_each(|word| pieces.push(Piece::Same, word));
    for step in middle {
        match step {
            Step::Same(word) => pieces.push(Piece::Same, word),
            Step::Gone(word) => pieces.push(Piece::Gone, word),
            Step::Came(word) => pieces.push(Piece::Came, word),
        }
    }
    old[old.len() - end..].iter().for_each(|word| pieces.push(Piece::Same, word));
    pieces.done
}

/// Words, punctuation and spaces. Joined, they are the text.
fn split(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, letter) in text.char_indices() {
        let kind = if letter.is_alphanumeric() { 'w' } else { letter };
        if before.is_some_and(|before| before != kind || kind != 'w') {
            words.push(&text[start..at]);
            start = at;
        }
        before = Some(kind);
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

enum Step<'a> {
    Same(&'a str),
    Gone(&'a str),
    Came(&'a str),
}

fn script<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Step<'a>> {
    let replaced =
        || old.iter().map(|word| Step::Gone(word)).chain(new.iter().map(|word| Step::Came(word))).collect();
    let Some(trace) = trace(old, new) else { return replaced() };
    let (mut x, mut y) = (old.len(), new.len());
    let mut steps = Vec::new();
    for (differences, furthest) in trace.iter().enumerate().rev() {
        let at = |diagonal: isize| furthest[(diagonal + differences as isize + 1) as usize];
        let diagonal = x as isize - y as isize;
        let limit = differences as isize;
        let came = diagonal == -limit || diagonal != limit && at(diagonal - 1) < at(diagonal + 1);
        let previous = if came { diagonal + 1 } else { diagonal - 1 };
        let (from_x, from_y) = match differences {
            0 => (0, 0),
            _ => (at(previous), (at(previous) as isize - previous) as usize),
        };
        while x > from_x && y > from_y {
            (x, y) = (x - 1, y - 1);
            steps.push(Step::Same(old[x]));
        }
        if differences > 0 {
            if came {
                y -= 1;
                steps.push(Step::Came(new[y]));
            } else {
                x -= 1;
                steps.push(Step::Gone(old[x]));
            }
        }
    }
    steps.reverse();
    steps
}

/// For each number of differences, the furthest place on each diagonal before that many edits; `None` beyond
/// the limit.
fn trace(old: &[&str], new: &[&str]) -> Option<Vec<Vec<usize>>> {
    let mut furthest = vec![0usize; 3];
    let mut trace = Vec::new();
    for differences in 0..=MOST_DIFFERENCES.min(old.len() + new.len()) {
        trace.push(furthest.clone());
        let limit = differences as isize;
        // The next row, one diagonal wider at both ends.
        let mut next = vec![0usize; 2 * differences + 5];
        for diagonal in (-limit..=limit).step_by(2) {
            let at = |diagonal: isize| furthest[(diagonal + limit + 1) as usize];
            let came = diagonal == -limit || diagonal != limit && at(diagonal - 1) < at(diagonal + 1);
            let mut x = match differences {
                0 => 0,
                _ if came => at(diagonal + 1),
                _ => at(diagonal - 1) + 1,
            };
            let mut y = (x as isize - diagonal) as usize;
            while x < old.len() && y < new.len() && old[x] == new[y] {
                (x, y) = (x + 1, y + 1);
            }
            next[(diagonal + limit + 2) as usize] = x;
            if x >= old.len() && y >= new.len() {
                return Some(trace);
            }
        }
        furthest = next;
    }
    None
}

#[derive(Default)]
struct Pieces {
    done: Vec<Piece>,
}

impl Pieces {
    fn push(&mut self, kind: fn(String) -> Piece, word: &str) {
        if let Some(last) = self.done.last_mut()
            && std::mem::discriminant(last) == std::mem::discriminant(&kind(String::new()))
        {
            let (Piece::Same(text) | Piece::Gone(text) | Piece::Came(text)) = last;
            text.push_str(word);
            return;
        }
        self.done.push(kind(word.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let piece = |piece: Piece| match piece {
            Piece::Same(text) => text,
            Piece::Gone(text) => format!("[-{text}]"),
            Piece::Came(text) => format!("[+{text}]"),
        };
        words(before, after).into_iter().map(piece).collect()
    }

    #[test]
    fn words_that_came_and_went() {
        for (before, after, expected) in [
            ("", "", ""),
            ("a b", "a b", "a b"),
            ("", "new", "[+new]"),
            ("Keep them for thirty days.", "Keep them for ten days.", "Keep them for [-thirty][+ten] days."),
            ("one two three", "one three", "one [-two ]three"),
            ("`a/b` and c", "`a/c` and c, d", "`a/[-b][+c]` and c[+, d]"),
        ] {
            assert_eq!(shown(before, after), expected);
        }
    }

    #[test]
    fn texts_without_a_common_word_are_replaced() {
        let many = |word: &str| (0..2_000).map(|number| format!("{word}{number} ")).collect::<String>();
        assert!(words(&many("a"), &many("b")).len() <= 3);
    }

    proptest! {
        #[test]
        fn the_pieces_are_both_texts(before in "[ab .é]{0,30}", after in "[ab .é]{0,30}") {
            let (mut old, mut new) = (String::new(), String::new());
            for piece in words(&before, &after) {
                match piece {
                    Piece::Same(text) => { old.push_str(&text); new.push_str(&text); }
                    Piece::Gone(text) => old.push_str(&text),
                    Piece::Came(text) => new.push_str(&text),
                }
            }
            prop_assert_eq!(old, before);
            prop_assert_eq!(new, after);
        }
    }
}
