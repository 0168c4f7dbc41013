//! Sets of characters that can appear at one place of a name.
//!
//! A name can contain every character but `/`, `\` and NUL, so those three are in no set.

use rustc_hash::FxHashSet;

/// Characters for witnesses, best first. A witness should look like a name that somebody would type.
const READABLE: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_-.";

/// Inclusive ranges of every character that a name can contain.
const NAME_CHARACTERS: [(char, char); 3] = [('\u{1}', '.'), ('0', '['), (']', char::MAX)];

/// A set of characters, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CharSet {
    /// Every character that a name can contain.
    Any,
    /// A single character.
    Char(char),
    /// Inclusive ranges, ascending and disjoint.
    Ranges(Box<[(char, char)]>),
}

impl CharSet {
    /// The characters in any of the ranges or, if `negated`, in none of them. `None` if the set is empty.
    pub(super) fn class(ranges: &[(char, char)], negated: bool) -> Option<CharSet> {
        let inside = intersect(&ascending(ranges), &NAME_CHARACTERS);
        let wanted = if negated { subtract(&NAME_CHARACTERS, &inside) } else { inside };
        match wanted.as_slice() {
            [] => None,
            [(low, high)] if low == high => Some(CharSet::Char(*low)),
            _ => Some(CharSet::Ranges(wanted.into_boxed_slice())),
        }
    }

    /// Whether the character is in the set.
    pub(super) fn contains(&self, wanted: char) -> bool {
        match self {
            CharSet::Any => within(&NAME_CHARACTERS, wanted),
            CharSet::Char(only) => *only == wanted,
            CharSet::Ranges(ranges) => within(ranges, wanted),
        }
    }

    /// The set without this character; `None` if the result is empty.
    pub(super) fn without(&self, removed: char) -> Option<CharSet> {
        CharSet::class(&subtract(&self.ranges(), &[(removed, removed)]), false)
    }

    /// Whether the two sets have a character in common.
    pub(super) fn meets(&self, other: &CharSet) -> bool {
        match (self, other) {
            (CharSet::Any, CharSet::Any) => true,
            (CharSet::Char(only), set) | (set, CharSet::Char(only)) => set.contains(*only),
            _ => !intersect(&self.ranges(), &other.ranges()).is_empty(),
        }
    }

    /// The most readable character in both sets; `None` if they are disjoint.
    pub(super) fn common(&self, other: &CharSet) -> Option<char> {
        if let (CharSet::Char(only), set) | (set, CharSet::Char(only)) = (self, other) {
            return set.contains(*only).then_some(*only);
        }
        READABLE.chars().find(|&c| self.contains(c) && other.contains(c)).or_else(|| {
            let both = intersect(&self.ranges(), &other.ranges());
            let visible = both.iter().map(|&(low, high)| low.max('!').min(high)).find(|c| !c.is_control());
            visible.or_else(|| both.first().map(|&(low, _)| low))
        })
    }

    /// The most readable character of the set.
    pub(super) fn example(&self) -> char {
        self.common(&CharSet::Any).unwrap_or('a')
    }

    /// One character for each group that no set distinguishes, the most readable first.
    pub(super) fn partition(sets: &[CharSet]) -> Vec<char> {
        let mut starts: Vec<char> = Vec::new();
        for (low, high) in sets.iter().flat_map(CharSet::ranges) {
            starts.extend([Some(low), after(high)].into_iter().flatten());
        }
        starts.sort_unstable();
        starts.dedup();
        let ends = starts.iter().skip(1).map(|&next| before(next)).chain([Some(char::MAX)]);
        let pieces =
            starts.iter().zip(ends).filter_map(|(&low, high)| CharSet::class(&[(low, high?)], false));
        let mut examples: Vec<char> = pieces.map(|piece| piece.example()).collect();
        let readability = |c: char| READABLE.chars().position(|readable| readable == c);
        examples.sort_by_key(|&c| (readability(c).unwrap_or(usize::MAX), c));
        let mut groups: FxHashSet<Vec<bool>> = FxHashSet::default();
        examples.retain(|&c| groups.insert(sets.iter().map(|set| set.contains(c)).collect()));
        examples
    }

    /// The characters as inclusive ranges, ascending and disjoint.
    pub(super) fn ranges(&self) -> Vec<(char, char)> {
        match self {
            CharSet::Any => NAME_CHARACTERS.to_vec(),
            CharSet::Char(only) => vec![(*only, *only)],
            CharSet::Ranges(ranges) => ranges.to_vec(),
        }
    }
}

fn within(ranges: &[(char, char)], wanted: char) -> bool {
    ranges.iter().any(|&(low, high)| low <= wanted && wanted <= high)
}

/// The same characters as ascending ranges that don't touch each other.
fn ascending(ranges: &[(char, char)]) -> Vec<(char, char)> {
    let mut sorted = ranges.to_vec();
    sorted.sort_unstable();
    let mut joined: Vec<(char, char)> = Vec::with_capacity(sorted.len());
    for (low, high) in sorted {
        match joined.last_mut() {
            Some((_, end)) if after(*end).is_none_or(|next| low <= next) => *end = high.max(*end),
            _ => joined.push((low, high)),
        }
    }
    joined
}

/// The intersection. Arguments and result are ascending and disjoint.
fn intersect(left: &[(char, char)], right: &[(char, char)]) -> Vec<(char, char)> {
    let mut both = Vec::new();
    for &(low, high) in left {
        for &(other_low, other_high) in right {
            let (from, to) = (low.max(other_low), high.min(other_high));
            if from <= to {
                both.push((from, to));
            }
        }
    }
    both
}

/// The difference of `from` and `removed`. Both are ascending and disjoint.
fn subtract(from: &[(char, char)], removed: &[(char, char)]) -> Vec<(char, char)> {
    let mut rest = Vec::new();
    for &(low, high) in from {
        let mut next = Some(low);
        for &(gap_low, gap_high) in removed.iter().filter(|&&(l, h)| l <= high && h >= low) {
            if let (Some(start), Some(end)) = (next, before(gap_low))
                && start <= end
            {
                rest.push((start, end));
            }
            next = after(gap_high);
        }
        if let Some(start) = next
            && start <= high
        {
            rest.push((start, high));
        }
    }
    rest
}

/// The previous character. Skips the surrogates, which are not characters.
fn before(c: char) -> Option<char> {
    if c == '\u{E000}' { Some('\u{D7FF}') } else { (c as u32).checked_sub(1).and_then(char::from_u32) }
}

/// The next character.
fn after(c: char) -> Option<char> {
    if c == '\u{D7FF}' { Some('\u{E000}') } else { char::from_u32(c as u32 + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_meet_in_their_most_readable_character() {
        let class = |ranges: &[(char, char)], negated| CharSet::class(ranges, negated).unwrap();
        let cases = [
            (CharSet::Any, CharSet::Any, Some('a')),
            (CharSet::Any, class(&[('a', 'c')], true), Some('d')),
            (class(&[('a', 'm')], false), class(&[('k', 'z')], false), Some('k')),
            (class(&[('a', 'c')], false), class(&[('d', 'f')], false), None),
            (class(&[('!', '/')], false), class(&[('+', '9')], false), Some('-')),
            (class(&[('a', 'z'), ('0', '9')], true), CharSet::Any, Some('A')),
            (class(&[('ä', 'ü')], false), class(&[('ö', 'ö')], true), Some('ä')),
            (class(&[('.', '.')], false), CharSet::Char('.'), Some('.')),
        ];
        for (left, right, expected) in cases {
            assert_eq!(left.common(&right), expected, "{left:?} and {right:?}");
            assert_eq!(right.common(&left), expected, "{right:?} and {left:?}");
            assert_eq!(left.meets(&right), expected.is_some(), "{left:?} and {right:?}");
        }
    }

    #[test]
    fn a_partition_has_one_character_of_each_group() {
        let partition = |sets: &[CharSet]| CharSet::partition(sets).into_iter().collect::<String>();
        let small = CharSet::class(&[('a', 'z')], false).unwrap();
        assert_eq!(partition(&[CharSet::Any, CharSet::Char('x'), small]), "ax0");
        assert_eq!(partition(&[CharSet::Any, CharSet::Char('a'), CharSet::Char('.')]), "ab.");
    }

    #[test]
    fn no_set_holds_a_separator() {
        let all = CharSet::class(&[('\0', char::MAX)], false).unwrap();
        for absent in ['/', '\\', '\0'] {
            assert!(!all.contains(absent) && !CharSet::Any.contains(absent), "{absent:?}");
        }
        assert_eq!(CharSet::class(&[('/', '/')], false), None);
        assert_eq!(CharSet::class(&[('\u{1}', char::MAX)], true), None);
        assert_eq!(CharSet::Char('.').without('.'), None);
        assert!(!CharSet::Any.without('.').unwrap().contains('.'));
    }
}
