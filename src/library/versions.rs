//! Earlier states of a document: named by a person, or made automatically.

use serde::{Deserialize, Serialize};

/// Pause between automatic versions, in milliseconds: 10 minutes.
const PAUSE: u64 = 10 * 60 * 1000;
const HOUR: u64 = 60 * 60 * 1000;
const DAY: u64 = 24 * HOUR;

/// An earlier state of a document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// Key of the document.
    pub document: String,
    /// The name given by a person; empty for automatic versions.
    #[serde(default)]
    pub name: String,
    /// Number of tasks.
    pub tasks: usize,
    /// When it was saved, in milliseconds since 1970. Unique among the versions of one document.
    pub saved: u64,
    /// Its record.
    pub record: String,
}

impl Version {
    /// As JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Parses JSON; `None` if it is damaged.
    pub fn from_json(json: &str) -> Option<Version> {
        serde_json::from_str(json).ok()
    }
}

/// The prefix of the keys of all versions of a document.
pub(super) fn key_prefix(document: &str) -> String {
    [document, "/"].concat()
}

/// The key of a version in storage. The time is zero-padded, so keys sort by time.
pub(super) fn version_key(document: &str, saved: u64) -> String {
    format!("{}{saved:016}", key_prefix(document))
}

/// Whether the stored document should become a version before it is overwritten. Also true if the clock was
/// set back.
pub fn is_due(versioned: u64, now: u64) -> bool {
    now.abs_diff(versioned) >= PAUSE
}

/// This many of the newest automatic versions stay, however old they are: a plan that is reopened after
/// months, or under a wrong clock, still has its earlier states.
const NEWEST: usize = 3;

/// The versions that are no longer needed, by the time they were saved. All named ones stay; of the others,
/// these stay: the newest few, those from the future of a clock that was set back, one per 10 minutes of the
/// last hour, one per hour of the last day, and one per day of the 30 days before. `versions` may be in any
/// order.
pub fn to_forget(versions: &[Version], now: u64) -> Vec<u64> {
    let mut automatic: Vec<&Version> = versions.iter().filter(|version| version.name.is_empty()).collect();
    automatic.sort_by_key(|version| std::cmp::Reverse(version.saved));
    let mut kept: Vec<u64> = Vec::new();
    let mut forgotten = Vec::new();
    for (place, version) in automatic.into_iter().enumerate() {
        let Some(age) = now.checked_sub(version.saved) else { continue };
        let slot = match age {
            0..HOUR => age / PAUSE,
            HOUR..DAY => 100 + age / HOUR,
            _ => 1000 + age / DAY,
        };
        if place >= NEWEST && (age > 31 * DAY || kept.contains(&slot)) {
            forgotten.push(version.saved);
        } else {
            kept.push(slot);
        }
    }
    forgotten
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(age: u64, name: &str) -> Version {
        Version { saved: 100 * DAY - age, name: name.into(), ..Version::default() }
    }

    #[test]
    fn versions_become_fewer_with_age_and_named_ones_stay() {
        let ages = [
            (0, ""),
            (11 * 60_000, ""),
            (12 * 60_000, ""),
            (2 * HOUR, ""),
            (2 * HOUR + 1, ""),
            (3 * DAY, ""),
            (3 * DAY + 1, "before the review"),
            (40 * DAY, ""),
            (90 * DAY, "first"),
        ];
        let versions = ages.map(|(age, name)| version(age, name));
        let forgotten: Vec<u64> =
            to_forget(&versions, 100 * DAY).iter().map(|saved| 100 * DAY - saved).collect();
        assert_eq!(forgotten, [2 * HOUR + 1, 40 * DAY]);
    }

    #[test]
    fn a_bounded_number_of_automatic_versions_stays() {
        let versions: Vec<_> = (0..5000).map(|number| version(number * PAUSE, "")).collect();
        let kept = versions.len() - to_forget(&versions, 100 * DAY).len();
        assert!((50..=62).contains(&kept), "{kept}");
    }

    #[test]
    fn the_last_versions_stay_whatever_the_clock_does() {
        let months_ago =
            [version(70 * DAY, ""), version(80 * DAY, ""), version(90 * DAY, ""), version(95 * DAY, "")];
        assert_eq!(to_forget(&months_ago, 100 * DAY), [5 * DAY], "all but the oldest of four");
        assert_eq!(to_forget(&months_ago, u64::MAX), [5 * DAY], "the clock was set forth");
        assert_eq!(to_forget(&months_ago, 0), [] as [u64; 0], "the clock was set back");
    }

    #[test]
    fn a_version_is_due_after_a_pause_or_when_the_clock_was_set_back() {
        assert!(!is_due(1_000, 1_000));
        assert!(is_due(1_000, 1_000 + PAUSE));
        assert!(is_due(PAUSE + 1_000, 500));
    }
}
