//! Comparisons of the open plan with another one, and other work beside it.

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

/// Changes what runs beside the open plan: other plans and open branches. The answer is that of a
/// [`Comparison`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BesideChange {
    /// Adds the plan in a paste or in files, or the branch whose changed files they list. Nothing is opened.
    Add(Input),
    /// Removes one, counted from 0.
    Remove(usize),
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
    BesideChange { Add(input), Remove(number) }
    StoredPlan { Document(key), Version { key, saved }, Revision(name) }
}
