//! The content of review events: what people can say about a plan.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::anchor::Anchor;
use crate::events::{self, Digest, EventBody};
use crate::plan::Edit;

/// An event of a review.
pub type Event = events::Event<Body>;
/// The statement of a review event.
pub type Statement = events::Statement<Body>;
/// Everything said about one plan.
pub type Log = events::Log<Body>;
/// The review of one plan on one device.
pub type LocalLog = events::LocalLog<Body>;

/// One statement about a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are explained where they are not plain")]
pub enum Body {
    /// Starts a thread.
    Comment { on: Anchor, text: String },
    /// Adds to a thread.
    Reply { thread: Digest, text: String },
    /// Replaces the text of a comment or reply of the same author.
    Rewrite { comment: Digest, text: String },
    /// Withdraws a comment or reply of the same author.
    Withdraw { comment: Digest },
    /// Resolves a thread.
    Resolve { thread: Digest },
    /// Reopens a thread.
    Reopen { thread: Digest },
    /// Suggests another value for a field, which starts a thread.
    Suggest { on: Anchor, value: Value, text: String },
    /// Accepts a suggestion: its value is in the plan.
    Accept { suggestion: Digest },
    /// Declines a suggestion.
    Decline { suggestion: Digest },
    /// Approves this revision of the plan.
    Approve { text: String },
    /// Requests changes to this revision.
    RequestChanges { text: String },
    /// Records that this revision was sent out.
    Publish {
        /// The hash of its content.
        content: Digest,
        /// The previous revision.
        before: Option<Digest>,
        /// Ids of its tasks, each with the hash of the task. Older programs wrote only its first 6 letters.
        tasks: Vec<(String, String)>,
    },
}

impl EventBody for Body {
    fn check(&self) -> Result<(), String> {
        match self {
            Body::Comment { text, .. } | Body::Reply { text, .. } | Body::Rewrite { text, .. }
                if text.trim().is_empty() =>
            {
                Err("says nothing".to_owned())
            }
            Body::Suggest { on, value, .. } => match on.field {
                Some(field) if Edit::from_json(on.task.as_ref(), field, value).is_some() => Ok(()),
                Some(field) => Err(format!("suggests something that can't stand in “{}”", field.name())),
                None => Err("suggests a change without saying of which field".to_owned()),
            },
            _ => Ok(()),
        }
    }

    fn about(&self) -> Option<Digest> {
        match self {
            Body::Reply { thread: id, .. }
            | Body::Rewrite { comment: id, .. }
            | Body::Withdraw { comment: id }
            | Body::Resolve { thread: id }
            | Body::Reopen { thread: id }
            | Body::Accept { suggestion: id }
            | Body::Decline { suggestion: id } => Some(*id),
            Body::Comment { .. }
            | Body::Suggest { .. }
            | Body::Approve { .. }
            | Body::RequestChanges { .. }
            | Body::Publish { .. } => None,
        }
    }

    /// A publication is not news for its recipients.
    fn is_news(&self) -> bool {
        !matches!(self, Body::Publish { .. })
    }
}
