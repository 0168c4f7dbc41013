//! Which pairs of tasks touch one file, found without comparing every pattern with every other.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::endings::Endings;
use super::pair_set::{Crowd, PairSet};
use super::{Field, Ownership};
use crate::glob::{self, Effort, FileSet, Pattern};

/// What the comparison of all patterns may cost: about a second. Plans of repositories need a hundredth of it.
const MOST_EFFORT: usize = 60_000_000;

/// A run of claims that is longer than this is looked through by the ends of the claims.
const LONG_RUN: usize = 48;

/// Pairs of tasks that touch one file, whether they are ordered or not.
pub(super) struct SharedFiles {
    /// Both may change it.
    pub(super) written: PairSet,
    /// One reads it and the other may change it.
    pub(super) read: PairSet,
    /// How many pairs of patterns were not compared because there are too many, and count as overlapping.
    pub(super) assumed: usize,
}

impl SharedFiles {
    /// Every such pair.
    ///
    /// Equal patterns are one claim with many claimants. Claims are sorted by what their paths begin with, so that those a
    /// claim can overlap stand in one run behind it, and looked through by what their last names end with where a run is
    /// long; only these are compared. Whole rows of pairs are set at once.
    pub(super) fn of(ownership: &Ownership) -> SharedFiles {
        SharedFiles::within(ownership, Effort::new(MOST_EFFORT))
    }

    /// The same within a limit.
    fn within(ownership: &Ownership, effort: Effort) -> SharedFiles {
        let len = ownership.owns.len();
        let (claims, excludes) = claims(ownership);
        let (mut written, mut read) = (PairSet::new(len), PairSet::new(len));
        let mut comparison = Comparison { excludes: &excludes, effort, assumed: 0 };
        let by_beginning = by_beginning(&claims);
        let mut endings: Option<Endings> = None;
        for (at, (beginning, number)) in by_beginning.iter().enumerate() {
            let claim = &claims[*number];
            let (mut writers, mut readers) = (Vec::new(), Vec::new());
            let mut compare = |other: &Claim<'_>| {
                if comparison.overlaps(claim, other) {
                    writers.extend(&other.writers.tasks);
                    readers.extend(&other.readers.tasks);
                }
            };
            if claim.is_shared() {
                compare(claim);
            }
            let behind = &by_beginning[at + 1..];
            let run = behind.partition_point(|(other, _)| other.starts_with(&**beginning));
            if run > LONG_RUN {
                let endings = endings.get_or_insert_with(|| {
                    Endings::of(by_beginning.iter().map(|(_, number)| claims[*number].pattern))
                });
                endings.candidates(at, |candidate| {
                    let (_, other) = by_beginning[candidate];
                    if candidate > at && candidate <= at + run && other != *number {
                        compare(&claims[other]);
                    }
                });
            } else {
                let others = behind[..run].iter().filter(|(_, other)| other != number);
                others.for_each(|(_, other)| compare(&claims[*other]));
            }
            if !writers.is_empty() || !readers.is_empty() {
                let (writers, readers) = (Crowd::new(writers, len), Crowd::new(readers, len));
                written.note(&claim.writers.tasks, &writers);
                read.note(&claim.writers.tasks, &readers);
                read.note(&claim.readers.tasks, &writers);
            }
        }
        written.mirror();
        read.mirror();
        SharedFiles { written, read, assumed: comparison.assumed }
    }
}

/// Compares claims until it has done enough.
struct Comparison<'a> {
    excludes: &'a [Vec<&'a Pattern>],
    effort: Effort,
    /// How many pairs were not compared.
    assumed: usize,
}

impl Comparison<'_> {
    /// Whether a path is in both claims, one of which writes; yes where that is too much to find out.
    fn overlaps(&mut self, claim: &Claim<'_>, other: &Claim<'_>) -> bool {
        if claim.writers.tasks.is_empty() && other.writers.tasks.is_empty() {
            return false;
        }
        if !self.effort.compare(claim.pattern, other.pattern) {
            self.assumed += 1;
            return true;
        }
        if claim.excludes == 0 && other.excludes == 0 {
            return glob::intersects(claim.pattern, other.pattern);
        }
        let excludes = [self.excludes[claim.excludes].as_slice(), &self.excludes[other.excludes]].concat();
        glob::intersects_outside_within(claim.pattern, other.pattern, &excludes, &mut self.effort)
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
