//! A file to import.

use std::cell::OnceCell;

use serde_json::Value;

use super::ImportError;
use super::decode::decode;

/// A named file, or a paste, which has no name. Its text and JSON are decoded once, when a format first needs
/// them.
#[derive(Debug, Default)]
pub struct File {
    /// Path relative to the given folder or archive, or the file name; empty for a paste. Messages show it.
    /// Formats may use it as a hint, but people rename files.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
    text: OnceCell<Result<String, ImportError>>,
    json: OnceCell<Option<serde_json::Result<Value>>>,
}

impl File {
    /// A file with this path and content.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> File {
        File { path: path.into(), bytes: bytes.into(), ..File::default() }
    }

    /// The text, with `\n` at the end of every line, or the reason why the file is not text.
    ///
    /// # Errors
    ///
    /// If the file is no text.
    pub fn text(&self) -> Result<&str, &ImportError> {
        self.text.get_or_init(|| decode(&self.bytes)).as_deref()
    }

    /// The JSON, or its syntax error; `None` if the text does not begin like an object or a list.
    pub fn json(&self) -> Option<&serde_json::Result<Value>> {
        let read = || {
            let text = self.text().ok()?;
            text.trim_start().starts_with(['{', '[']).then(|| serde_json::from_str(text))
        };
        self.json.get_or_init(read).as_ref()
    }
}

/// The file and its text if there is exactly one file and it is text. For formats that read one file at a
/// time.
pub fn only_text(files: &[File]) -> Option<(&File, &str)> {
    match files {
        [file] => Some((file, file.text().ok()?)),
        _ => None,
    }
}
