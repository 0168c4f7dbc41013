//! `phaseplan import FILE`: another tool's plan as plan text.

use std::process::ExitCode;

use phaseplan::import::Imported;
use phaseplan::text::{Spelling, print};

use super::arguments::{Arguments, CallError, JSON};
use super::{Command, files, terminal};

pub static COMMAND: Command = Command {
    name: "import",
    operands: &["FILE"],
    switches: &[JSON],
    summary: "Turns another tool's plan into plan text, and lists what was guessed.",
    details: "The plan goes to standard output and the notes to standard error, so that \
              `phaseplan import tasks.md > plan.md` shows what to look at.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let imported = files::read_plan(&arguments.operands[0])?;
    if arguments.has(JSON) {
        return Ok(terminal::print(&json(&imported)));
    }
    let written = terminal::print(&print(&imported.plan, Spelling::Document));
    terminal::complain(&format!("Read as {}.", imported.format));
    for note in &imported.notes {
        let place = note.line.map_or(String::new(), |line| format!("line {line}: "));
        terminal::complain(&terminal::printable(&format!("{place}{}", note.message)));
    }
    Ok(written)
}

fn json(imported: &Imported) -> String {
    let notes: Vec<_> = imported
        .notes
        .iter()
        .map(|note| serde_json::json!({"line": note.line, "message": note.message}))
        .collect();
    let answer = serde_json::json!({"read_as": imported.format, "notes": notes, "plan": imported.plan});
    format!("{answer:#}\n")
}
