//! Calls of other tools than that for agents: commands and files to read, which the orchestrator needs no agent
//! for.

use std::fmt::Write;

use super::super::phases::OpenPhase;
use super::{Source, name};
use crate::agents::{COMMAND_TOOL, MOST_PER_MESSAGE, READ_TOOL};
use crate::escape::markdown_code;
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

/// The tool with what it is given. Without the title, which is somebody's sentence and could be read as a rule.
fn call(task: &Task) -> String {
    if !task.run.is_empty() {
        return format!("{COMMAND_TOOL} {}", markdown_code(&task.run));
    }
    let read: Vec<String> = task.read_files().iter().map(|path| markdown_code(path)).collect();
    match read.is_empty() {
        true => "names no command; ask me which".to_owned(),
        false => format!("{READ_TOOL} {}", read.join(", ")),
    }
}
