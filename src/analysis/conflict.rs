//! Conflicts: unordered pairs of tasks that can't run at the same time, with the evidence.

use std::collections::BTreeMap;
use std::ops::Range;

use super::creation::{self, Creation};
use super::migrations::Chains;
use super::shared_files::SharedFiles;
use super::shortage::{self, Shortage};
use super::{Order, Ownership, PairSet};
use crate::evidence::Evidence;
use crate::glob::{CommonFiles, Effort, Overlap};
use crate::plan::Plan;

/// The most conflicts listed with evidence. Further ones are only counted; the scheduler still respects them.
pub const MAX_LISTED: usize = 20_000;

/// Limit on the effort for the evidence of all conflicts: about a second. After that, conflicts are only
/// counted.
const MOST_EFFORT: usize = 60_000_000;

/// Two open tasks that can't run at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The task that comes first in the plan.
    pub a: usize,
    /// The other task.
    pub b: usize,
    /// The reason.
    pub kind: ConflictKind,
    /// The author's reason for allowing the pair. It may then run at the same time.
    pub accepted: Option<String>,
}

impl Conflict {
    /// Whether the author has not allowed the pair.
    pub fn is_open(&self) -> bool {
        self.accepted.is_none()
    }

    /// Whether it is open and the two would undo each other's work. Tasks that take turns at a resource don't.
    pub fn is_collision(&self) -> bool {
        self.is_open() && !matches!(self.kind, ConflictKind::Resource { .. })
    }
}

/// Why two tasks can't run at the same time.
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
    /// Together they need more of a resource than its capacity.
    Resource {
        /// Its name.
        resource: String,
        /// The sum of both demands.
        demand: u32,
        /// The capacity.
        capacity: u32,
    },
    /// Both add to one chain of migrations, which run one after another.
    Migrations {
        /// The folder of the chain.
        chain: String,
    },
    /// One creates a file and the other changes it, going by their words; the first goes first.
    Creation {
        /// The task that creates the file: `a` or `b` of the conflict.
        creator: usize,
        /// The file.
        path: String,
    },
}

impl Conflict {
    /// What the shared path stands for, for conflicts over files.
    pub fn common_files(&self, plan: &Plan) -> Option<CommonFiles<'_>> {
        let (overlap, left, right) = match &self.kind {
            ConflictKind::WriteWrite(overlap) => {
                (overlap, &plan.tasks[self.a].owns, &plan.tasks[self.b].owns)
            }
            ConflictKind::ReadWrite { reader, overlap } => {
                let writer = self.a + self.b - reader;
                (overlap, &plan.tasks[*reader].reads, &plan.tasks[writer].owns)
            }
            _ => return None,
        };
        Some(CommonFiles::of(left.get(overlap.left)?, right.get(overlap.right)?, &overlap.witness))
    }
}

impl ConflictKind {
    /// A stable code for JSON and tests.
    pub fn code(&self) -> &'static str {
        match self {
            ConflictKind::WriteWrite(_) => "write/write",
            ConflictKind::ReadWrite { .. } => "read/write",
            ConflictKind::Resource { .. } => "resource",
            ConflictKind::Migrations { .. } => "migrations",
            ConflictKind::Creation { .. } => "creation",
        }
    }

    /// The shared path, for conflicts over files.
    pub fn witness(&self) -> Option<&str> {
        match self {
            ConflictKind::WriteWrite(overlap) | ConflictKind::ReadWrite { overlap, .. } => {
                Some(&overlap.witness)
            }
            ConflictKind::Creation { path, .. } => Some(path),
            ConflictKind::Resource { .. } | ConflictKind::Migrations { .. } => None,
        }
    }
}

/// Two tasks that touch the same file and are safe only because one waits for the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderedOverlap {
    /// The task that goes first.
    pub first: usize,
    /// The task that waits.
    pub second: usize,
    /// A path that both touch.
    pub witness: String,
}

/// The result of the search for conflicts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Conflicts {
    /// By pair, then write/write before read/write before resource before migrations; one per pair and kind.
    /// Creation takes the place of write/write, which it explains better. Migrations are listed only for pairs
    /// that share no file. At most [`MAX_LISTED`].
    pub listed: Vec<Conflict>,
    /// The number of conflicts, listed or not, accepted or not.
    pub count: usize,
    /// All pairs that can't run at the same time. Excludes accepted conflicts.
    pub apart: PairSet,
    /// Pairs that would conflict over a file if they were not ordered, sorted by the waiting task. At most
    /// [`MAX_LISTED`].
    pub ordered_overlaps: Vec<OrderedOverlap>,
    /// Pairs of conflicting tasks of which the first goes first, because it creates what the second changes.
    /// Together with the order of the plan they have no cycle. Sorted by the second.
    pub directed: Vec<(usize, usize)>,
    /// The number of pattern pairs that were too many to compare, and count as overlapping.
    pub assumed: usize,
    /// The parsed patterns of the plan, and the unreadable ones.
    pub ownership: Ownership,
}

/// Finds every conflict between unordered tasks. Ignores done and dropped tasks.
///
/// As exact as [`crate::glob::overlap_outside`]. For n tasks it takes up to 3·n²/8 bytes in addition to the
/// patterns. Compares only patterns in agreeing folders, and each distinct one once, so for plans of real
/// repositories the time is nearly linear in the number of patterns and conflicts. If very many distinct
/// patterns agree, it is quadratic in their number up to a limit; beyond it, patterns count as overlapping
/// without being compared: see [`Conflicts::assumed`].
pub fn find(plan: &Plan, order: &Order) -> Conflicts {
    find_with(plan, order, &Evidence::default())
}

/// As [`find`], with what is known of the repository, which only ever adds conflicts.
pub fn find_with(plan: &Plan, order: &Order, evidence: &Evidence) -> Conflicts {
    let ownership = Ownership::known(plan, evidence);
    let mut shared = SharedFiles::of(&ownership);
    let mut effort = Effort::new(MOST_EFFORT);
    let ordered_overlaps = take_out_ordered(&mut shared, order, &ownership, &mut effort);
    Conflicts { ordered_overlaps, ..unordered(plan, order, ownership, shared, effort) }
}

/// Finds every conflict between tasks of different parts of a plan; `parts` are runs of positions that cover it.
/// Costs as much as [`find`], and lists no ordered overlaps.
pub fn find_between(plan: &Plan, parts: &[Range<usize>], evidence: &Evidence) -> Conflicts {
    let order = Order::within(parts);
    let ownership = Ownership::known(plan, evidence);
    let mut shared = SharedFiles::of(&ownership);
    for (task, ancestors) in order.ancestors.iter().enumerate() {
        for pairs in [&mut shared.written, &mut shared.read] {
            let inside: Vec<usize> = pairs.row(task).intersection(ancestors).collect();
            inside.into_iter().for_each(|other| pairs.remove(task, other));
        }
    }
    unordered(plan, &order, ownership, shared, Effort::new(MOST_EFFORT))
}

/// The conflicts of the pairs that the order leaves; `shared` has no others.
fn unordered(
    plan: &Plan,
    order: &Order,
    ownership: Ownership,
    shared: SharedFiles,
    mut effort: Effort,
) -> Conflicts {
    let accepted = accepted(plan);
    let creations = creation::find(plan, order, &ownership);
    let chains = Chains::of(&ownership);
    let pairs = Pairs {
        migrations: chains.pairs(order),
        shortages: shortage::pairs(plan, order),
        creations: creations
            .iter()
            .map(|found| ((found.creator.min(found.changer), found.creator.max(found.changer)), found))
            .collect(),
        shared,
        chains,
    };
    let assumed = pairs.shared.assumed;
    let listed = list(plan, &ownership, &pairs, &accepted, &mut effort);
    let (count, mut apart) = pairs.together();
    for &(a, b) in accepted.keys() {
        apart.remove(a, b);
    }
    let directed = creation::directed(&creations, order, &apart);
    Conflicts { listed, count, apart, ordered_overlaps: Vec::new(), directed, assumed, ownership }
}

/// The pairs of each kind.
struct Pairs<'a> {
    shared: SharedFiles,
    shortages: PairSet,
    migrations: PairSet,
    chains: Chains<'a>,
    creations: BTreeMap<(usize, usize), &'a Creation>,
}

impl Pairs<'_> {
    /// The number of conflicts, and all pairs that are apart.
    fn together(self) -> (usize, PairSet) {
        let Pairs { shared, shortages, mut migrations, creations, .. } = self;
        let mut count = shared.written.count() + shared.read.count() + shortages.count();
        let mut apart = shared.written;
        for &(a, b) in creations.keys() {
            count += usize::from(apart.insert(a, b));
        }
        apart.union_with(&shared.read);
        migrations.remove_all(&apart);
        count += migrations.count();
        apart.union_with(&migrations);
        apart.union_with(&shortages);
        (count, apart)
    }
}

/// Removes the ordered pairs, and lists them with the file they share.
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

/// The pairs whose conflicts the author accepts, each with the reason.
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
    pairs: &Pairs<'_>,
    accepted: &BTreeMap<(usize, usize), &str>,
    effort: &mut Effort,
) -> Vec<Conflict> {
    let mut listed = Vec::new();
    for a in 0..plan.tasks.len() {
        let mut partners = pairs.shared.written.row(a).clone();
        for others in [&pairs.shared.read, &pairs.shortages, &pairs.migrations] {
            partners.union_with(others.row(a));
        }
        for &(_, b) in pairs.creations.range((a, 0)..(a + 1, 0)).map(|(pair, _)| pair) {
            partners.grow_and_insert(b);
        }
        for b in partners.ones().filter(|&b| b > a) {
            for kind in kinds(plan, ownership, pairs, (a, b), effort) {
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

/// Why the two can't run at the same time.
fn kinds(
    plan: &Plan,
    ownership: &Ownership,
    pairs: &Pairs<'_>,
    (a, b): (usize, usize),
    effort: &mut Effort,
) -> Vec<ConflictKind> {
    let mut kinds = Vec::new();
    if let Some(Creation { creator, path, .. }) = pairs.creations.get(&(a, b)) {
        kinds.push(ConflictKind::Creation { creator: *creator, path: path.clone() });
    } else if pairs.shared.written.contains(a, b) {
        let overlap = ownership.owns[a].overlap_within(&ownership.owns[b], effort);
        kinds.extend(overlap.map(ConflictKind::WriteWrite));
    }
    if pairs.shared.read.contains(a, b) {
        let overlap = read_write(ownership, a, b, effort);
        kinds.extend(overlap.map(|(reader, overlap)| ConflictKind::ReadWrite { reader, overlap }));
    }
    let share_files = !kinds.is_empty();
    if pairs.shortages.contains(a, b) {
        let short = shortage::between(plan, a, b);
        kinds.extend(short.map(|Shortage { resource, demand, capacity }| ConflictKind::Resource {
            resource,
            demand,
            capacity,
        }));
    }
    if !share_files && pairs.migrations.contains(a, b) {
        let chain = pairs.chains.between(a, b);
        kinds.extend(chain.map(|chain| ConflictKind::Migrations { chain: chain.to_owned() }));
    }
    kinds
}

/// The task that reads what the other may change, and the overlap. If both do, the later one counts as the
/// reader.
fn read_write(ownership: &Ownership, a: usize, b: usize, effort: &mut Effort) -> Option<(usize, Overlap)> {
    [(b, a), (a, b)].into_iter().find_map(|(reader, writer)| {
        let overlap = ownership.reads[reader].overlap_within(&ownership.owns[writer], effort)?;
        Some((reader, overlap))
    })
}
