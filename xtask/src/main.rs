//! The project's own commands. `cargo xtask` lists them.
//!
//! Deliberately absent: dependencies. A newcomer waits for this program first, so it uses only the standard
//! library and compiles in seconds. It starts the real tools and reports what they do and how long they take.

mod bench;
mod browser;
mod campaign;
mod debian;
mod minify;
mod options;
mod process;
mod project;
mod rooms;
mod serve;
mod server;
mod short_names;
mod site;
mod steps;
mod test;
mod timing;
mod tools;

use std::process::ExitCode;

/// The result of a command. An error is a sentence for the person at the terminal.
type Result<T> = std::result::Result<T, String>;

/// One command of `cargo xtask`.
struct Command {
    name: &'static str,
    does: &'static str,
    help: fn() -> String,
    run: fn(Vec<String>) -> Result<()>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "serve",
        does: "build the web app and open it on this computer",
        help: serve::help,
        run: serve::run,
    },
    Command { name: "test", does: "run every check that CI runs", help: test::help, run: test::run },
    Command {
        name: "bench",
        does: "measure the searches on benchmark files",
        help: bench::help,
        run: bench::run,
    },
    Command {
        name: "campaign",
        does: "repeat checks with random choices in large numbers",
        help: campaign::help,
        run: campaign::run,
    },
];

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.is_empty() || arguments[0] == "help" || arguments[0].starts_with('-') {
        print!("{}", overview());
        return ExitCode::SUCCESS;
    }
    let name = arguments.remove(0);
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        eprintln!("There is no command `{name}`.\n\n{}", overview());
        return ExitCode::from(2);
    };
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        print!("{}", (command.help)());
        return ExitCode::SUCCESS;
    }
    match (command.run)(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn overview() -> String {
    let mut text = String::from("Usage: cargo xtask COMMAND [OPTIONS]\n\n");
    for command in COMMANDS {
        text.push_str(&format!("  {:<8} {}\n", command.name, command.does));
    }
    text.push_str("\n`cargo xtask COMMAND --help` lists the options of a command.\n");
    text
}
