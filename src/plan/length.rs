//! Lengths of time: minutes, exact to the second.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Seconds in a minute.
const MINUTE: u64 = 60;

/// A length of time in minutes, exact to the second.
///
/// Sums and differences don't overflow: they stop at the largest length and at zero. In JSON it is a number of
/// minutes, whole or with four decimals, which is exact enough to give the seconds back.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(transparent))]
pub struct Minutes {
    #[cfg_attr(feature = "schema", schemars(with = "f64"))]
    seconds: u64,
}

impl Minutes {
    /// No time.
    pub const ZERO: Minutes = Minutes { seconds: 0 };

    /// Whole minutes.
    pub const fn whole(minutes: u32) -> Minutes {
        Minutes { seconds: minutes as u64 * MINUTE }
    }

    /// A length in seconds.
    pub const fn of_seconds(seconds: u64) -> Minutes {
        Minutes { seconds }
    }

    /// The length of a number of minutes, rounded to seconds; more than nothing is at least a second. `None` if
    /// it is no length.
    pub fn of_number(minutes: f64) -> Option<Minutes> {
        let seconds = minutes * MINUTE as f64;
        let is_length = seconds >= 0.0 && seconds.is_finite();
        let least = if seconds > 0.0 { 1.0 } else { 0.0 };
        is_length.then(|| Minutes { seconds: seconds.round().max(least) as u64 })
    }

    /// The length in seconds.
    pub const fn seconds(self) -> u64 {
        self.seconds
    }

    /// Whether it is a number of whole minutes.
    pub const fn is_whole(self) -> bool {
        self.seconds.is_multiple_of(MINUTE)
    }

    /// Whether it is no time.
    pub const fn is_zero(self) -> bool {
        self.seconds == 0
    }

    /// The whole minutes that it takes at most.
    pub fn rounded_up(self) -> u32 {
        u32::try_from(self.seconds.div_ceil(MINUTE)).unwrap_or(u32::MAX)
    }

    /// The nearest number of whole minutes.
    pub fn rounded(self) -> u32 {
        u32::try_from((self.seconds + MINUTE / 2) / MINUTE).unwrap_or(u32::MAX)
    }

    /// The seconds of a length that sentences give in seconds: one of less than two minutes that is not a number of whole ones.
    pub fn said_in_seconds(self) -> Option<u32> {
        u32::try_from(self.seconds).ok().filter(|&seconds| !self.is_whole() && seconds < 120)
    }

    /// How many minutes longer than another it is, without seconds; negative if it is shorter.
    pub fn longer_than(self, other: Minutes) -> i64 {
        (self.seconds as i64 - other.seconds as i64) / MINUTE as i64
    }

    /// The middle between both, rounded down to whole minutes if both are whole.
    pub fn midpoint(self, other: Minutes) -> Minutes {
        let middle = self.seconds.midpoint(other.seconds);
        let part = if self.is_whole() && other.is_whole() { MINUTE } else { 1 };
        Minutes { seconds: middle / part * part }
    }

    /// The sum of both.
    pub fn saturating_add(self, other: Minutes) -> Minutes {
        Minutes { seconds: self.seconds.saturating_add(other.seconds) }
    }

    /// What is left without the other; zero if that is longer.
    pub fn saturating_sub(self, other: Minutes) -> Minutes {
        Minutes { seconds: self.seconds.saturating_sub(other.seconds) }
    }
}

impl From<u32> for Minutes {
    fn from(minutes: u32) -> Self {
        Minutes::whole(minutes)
    }
}

impl From<Minutes> for f64 {
    fn from(minutes: Minutes) -> Self {
        minutes.seconds as f64 / MINUTE as f64
    }
}

impl PartialEq<u32> for Minutes {
    fn eq(&self, minutes: &u32) -> bool {
        *self == Minutes::whole(*minutes)
    }
}

impl PartialOrd<u32> for Minutes {
    fn partial_cmp(&self, minutes: &u32) -> Option<std::cmp::Ordering> {
        Some(self.cmp(&Minutes::whole(*minutes)))
    }
}

impl Add for Minutes {
    type Output = Minutes;

    fn add(self, other: Minutes) -> Minutes {
        self.saturating_add(other)
    }
}

impl AddAssign for Minutes {
    fn add_assign(&mut self, other: Minutes) {
        *self = *self + other;
    }
}

impl Sub for Minutes {
    type Output = Minutes;

    fn sub(self, other: Minutes) -> Minutes {
        self.saturating_sub(other)
    }
}

impl Sum for Minutes {
    fn sum<I: Iterator<Item = Minutes>>(lengths: I) -> Minutes {
        lengths.fold(Minutes::ZERO, Add::add)
    }
}

/// As in forms and plan text: whole minutes as a number, others with units, such as `90s` and `2h5s`.
impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_whole() {
            return fmt::Display::fmt(&(self.seconds / MINUTE), f);
        }
        if self.seconds < 2 * MINUTE {
            return write!(f, "{}s", self.seconds);
        }
        let (hours, minutes) = (self.seconds / MINUTE / 60, self.seconds / MINUTE % 60);
        for (number, unit) in [(hours, 'h'), (minutes, 'm'), (self.seconds % MINUTE, 's')] {
            if number > 0 {
                write!(f, "{number}{unit}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Minutes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_whole() {
            return serializer.serialize_u64(self.seconds / MINUTE);
        }
        serializer.serialize_f64((f64::from(*self) * 10_000.0).round() / 10_000.0)
    }
}

impl<'de> Deserialize<'de> for Minutes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let minutes = f64::deserialize(deserializer)?;
        Minutes::of_number(minutes)
            .ok_or_else(|| D::Error::custom("minutes are a number that is not negative"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_survive_json_as_a_part_of_a_minute() {
        for seconds in 0..10_000 {
            let length = Minutes::of_seconds(seconds);
            let json = serde_json::to_string(&length).unwrap();
            assert_eq!(serde_json::from_str::<Minutes>(&json).unwrap(), length, "{json}");
        }
        assert_eq!(serde_json::to_string(&Minutes::of_seconds(5)).unwrap(), "0.0833");
        assert_eq!(serde_json::to_string(&Minutes::whole(20)).unwrap(), "20");
        assert!(serde_json::from_str::<Minutes>("-1").is_err());
    }

    #[test]
    fn lengths_are_written_as_in_plan_text() {
        let table =
            [(0, "0"), (60, "1"), (7_200, "120"), (5, "5s"), (90, "90s"), (150, "2m30s"), (3_605, "1h5s")];
        for (seconds, expected) in table {
            assert_eq!(Minutes::of_seconds(seconds).to_string(), expected);
        }
    }
}
