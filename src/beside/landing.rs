//! The order in which plans and branches are landed: merged into the common branch, one after another.

use fixedbitset::FixedBitSet;

use super::{Crossing, Work};

/// A plan in the order of landing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landing {
    /// Position of the plan.
    pub work: usize,
    /// Why it stands here.
    pub reason: Reason,
}

/// Why a plan is landed when it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It shares no file with the others.
    Disjoint,
    /// It needs what these leave; positions ascending.
    After(Vec<usize>),
    /// These need what it leaves; positions ascending.
    Before(Vec<usize>),
    /// It and these need what the other leaves, so that no order is right. It is the largest of them.
    Cycle(Vec<usize>),
    /// Nothing orders it and some others; it is the largest of them.
    Largest,
    /// It is what is left.
    Last,
}

/// Orders plans: first those that share no file with others, then so that a plan comes after those whose result
/// its tasks read or extend; where that leaves a choice, the one that changes most comes first, and then the
/// one named first. Takes O(n³/64) time for n plans.
pub(super) fn order(works: &[Work], crossings: &[Crossing]) -> Vec<Landing> {
    let needs = Needs::of(works.len(), crossings);
    let mut by_size: Vec<usize> = (0..works.len()).collect();
    let sizes: Vec<(usize, u32)> = works.iter().map(Work::size).collect();
    by_size.sort_by_key(|&work| std::cmp::Reverse(sizes[work]));
    let (mut left, disjoint): (Vec<usize>, Vec<usize>) =
        by_size.into_iter().partition(|&work| needs.meets.contains(work));
    let mut landing: Vec<Landing> =
        disjoint.into_iter().map(|work| Landing { work, reason: Reason::Disjoint }).collect();
    while !left.is_empty() {
        let next = needs.next(&left);
        left.retain(|&work| work != next.work);
        landing.push(next);
    }
    landing
}

/// Which plans need what others leave.
struct Needs {
    /// The plans that share a file with another.
    meets: FixedBitSet,
    /// For each plan, those whose result it needs.
    direct: Vec<FixedBitSet>,
    /// For each plan, those whose result it needs directly or through others.
    all: Vec<FixedBitSet>,
}

impl Needs {
    fn of(len: usize, crossings: &[Crossing]) -> Needs {
        let mut meets = FixedBitSet::with_capacity(len);
        let mut direct = vec![FixedBitSet::with_capacity(len); len];
        for crossing in crossings.iter().filter(|crossing| crossing.is_about_files()) {
            let works = crossing.places.map(|place| place.work);
            meets.extend(works);
            for side in (0..2).filter(|side| crossing.needs[*side]) {
                direct[works[side]].insert(works[1 - side]);
            }
        }
        let mut all = direct.clone();
        // Warshall's algorithm (1962).
        for through in 0..len {
            let further = all[through].clone();
            for needs in all.iter_mut().filter(|needs| needs.contains(through)) {
                needs.union_with(&further);
            }
        }
        Needs { meets, direct, all }
    }

    /// The first of these plans, the largest first, that needs no other of them but those that need it too.
    fn next(&self, left: &[usize]) -> Landing {
        let among = |set: &FixedBitSet, work: usize| -> Vec<usize> {
            let mut found: Vec<usize> =
                left.iter().copied().filter(|&other| other != work && set.contains(other)).collect();
            found.sort_unstable();
            found
        };
        let is_ready = |&work: &usize| {
            among(&self.all[work], work).into_iter().all(|other| self.all[other].contains(work))
        };
        let mut ready = left.iter().copied().filter(is_ready);
        let work = ready.next().or(left.first().copied()).unwrap_or_default();
        let has_choice = ready.next().is_some();
        let open = among(&self.direct[work], work);
        let met: Vec<usize> =
            self.direct[work].ones().filter(|other| *other != work && !left.contains(other)).collect();
        let waiting =
            left.iter().copied().filter(|&other| other != work && self.direct[other].contains(work));
        let mut waiting: Vec<usize> = waiting.collect();
        waiting.sort_unstable();
        let reason = if !open.is_empty() {
            Reason::Cycle(open)
        } else if !met.is_empty() {
            Reason::After(met)
        } else if !waiting.is_empty() {
            Reason::Before(waiting)
        } else if has_choice {
            Reason::Largest
        } else {
            Reason::Last
        };
        Landing { work, reason }
    }
}
