//! The algebra of file patterns: whether two patterns can match one path, exactly, with such a path as the witness.
//!
//! Knows no other module. The language is described at [`Pattern::parse`].

mod pattern;

pub use pattern::{Pattern, PatternError};

/// Two file sets that share a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// A path that both match; among the shortest.
    pub witness: String,
    /// Position of the matching pattern in the left set.
    pub left: usize,
    /// Position of the matching pattern in the right set.
    pub right: usize,
}

/// A shortest path that both patterns match, or `None` if there is none.
pub fn overlap(_left: &Pattern, _right: &Pattern) -> Option<String> {
    None
}
