//! How to read a pattern, and the error if it can't be read.

use std::fmt;

/// How to resolve ambiguous patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reading {
    /// As plans mean it: `docs/` is everything below `docs`; `[ch]` is one of the characters, and also the
    /// name `[ch]` itself. Covers both meanings where both are possible, because a missed conflict does more
    /// harm than a false alarm.
    Plan,
    /// Literally: `docs/` is the path `docs`, `[ch]` is one of the characters, and an unmatched `}` or `]` is
    /// that character.
    Strict,
}

/// Why a pattern can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError {
    /// Column of the wrong character, counted in characters from 1.
    pub column: usize,
    /// What is wrong and what to write instead, as a sentence.
    pub message: String,
}

impl PatternError {
    pub(super) fn at(column: usize, message: impl Into<String>) -> PatternError {
        PatternError { column, message: message.into() }
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.column, self.message)
    }
}

impl std::error::Error for PatternError {}
