//! A set of unordered pairs of tasks, as a square of bits.

use std::fmt;

use fixedbitset::FixedBitSet;

/// Pairs of positions below `len`. Takes `len²/8` bytes: 12.5 MB for 10,000 tasks.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PairSet {
    rows: Vec<FixedBitSet>,
}

impl PairSet {
    /// An empty set over `len` tasks.
    pub fn new(len: usize) -> PairSet {
        PairSet { rows: vec![FixedBitSet::with_capacity(len); len] }
    }

    /// How many tasks there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it is over no tasks at all.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds the pair; says whether it was new. A task is never paired with itself.
    pub fn insert(&mut self, a: usize, b: usize) -> bool {
        if a == b {
            return false;
        }
        self.rows[b].insert(a);
        !self.rows[a].put(b)
    }

    /// Takes the pair out.
    pub fn remove(&mut self, a: usize, b: usize) {
        self.rows[a].set(b, false);
        self.rows[b].set(a, false);
    }

    /// Whether the pair is in the set.
    pub fn contains(&self, a: usize, b: usize) -> bool {
        self.rows.get(a).is_some_and(|row| row.contains(b))
    }

    /// All partners of one task.
    pub fn row(&self, task: usize) -> &FixedBitSet {
        &self.rows[task]
    }

    /// How many pairs there are.
    pub fn count(&self) -> usize {
        self.rows.iter().map(|row| row.count_ones(..)).sum::<usize>() / 2
    }

    /// Adds all pairs of another set over the same tasks, or over none.
    pub fn union_with(&mut self, other: &PairSet) {
        self.rows.iter_mut().zip(&other.rows).for_each(|(row, more)| row.union_with(more));
    }

    /// Notes for each of the tasks that all of the crowd are its partners, but not the other way round: that is for the
    /// caller to do as well, and [`PairSet::separate`] at the end.
    pub(super) fn note(&mut self, tasks: &[usize], partners: &Crowd) {
        for &task in tasks {
            match &partners.bits {
                Some(bits) => self.rows[task].union_with(bits),
                None => partners.tasks.iter().for_each(|&partner| self.rows[task].insert(partner)),
            }
        }
    }

    /// Takes out what pairs a task with itself.
    pub(super) fn separate(&mut self) {
        self.rows.iter_mut().enumerate().for_each(|(task, row)| row.set(task, false));
    }
}

/// Some tasks, in the form that is quickest to add to a row: a list if they are few, bits if they are many.
#[derive(Debug, Clone, Default)]
pub(super) struct Crowd {
    /// May repeat a task.
    pub(super) tasks: Vec<usize>,
    bits: Option<FixedBitSet>,
}

impl Crowd {
    /// These tasks out of `len`.
    pub(super) fn new(tasks: Vec<usize>, len: usize) -> Crowd {
        let mut crowd = Crowd { tasks, bits: None };
        crowd.pack(len);
        crowd
    }

    /// Makes a long list quick to add, `len` being the number of all tasks. Tasks listed later are not noticed.
    pub(super) fn pack(&mut self, len: usize) {
        let is_long = self.tasks.len() > len / 64 + 8;
        self.bits = is_long.then(|| {
            let mut bits = FixedBitSet::with_capacity(len);
            self.tasks.iter().for_each(|&task| bits.insert(task));
            bits
        });
    }
}

/// The partners of every task: the bits' own way to show themselves tells addresses, which differ from run to run.
impl fmt::Debug for PairSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.rows.iter().map(|row| row.ones().collect::<Vec<_>>())).finish()
    }
}
