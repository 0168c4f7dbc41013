//! Reading the words of a call.

use super::Command;

/// Something that can be added to a call, such as `--json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Switch {
    /// With its dashes.
    pub name: &'static str,
    /// What its value is called in the help, if it takes one.
    pub value: Option<&'static str>,
    /// One sentence.
    pub help: &'static str,
    /// Whether the call is wrong without it.
    pub is_needed: bool,
}

/// Answer as JSON; every command that answers has it.
pub const JSON: Switch = Switch { name: "--json", value: None, help: "Answer as JSON.", is_needed: false };

/// The words of a call, sorted.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// What is no switch, in order.
    pub operands: Vec<String>,
    switches: Vec<(&'static str, String)>,
}

impl Arguments {
    /// Whether a switch is there.
    pub fn has(&self, switch: Switch) -> bool {
        self.value(switch).is_some()
    }

    /// The value of a switch; the last one counts.
    pub fn value(&self, switch: Switch) -> Option<&str> {
        self.switches.iter().rev().find(|(name, _)| *name == switch.name).map(|(_, value)| value.as_str())
    }

    /// The value of a switch that takes a number.
    pub fn number(&self, switch: Switch) -> Result<Option<u64>, CallError> {
        let Some(value) = self.value(switch) else { return Ok(None) };
        let wrong = || CallError::new(format!("{} takes a whole number, not `{value}`.", switch.name));
        value.parse().map(Some).map_err(|_| wrong())
    }
}

/// Why a call can't be answered.
#[derive(Debug, PartialEq, Eq)]
pub struct CallError {
    /// What is wrong and what to do, in sentences.
    pub message: String,
}

impl CallError {
    /// From sentences.
    pub fn new(message: impl Into<String>) -> CallError {
        CallError { message: message.into() }
    }
}

/// Sorts the words after the name of a command.
pub fn read(command: &Command, words: &[String]) -> Result<Arguments, CallError> {
    let mut arguments = Arguments::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if word == "--" {
            arguments.operands.extend(words.by_ref().cloned());
        } else if word.len() > 1 && word.starts_with('-') {
            let (name, given) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (word.as_str(), None),
            };
            let switch = find(command, name)?;
            let value = match (switch.value, given) {
                (None, None) => String::new(),
                (None, Some(_)) => return Err(CallError::new(format!("{name} takes no value."))),
                (Some(_), Some(value)) => value,
                (Some(value), None) => words.next().cloned().ok_or_else(|| missing_value(switch, value))?,
            };
            arguments.switches.push((switch.name, value));
        } else {
            arguments.operands.push(word.clone());
        }
    }
    check_operands(command, &arguments)?;
    Ok(arguments)
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

/// As many operands as the command names; one in square brackets may be left out.
fn check_operands(command: &Command, arguments: &Arguments) -> Result<(), CallError> {
    let count = arguments.operands.len();
    let needed = command.operands.iter().filter(|name| !name.starts_with('[')).count();
    let usage = super::help::usage(command);
    if count < needed {
        let name = command.operands[count];
        return Err(CallError::new(format!("`phaseplan {}` needs {name}. Write: {usage}", command.name)));
    }
    if let Some(extra) = arguments.operands.get(command.operands.len()) {
        return Err(CallError::new(format!("`{extra}` is one word too many. Write: {usage}")));
    }
    Ok(())
}

/// " Did you mean `x`?" for the most similar name, or nothing if none is similar.
pub fn suggestion<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> String {
    let nearest = names.map(|name| (distance(wrong, name), name)).min();
    match nearest {
        Some((distance, name)) if distance <= 2.max(name.len() / 3) => format!(" Did you mean `{name}`?"),
        _ => String::new(),
    }
}

/// How many characters have to be changed, added or left out (Levenshtein 1965).
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
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
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

    #[test]
    fn wrong_calls_get_a_sentence() {
        let usage = "phaseplan try FILE [OTHER] [--json] [--to ID]";
        check("", &format!("`phaseplan try` needs FILE. Write: {usage}"));
        check("a b c", &format!("`c` is one word too many. Write: {usage}"));
        check("a --to", "--to needs a value: `--to ID`.");
        check("a --json=1", "--json takes no value.");
        check(
            "a --jsno",
            "`phaseplan try` has no option `--jsno`. Did you mean `--json`? `phaseplan help try` lists its options.",
        );
        check(
            "a --zzzzzzzz",
            "`phaseplan try` has no option `--zzzzzzzz`. `phaseplan help try` lists its options.",
        );
    }
}
