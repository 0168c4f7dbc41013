//! Finds the patterns that one pattern can agree with, going by the names at the ends of their paths.
//!
//! Patterns that begin with `**` agree at their beginnings with every other, and yet most of them differ in the last names:
//! `**/cart/*.rs` and `**/user/*.rs`. For each of the last places of a path, what its name surely ends with is written
//! backwards, and the patterns are sorted by that text; those that agree with one are then a run, and the texts that its own
//! begins with.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::glob::Pattern;

/// How many names from the end are looked at.
const PLACES: usize = 3;

/// The patterns of a list, by what their last names end with.
pub(super) struct Endings {
    places: [Place; PLACES],
}

/// The patterns by their name at one place, counted from the end.
#[derive(Default)]
struct Place {
    /// For each pattern what it ends with there, backwards.
    texts: Vec<String>,
    /// Positions of the patterns by that text.
    sorted: Vec<usize>,
    /// Where each text stands in `sorted`.
    runs: FxHashMap<String, Range<usize>>,
}

impl Endings {
    /// Sorts the patterns. One with alternatives is known only by what all of them have in common. O(n log n).
    pub(super) fn of<'a>(patterns: impl Iterator<Item = &'a Pattern> + Clone) -> Endings {
        Endings {
            places: std::array::from_fn(|place| {
                Place::of(patterns.clone().map(|one| one.ending(place)).collect())
            }),
        }
    }

    /// Calls `visit` with the positions of all patterns that may agree with the one at `position`, itself among them, each
    /// once and in no particular order.
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

    /// How many patterns agree here with the one at `position`.
    fn count(&self, position: usize) -> usize {
        self.ranges(position).map(|range| range.len()).sum()
    }

    fn positions(&self, position: usize) -> impl Iterator<Item = &usize> {
        self.ranges(position).flat_map(|range| &self.sorted[range])
    }

    /// Where in `sorted` the patterns are that agree here with the one at `position`: their text begins with its text, or
    /// the other way round.
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
