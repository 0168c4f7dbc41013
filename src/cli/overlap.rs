//! `phaseplan overlap LEFT RIGHT`: whether two entries can name one file.

use std::fmt::Write;
use std::process::ExitCode;

use phaseplan::analysis::Ownership;
use phaseplan::glob::{Entry, Pattern, PatternError, Reading, overlap};
use phaseplan::plan::{Plan, Task};
use serde_json::{Value, json};

use super::arguments::{Arguments, CallError, JSON, Switch};
use super::{Command, FAILED, files, terminal};

const PAIRS: Switch = Switch {
    name: "--pairs",
    value: Some("FILE"),
    help: "Answer for every line of a table instead: left, right and, if known, the answer (yes or no, 1 or \
        0), between tabs.",
    is_needed: false,
};

pub static COMMAND: Command = Command {
    name: "overlap",
    operands: &["[LEFT]", "[RIGHT]"],
    switches: &[JSON, PAIRS],
    summary: "Says whether two patterns can match one path, and names such a path.",
    details: "The answer is exact. Entries are reduced to their paths as in a plan, and then read to the \
        letter; where a plan reads them otherwise, such as `docs/` as everything below `docs`, a second line \
        gives its answer.\n\nExit \
        status: 0 for yes, 1 for no. With --pairs: 1 if an answer differs from the table.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    match (arguments.path(PAIRS), arguments.operands.len()) {
        (Some(file), 0) => answer_table(&files::read_text(file)?, arguments.has(JSON)),
        (None, 2) => answer_pair(arguments.text(0)?, arguments.text(1)?, arguments.has(JSON)),
        _ => {
            Err(CallError::new(format!("Name two patterns, or a table of them. Write: {}", COMMAND.usage())))
        }
    }
}

/// The answer for two patterns.
struct Answer {
    witness: Option<String>,
    /// The answer within a plan, if it differs.
    in_plan: Option<InPlan>,
}

enum InPlan {
    Overlap(String),
    No,
    Error(String),
}

fn answer_pair(left: &str, right: &str, as_json: bool) -> Result<ExitCode, CallError> {
    let answer = answer(left, right).map_err(CallError::new)?;
    let text = if as_json { format!("{:#}\n", as_value(left, right, &answer)) } else { sentence(&answer) };
    let written = terminal::print(&text);
    Ok(if answer.witness.is_some() { written } else { ExitCode::from(FAILED) })
}

fn answer(left: &str, right: &str) -> Result<Answer, String> {
    let parse = |side: &str, text: &str| {
        parse(text).map_err(|(error, meant)| {
            let instead =
                if meant.is_empty() { String::new() } else { format!(" Write {}.", meant.join(", ")) };
            format!("The {side} pattern `{}`, {error}{instead}", terminal::printable(text))
        })
    };
    let witness = overlap(&parse("left", left)?, &parse("right", right)?);
    let in_plan = match in_plan(left, right) {
        InPlan::Overlap(_) if witness.is_some() => None,
        InPlan::No if witness.is_none() => None,
        differs => Some(differs),
    };
    Ok(Answer { witness, in_plan })
}

/// Reads an entry as plans do, and its pattern to the letter.
fn parse(text: &str) -> Result<Pattern, (PatternError, Vec<String>)> {
    match Entry::read(text) {
        Entry::Files(path) => Pattern::parse_as(&path, Reading::Strict).map_err(|error| (error, Vec::new())),
        Entry::Other { message, meant } => Err((PatternError { column: 1, message }, meant)),
        Entry::Placeholder => {
            let message = "This names no file.".to_owned();
            Err((PatternError { column: 1, message }, Vec::new()))
        }
    }
}

/// The answer for two tasks of a plan that each own one of the patterns.
fn in_plan(left: &str, right: &str) -> InPlan {
    let task = |pattern: &str| Task { owns: vec![pattern.to_owned()], ..Task::default() };
    let ownership = Ownership::of(&Plan { tasks: vec![task(left), task(right)], ..Plan::default() });
    if let Some(one) = ownership.unreadable.first() {
        return InPlan::Error(format!("`{}`, {}", one.written.text, one.error));
    }
    match ownership.owns[0].overlap(&ownership.owns[1]) {
        Some(overlap) => InPlan::Overlap(overlap.witness),
        None => InPlan::No,
    }
}

fn sentence(answer: &Answer) -> String {
    let mut text = match &answer.witness {
        Some(witness) => format!("yes  {}\n", terminal::printable(witness)),
        None => "no\n".to_owned(),
    };
    match &answer.in_plan {
        Some(InPlan::Overlap(witness)) => {
            let reading = match witness.contains('[') {
                true => "a class such as `[ch]` is also that name",
                false => {
                    "a path that ends in `/`, or that the other pattern goes below, is everything below it"
                }
            };
            let _ =
                writeln!(text, "In a plan: yes  {}, because there {reading}.", terminal::printable(witness));
        }
        Some(InPlan::No) => text.push_str("In a plan: no.\n"),
        Some(InPlan::Error(error)) => {
            let _ = writeln!(text, "In a plan: an error in {}", terminal::printable(error));
        }
        None => {}
    }
    text
}

fn as_value(left: &str, right: &str, answer: &Answer) -> Value {
    let mut value =
        json!({"left": left, "right": right, "overlap": answer.witness.is_some(), "witness": answer.witness});
    match &answer.in_plan {
        Some(InPlan::Overlap(witness)) => value["in_a_plan"] = json!({"overlap": true, "witness": witness}),
        Some(InPlan::No) => value["in_a_plan"] = json!({"overlap": false}),
        Some(InPlan::Error(error)) => value["in_a_plan"] = json!({"error": error}),
        None => {}
    }
    value
}

fn answer_table(table: &str, as_json: bool) -> Result<ExitCode, CallError> {
    let rows = rows(table)?;
    let answers: Vec<Result<Answer, String>> = rows.iter().map(|row| answer(row.left, row.right)).collect();
    let overlaps =
        |answer: &Result<Answer, String>| answer.as_ref().is_ok_and(|answer| answer.witness.is_some());
    let is_wrong = |(row, answer): &(&Row<'_>, &Result<Answer, String>)| {
        answer.is_err() || row.expected.is_some_and(|expected| expected != overlaps(answer))
    };
    let overlapping = answers.iter().filter(|answer| overlaps(answer)).count();
    let wrong = rows.iter().zip(&answers).filter(is_wrong).count();
    let text = if as_json {
        let pair = |both: (&Row<'_>, &Result<Answer, String>)| row_as_value(both.0, both.1, is_wrong(&both));
        let pairs: Vec<Value> = rows.iter().zip(&answers).map(pair).collect();
        let table = json!({"count": rows.len(), "overlapping": overlapping, "wrong": wrong, "pairs": pairs});
        format!("{table:#}\n")
    } else {
        let line = |both: (&Row<'_>, &Result<Answer, String>)| row_as_line(both.0, both.1, is_wrong(&both));
        let lines: String = rows.iter().zip(&answers).map(line).collect();
        format!("{lines}{} pairs, {overlapping} overlap, {wrong} wrong.\n", rows.len())
    };
    let written = terminal::print(&text);
    Ok(if wrong > 0 { ExitCode::from(FAILED) } else { written })
}

fn row_as_value(row: &Row<'_>, answer: &Result<Answer, String>, is_wrong: bool) -> Value {
    let mut value = match answer {
        Ok(answer) => as_value(row.left, row.right, answer),
        Err(error) => json!({"left": row.left, "right": row.right, "error": error}),
    };
    value["line"] = json!(row.line);
    value["expected"] = json!(row.expected);
    value["wrong"] = json!(is_wrong);
    value
}

fn row_as_line(row: &Row<'_>, answer: &Result<Answer, String>, is_wrong: bool) -> String {
    let said = match answer {
        Ok(Answer { witness: Some(witness), .. }) => format!("yes  {witness}"),
        Ok(_) => "no".to_owned(),
        Err(error) => format!("error  {error}"),
    };
    let verdict = if is_wrong { "  WRONG" } else { "" };
    let line = format!("{}: {said}{verdict}  ({} and {})", row.line, row.left, row.right);
    format!("{}\n", terminal::printable(&line))
}

/// A row of a table.
struct Row<'a> {
    line: usize,
    left: &'a str,
    right: &'a str,
    expected: Option<bool>,
}

/// The rows of a table, without blank lines, remarks and the heading.
fn rows(table: &str) -> Result<Vec<Row<'_>>, CallError> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut is_first = true;
    for (index, text) in
        table.lines().enumerate().filter(|(_, text)| !text.trim().is_empty() && !text.starts_with('#'))
    {
        let line = index + 1;
        let mut columns = text.split('\t');
        let (Some(left), Some(right)) = (columns.next(), columns.next()) else {
            let message =
                format!("Line {line} of the table has no second pattern. Put a tab between the two.");
            return Err(CallError::new(message));
        };
        let third = columns.next().unwrap_or_default().trim().to_ascii_lowercase();
        let expected = match third.as_str() {
            "1" | "yes" | "true" => Some(true),
            "0" | "no" | "false" => Some(false),
            _ => None,
        };
        let is_heading =
            is_first && expected.is_none() && (!third.is_empty() || (left, right) == ("left", "right"));
        is_first = false;
        if !is_heading {
            rows.push(Row { line, left, right, expected });
        }
    }
    Ok(rows)
}
