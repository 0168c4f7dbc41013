//! Reading one pattern.

/// One parsed pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    text: String,
}

/// Why a pattern can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError {
    /// Position of the character at fault, counted in characters from 1.
    pub column: usize,
    /// What is wrong and what to write instead, as a sentence.
    pub message: String,
}

impl Pattern {
    /// Reads a pattern.
    pub fn parse(text: &str) -> Result<Pattern, PatternError> {
        Ok(Pattern { text: text.to_owned() })
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}
