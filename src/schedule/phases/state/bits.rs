//! Sets of numbers as bits.

/// The numbers in a set, ascending.
pub fn ones(words: &[u64]) -> impl Iterator<Item = usize> {
    words.iter().enumerate().flat_map(|(at, &word)| ones_of(at, word))
}

/// The numbers in one word of a set, ascending.
pub fn ones_of(at: usize, word: u64) -> impl Iterator<Item = usize> {
    let rest = |&word: &u64| (word & (word - 1) != 0).then_some(word & (word - 1));
    std::iter::successors((word != 0).then_some(word), rest)
        .map(move |word| at * 64 + word.trailing_zeros() as usize)
}
