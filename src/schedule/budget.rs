//! How long a search may go on.

/// A limit in steps, so that the result does not depend on the speed of the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// How many candidate schedules may be looked at; 0 means constructive rules only.
    pub steps: u64,
    /// Start of the random sequence.
    pub seed: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Budget { steps: 2_000, seed: 1 }
    }
}
