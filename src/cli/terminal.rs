//! Writing to the terminal: colours only where they help, and no complaint when the reader has gone.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use phaseplan::hidden::visible;

/// Writes to standard output. A reader that closed the pipe has seen enough; any other failure ends with status 2.
pub fn print(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("The answer could not be written: {error}."));
            ExitCode::from(super::WRONG_CALL)
        }
    }
}

/// Writes to standard error, with a line end.
pub fn complain(text: &str) {
    // There is nobody left to tell if this fails too.
    let _ = writeln!(io::stderr(), "{}", text.trim_end());
}

/// Width of running text, in characters.
pub const WIDTH: usize = 92;

/// How a text is set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Headings and totals.
    Bold,
    /// What matters less.
    Dim,
    /// Errors.
    Red,
    /// Conflicts and warnings.
    Yellow,
    /// What is fine.
    Green,
}

/// Adds colour codes, or nothing.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    is_on: bool,
}

impl Paint {
    /// Colours if standard output is a terminal and the user did not ask for none (`NO_COLOR`, no-color.org).
    pub fn for_output() -> Paint {
        let is_unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        Paint { is_on: io::stdout().is_terminal() && !is_unwanted && !is_dumb }
    }

    /// The text, set off.
    pub fn paint(self, style: Style, text: &str) -> String {
        if !self.is_on {
            return text.to_owned();
        }
        let code = match style {
            Style::Bold => 1,
            Style::Dim => 2,
            Style::Red => 31,
            Style::Yellow => 33,
            Style::Green => 32,
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}

/// The text without characters that a terminal would obey, on one line: what is in a plan can't move the cursor.
pub fn printable(text: &str) -> String {
    visible(text).chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// At most `width` characters, the last one `…` if some were cut off.
pub fn shortened(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// Lines of at most `width` characters, broken between words.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a last line");
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_plan_moves_the_cursor() {
        assert_eq!(printable("a\x1b[2Jb\nc\u{202e}d"), "a [2Jb cd");
    }

    #[test]
    fn texts_fit() {
        assert_eq!(shortened("abcdef", 4), "abc…");
        assert_eq!(shortened("abcd", 4), "abcd");
        assert_eq!(wrapped("aa bb cc", 5), ["aa bb", "cc"]);
        assert_eq!(wrapped("", 5), [""]);
    }
}
