//! `phaseplan export FILE --to ID`: the plan for other programs and for agents.

use std::process::ExitCode;

use phaseplan::export::{EXPORTERS, exporter};

use super::arguments::{self, Arguments, CallError, Switch};
use super::{Command, FAILED, plan, problems, terminal};

const TO: Switch =
    Switch { name: "--to", value: Some("FORMAT"), help: "One of the formats below.", is_needed: true };
const OUTPUT: Switch = Switch {
    name: "--output",
    value: Some("PATH"),
    help: "Write to this file, not to the terminal.",
    is_needed: false,
};

pub static COMMAND: Command = Command {
    name: "export",
    operands: &["FILE"],
    switches: &[TO, OUTPUT, plan::STEPS],
    summary: "Writes the plan for agents, people or programs.",
    details: "A plan with errors is written all the same; the exit status is then 1.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let names: Vec<&str> = EXPORTERS.iter().map(|exporter| exporter.id()).collect();
    let formats = names.join(", ");
    let id = arguments.value(TO).ok_or_else(|| {
        CallError::new(format!("Say which format you want: `--to FORMAT`, one of {formats}."))
    })?;
    let exporter = exporter(id).ok_or_else(|| {
        let suggestion = arguments::suggestion(id, names.iter().copied());
        CallError::new(format!("There is no format `{id}`.{suggestion} Formats: {formats}."))
    })?;
    let report = plan::read(arguments)?;
    let text = exporter.render(&report);
    let written = match arguments.value(OUTPUT) {
        Some(path) => {
            let failed = |error| CallError::new(format!("`{path}` can't be written: {error}."));
            std::fs::write(path, text).map_err(failed)?;
            ExitCode::SUCCESS
        }
        None => terminal::print(&text),
    };
    if problems::has_errors(&report) {
        terminal::complain(&format!("The plan has errors: {}.", problems::counts(&report)));
        return Ok(ExitCode::from(FAILED));
    }
    Ok(written)
}
