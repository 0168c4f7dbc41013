//! The entry of a document in lists.

use serde::{Deserialize, Serialize};

/// Version of the format. A document with a higher one comes from a newer program and is never overwritten.
pub const FORM: u32 = 1;

/// How long a removed document stays in the bin, in milliseconds: 30 days.
pub const KEPT_IN_BIN: u64 = 30 * 24 * 60 * 60 * 1000;

/// The metadata of a stored document. Times are milliseconds since 1970 by the clock of the device.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// See [`FORM`].
    pub form: u32,
    /// Key in storage, which is never shown.
    pub key: String,
    /// Name in lists.
    pub name: String,
    /// Number of tasks.
    pub tasks: usize,
    /// Size of the record, in bytes.
    pub bytes: usize,
    /// Number of saves. Shows whether somebody else changed it, whatever the clock does.
    pub revision: u32,
    /// When it was saved.
    pub saved: u64,
    /// When it was moved to the bin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<u64>,
    /// When its newest automatic version was made.
    #[serde(default)]
    pub versioned: u64,
}

impl Head {
    /// As JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Parses JSON; `None` if it is damaged.
    pub fn from_json(json: &str) -> Option<Head> {
        serde_json::from_str(json).ok()
    }

    /// The head of a document with a damaged head, so lists still show it.
    pub fn of_damaged(key: &str) -> Head {
        Head { form: FORM, key: key.to_owned(), name: "Damaged plan".to_owned(), ..Head::default() }
    }

    /// Whether a newer program stored it.
    pub fn is_newer(&self) -> bool {
        self.form > FORM
    }

    /// Whether it has been in the bin for longer than [`KEPT_IN_BIN`]. A clock that was set back never makes
    /// it expire.
    pub fn has_expired(&self, now: u64) -> bool {
        self.removed.is_some_and(|removed| now.saturating_sub(removed) > KEPT_IN_BIN)
    }
}

/// Sorts by time of saving, latest first. Ties go by key.
pub fn newest_first(heads: &mut [Head]) {
    heads.sort_by(|one, other| other.saved.cmp(&one.saved).then_with(|| one.key.cmp(&other.key)));
}

/// The name of a copy of a document with this title.
pub fn name_of_copy(title: &str, number: usize) -> String {
    let title = if title.trim().is_empty() { "Untitled plan" } else { title };
    if number < 2 { format!("{title} (copy)") } else { format!("{title} (copy {number})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_come_back_and_what_is_damaged_is_told() {
        let head = Head { form: FORM, key: "a".into(), revision: 3, removed: Some(7), ..Head::default() };
        assert_eq!(Head::from_json(&head.to_json()), Some(head.clone()));
        assert!(Head { form: FORM + 1, ..head }.is_newer());
        for damaged in ["", "{}", "[]", "{\"form\":1}", "\u{1}"] {
            assert_eq!(Head::from_json(damaged), None, "{damaged}");
        }
    }

    #[test]
    fn the_bin_forgets_after_thirty_days_whatever_the_clock_does() {
        let removed = |at| Head { removed: Some(at), ..Head::default() };
        assert!(!removed(1000).has_expired(1000 + KEPT_IN_BIN));
        assert!(removed(1000).has_expired(1001 + KEPT_IN_BIN));
        assert!(!removed(u64::MAX).has_expired(5), "the clock was set back");
        assert!(!Head::default().has_expired(u64::MAX));
    }

    #[test]
    fn lists_begin_with_what_was_saved_last() {
        let head = |key: &str, saved| Head { key: key.into(), saved, ..Head::default() };
        let mut heads = [head("b", 1), head("c", 2), head("a", 1)];
        newest_first(&mut heads);
        assert_eq!(heads.map(|head| head.key), ["c", "a", "b"]);
    }
}
