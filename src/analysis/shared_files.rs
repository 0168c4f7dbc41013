//! Finds the pairs of tasks that touch the same file, without comparing every pattern with every other.

use std::borrow::Cow;
use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use super::endings::Endings;
use super::pair_set::{Crowd, PairSet};
use super::{Field, Ownership};
use crate::glob::{self, Effort, FileSet, Pattern};

/// Limit on the effort for comparing all patterns: about a second. Plans of real repositories need a
/// hundredth.
const MOST_EFFORT: usize = 60_000_000;

/// A run of claims longer than this is searched by the ends of the claims.
const LONG_RUN: usize = 48;

/// Pairs of tasks that touch the same file, ordered or not.
pub(super) struct SharedFiles {
    /// Both may change the file.
    pub(super) written: PairSet,
    /// One reads the file and the other may change it.
    pub(super) read: PairSet,
    /// The number of pattern pairs that were too many to compare, and count as overlapping.
    pub(super) assumed: usize,
}

impl SharedFiles {
    /// Finds all such pairs.
    ///
    /// Equal patterns are one claim with many claimants. Claims are sorted by the beginning of their paths,
    /// so all claims that a claim can overlap follow it in one run; a long run is filtered by the ends of the
    /// last names. Only the remaining pairs are compared, each at most twice, however many beginnings they have. Sets
    /// whole rows of pairs at once.
    pub(super) fn of(ownership: &Ownership) -> SharedFiles {
        SharedFiles::within(ownership, Effort::new(MOST_EFFORT))
    }

    /// Like [`SharedFiles::of`], within a limit.
    fn within(ownership: &Ownership, effort: Effort) -> SharedFiles {
        let len = ownership.owns.len();
        let (claims, excludes) = claims(ownership);
        let (mut written, mut read) = (PairSet::new(len), PairSet::new(len));
        let mut comparison = Comparison { excludes: &excludes, effort, assumed: 0 };
        let beginnings = Beginnings::of(&claims);
        // For each claim, the last one that it was compared with.
        let mut compared_with = vec![usize::MAX; claims.len()];
        for number in beginnings.claims() {
            let claim = &claims[number];
            let (mut writers, mut readers) = (Vec::new(), Vec::new());
            let mut compare = |other: usize| {
                let is_new = std::mem::replace(&mut compared_with[other], number) != number;
                if is_new && comparison.overlaps(claim, &claims[other]) {
                    writers.extend(&claims[other].writers.tasks);
                    readers.extend(&claims[other].readers.tasks);
                }
            };
            if claim.is_shared() {
                compare(number);
            }
            beginnings.visit_partners(number, |other| {
                if other != number {
                    compare(other);
                }
            });
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

/// Compares claims until the limit is reached.
struct Comparison<'a> {
    excludes: &'a [Vec<&'a Pattern>],
    effort: Effort,
    /// The number of pairs not compared.
    assumed: usize,
}

impl Comparison<'_> {
    /// Whether a path is in both claims, one of which writes. Returns true if the limit is reached.
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

/// A pattern, the excludes of its list, and all tasks with this combination.
struct Claim<'a> {
    pattern: &'a Pattern,
    /// Number of the list of excludes. 0 is the empty list.
    excludes: usize,
    writers: Crowd,
    readers: Crowd,
}

impl Claim<'_> {
    fn is_shared(&self) -> bool {
        self.writers.tasks.len() + self.readers.tasks.len() > 1
    }
}

/// All claims, in order of first appearance in the plan, and the lists of excludes.
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

/// The claims sorted by the beginnings of their paths: all that begin with the same text follow it in one run. A claim
/// with braces around a `/` has several beginnings.
struct Beginnings<'a> {
    patterns: Vec<&'a Pattern>,
    /// Each beginning, with the number of its claim.
    sorted: Vec<(Cow<'a, str>, usize)>,
    /// For each claim, where it stands in `sorted`, ascending.
    places: Vec<Vec<usize>>,
    endings: OnceCell<Endings>,
}

impl<'a> Beginnings<'a> {
    fn of(claims: &[Claim<'a>]) -> Beginnings<'a> {
        let patterns: Vec<&Pattern> = claims.iter().map(|claim| claim.pattern).collect();
        let mut sorted = Vec::with_capacity(claims.len());
        for (number, pattern) in patterns.iter().enumerate() {
            sorted.extend(pattern.beginnings().map(|beginning| (beginning, number)));
        }
        sorted.sort_unstable();
        sorted.dedup();
        let mut places = vec![Vec::new(); claims.len()];
        for (at, (_, number)) in sorted.iter().enumerate() {
            places[*number].push(at);
        }
        Beginnings { patterns, sorted, places, endings: OnceCell::new() }
    }

    /// The numbers of all claims, in the order of their first beginnings.
    fn claims(&self) -> impl Iterator<Item = usize> {
        let numbered = self.sorted.iter().enumerate().map(|(at, (_, number))| (at, *number));
        numbered.filter(|(at, number)| self.places[*number][0] == *at).map(|(_, number)| number)
    }

    /// Calls `visit` with claims that may overlap with this one, some of them several times. Of two such claims, at
    /// least one is visited from the other.
    fn visit_partners(&self, number: usize, mut visit: impl FnMut(usize)) {
        for &at in &self.places[number] {
            let (beginning, behind) = (&self.sorted[at].0, &self.sorted[at + 1..]);
            let run = behind.partition_point(|(other, _)| other.starts_with(&**beginning));
            let endings = (run > LONG_RUN)
                .then(|| self.endings.get_or_init(|| Endings::of(self.patterns.iter().copied())))
                .filter(|endings| endings.count(number) < run);
            let Some(endings) = endings else {
                behind[..run].iter().for_each(|(_, other)| visit(*other));
                continue;
            };
            let is_in_run = |place: &usize| *place > at && *place <= at + run;
            endings.candidates(number, |other| {
                let places = &self.places[other];
                if places.get(places.partition_point(|place| *place <= at)).is_some_and(is_in_run) {
                    visit(other);
                }
            });
        }
    }
}
