//! `phaseplan link FILE`: the plan as a link.

use std::process::ExitCode;

use phaseplan::share::{self, Contents};

use super::arguments::{Arguments, CallError, JSON, Switch};
use super::{Command, files, terminal};

const STRUCTURE_ONLY: Switch = Switch {
    name: "--structure-only",
    value: None,
    help: "Leave the instructions out, which make up most of the length.",
    is_needed: false,
};
/// Where links lead.
pub const PAGE: Switch = Switch {
    name: "--page",
    value: Some("URL"),
    help: "Address of the page that opens the link; PHASEPLAN_PAGE if it is not given.",
    is_needed: false,
};

/// Where `cargo xtask serve` shows the page, since the program can't know where it is published.
const DEFAULT_PAGE: &str = "http://localhost:8080/";

pub static COMMAND: Command = Command {
    name: "link",
    operands: &["FILE"],
    switches: &[STRUCTURE_ONLY, PAGE, JSON],
    summary: "Prints a link that holds the plan.",
    details: "The plan is in the part after #, which browsers don't send to a server: whoever has the link can read it, \
              and nobody else. The same plan gives the same link.",
    run,
};

/// The address of the page that the call means.
pub fn page(arguments: &Arguments) -> String {
    let given = arguments.value(PAGE).map(str::to_owned);
    given.or_else(|| std::env::var("PHASEPLAN_PAGE").ok()).unwrap_or_else(|| DEFAULT_PAGE.to_owned())
}

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let plan = files::read_plan(&arguments.operands[0])?.plan;
    let contents = match arguments.has(STRUCTURE_ONLY) {
        true => Contents::StructureOnly,
        false => Contents::Full,
    };
    let link = share::link(&plan, contents).map_err(|error| CallError::new(error.to_string()))?;
    let url = link.at(&page(arguments));
    if arguments.has(JSON) {
        let answer = serde_json::json!({"url": url, "characters": url.len(), "tasks": plan.tasks.len()});
        return Ok(terminal::print(&format!("{answer:#}\n")));
    }
    Ok(terminal::print(&format!("{url}\n")))
}
