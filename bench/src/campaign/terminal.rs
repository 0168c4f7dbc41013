//! Every command of the command line with hostile plans, file names and arguments: nothing that it prints can steer a
//! terminal or hide from a reader, and an answer as JSON is JSON whether the call succeeds or fails.

use std::ffi::OsString;
use std::path::Path;

use phaseplan::export::EXPORTS;
use phaseplan::hidden;
use phaseplan::share::{self, Contents};
use phaseplan::text::{Spelling, print};
use serde_json::Value;

use super::Tally;
use super::chance::Chance;
use super::hostile::plan_file;
use super::program::{Folder, argument, file_name, said, words};
use super::reviews::log;

/// Codes to explain, and words that are none.
const TOPICS: [&str; 6] = ["PP101", "PP447", "import", "export", "plan", "PP0"];

/// A folder with hostile files, and every command on them.
pub fn round(chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    let folder = Folder::new("terminal")?;
    let files = [write_plan(&folder, chance)?, write_plan(&folder, chance)?];
    write_reviews(&folder, chance)?;
    let format = || EXPORTS.iter();
    let mut calls: Vec<(&'static str, Vec<OsString>)> = vec![
        ("plan", vec![files[0].clone()]),
        ("check", vec![files[0].clone()]),
        ("import", vec![files[0].clone()]),
        ("link", vec![files[0].clone()]),
        ("diff", files.to_vec()),
        ("review", review(&files[0], chance)),
        ("overlap", vec![word(chance), word(chance)]),
        ("open", vec![link(chance)?]),
        ("help", vec![(*chance.pick(&TOPICS)).into()]),
    ];
    for export in format() {
        calls.push(("export", [vec![files[0].clone()], words(["--to", export.id])].concat()));
    }
    // Nothing of this is there, or right.
    let anything =
        [&["plan", "check", "export", "overlap", "review", "help", "open", "link", "import", "diff"]];
    let command = *chance.pick(anything[0]);
    let wrong = (0..chance.below(4)).map(|_| word(chance)).collect();
    calls.push((command, wrong));
    for (command, mut arguments) in calls {
        arguments.insert(0, command.into());
        if chance.once_in(2) {
            arguments.push("--json".into());
        }
        check(&folder.0, command, &arguments, tally)?;
    }
    let nonsense: Vec<OsString> = (0..1 + chance.below(3)).map(|_| word(chance)).collect();
    check(&folder.0, "no command", &nonsense, tally)
}

/// Runs a call and looks at all that it prints.
fn check(
    folder: &Path,
    command: &'static str,
    arguments: &[OsString],
    tally: &mut Tally,
) -> Result<(), String> {
    let output = tally.timed(|| said(folder, arguments))?;
    let failed = |what: String| {
        let texts = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        Err(format!("{what}\nin the answer to {arguments:?}, with {}: {texts:?}", output.status))
    };
    if !matches!(output.status.code(), Some(0..=2)) {
        return failed("It ended in an unknown way.".to_owned());
    }
    for bytes in [&output.stdout, &output.stderr] {
        let Ok(text) = str::from_utf8(bytes) else { return failed("This is no UTF-8.".to_owned()) };
        if let Some(numbers) = hidden::numbers(text) {
            return failed(numbers);
        }
    }
    let asks = arguments.iter().take_while(|word| *word != "--").any(|word| word == "--json");
    let is_help = arguments.iter().any(|word| word == "--help" || word == "-h") || command == "help";
    if asks && !is_help && serde_json::from_slice::<Value>(&output.stdout).is_err() {
        return failed("This is no JSON.".to_owned());
    }
    tally.count(match output.status.code() {
        Some(0) => "calls succeeded, and printed nothing that steers or hides",
        Some(1) => "calls found a plan wrong, likewise",
        _ => "calls were refused, likewise",
    });
    Ok(())
}

/// Writes a plan as JSON, as plan text, or as bytes that are neither, under any name. Returns the name.
fn write_plan(folder: &Folder, chance: &mut Chance) -> Result<OsString, String> {
    let plan = chance.hostile_plan();
    let bytes = match chance.below(6) {
        0 => chance.hostile_bytes(40),
        1 => chance.plan_text().into_bytes(),
        2 => print(&plan, Spelling::Document).into_bytes(),
        3 => {
            let bytes = plan_file(&plan)?;
            chance.damage(&bytes, b"{}[]\",:\\x1b\x00\x9b").into_bytes()
        }
        _ => plan_file(&plan)?.into_bytes(),
    };
    let ending = *chance.pick(&["", ".md", ".json", ".phaseplan.md", ".phaseplan.json", ".yaml", ".csv"]);
    let mut name = file_name(chance.hostile_bytes(3));
    name.push(ending);
    folder.write(&name, bytes)?;
    // As `./-x`, so that no name is a switch; sometimes it is one.
    let mut path = OsString::from(if chance.once_in(8) { "" } else { "./" });
    path.push(name);
    Ok(path)
}

/// Writes events by hostile authors to `r.jsonl`.
fn write_reviews(folder: &Folder, chance: &mut Chance) -> Result<(), String> {
    let plan = chance.plan();
    let mut bytes = log(&plan, chance).to_lines().into_bytes();
    for _ in 0..chance.below(4) {
        bytes.extend(chance.hostile_bytes(6));
        bytes.push(b'\n');
    }
    folder.write("r.jsonl", bytes)
}

fn review(plan: &OsString, chance: &mut Chance) -> Vec<OsString> {
    let mut arguments = vec![plan.clone(), "--reviews".into(), "r.jsonl".into()];
    let mut add = |switch: &str, value: Option<OsString>| {
        arguments.push(switch.into());
        arguments.extend(value);
    };
    if chance.once_in(2) {
        add("--author", Some(word(chance)));
        add("--comment", Some(word(chance)));
    }
    if chance.once_in(3) {
        add("--on", Some(word(chance)));
    }
    if chance.once_in(3) {
        add("--ignore", Some(word(chance)));
    }
    if chance.once_in(4) {
        add("--receive", Some("r.jsonl".into()));
    }
    if chance.once_in(3) {
        add(chance.pick::<&str>(&["--markdown", "--approve", "--publish", "--reply"]), None);
    }
    arguments
}

/// The link of a hostile plan, whole or damaged.
fn link(chance: &mut Chance) -> Result<OsString, String> {
    let mut plan = chance.hostile_plan();
    phaseplan::plan::normal::normalise(&mut plan);
    let link = share::link(&plan, Contents::Full).map_err(|error| error.to_string())?;
    let link = link.at("https://plans.example/");
    Ok(if chance.once_in(3) {
        chance.damage(&link, b"\x1b\x9bAz09-_.").replace('\0', "").into()
    } else {
        link.into()
    })
}

fn word(chance: &mut Chance) -> OsString {
    let bytes = chance.hostile_bytes(4);
    argument(bytes)
}
