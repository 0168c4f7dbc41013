//! A set of unordered pairs of tasks, as a bit matrix.

use std::fmt;

use fixedbitset::FixedBitSet;

/// Pairs of positions below `len`. Takes `len/8` bytes for each task in a pair: 12.5 MB for 10,000 tasks.
#[derive(Clone, Default)]
pub struct PairSet {
    /// Rows of the matrix. The row of a task without pairs has no bits.
    rows: Vec<FixedBitSet>,
    /// Whether the matrix may be asymmetric; see [`PairSet::note`].
    is_one_sided: bool,
}

impl PartialEq for PairSet {
    fn eq(&self, other: &PairSet) -> bool {
        let same = |(row, other): (&FixedBitSet, &FixedBitSet)| row.ones().eq(other.ones());
        self.len() == other.len() && self.rows.iter().zip(&other.rows).all(same)
    }
}

impl Eq for PairSet {}

impl PairSet {
    /// An empty set over `len` tasks.
    pub fn new(len: usize) -> PairSet {
        PairSet { rows: vec![FixedBitSet::new(); len], is_one_sided: false }
    }

    /// The number of tasks.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the number of tasks is zero.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds the pair. Returns whether it is new. A task is never paired with itself.
    pub fn insert(&mut self, a: usize, b: usize) -> bool {
        if a == b {
            return false;
        }
        self.row_mut(b).insert(a);
        !self.row_mut(a).put(b)
    }

    /// Removes the pair.
    pub fn remove(&mut self, a: usize, b: usize) {
        for (task, partner) in [(a, b), (b, a)] {
            if self.rows[task].contains(partner) {
                self.rows[task].remove(partner);
            }
        }
    }

    /// Whether the pair is in the set.
    pub fn contains(&self, a: usize, b: usize) -> bool {
        self.rows.get(a).is_some_and(|row| row.contains(b))
    }

    /// All partners of one task. May be shorter than the number of tasks.
    pub fn row(&self, task: usize) -> &FixedBitSet {
        &self.rows[task]
    }

    /// The number of pairs.
    pub fn count(&self) -> usize {
        // Most words are zero, and some machines have no instruction to count bits.
        let words = self.rows.iter().flat_map(FixedBitSet::as_slice).filter(|&&word| word != 0);
        words.map(|word| word.count_ones() as usize).sum::<usize>() / 2
    }

    /// Adds all pairs of another set over the same tasks, or over none.
    pub fn union_with(&mut self, other: &PairSet) {
        self.rows.iter_mut().zip(&other.rows).for_each(|(row, more)| row.union_with(more));
    }

    /// Removes all pairs of another set over the same tasks, or over none.
    pub(super) fn remove_all(&mut self, other: &PairSet) {
        self.rows.iter_mut().zip(&other.rows).for_each(|(row, fewer)| row.difference_with(fewer));
    }

    /// Adds all pairs of one of the tasks and one of the partners. If there are many partners, it sets only
    /// the rows of the tasks; call [`PairSet::mirror`] at the end to set the other half.
    pub(super) fn note(&mut self, tasks: &[usize], partners: &Crowd) {
        for &task in tasks {
            match &partners.bits {
                Some(bits) => {
                    self.rows[task].union_with(bits);
                    self.is_one_sided = true;
                }
                None => {
                    for &partner in &partners.tasks {
                        self.insert(task, partner);
                    }
                }
            }
        }
    }

    /// Makes the matrix symmetric and clears its diagonal. Works on square blocks of bits (Warren, "Hacker's
    /// Delight", 7-3), so many pairs cost no more than few: O(len² / 64), and nothing if only small crowds
    /// were noted.
    pub(super) fn mirror(&mut self) {
        if !std::mem::take(&mut self.is_one_sided) {
            return;
        }
        let len = self.rows.len();
        // The tasks that are anybody's partner, and whether each band of tasks has any partners.
        let mut named = FixedBitSet::with_capacity(len);
        self.rows.iter().for_each(|row| named.union_with(row));
        for task in named.ones() {
            self.row_mut(task);
        }
        let bands = len.div_ceil(SIDE);
        let is_used = |rows: &[FixedBitSet], band: usize| {
            rows[band * SIDE..len.min((band + 1) * SIDE)].iter().any(|row| !row.is_empty())
        };
        let used: Vec<usize> = (0..bands).filter(|&band| is_used(&self.rows, band)).collect();
        for (at, &band) in used.iter().enumerate() {
            for &other in &used[at..] {
                let upper = self.square(band, other);
                let lower = self.square(other, band);
                if upper.iter().chain(&lower).all(|&bits| bits == 0) {
                    continue;
                }
                self.join(band, other, &transposed(lower));
                self.join(other, band, &transposed(upper));
            }
        }
        for (task, row) in self.rows.iter_mut().enumerate().filter(|(_, row)| !row.is_empty()) {
            row.set(task, false);
        }
    }

    /// The block of bits for two bands of tasks.
    fn square(&self, band: usize, other: usize) -> [usize; SIDE] {
        let rows = &self.rows[band * SIDE..];
        std::array::from_fn(|at| rows.get(at).and_then(|row| row.as_slice().get(other)).copied().unwrap_or(0))
    }

    /// Adds bits to the block for two bands of tasks.
    fn join(&mut self, band: usize, other: usize, square: &[usize; SIDE]) {
        for (row, bits) in self.rows[band * SIDE..].iter_mut().zip(square) {
            if let Some(known) = row.as_mut_slice().get_mut(other) {
                *known |= bits;
            }
        }
    }

    fn row_mut(&mut self, task: usize) -> &mut FixedBitSet {
        let len = self.rows.len();
        let row = &mut self.rows[task];
        if row.is_empty() {
            row.grow(len);
        }
        row
    }
}

/// The number of bits per word, and of rows per block.
const SIDE: usize = usize::BITS as usize;

/// The transposed block.
fn transposed(mut square: [usize; SIDE]) -> [usize; SIDE] {
    let mut width = SIDE / 2;
    let mut mask = usize::MAX >> width;
    while width > 0 {
        for at in (0..SIDE).filter(|at| at & width == 0) {
            let swapped = ((square[at] >> width) ^ square[at + width]) & mask;
            square[at] ^= swapped << width;
            square[at + width] ^= swapped;
        }
        width /= 2;
        mask ^= mask << width;
    }
    square
}

/// A list of tasks in the form that is quickest to add to a row: a list if they are few, bits if they are
/// many.
#[derive(Debug, Clone, Default)]
pub(super) struct Crowd {
    /// May repeat a task.
    pub(super) tasks: Vec<usize>,
    bits: Option<FixedBitSet>,
}

impl Crowd {
    /// A crowd of these tasks, out of `len`.
    pub(super) fn new(tasks: Vec<usize>, len: usize) -> Crowd {
        let mut crowd = Crowd { tasks, bits: None };
        crowd.pack(len);
        crowd
    }

    /// Makes a long list quick to add. `len` is the number of all tasks. Ignores tasks added later.
    pub(super) fn pack(&mut self, len: usize) {
        let is_long = self.tasks.len() > len / 64 + 8;
        self.bits = is_long.then(|| {
            let mut bits = FixedBitSet::with_capacity(len);
            self.tasks.iter().for_each(|&task| bits.insert(task));
            bits
        });
    }
}

/// Prints the partners of every task. The bit sets' own output contains addresses, which differ from run to
/// run.
impl fmt::Debug for PairSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.rows.iter().map(|row| row.ones().collect::<Vec<_>>())).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_partners_are_noted_alike() {
        let len = 1000;
        let (few, many): (Vec<usize>, Vec<usize>) = (vec![1, 2], (0..len).step_by(3).collect());
        for tasks in [few, many] {
            let crowd = Crowd::new(tasks.clone(), len);
            let (mut noted, mut inserted) = (PairSet::new(len), PairSet::new(len));
            noted.note(&tasks, &crowd);
            noted.mirror();
            for &a in &tasks {
                for &b in &tasks {
                    inserted.insert(a, b);
                }
            }
            assert_eq!(noted, inserted);
            assert_eq!(noted.count(), tasks.len() * (tasks.len() - 1) / 2);
        }
    }

    #[test]
    fn who_is_noted_on_one_side_is_a_partner_on_both() {
        for len in [1, 63, 64, 65, 200] {
            let (mut noted, mut inserted) = (PairSet::new(len), PairSet::new(len));
            for task in (0..len).step_by(5) {
                let partners: Vec<usize> = (0..len).filter(|other| (other * 7 + task) % 11 == 0).collect();
                noted.note(&[task], &Crowd::new(partners.clone(), len));
                for partner in partners {
                    inserted.insert(task, partner);
                }
            }
            noted.mirror();
            assert_eq!(noted, inserted, "{len}");
        }
    }

    #[test]
    fn a_set_is_equal_to_one_that_had_more_pairs() {
        let (mut had_more, mut set) = (PairSet::new(5), PairSet::new(5));
        for set in [&mut had_more, &mut set] {
            assert!(set.insert(1, 2) && !set.insert(2, 1) && !set.insert(3, 3));
        }
        had_more.insert(3, 4);
        had_more.remove(4, 3);
        had_more.remove(0, 4);
        assert_eq!(had_more, set);
        assert!(set.contains(2, 1) && !had_more.contains(3, 4));
    }
}
