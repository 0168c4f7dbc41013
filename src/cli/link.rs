//! `phaseplan link FILE`: the plan as a link.

use std::process::ExitCode;

use phaseplan::rules;
use phaseplan::share::{self, Contents};

use super::arguments::{Arguments, CallError, JSON, Switch};
use super::{Command, files, terminal};

const STRUCTURE_ONLY: Switch = Switch {
    name: "--structure-only",
    value: None,
    help: "Leave the instructions out, which make up most of the length.",
    is_needed: false,
};
/// The page that links open.
pub const PAGE: Switch = Switch {
    name: "--page",
    value: Some("URL"),
    help: "Address of the page that opens the link; PHASEPLAN_PAGE if it is not given.",
    is_needed: false,
};

/// The address of `cargo xtask serve`. Everybody publishes the page at an address of their own, which the program can't
/// know, and a link to somebody else's page would hand the plan to whoever runs that.
const DEFAULT_PAGE: &str = "http://127.0.0.1:8080/";

pub static COMMAND: Command = Command {
    name: "link",
    operands: &["FILE"],
    switches: &[STRUCTURE_ONLY, PAGE, JSON],
    summary: "Prints a link that holds the plan.",
    details: "The plan is in the part after #, which browsers don't send to a server: whoever has the link \
        can read it, and nobody else. The same plan gives the same link.",
    run,
};

/// The address of the page for this call. Says on standard error if nobody named it.
pub fn page(arguments: &Arguments) -> String {
    let named = arguments.value(PAGE).map(str::to_owned).or_else(|| std::env::var("PHASEPLAN_PAGE").ok());
    named.filter(|address| !address.is_empty()).unwrap_or_else(|| {
        terminal::complain(&format!(
            "This link opens only on a computer that runs the page at {DEFAULT_PAGE}, as `cargo xtask serve` does. \
             Before you send it to others, name the page that they use: --page URL, or PHASEPLAN_PAGE."
        ));
        DEFAULT_PAGE.to_owned()
    })
}

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let plan = files::read_plan_and_tell(&arguments.operands[0])?.plan;
    let contents = match arguments.has(STRUCTURE_ONLY) {
        true => Contents::StructureOnly,
        false => Contents::Full,
    };
    for found in rules::secrets(&share::contained(&plan, contents)) {
        terminal::complain(&found.sentences());
    }
    let link = share::link(&plan, contents).map_err(|error| CallError::new(error.to_string()))?;
    let url = link.at(&page(arguments));
    if arguments.has(JSON) {
        let answer = serde_json::json!({"url": url, "characters": url.len(), "tasks": plan.tasks.len()});
        return Ok(terminal::print(&format!("{answer:#}\n")));
    }
    Ok(terminal::print(&format!("{url}\n")))
}
