//! Finds the patterns that can agree with a given pattern, using the names at the ends of their paths.
//!
//! Patterns that begin with `**` agree with every other pattern at the beginning, but most of them differ in
//! the last names: `**/cart/*.rs` and `**/user/*.rs`. For each of the last places of a path, the known suffix
//! of the name is reversed, and the patterns are sorted by that text. Those that agree with a pattern then
//! form one contiguous run, plus the patterns whose text is a prefix of its own.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::glob::Pattern;

/// The number of names examined, from the end.
const PLACES: usize = 3;

/// An index of patterns by the suffixes of their last names.
pub(super) struct Endings {
    places: [Place; PLACES],
}

/// The patterns by their name at one place, counted from the end.
#[derive(Default)]
struct Place {
    /// For each pattern, its suffix at that place, reversed.
    texts: Vec<String>,
    /// Positions of the patterns by that text.
    sorted: Vec<usize>,
    /// The range of each text in `sorted`.
    runs: FxHashMap<String, Range<usize>>,
}

impl Endings {
    /// Builds the index. A pattern with alternatives is indexed by what all of them have in common. O(n log
    /// n).
    pub(super) fn of<'a>(patterns: impl Iterator<Item = &'a Pattern> + Clone) -> Endings {
        Endings {
            places: std::array::from_fn(|place| {
                Place::of(patterns.clone().map(|one| one.ending(place)).collect())
            }),
        }
    }

    /// The number of patterns that may agree with the one at `position`.
    pub(super) fn count(&self, position: usize) -> usize {
        self.places.iter().map(|place| place.count(position)).min().unwrap_or(0)
    }

    /// Calls `visit` with the position of every pattern that may agree with the one at `position`, including
    /// itself, each once and in no particular order.
    pub(super) fn candidates(&self, position: usize, visit: impl FnMut(usize)) {
        if let Some(place) = self.places.iter().min_by_key(|place| place.count(position)) {
            place.positions(position).copied().for_each(visit);
        }
    }
}

impl Place {
    fn of(texts: Vec<String>) -> Place {
        let mut sorted: Vec<usize> = (0..texts.len()).collect();
        sorted.sort_unstable_by(|&a, &b| texts[a].cmp(&texts[b]));
        let mut runs: FxHashMap<String, Range<usize>> = FxHashMap::default();
        for (at, &position) in sorted.iter().enumerate() {
            match runs.get_mut(&texts[position]) {
                Some(run) => run.end = at + 1,
                None => drop(runs.insert(texts[position].clone(), at..at + 1)),
            }
        }
        Place { texts, sorted, runs }
    }

    /// The number of patterns that agree at this place with the one at `position`.
    fn count(&self, position: usize) -> usize {
        self.ranges(position).map(|range| range.len()).sum()
    }

    fn positions(&self, position: usize) -> impl Iterator<Item = &usize> {
        self.ranges(position).flat_map(|range| &self.sorted[range])
    }

    /// The ranges of `sorted` with patterns that agree at this place with the one at `position`: one text is
    /// a prefix of the other.
    fn ranges(&self, position: usize) -> impl Iterator<Item = Range<usize>> {
        let text = self.texts[position].as_str();
        let from = self.sorted.partition_point(|&other| self.texts[other].as_str() < text);
        let until = from + self.sorted[from..].partition_point(|&other| self.texts[other].starts_with(text));
        let shorter = text.char_indices().filter_map(|(end, _)| self.runs.get(&text[..end]));
        shorter.cloned().chain(std::iter::once(from..until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_with_other_names_at_their_end_are_passed_over() {
        let texts =
            ["**/a/*.rs", "**/b/*.rs", "**/*.rs", "**/*.ts", "src/a/x.rs", "**", "**/s", "**/{a,b}/*.rs"];
        let patterns: Vec<Pattern> = texts.iter().map(|text| Pattern::parse(text).expect(text)).collect();
        let endings = Endings::of(patterns.iter());
        let check = |at: usize, expect: &[&str]| {
            let mut found = Vec::new();
            endings.candidates(at, |position| found.push(texts[position]));
            found.sort_unstable_by_key(|text| texts.iter().position(|other| other == text));
            assert_eq!(found, expect, "{}", texts[at]);
        };
        check(0, &["**/a/*.rs", "**/b/*.rs", "**/*.rs", "src/a/x.rs", "**", "**/{a,b}/*.rs"]);
        check(3, &["**/*.ts", "**"]);
        check(6, &["**", "**/s"]);
    }
}
