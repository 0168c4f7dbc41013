//! Messages between tabs about storage.

use std::fmt;

/// A message to all other tabs. Its text form must stay the same in all builds, since tabs of several builds
/// may be open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TabMessage {
    /// A document was saved.
    Saved {
        /// Its key.
        key: String,
        /// The stored revision.
        revision: u32,
    },
    /// A review of a plan has a new event in storage.
    Reviewed {
        /// Id of the plan.
        plan: String,
    },
}

impl fmt::Display for TabMessage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TabMessage::Saved { key, revision } => write!(formatter, "{revision} {key}"),
            TabMessage::Reviewed { plan } => write!(formatter, "review {plan}"),
        }
    }
}

impl TabMessage {
    /// Parses a message; `None` for an unknown one of another build.
    pub fn read(text: &str) -> Option<TabMessage> {
        match text.split_once(' ')? {
            ("review", plan) => Some(TabMessage::Reviewed { plan: plan.to_owned() }),
            (revision, key) => {
                Some(TabMessage::Saved { key: key.to_owned(), revision: revision.parse().ok()? })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_back_in_the_form_that_all_builds_know() {
        let saved = TabMessage::Saved { key: "19a b".to_owned(), revision: 7 };
        let reviewed = TabMessage::Reviewed { plan: "abc".to_owned() };
        for (message, text) in [(saved, "7 19a b"), (reviewed, "review abc")] {
            assert_eq!(message.to_string(), text);
            assert_eq!(TabMessage::read(text), Some(message));
        }
        for unknown in ["", "later", "x y", "-1 key"] {
            assert_eq!(TabMessage::read(unknown), None, "{unknown}");
        }
    }
}
