//! Which pairs of tasks touch one file, found without comparing every pattern with every other.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::pair_set::{Crowd, PairSet};
use super::{Field, Ownership};
use crate::glob::{self, FileSet, Pattern};

/// Pairs of tasks that touch one file, whether they are ordered or not.
pub(super) struct SharedFiles {
    /// Both may change it.
    pub(super) written: PairSet,
    /// One reads it and the other may change it.
    pub(super) read: PairSet,
}

impl SharedFiles {
    /// Every such pair.
    ///
    /// Equal patterns are one claim with many claimants. Claims are sorted by what their paths begin with, so that those a
    /// claim can overlap stand in one run behind it; only these are compared. Whole rows of pairs are set at once.
    pub(super) fn of(ownership: &Ownership) -> SharedFiles {
        let len = ownership.owns.len();
        let (claims, excludes) = claims(ownership);
        let mut shared = SharedFiles { written: PairSet::new(len), read: PairSet::new(len) };
        let by_beginning = by_beginning(&claims);
        for (at, (beginning, number)) in by_beginning.iter().enumerate() {
            let claim = &claims[*number];
            let (mut writers, mut readers) = (Vec::new(), Vec::new());
            if claim.is_shared() && claim.overlaps(claim, &excludes) {
                writers.extend(&claim.writers.tasks);
                readers.extend(&claim.readers.tasks);
            }
            let run = by_beginning[at + 1..].iter().take_while(|(other, _)| other.starts_with(&**beginning));
            for (_, other_number) in run {
                let other = &claims[*other_number];
                if number == other_number || !claim.overlaps(other, &excludes) {
                    continue;
                }
                shared.note(&other.writers.tasks, &other.readers.tasks, &claim.writers, &claim.readers);
                writers.extend(&other.writers.tasks);
                readers.extend(&other.readers.tasks);
            }
            if !writers.is_empty() || !readers.is_empty() {
                let (writers, readers) = (Crowd::new(writers, len), Crowd::new(readers, len));
                shared.note(&claim.writers.tasks, &claim.readers.tasks, &writers, &readers);
            }
        }
        shared.written.separate();
        shared.read.separate();
        shared
    }

    /// Notes that some writers and readers touch what others write or read, for the first of these only.
    fn note(&mut self, writers: &[usize], readers: &[usize], other_writers: &Crowd, other_readers: &Crowd) {
        self.written.note(writers, other_writers);
        self.read.note(writers, other_readers);
        self.read.note(readers, other_writers);
    }
}

/// A pattern, the excludes it stands beside, and all tasks that list it so.
struct Claim<'a> {
    pattern: &'a Pattern,
    /// Number of the list of excludes; 0 is the empty one.
    excludes: usize,
    writers: Crowd,
    readers: Crowd,
}

impl Claim<'_> {
    fn is_shared(&self) -> bool {
        self.writers.tasks.len() + self.readers.tasks.len() > 1
    }

    /// Whether a path is in both claims, one of which writes.
    fn overlaps(&self, other: &Claim<'_>, excludes: &[Vec<&Pattern>]) -> bool {
        if self.writers.tasks.is_empty() && other.writers.tasks.is_empty() {
            return false;
        }
        if self.excludes == 0 && other.excludes == 0 {
            return glob::intersects(self.pattern, other.pattern);
        }
        let excludes = [excludes[self.excludes].as_slice(), &excludes[other.excludes]].concat();
        glob::overlap_outside(self.pattern, other.pattern, &excludes).is_some()
    }
}

/// All claims, in the order in which the plan first makes them, and the lists of excludes they name.
fn claims(ownership: &Ownership) -> (Vec<Claim<'_>>, Vec<Vec<&Pattern>>) {
    let mut excludes: Vec<Vec<&Pattern>> = vec![Vec::new()];
    let mut exclude_numbers: FxHashMap<Vec<&str>, usize> = FxHashMap::default();
    let mut numbers: FxHashMap<(&str, usize), usize> = FxHashMap::default();
    let mut claims: Vec<Claim<'_>> = Vec::new();
    for task in 0..ownership.owns.len() {
        for field in Field::ALL {
            let set: &FileSet = &ownership.sets(field)[task];
            let list: Vec<&Pattern> = set.excludes().iter().map(|member| &member.pattern).collect();
            let list_number = match list.as_slice() {
                [] => 0,
                _ => *exclude_numbers.entry(list.iter().map(|one| one.as_str()).collect()).or_insert_with(
                    || {
                        excludes.push(list);
                        excludes.len() - 1
                    },
                ),
            };
            for pattern in set.includes().iter().map(|member| &member.pattern) {
                let text = pattern.path().unwrap_or(pattern.as_str());
                let number = *numbers.entry((text, list_number)).or_insert(claims.len());
                if number == claims.len() {
                    let (writers, readers) = (Crowd::default(), Crowd::default());
                    claims.push(Claim { pattern, excludes: list_number, writers, readers });
                }
                let claimants = match field {
                    Field::Owns => &mut claims[number].writers.tasks,
                    Field::Reads => &mut claims[number].readers.tasks,
                };
                if claimants.last() != Some(&task) {
                    claimants.push(task);
                }
            }
        }
    }
    for claim in &mut claims {
        claim.writers.pack(ownership.owns.len());
        claim.readers.pack(ownership.owns.len());
    }
    (claims, excludes)
}

/// The claims by what their paths begin with, so that all that begin with the same text stand behind it in one run. A claim
/// with braces around a `/` stands in several places.
fn by_beginning<'a>(claims: &[Claim<'a>]) -> Vec<(Cow<'a, str>, usize)> {
    let mut by_beginning: Vec<(Cow<'a, str>, usize)> = Vec::with_capacity(claims.len());
    for (number, claim) in claims.iter().enumerate() {
        by_beginning.extend(claim.pattern.beginnings().map(|beginning| (beginning, number)));
    }
    by_beginning.sort_unstable();
    by_beginning
}
