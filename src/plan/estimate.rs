//! The duration of a task: one number of minutes, or a low, a likely and a high one.

use serde::{Deserialize, Serialize};

use super::Minutes;

/// Minutes. `low <= likely <= high` always holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "Written"))]
pub struct Estimate {
    /// The minutes in the best case.
    pub low: Minutes,
    /// The minutes that the schedule uses.
    pub likely: Minutes,
    /// The minutes in the worst case.
    pub high: Minutes,
}

impl Estimate {
    /// The largest estimate: 69 days. It prevents overflow of sums over 10,000 tasks.
    pub const MAX: Minutes = Minutes::whole(100_000);

    /// A single number.
    pub fn exactly(minutes: impl Into<Minutes>) -> Estimate {
        let minutes = minutes.into();
        Estimate::between(minutes, minutes, minutes)
    }

    /// Three numbers, sorted and limited to [`Estimate::MAX`].
    pub fn between(
        low: impl Into<Minutes>,
        likely: impl Into<Minutes>,
        high: impl Into<Minutes>,
    ) -> Estimate {
        let mut sorted = [low.into(), likely.into(), high.into()].map(|minutes| minutes.min(Estimate::MAX));
        sorted.sort_unstable();
        Estimate { low: sorted[0], likely: sorted[1], high: sorted[2] }
    }

    /// Whether it is a single number.
    pub fn is_exact(self) -> bool {
        self.low == self.high
    }
}

/// The two forms in JSON.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
enum Written {
    Exact(Minutes),
    Range { low: Minutes, likely: Minutes, high: Minutes },
}

impl From<Written> for Estimate {
    fn from(written: Written) -> Self {
        match written {
            Written::Exact(minutes) => Estimate::exactly(minutes),
            Written::Range { low, likely, high } => Estimate::between(low, likely, high),
        }
    }
}

impl From<Estimate> for Written {
    fn from(estimate: Estimate) -> Self {
        match estimate {
            Estimate { likely, .. } if estimate.is_exact() => Written::Exact(likely),
            Estimate { low, likely, high } => Written::Range { low, likely, high },
        }
    }
}
