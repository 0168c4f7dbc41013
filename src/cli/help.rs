//! `phaseplan help`: derived from the list of commands.

use std::fmt::Write;
use std::process::ExitCode;

use phaseplan::export::EXPORTERS;

use super::arguments::{Arguments, CallError, Switch};
use super::terminal::{self, WIDTH, wrapped};
use super::{COMMANDS, Command};

pub static COMMAND: Command = Command {
    name: "help",
    operands: &["[COMMAND]"],
    switches: &[],
    summary: "Explains a command.",
    details: "",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let text = match arguments.operands.first() {
        Some(name) => page(super::command(name)?),
        None => overview(),
    };
    Ok(terminal::print(&text))
}

/// What is there, in a few lines.
pub fn overview() -> String {
    let mut text =
        "phaseplan: which coding agents may change one repository at the same time, and why.\n\n".to_owned();
    for command in COMMANDS {
        let _ = writeln!(text, "  {:<36} {}", call(command), command.summary);
    }
    text.push_str(
        "\nFILE is a plan in text or JSON, or a tasks.md of spec-kit; - stands for standard input.\n\
         `phaseplan help COMMAND` says more, `phaseplan --version` prints the version.\n\
         Exit status: 0 fine, 1 the plan has errors or the check failed, 2 the call is wrong.\n",
    );
    text
}

/// Everything about one command.
pub fn page(command: &Command) -> String {
    let mut text = format!("{}\n\n  {}\n", command.summary, usage(command));
    if !command.details.is_empty() {
        text.push('\n');
        let paragraphs = command.details.split("\n\n").map(|paragraph| wrapped(paragraph, WIDTH).join("\n"));
        let _ = writeln!(text, "{}", paragraphs.collect::<Vec<_>>().join("\n\n"));
    }
    if !command.switches.is_empty() {
        text.push('\n');
    }
    for switch in command.switches {
        let _ = writeln!(text, "  {:<16} {}", spelled(switch), switch.help);
    }
    if command.name == "export" {
        text.push_str("\nFormats:\n");
        for exporter in EXPORTERS {
            let _ = writeln!(text, "  {:<16} {}", exporter.id(), exporter.description());
        }
    }
    text
}

/// The command with everything that it needs.
fn call(command: &Command) -> String {
    let mut text = [&["phaseplan", command.name], command.operands].concat().join(" ");
    for switch in command.switches.iter().filter(|switch| switch.is_needed) {
        let _ = write!(text, " {}", spelled(switch));
    }
    text
}

/// The command with everything that can be added.
pub fn usage(command: &Command) -> String {
    let mut text = call(command);
    for switch in command.switches.iter().filter(|switch| !switch.is_needed) {
        let _ = write!(text, " [{}]", spelled(switch));
    }
    text
}

/// A switch with the name of its value.
fn spelled(switch: &Switch) -> String {
    match switch.value {
        Some(value) => format!("{} {value}", switch.name),
        None => switch.name.to_owned(),
    }
}
