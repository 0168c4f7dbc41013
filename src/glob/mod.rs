//! The algebra of file patterns: decides exactly whether two patterns can match one path, with such a path as
//! the witness.
//!
//! Depends on no other module and never reads a disk: it compares patterns with patterns, not with files.
//! [`Pattern::parse`] describes the language.

mod char_set;
mod common_files;
mod common_word;
mod data;
mod effort;
mod entry;
mod expand;
mod file_set;
mod lexeme;
mod name;
mod outside;
mod parse;
mod path;
mod pattern;
mod reading;
mod text_wildcards;
mod written_name;

pub use common_files::CommonFiles;
pub use effort::Effort;
pub use entry::{Entry, adds_files, as_read, entry_for};
pub use file_set::{FileSet, Instead, Member, MemberError};
pub use outside::{intersects_outside_within, overlap_outside, overlap_outside_within};
pub use path::{intersects, overlap};
pub use pattern::{MAX_CHARACTERS, Pattern};
pub use reading::{PatternError, Reading};

/// Two file sets that share a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// A path that both match; see [`FileSet::overlap`] for the choice.
    pub witness: String,
    /// Position of the matching pattern in the left set.
    pub left: usize,
    /// Position of the matching pattern in the right set.
    pub right: usize,
}
