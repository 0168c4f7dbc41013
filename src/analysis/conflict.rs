//! Unordered pairs of tasks that may not run at the same time, with the evidence.

use std::collections::BTreeMap;

use super::shared_files::SharedFiles;
use super::{Order, Ownership, PairSet, shortage};
use crate::glob::{Effort, Overlap};
use crate::plan::Plan;

/// How many conflicts are listed with evidence; beyond it they are only counted (and still kept apart).
pub const MAX_LISTED: usize = 20_000;

/// What the evidence of all conflicts may cost together: about a second. Where it is used up, conflicts are only counted.
const MOST_EFFORT: usize = 60_000_000;

/// Two tasks that may not run at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The task that stands first in the plan.
    pub a: usize,
    /// The other one.
    pub b: usize,
    /// Why.
    pub kind: ConflictKind,
    /// The author's reason for allowing it all the same; the pair is then not kept apart.
    pub accepted: Option<String>,
}

/// Why two tasks may not run at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConflictKind {
    /// Both may change one file. The overlap is between `a.owns` and `b.owns`.
    WriteWrite(Overlap),
    /// One reads what the other may change.
    ReadWrite {
        /// The task that reads: `a` or `b` of the conflict.
        reader: usize,
        /// Between the reader's `reads` (left) and the writer's `owns` (right).
        overlap: Overlap,
    },
    /// Together they need more of a resource than there is.
    Resource {
        /// Its name.
        resource: String,
        /// What both need together.
        demand: u32,
        /// What there is.
        capacity: u32,
    },
}

impl ConflictKind {
    /// Stable name used in JSON and tests.
    pub fn code(&self) -> &'static str {
        match self {
            ConflictKind::WriteWrite(_) => "write/write",
            ConflictKind::ReadWrite { .. } => "read/write",
            ConflictKind::Resource { .. } => "resource",
        }
    }

    /// The shared path, where the reason is a file.
    pub fn witness(&self) -> Option<&str> {
        match self {
            ConflictKind::WriteWrite(overlap) | ConflictKind::ReadWrite { overlap, .. } => {
                Some(&overlap.witness)
            }
            ConflictKind::Resource { .. } => None,
        }
    }
}

/// Two tasks that touch one file and are safe only because one waits for the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderedOverlap {
    /// The task that goes first.
    pub first: usize,
    /// The task that waits.
    pub second: usize,
    /// A path that both touch.
    pub witness: String,
}

/// What the search for conflicts found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Conflicts {
    /// By pair, then write/write before read/write before resource: one for each pair and kind. At most [`MAX_LISTED`].
    pub listed: Vec<Conflict>,
    /// How many there are, listed or not, accepted or not.
    pub count: usize,
    /// All pairs that may not run at the same time; accepted conflicts are not among them.
    pub apart: PairSet,
    /// Pairs that would be in conflict over a file if they were not ordered, by the task that waits. At most
    /// [`MAX_LISTED`].
    pub ordered_overlaps: Vec<OrderedOverlap>,
    /// How many pairs of patterns were not compared because there are too many, and count as overlapping.
    pub assumed: usize,
    /// What the patterns of the plan say, and which of them can't be read.
    pub ownership: Ownership,
}

/// Finds every conflict between tasks that are not ordered. Dropped tasks take no part.
///
/// Exact, as far as [`crate::glob::overlap_outside`] is. For n tasks it takes up to 3·n²/8 bytes beside the patterns. Only
/// patterns in agreeing folders are compared, each distinct one once, so that the time is near to linear in the number of
/// patterns and of conflicts for plans of real repositories. Where very many distinct patterns agree it is quadratic in
/// their number up to a limit, beyond which patterns are taken to overlap without being compared: see
/// [`Conflicts::assumed`].
pub fn find(plan: &Plan, order: &Order) -> Conflicts {
    let ownership = Ownership::of(plan);
    let mut shared = SharedFiles::of(&ownership);
    let mut effort = Effort::new(MOST_EFFORT);
    let ordered_overlaps = take_out_ordered(&mut shared, order, &ownership, &mut effort);
    let shortages = shortage::pairs(plan, order);
    let accepted = accepted(plan);
    let listed = list(plan, &ownership, &shared, &shortages, &accepted, &mut effort);
    let count = shared.written.count() + shared.read.count() + shortages.count();

    let mut apart = shared.written;
    apart.union_with(&shared.read);
    apart.union_with(&shortages);
    for &(a, b) in accepted.keys() {
        apart.remove(a, b);
    }
    Conflicts { listed, count, apart, ordered_overlaps, assumed: shared.assumed, ownership }
}

/// Takes the pairs out that are ordered, and lists them with the file they share.
fn take_out_ordered(
    shared: &mut SharedFiles,
    order: &Order,
    ownership: &Ownership,
    effort: &mut Effort,
) -> Vec<OrderedOverlap> {
    let mut overlaps = Vec::new();
    for (second, ancestors) in order.ancestors.iter().enumerate().filter(|(_, some)| !some.is_empty()) {
        let mut ordered = shared.written.row(second).clone();
        ordered.union_with(shared.read.row(second));
        ordered.intersect_with(ancestors);
        for first in ordered.ones() {
            if overlaps.len() < MAX_LISTED {
                let overlap = match shared.written.contains(first, second) {
                    true => ownership.owns[first].overlap_within(&ownership.owns[second], effort),
                    false => read_write(ownership, first, second, effort).map(|(_, overlap)| overlap),
                };
                overlaps.extend(overlap.map(|overlap| OrderedOverlap {
                    first,
                    second,
                    witness: overlap.witness,
                }));
            }
            shared.written.remove(first, second);
            shared.read.remove(first, second);
        }
    }
    overlaps
}

/// The pairs whose conflicts the author allows, each with the reason.
fn accepted(plan: &Plan) -> BTreeMap<(usize, usize), &str> {
    let mut accepted: BTreeMap<(usize, usize), &str> = BTreeMap::new();
    if plan.tasks.iter().all(|task| task.accepts.is_empty()) {
        return accepted;
    }
    let positions = plan.positions();
    for (at, task) in plan.tasks.iter().enumerate() {
        for acceptance in &task.accepts {
            let Some(&other) = positions.get(&acceptance.task).filter(|&&other| other != at) else {
                continue;
            };
            let reason = accepted.entry((at.min(other), at.max(other))).or_default();
            if reason.is_empty() {
                *reason = &acceptance.reason;
            }
        }
    }
    accepted
}

/// The first conflicts by pair, with their evidence.
fn list(
    plan: &Plan,
    ownership: &Ownership,
    shared: &SharedFiles,
    shortages: &PairSet,
    accepted: &BTreeMap<(usize, usize), &str>,
    effort: &mut Effort,
) -> Vec<Conflict> {
    let mut listed = Vec::new();
    for a in 0..plan.tasks.len() {
        let mut partners = shared.written.row(a).clone();
        partners.union_with(shared.read.row(a));
        partners.union_with(shortages.row(a));
        for b in partners.ones().filter(|&b| b > a) {
            let mut kinds = [None, None, None];
            if shared.written.contains(a, b) {
                let overlap = ownership.owns[a].overlap_within(&ownership.owns[b], effort);
                kinds[0] = overlap.map(ConflictKind::WriteWrite);
            }
            if shared.read.contains(a, b) {
                let overlap = read_write(ownership, a, b, effort);
                kinds[1] = overlap.map(|(reader, overlap)| ConflictKind::ReadWrite { reader, overlap });
            }
            if shortages.contains(a, b) {
                kinds[2] = shortage::between(plan, a, b);
            }
            for kind in kinds.into_iter().flatten() {
                if listed.len() == MAX_LISTED {
                    return listed;
                }
                let accepted = accepted.get(&(a, b)).map(|&reason| reason.to_owned());
                listed.push(Conflict { a, b, kind, accepted });
            }
        }
    }
    listed
}

/// Which of the two tasks reads what the other may change, and the file. If each does, the later one counts as the reader.
fn read_write(ownership: &Ownership, a: usize, b: usize, effort: &mut Effort) -> Option<(usize, Overlap)> {
    [(b, a), (a, b)].into_iter().find_map(|(reader, writer)| {
        let overlap = ownership.reads[reader].overlap_within(&ownership.owns[writer], effort)?;
        Some((reader, overlap))
    })
}
