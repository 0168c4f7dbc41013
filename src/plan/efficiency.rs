//! How much commands slow each other down.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Minutes;

/// The share of its speed that a command keeps while others compute beside it on the same machine: more than 0,
/// at most 1.
///
/// The default is what four suites of tests of ten seconds kept that ended together after twelve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(transparent))]
pub struct Efficiency {
    #[cfg_attr(feature = "schema", schemars(with = "f64"))]
    thousandths: u16,
}

impl Default for Efficiency {
    fn default() -> Self {
        Efficiency { thousandths: 830 }
    }
}

impl Efficiency {
    /// The efficiency of a number, rounded to thousandths. `None` unless it is more than 0 and at most 1.
    pub fn of_number(number: f64) -> Option<Efficiency> {
        let thousandths = (number * 1_000.0).round();
        (1.0..=1_000.0).contains(&thousandths).then_some(Efficiency { thousandths: thousandths as u16 })
    }

    /// How long a command takes beside others, if it takes `alone` without. Rounded up to a second.
    pub fn beside_others(self, alone: Minutes) -> Minutes {
        Minutes::of_seconds(alone.seconds().saturating_mul(1_000).div_ceil(u64::from(self.thousandths)))
    }

    /// Whether it is the default.
    pub fn is_usual(&self) -> bool {
        *self == Efficiency::default()
    }
}

impl From<Efficiency> for f64 {
    fn from(efficiency: Efficiency) -> Self {
        f64::from(efficiency.thousandths) / 1_000.0
    }
}

/// As a decimal number, such as `0.83`.
impl fmt::Display for Efficiency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", f64::from(*self))
    }
}

impl Serialize for Efficiency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64((*self).into())
    }
}

impl<'de> Deserialize<'de> for Efficiency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        Efficiency::of_number(number)
            .ok_or_else(|| D::Error::custom("an efficiency is more than 0 and at most 1"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_takes_longer_beside_others() {
        let seconds = |number, alone| {
            let efficiency = Efficiency::of_number(number).unwrap();
            efficiency.beside_others(Minutes::of_seconds(alone)).seconds()
        };
        assert_eq!(seconds(0.83, 10), 13);
        assert_eq!(seconds(0.5, 10), 20);
        assert_eq!(seconds(1.0, 10), 10);
        for wrong in [0.0, -1.0, 1.01, f64::NAN, f64::INFINITY] {
            assert_eq!(Efficiency::of_number(wrong), None);
        }
    }
}
