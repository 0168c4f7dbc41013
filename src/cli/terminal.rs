//! Terminal output: colours only where they help, and no error when the reader has gone.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use phaseplan::hidden::{self, visible};

/// Writes to standard output. A closed pipe counts as success; any other failure gives status 2. Nothing in the text
/// can move the cursor or hide from a reader: what can't be seen is written as in JSON, of which it stays the same.
pub fn print(text: &str) -> ExitCode {
    let text = without_hidden(text, Paint::for_output());
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

/// Writes to standard error, with a line end. What can't be seen is written as in JSON, so that a file name or an
/// argument can neither move the cursor nor look like another.
pub fn complain(text: &str) {
    let shown = without_hidden(text, Paint { is_on: false });
    // If this fails too, there is no way left to report it.
    let _ = writeln!(io::stderr(), "{}", shown.trim_end());
}

/// The text with what [`hidden`] finds as in JSON, except the codes of `paint`.
fn without_hidden(text: &str, paint: Paint) -> Cow<'_, str> {
    let mut shown = String::new();
    let mut from = 0;
    for (at, letter) in hidden::find(text) {
        shown.push_str(&text[from..at]);
        if paint.has_code_at(&text[at..]) {
            shown.push(letter);
        } else {
            push_escape(&mut shown, letter);
        }
        from = at + letter.len_utf8();
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(&text[from..]);
    Cow::Owned(shown)
}

/// Adds a character as JSON writes it: `\u` and four hexadecimal digits, twice above U+FFFF.
fn push_escape(text: &mut String, letter: char) {
    for unit in letter.encode_utf16(&mut [0; 2]) {
        let _ = write!(text, "\\u{unit:04x}");
    }
}

/// Width of running text, in characters.
pub const WIDTH: usize = 92;

/// A text style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Headings and totals.
    Bold,
    /// Less important text.
    Dim,
    /// Errors.
    Red,
    /// Conflicts and warnings.
    Yellow,
    /// Success.
    Green,
}

impl Style {
    const ALL: [Style; 5] = [Style::Bold, Style::Dim, Style::Red, Style::Yellow, Style::Green];

    /// The code that begins text of this style (ECMA-48, “select graphic rendition”).
    fn code(self) -> &'static str {
        match self {
            Style::Bold => "\x1b[1m",
            Style::Dim => "\x1b[2m",
            Style::Red => "\x1b[31m",
            Style::Yellow => "\x1b[33m",
            Style::Green => "\x1b[32m",
        }
    }
}

/// The code that ends text of any style.
const PLAIN: &str = "\x1b[0m";

/// Adds colour codes, if enabled.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    is_on: bool,
}

impl Paint {
    /// Enabled if standard output is a terminal and the user did not disable colours (`NO_COLOR`,
    /// no-color.org).
    pub fn for_output() -> Paint {
        let is_unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        Paint { is_on: io::stdout().is_terminal() && !is_unwanted && !is_dumb }
    }

    /// The text in a style.
    pub fn paint(self, style: Style, text: &str) -> String {
        if !self.is_on {
            return text.to_owned();
        }
        format!("{}{text}{PLAIN}", style.code())
    }

    /// Whether the text begins with a colour code.
    fn has_code_at(self, text: &str) -> bool {
        let mut codes = Style::ALL.map(Style::code).into_iter().chain([PLAIN]);
        self.is_on && codes.any(|code| text.starts_with(code))
    }
}

/// The text on one line without hidden characters, so nothing in a plan can control the terminal or hide from a reader.
pub fn printable(text: &str) -> String {
    visible(&text.replace(['\n', '\t'], " ")).into_owned()
}

/// At most `width` characters; the last one is `…` if the text was cut.
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
        assert_eq!(printable("a\x1b[2Jb\nc\u{202e}d"), "a[2Jb cd");
        let off = Paint { is_on: false };
        let on = Paint { is_on: true };
        assert_eq!(without_hidden("a\x1b[1mb\u{9b}c\n\r", off), "a\\u001b[1mb\\u009bc\n\\u000d");
        assert_eq!(without_hidden("\x1b[1mb\x1b[0m\x1b[2J", on), "\x1b[1mb\x1b[0m\\u001b[2J");
    }

    #[test]
    fn nothing_unseen_in_an_answer_stays_unseen() {
        let off = Paint { is_on: false };
        assert_eq!(
            without_hidden("{\"author\": \"a\u{202e}b\u{200c} \u{1d159}\"}", off),
            "{\"author\": \"a\\u202eb\\u200c \\ud834\\udd59\"}"
        );
        assert_eq!(without_hidden("❤\u{fe0f} é 日本", off), "❤\u{fe0f} é 日本");
    }

    #[test]
    fn texts_fit() {
        assert_eq!(shortened("abcdef", 4), "abc…");
        assert_eq!(shortened("abcd", 4), "abcd");
        assert_eq!(wrapped("aa bb cc", 5), ["aa bb", "cc"]);
        assert_eq!(wrapped("", 5), [""]);
    }
}
