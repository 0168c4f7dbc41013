//! A limit to what comparisons may cost together.

use super::Pattern;

/// What may still be spent. A unit is some nanoseconds on any machine of today; what a comparison costs is the same on all of
/// them, so that its answer is too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effort {
    left: usize,
}

impl Effort {
    /// So many units.
    pub fn new(units: usize) -> Effort {
        Effort { left: units }
    }

    /// Whether two patterns may still be compared; takes off what that costs at most.
    pub fn compare(&mut self, left: &Pattern, right: &Pattern) -> bool {
        self.spend(16 + left.as_str().len() * right.as_str().len() / 8)
    }

    /// Whether so many units are left; takes them off, and if there are fewer all that is left.
    pub(super) fn spend(&mut self, units: usize) -> bool {
        let rest = self.left.checked_sub(units);
        self.left = rest.unwrap_or(0);
        rest.is_some()
    }

    pub(super) fn left(&self) -> usize {
        self.left
    }
}
