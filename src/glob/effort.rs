//! A limit on the total cost of comparisons.

use super::Pattern;

/// The remaining budget. A unit takes a few nanoseconds on current machines. A comparison costs the same
/// number of units on every machine, so the result is the same too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effort {
    left: usize,
}

impl Effort {
    /// A budget of this many units.
    pub fn new(units: usize) -> Effort {
        Effort { left: units }
    }

    /// Whether the budget allows comparing two patterns. Deducts the most that this can cost.
    pub fn compare(&mut self, left: &Pattern, right: &Pattern) -> bool {
        self.spend(16 + left.size() * right.size() / 8)
    }

    /// Whether the budget allows looking for the shortest path that two patterns have in common, which takes several times
    /// as long as comparing them. Deducts the most that this can cost.
    pub(super) fn find_shortest(&mut self, left: &Pattern, right: &Pattern) -> bool {
        self.spend(left.size() * right.size())
    }

    /// Whether this many units are left. Deducts them, or everything if there are fewer.
    pub(super) fn spend(&mut self, units: usize) -> bool {
        let rest = self.left.checked_sub(units);
        self.left = rest.unwrap_or(0);
        rest.is_some()
    }

    pub(super) fn left(&self) -> usize {
        self.left
    }
}
