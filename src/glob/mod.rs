//! The algebra of file patterns: whether two patterns can match one path, exactly, with such a path as the witness.
//!
//! Knows no other module, and nothing of a disk: a pattern is compared with patterns, not with files. The language is
//! described at [`Pattern::parse`].

mod char_set;
mod common_word;
mod effort;
mod expand;
mod file_set;
mod lexeme;
mod name;
mod outside;
mod parse;
mod path;
mod pattern;

pub use effort::Effort;
pub use file_set::{FileSet, Member, MemberError};
pub use outside::{intersects_outside_within, overlap_outside, overlap_outside_within};
pub use path::{intersects, overlap};
pub use pattern::{MAX_CHARACTERS, Pattern, PatternError, Reading};

/// Two file sets that share a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// A path that both match: see [`FileSet::overlap`] for which.
    pub witness: String,
    /// Position of the matching pattern in the left set.
    pub left: usize,
    /// Position of the matching pattern in the right set.
    pub right: usize,
}
