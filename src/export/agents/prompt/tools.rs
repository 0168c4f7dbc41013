//! Calls of other tools than that for agents: commands and files to read, which the orchestrator needs no agent
//! for.

use std::fmt::Write;

use super::super::phases::OpenPhase;
use super::{Source, name};
use crate::agents::{COMMAND_TOOL, MOST_PER_MESSAGE, READ_TOOL};
use crate::escape::{markdown_code, one_line};
use crate::plan::Task;

/// How a phase's calls are made, as a step of every phase.
pub const STEP: &str = "Make its tool calls yourself, as many **in one message** as it names, each command word for word. \
    Launch no agent for them. If one fails, tell me, go on with what does not wait for it, and leave out what does.";

/// Writes the calls of a phase, by message.
pub fn write(page: &mut String, source: &Source<'_>, phase: &OpenPhase) {
    for (number, message) in phase.tools.chunks(MOST_PER_MESSAGE).enumerate() {
        let then = if number == 0 { "" } else { "Then make " };
        let these = match (message.len(), number) {
            (1, 0) => "Make this tool call yourself, in one message; launch no agent for it:".to_owned(),
            (count, 0) => format!(
                "Make these {count} tool calls yourself, **in one message**; launch no agent for them:"
            ),
            (1, _) => format!("{then}this one in one message:"),
            (count, _) => format!("{then}these {count} **in one message**:"),
        };
        let _ = writeln!(page, "\n{these}\n");
        for &at in message {
            let task = source.task(at);
            let _ = writeln!(page, "- {}: {}", name(task), call(task));
        }
    }
}

/// The tool with what it is given.
fn call(task: &Task) -> String {
    let title = one_line(&task.title);
    let about = if title.is_empty() { title } else { format!(" ({title})") };
    if !task.run.is_empty() {
        return format!("{COMMAND_TOOL} {}{about}", markdown_code(&task.run));
    }
    let read: Vec<String> = task.read_files().iter().map(|path| markdown_code(path)).collect();
    match read.is_empty() {
        true => format!("no command is given; do what its title says{about}"),
        false => format!("{READ_TOOL} {}{about}", read.join(", ")),
    }
}
