//! The error of a failed import.

/// The reason why nothing could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    /// What is wrong, where, and what to do.
    pub message: String,
}

impl ImportError {
    /// An error with this message.
    pub fn new(message: impl Into<String>) -> ImportError {
        ImportError { message: message.into() }
    }

    /// The error with the path of the file in front; a paste has no path.
    pub fn about(self, path: &str) -> ImportError {
        if path.is_empty() { self } else { ImportError::new(format!("{path}: {}", self.message)) }
    }
}
