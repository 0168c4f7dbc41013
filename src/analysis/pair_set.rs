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

    /// Whether the pair is in the set.
    pub fn contains(&self, a: usize, b: usize) -> bool {
        self.rows[a].contains(b)
    }

    /// All partners of one task.
    pub fn row(&self, task: usize) -> &FixedBitSet {
        &self.rows[task]
    }
}

/// The partners of every task: the bits' own way to show themselves tells addresses, which differ from run to run.
impl fmt::Debug for PairSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.rows.iter().map(|row| row.ones().collect::<Vec<_>>())).finish()
    }
}
