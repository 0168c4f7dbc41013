//! Parses command line arguments.
//!
//! Names of files need not be UTF-8, so words are kept as the system gives them. Everything else is text.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use super::{Command, FAILED, WRONG_CALL};

/// A switch, such as `--json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Switch {
    /// With its dashes.
    pub name: &'static str,
    /// The name of its value in the help, if it takes one.
    pub value: Option<&'static str>,
    /// A description in one sentence.
    pub help: &'static str,
    /// Whether it is required.
    pub is_needed: bool,
}

impl Switch {
    /// The name, followed by the name of its value.
    pub fn spelled(&self) -> String {
        match self.value {
            Some(value) => format!("{} {value}", self.name),
            None => self.name.to_owned(),
        }
    }

    /// Whether its value names a file or a folder.
    fn takes_path(&self) -> bool {
        matches!(self.value, Some("FILE" | "PATH" | "DIR"))
    }
}

/// JSON output, supported by every command with an answer.
pub const JSON: Switch = Switch { name: "--json", value: None, help: "Answer as JSON.", is_needed: false };

/// Permission to write over files.
pub const FORCE: Switch =
    Switch { name: "--force", value: None, help: "Write over files that are there.", is_needed: false };

/// The parsed arguments.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// All arguments that are not switches, in order.
    pub operands: Vec<OsString>,
    /// Values are valid UTF-8, unless they name a file or a folder.
    switches: Vec<(&'static str, OsString)>,
}

impl Arguments {
    /// Whether a switch is present.
    pub fn has(&self, switch: Switch) -> bool {
        self.last(switch).is_some()
    }

    /// The last value of a switch that takes text.
    pub fn value(&self, switch: Switch) -> Option<&str> {
        self.last(switch).and_then(OsStr::to_str)
    }

    /// All values of a switch that takes text, in order.
    pub fn values(&self, switch: Switch) -> impl Iterator<Item = &str> {
        let of_switch = self.switches.iter().filter(move |(name, _)| *name == switch.name);
        of_switch.filter_map(|(_, value)| value.to_str())
    }

    /// The last value of a switch that names a file or a folder.
    pub fn path(&self, switch: Switch) -> Option<&Path> {
        self.last(switch).map(Path::new)
    }

    /// An operand that is no name of a file.
    pub fn text(&self, operand: usize) -> Result<&str, CallError> {
        let word = &self.operands[operand];
        word.to_str().ok_or_else(|| not_text(word))
    }

    fn last(&self, switch: Switch) -> Option<&OsStr> {
        self.switches.iter().rev().find(|(name, _)| *name == switch.name).map(|(_, value)| value.as_os_str())
    }

    /// The value of a numeric switch.
    pub fn number(&self, switch: Switch) -> Result<Option<u64>, CallError> {
        let Some(value) = self.value(switch) else { return Ok(None) };
        let wrong = || CallError::new(format!("{} takes a whole number, not `{value}`.", switch.name));
        value.parse().map(Some).map_err(|_| wrong())
    }
}

/// The reason why a call has no answer.
#[derive(Debug, PartialEq, Eq)]
pub struct CallError {
    /// What is wrong and what to do.
    pub message: String,
    /// The exit status.
    pub status: u8,
}

impl CallError {
    /// An invalid call, or a file that can't be read or written.
    pub fn new(message: impl Into<String>) -> CallError {
        CallError { message: message.into(), status: WRONG_CALL }
    }

    /// A valid call to which the answer is no.
    pub fn failed(message: impl Into<String>) -> CallError {
        CallError { message: message.into(), status: FAILED }
    }
}

fn not_text(word: &OsStr) -> CallError {
    CallError::new(format!("`{}` is not valid UTF-8. Only names of files may be so.", word.display()))
}

/// Whether the call asks for an answer as JSON, as far as can be told before the call is understood.
pub fn ask_for_json(words: &[OsString]) -> bool {
    words.iter().take_while(|word| *word != "--").any(|word| word == JSON.name)
}

/// Parses the arguments after the name of a command.
pub fn read(command: &Command, words: &[OsString]) -> Result<Arguments, CallError> {
    let mut arguments = Arguments::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if word == "--" {
            arguments.operands.extend(words.by_ref().cloned());
        } else if word.len() > 1 && word.as_encoded_bytes().starts_with(b"-") {
            let (name, given) = split(word)?;
            let switch = find(command, &name)?;
            let value = match (switch.value, given) {
                (None, None) => OsString::new(),
                (None, Some(_)) => return Err(CallError::new(format!("{name} takes no value."))),
                (Some(_), Some(value)) => value,
                (Some(value), None) => words.next().cloned().ok_or_else(|| missing_value(switch, value))?,
            };
            if value.to_str().is_none() && !switch.takes_path() {
                return Err(not_text(&value));
            }
            arguments.switches.push((switch.name, value));
        } else {
            arguments.operands.push(word.clone());
        }
    }
    check_operands(command, &arguments)?;
    Ok(arguments)
}

/// The name of a switch, and the value behind its `=`.
fn split(word: &OsStr) -> Result<(String, Option<OsString>), CallError> {
    let bytes = word.as_encoded_bytes();
    let equals = bytes.iter().position(|byte| *byte == b'=');
    let name = String::from_utf8_lossy(&bytes[..equals.unwrap_or(bytes.len())]).into_owned();
    let value = equals.map(|equals| behind(word, equals + 1).ok_or_else(|| not_text(word))).transpose()?;
    Ok((name, value))
}

/// The part of a word from a byte on.
#[cfg(unix)]
fn behind(word: &OsStr, start: usize) -> Option<OsString> {
    use std::os::unix::ffi::OsStrExt;
    Some(OsStr::from_bytes(&word.as_bytes()[start..]).to_owned())
}

/// The part of a word from a byte on; `None` if the system has no way to cut a word that is not UTF-8.
#[cfg(not(unix))]
fn behind(word: &OsStr, start: usize) -> Option<OsString> {
    word.to_str().map(|text| text[start..].into())
}

fn missing_value(switch: &Switch, value: &str) -> CallError {
    CallError::new(format!("{} needs a value: `{} {value}`.", switch.name, switch.name))
}

fn find(command: &Command, name: &str) -> Result<&'static Switch, CallError> {
    command.switches.iter().find(|switch| switch.name == name).ok_or_else(|| {
        let suggestion = suggestion(name, command.switches.iter().map(|switch| switch.name));
        CallError::new(format!(
            "`phaseplan {}` has no option `{name}`.{suggestion} `phaseplan help {}` lists its options.",
            command.name, command.name
        ))
    })
}

/// Checks the number of operands; one in square brackets is optional, and there may be more of a last one with `…`.
fn check_operands(command: &Command, arguments: &Arguments) -> Result<(), CallError> {
    let count = arguments.operands.len();
    let needed = command.operands.iter().filter(|name| !name.starts_with('[')).count();
    let usage = command.usage();
    if count < needed {
        let name = command.operands[count].trim_end_matches('…');
        return Err(CallError::new(format!("`phaseplan {}` needs {name}. Write: {usage}", command.name)));
    }
    let takes_more = command.operands.last().is_some_and(|name| name.trim_end_matches(']').ends_with('…'));
    if let Some(extra) = arguments.operands.get(command.operands.len()).filter(|_| !takes_more) {
        return Err(CallError::new(format!("`{}` is one word too many. Write: {usage}", extra.display())));
    }
    Ok(())
}

/// " Did you mean `x`?" for the most similar name; empty if none is similar.
pub fn suggestion<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> String {
    let nearest = names.map(|name| (distance(wrong, name), name)).min();
    match nearest {
        Some((distance, name)) if distance <= 2.max(name.len() / 3) => format!(" Did you mean `{name}`?"),
        _ => String::new(),
    }
}

/// The number of characters to replace, insert or delete (Levenshtein 1965).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const TO: Switch = Switch { name: "--to", value: Some("ID"), help: "", is_needed: false };
    static COMMAND: Command = Command {
        name: "try",
        operands: &["FILE", "[OTHER]"],
        switches: &[JSON, TO],
        summary: "",
        details: "",
        run: |_| unreachable!(),
    };

    fn check(words: &str, expected: &str) {
        let words: Vec<OsString> = words.split_whitespace().map(OsString::from).collect();
        let found = match read(&COMMAND, &words) {
            Ok(found) => format!("{:?} json={} to={:?}", found.operands, found.has(JSON), found.value(TO)),
            Err(error) => error.message,
        };
        assert_eq!(found, expected, "{words:?}");
    }

    #[test]
    fn words_are_sorted() {
        check("a.md --json", r#"["a.md"] json=true to=None"#);
        check("--to=x a.md --to y", r#"["a.md"] json=false to=Some("y")"#);
        check("- -- --json", r#"["-", "--json"] json=false to=None"#);
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_not_utf8_is_kept_and_a_text_is_refused() {
        use std::os::unix::ffi::OsStringExt;
        const OUT: Switch = Switch { name: "--out", value: Some("DIR"), help: "", is_needed: false };
        static WITH_PATH: Command = Command { switches: &[TO, OUT], ..COMMAND };
        let word = |bytes: &[u8]| OsString::from_vec(bytes.to_vec());
        let name = word(b"a\xff");
        for words in [[word(b"--out"), name.clone()].as_slice(), &[word(b"--out=a\xff")]] {
            let words = [std::slice::from_ref(&name), words].concat();
            let found = read(&WITH_PATH, &words).expect("it is a call");
            assert_eq!((&found.operands[0], found.path(OUT)), (&name, Some(Path::new(&name))));
        }
        let refused = read(&WITH_PATH, &[name.clone(), word(b"--to"), name]).expect_err("--to takes text");
        assert!(refused.message.contains("is not valid UTF-8"), "{}", refused.message);
    }

    #[test]
    fn a_last_operand_may_be_repeated() {
        static SEVERAL: Command = Command { operands: &["FILE…"], ..COMMAND };
        let words: Vec<OsString> = ["a", "b", "--json", "c"].map(OsString::from).into();
        assert_eq!(read(&SEVERAL, &words).map(|found| found.operands.len()), Ok(3));
        assert!(read(&SEVERAL, &[]).is_err());
    }

    #[test]
    fn json_is_asked_for_before_the_call_is_understood() {
        let asks = |words: &str| ask_for_json(&words.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert!(asks("pln x --json"));
        assert!(!asks("plan -- --json"));
    }

    #[test]
    fn wrong_calls_get_a_sentence() {
        let usage = "phaseplan try FILE [OTHER] [--json] [--to ID]";
        check("", &format!("`phaseplan try` needs FILE. Write: {usage}"));
        check("a b c", &format!("`c` is one word too many. Write: {usage}"));
        check("a --to", "--to needs a value: `--to ID`.");
        check("a --json=1", "--json takes no value.");
        check(
            "a --jsno",
            "`phaseplan try` has no option `--jsno`. Did you mean `--json`? `phaseplan help try` lists its \
             options.",
        );
        check(
            "a --zzzzzzzz",
            "`phaseplan try` has no option `--zzzzzzzz`. `phaseplan help try` lists its options.",
        );
    }
}
