//! The command line: the same core as in the browser, for terminals and for checks of pull requests.
//!
//! Every command is one file and one entry in [`COMMANDS`]; help, suggestions and documentation derive from
//! it. Commands read files and write text, and contain no rules and no algorithms. Exit status: 0 success, 1
//! the plan has errors or the check failed, 2 the call is invalid or a file can't be read. A call with `--json`
//! is answered with JSON also when it fails: `{"error": …}`.

mod advise;
mod arguments;
mod check;
mod check_several;
mod diff;
mod event_file;
mod evidence;
mod export;
mod failure;
mod files;
mod guard;
mod help;
mod import;
mod link;
mod log;
mod mark;
mod next;
mod now;
mod open;
mod output;
mod overlap;
mod owns;
mod plan;
mod problems;
mod review;
mod scan;
mod terminal;

use std::ffi::{OsStr, OsString};
use std::fmt::Write;
use std::process::ExitCode;

use arguments::{Arguments, CallError, Switch};

/// Exit status if the plan has errors or the check failed.
const FAILED: u8 = 1;
/// Exit status if the call is invalid or a file can't be read.
const WRONG_CALL: u8 = 2;

/// A command.
pub struct Command {
    /// Its name.
    pub name: &'static str,
    /// The names of its operands.
    pub operands: &'static [&'static str],
    /// Its switches.
    pub switches: &'static [Switch],
    /// One line for the list of commands.
    pub summary: &'static str,
    /// The details, in paragraphs.
    pub details: &'static str,
    /// Runs it.
    pub run: fn(&Arguments) -> Result<ExitCode, CallError>,
}

/// Every command, in the order of the help.
static COMMANDS: &[&Command] = &[
    &plan::COMMAND,
    &check::COMMAND,
    &export::COMMAND,
    &guard::COMMAND,
    &import::COMMAND,
    &scan::COMMAND,
    &link::COMMAND,
    &open::COMMAND,
    &diff::COMMAND,
    &review::COMMAND,
    &overlap::COMMAND,
    &owns::COMMAND,
    &next::COMMAND,
    &mark::COMMAND,
    &log::COMMAND,
    &now::COMMAND,
    &advise::COMMAND,
    &help::COMMAND,
];

impl Command {
    /// The command with its operands and required switches.
    pub fn call(&self) -> String {
        let mut text = [&["phaseplan", self.name], self.operands].concat().join(" ");
        for switch in self.switches.iter().filter(|switch| switch.is_needed) {
            let _ = write!(text, " {}", switch.spelled());
        }
        text
    }

    /// The command with all its switches.
    pub fn usage(&self) -> String {
        let mut text = self.call();
        for switch in self.switches.iter().filter(|switch| !switch.is_needed) {
            let _ = write!(text, " [{}]", switch.spelled());
        }
        text
    }
}

/// Runs a command and returns its exit status.
pub fn run(words: &[OsString]) -> ExitCode {
    dispatch(words).unwrap_or_else(|error| {
        if arguments::ask_for_json(words) {
            let answer = serde_json::json!({"error": terminal::printable(&error.message)});
            terminal::print(&format!("{answer:#}\n"));
        }
        terminal::complain(&error.message);
        ExitCode::from(error.status)
    })
}

fn dispatch(words: &[OsString]) -> Result<ExitCode, CallError> {
    let Some((first, rest)) = words.split_first() else {
        terminal::complain(&help::overview());
        return Ok(ExitCode::from(WRONG_CALL));
    };
    match first.to_str() {
        Some("-h" | "--help") => Ok(terminal::print(&help::overview())),
        Some("-V" | "--version") => {
            Ok(terminal::print(concat!("phaseplan ", env!("CARGO_PKG_VERSION"), "\n")))
        }
        _ => {
            let command = command(first)?;
            if rest.iter().any(|word| word == "--help" || word == "-h") {
                return Ok(terminal::print(&help::page(command)));
            }
            (command.run)(&arguments::read(command, rest)?)
        }
    }
}

/// The command with this name.
fn command(name: &OsStr) -> Result<&'static Command, CallError> {
    let name = &*name.to_string_lossy();
    let found = COMMANDS.iter().copied().find(|command| command.name == name);
    found.ok_or_else(|| {
        let names = COMMANDS.iter().map(|command| command.name);
        let suggestion = arguments::suggestion(name, names);
        CallError::new(format!(
            "There is no command `{name}`.{suggestion} `phaseplan help` lists all commands."
        ))
    })
}
