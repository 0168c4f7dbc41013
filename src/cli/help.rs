//! `phaseplan help`: derived from the lists of commands and problems.

use std::fmt::Write;
use std::process::ExitCode;

use phaseplan::diagnostic::Definition;
use phaseplan::export::EXPORTS;
use phaseplan::export::troubles::{TROUBLES, Trouble};
use phaseplan::import::FORMATS;
use phaseplan::rules;

use super::arguments::{Arguments, CallError};
use super::terminal::{self, WIDTH, wrapped};
use super::{COMMANDS, Command};

pub static COMMAND: Command = Command {
    name: "help",
    operands: &["[COMMAND]"],
    switches: &[],
    summary: "Explains a command, or a problem by its code.",
    details: "`phaseplan help PP101` says what a problem means and how to repair it, with an example. `phaseplan help \
        running` says what to do when a run goes wrong.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let text = match arguments.operands.first() {
        Some(name) if name.to_str() == Some(RUNNING) => running(),
        Some(name) => match name.to_str().and_then(rules::definition) {
            Some(definition) => page_of_problem(definition),
            None => page(super::command(name)?),
        },
        None => overview(),
    };
    Ok(terminal::print(&text))
}

/// The topic about runs that go wrong.
const RUNNING: &str = "running";

/// What goes wrong when agents run a plan.
fn running() -> String {
    let mut text = "When a run goes wrong: how it looks, why it happens, and what to do.\n".to_owned();
    for Trouble { symptom, cause, remedy, .. } in TROUBLES {
        let below = wrapped(&format!("{cause} {remedy}"), WIDTH - 2).join("\n  ");
        let _ = write!(text, "\n{symptom}\n  {below}\n");
    }
    text
}

/// A short overview.
pub fn overview() -> String {
    let mut text =
        "phaseplan: which coding agents may change one repository at the same time, and why.\n\n".to_owned();
    for command in COMMANDS {
        let _ = writeln!(text, "  {:<36} {}", command.call(), command.summary);
    }
    text.push_str(
        "\nFILE is a plan as a file, a folder, a zip archive or a link; - stands for standard input.\n\
         `phaseplan help COMMAND` says more, `help import` and `help export` list the formats,\n\
         `help PP101` explains a problem, and `help running` what to do when a run goes wrong.\n\
         `phaseplan --version` prints the version.\n\
         Exit status: 0 fine, 1 the plan has errors or the check failed, 2 the call is wrong.\n\
         A call with --json that fails answers with `{\"error\": …}`.\n",
    );
    text
}

/// The help on a command.
pub fn page(command: &Command) -> String {
    let mut text = format!("{}\n\n  {}\n", command.summary, command.usage());
    if !command.details.is_empty() {
        let _ = writeln!(text, "\n{}", paragraphs(command.details));
    }
    if !command.switches.is_empty() {
        text.push('\n');
    }
    for switch in command.switches {
        let _ = writeln!(text, "  {:<16} {}", switch.spelled(), switch.help);
    }
    if command.name == "import" {
        text.push_str("\nFormats:\n");
        for format in FORMATS {
            let _ = writeln!(text, "  {:<16} {}", format.id, format.description);
        }
    }
    if command.name == "export" {
        text.push_str("\nFormats:\n");
        for export in EXPORTS {
            let _ = writeln!(text, "  {:<16} {}", export.id, export.description);
            for choice in export.options {
                let values: Vec<&str> = choice.values.iter().map(|(value, _)| *value).collect();
                let _ = writeln!(text, "  {:<16} {}: {}={}", "", choice.title, choice.id, values.join("|"));
            }
        }
    }
    text
}

/// The help on a kind of problem.
fn page_of_problem(definition: &Definition) -> String {
    let Definition { code, name, title, severity, help, example, repaired } = definition;
    let mut text = format!("{code} {title}\n{} {name}\n\n{}\n", severity.name(), paragraphs(help));
    if !example.is_empty() {
        let _ = write!(text, "\nExample:\n\n{example}\nRepaired:\n\n{repaired}");
    }
    text
}

fn paragraphs(text: &str) -> String {
    let wrapped = |paragraph: &str| wrapped(&paragraph.replace('\n', " "), WIDTH).join("\n");
    text.split("\n\n").map(wrapped).collect::<Vec<_>>().join("\n\n")
}
