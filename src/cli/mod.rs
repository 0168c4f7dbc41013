//! The command line: the same core as in the browser, for terminals and for checks of pull requests.
//!
//! Every command is one file and one entry in [`COMMANDS`]; help, suggestions and documentation derive from it. Commands
//! read files and write text, and hold no rule and no algorithm. Exit status: 0 fine, 1 the plan has errors or the check
//! failed, 2 the call is wrong or a file can't be read.

mod arguments;
mod check;
mod diff;
mod export;
mod files;
mod help;
mod import;
mod link;
mod open;
mod overlap;
mod plan;
mod problems;
mod review;
mod terminal;

use std::process::ExitCode;

use arguments::{Arguments, CallError, Switch};

/// The plan has errors, or the check failed.
const FAILED: u8 = 1;
/// The call is wrong, or a file can't be read.
const WRONG_CALL: u8 = 2;

/// One command.
pub struct Command {
    /// The word in the call.
    pub name: &'static str,
    /// What comes after it.
    pub operands: &'static [&'static str],
    /// What can be added.
    pub switches: &'static [Switch],
    /// One line for the list of commands.
    pub summary: &'static str,
    /// Everything else there is to say, in paragraphs.
    pub details: &'static str,
    /// Runs it.
    pub run: fn(&Arguments) -> Result<ExitCode, CallError>,
}

/// Every command, in the order of the help.
static COMMANDS: &[&Command] = &[
    &plan::COMMAND,
    &check::COMMAND,
    &export::COMMAND,
    &import::COMMAND,
    &link::COMMAND,
    &open::COMMAND,
    &diff::COMMAND,
    &review::COMMAND,
    &overlap::COMMAND,
    &help::COMMAND,
];

/// Runs one command and says how it ended.
pub fn run(arguments: Vec<String>) -> ExitCode {
    dispatch(&arguments).unwrap_or_else(|error| {
        terminal::complain(&error.message);
        ExitCode::from(WRONG_CALL)
    })
}

fn dispatch(arguments: &[String]) -> Result<ExitCode, CallError> {
    let Some((first, rest)) = arguments.split_first() else {
        terminal::complain(&help::overview());
        return Ok(ExitCode::from(WRONG_CALL));
    };
    match first.as_str() {
        "-h" | "--help" => Ok(terminal::print(&help::overview())),
        "-V" | "--version" => Ok(terminal::print(concat!("phaseplan ", env!("CARGO_PKG_VERSION"), "\n"))),
        _ => {
            let command = command(first)?;
            if rest.iter().any(|argument| argument == "--help" || argument == "-h") {
                return Ok(terminal::print(&help::page(command)));
            }
            (command.run)(&arguments::read(command, rest)?)
        }
    }
}

/// The command with this name.
fn command(name: &str) -> Result<&'static Command, CallError> {
    let found = COMMANDS.iter().copied().find(|command| command.name == name);
    found.ok_or_else(|| {
        let names = COMMANDS.iter().map(|command| command.name);
        let suggestion = arguments::suggestion(name, names);
        CallError::new(format!(
            "There is no command `{name}`.{suggestion} `phaseplan help` lists all commands."
        ))
    })
}
