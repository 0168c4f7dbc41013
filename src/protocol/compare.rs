//! Comparisons of the open plan with another one.

use super::wire::{Wire, enums};
use crate::incoming::Input;

/// Begins, swaps or ends a comparison of the open plan with another one. The answer is
/// [`Answer::Planned`](super::Answer::Planned), or [`Answer::Done`](super::Answer::Done) with the reason of a
/// failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    /// Compares with the plan in a paste or in files. Nothing is opened.
    With(Input),
    /// Swaps before and after.
    Swap,
    /// Ends the comparison.
    End,
}

/// A plan on this device to compare the open one with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoredPlan {
    /// The document with this key.
    Document(String),
    /// An earlier version of a document.
    Version {
        /// Key of the document.
        key: String,
        /// The time when the version was saved, which identifies it.
        saved: u64,
    },
    /// The version of the open document that equals the revision with this name, which was reviewed.
    Revision(String),
}

enums! {
    Comparison { With(input), Swap, End }
    StoredPlan { Document(key), Version { key, saved }, Revision(name) }
}
