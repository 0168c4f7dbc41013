//! The error of a failed import.

use crate::escape::short_line;

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
        match path {
            "" => self,
            path => ImportError::new(format!("{}: {}", short_line(path, MOST_OF_A_PATH), self.message)),
        }
    }
}

/// The most characters of a path. Longer ones than disks have come out of archives.
const MOST_OF_A_PATH: usize = 300;

/// The most characters of anything else that a sentence repeats.
const MOST_REPEATED: usize = 80;

/// What an author wrote, short enough for a sentence: a refusal must not repeat its input.
pub(super) fn repeated(text: &str) -> String {
    short_line(text, MOST_REPEATED)
}

#[cfg(test)]
mod tests {
    use crate::import::import;

    #[test]
    fn no_refusal_repeats_its_input() {
        let long = "x".repeat(100_000);
        for (name, text) in [
            (long.as_str(), "{}".to_owned()),
            ("a.json", format!("{{\"{long}\": 1}}")),
            ("a.json", format!("[{{\"{long}\": 1}}]")),
            ("a.jsonl", format!("{{\"{long}\": 1}}\n{{\"{long}\": 2}}\n")),
            ("a.json", format!("{{\"format\": \"{long}\"}}")),
            ("a.json", format!("{{\"format\": \"phaseplan/{long}\"}}")),
            ("a.json", format!("{{\"tasks\": {long}")),
            ("a.csv", format!("id,title,{long}\n")),
            ("a.md", format!("```mermaid\n{long}\nA --> B\n```\n")),
            ("a.yaml", format!("tasks: *{long}\n")),
            ("a.yaml", format!("tasks: {{{long}: 1, {long}: 2\n")),
            ("a.yaml", format!("tasks: !{long}! a\n- b\n")),
            ("a.dot", format!("digraph {{ {long} -> \n")),
        ] {
            if let Err(error) = import(text.as_bytes(), Some(name)) {
                let (size, start) =
                    (error.message.len(), error.message.chars().take(200).collect::<String>());
                assert!(size < 2_000, "{size} bytes of {start}");
                assert!(error.message.ends_with(['.', '?']), "{}", error.message);
            }
        }
    }
}
