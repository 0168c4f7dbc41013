//! How many tokens tasks take: what they read, write and leave in a conversation.

use crate::doer::Doer;
use crate::evidence::{Evidence, Looking};
use crate::glob::Pattern;
use crate::plan::{Kind, Task};

/// Tokens of a conversation before its first task: the instructions of the tool, its tools, the conventions.
pub const START: f64 = 20_000.0;
/// Turns in a minute of work.
pub const TURNS_A_MINUTE: f64 = 2.0;
/// Tokens that a model writes in a minute of work.
pub const WRITTEN_A_MINUTE: f64 = 600.0;
/// Tokens by which what tools answer lets a conversation grow in each turn.
pub const ANSWERED_A_TURN: f64 = 700.0;
/// Tokens of a file.
pub const OF_A_FILE: f64 = 1_500.0;
/// Tokens that are read of the files of a pattern, at most.
pub const OF_A_PATTERN: f64 = 10_000.0;
/// Tokens of a report.
pub const OF_A_REPORT: f64 = 550.0;
/// Tokens of what one tool call answers.
pub const OF_AN_ANSWER: f64 = 1_000.0;
/// Tokens that a model writes for one tool call.
pub const OF_A_CALL: f64 = 100.0;
/// Characters of a token.
pub const CHARACTERS: f64 = 3.8;
/// Characters of a prompt besides the words of its task.
pub const FRAME_CHARACTERS: f64 = 700.0;
/// Characters of the instructions for whoever launches the agents.
pub const HEAD_CHARACTERS: f64 = 1_900.0;
/// Tokens that a model writes in a second.
pub const WRITTEN_A_SECOND: f64 = 70.0;
/// Tokens that a conversation holds; a longer one is summed up on the way.
pub const WINDOW: f64 = 1_000_000.0;

/// The work of a task, for a model.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Work {
    /// Turns.
    pub turns: f64,
    /// Tokens that are read of files.
    pub read: f64,
    /// Tokens that are written.
    pub written: f64,
    /// Tokens by which the conversation grows.
    pub grows: f64,
}

/// The work of a task that takes these minutes. Nothing for a task that no model does: a decision, or one for a person
/// or another program.
pub fn work(evidence: &Evidence, task: &Task, minutes: f64) -> Work {
    if is_call(task) {
        return Work { turns: 1.0, read: 0.0, written: OF_A_CALL, grows: OF_A_CALL + OF_AN_ANSWER };
    }
    if !Doer::of(task).is_launched() {
        return Work::default();
    }
    let (turns, written) = (TURNS_A_MINUTE * minutes, WRITTEN_A_MINUTE * minutes);
    let read = read(evidence, task);
    Work { turns, read, written, grows: read + written + ANSWERED_A_TURN * turns }
}

/// Whether a task is a single command, which needs no model to carry it out.
pub fn is_call(task: &Task) -> bool {
    task.kind == Kind::Call
}

/// Whether a task runs commands and changes nothing.
pub fn is_command(task: &Task) -> bool {
    matches!(task.kind, Kind::Call | Kind::Verify)
}

/// Tokens of the files that a task reads and owns: of each file that is named, and of each pattern no more than
/// [`OF_A_PATTERN`], less if evidence says that fewer files match.
pub fn read(evidence: &Evidence, task: &Task) -> f64 {
    let entries = task.owned_files().into_iter().chain(task.read_files());
    entries.filter(|entry| !entry.starts_with('!')).map(|entry| of_entry(evidence, &entry)).sum()
}

fn of_entry(evidence: &Evidence, entry: &str) -> f64 {
    if is_one_file(entry) {
        return OF_A_FILE;
    }
    let pattern = Pattern::parse(entry).ok().filter(|_| !evidence.is_empty());
    let known = pattern.and_then(|pattern| evidence.files_of(&pattern, &mut Looking::default()));
    match known.map(|files| files.len()) {
        None | Some(0) => OF_A_PATTERN,
        Some(files) => (files as f64 * OF_A_FILE).min(OF_A_PATTERN),
    }
}

/// Whether an entry names one file: it has no wildcard and no slash at its end.
pub fn is_one_file(entry: &str) -> bool {
    !entry.contains(['*', '?', '[', '{']) && !entry.ends_with('/')
}

/// Tokens of the prompt of a task.
pub fn prompt(task: &Task) -> f64 {
    let lists = [&task.owns, &task.reads, &task.checks];
    let listed: usize = lists.iter().flat_map(|list| list.iter()).map(|entry| entry.len() + 4).sum();
    (FRAME_CHARACTERS + (task.title.len() + task.instructions.len() + listed) as f64) / CHARACTERS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::read_list;
    use crate::text;

    #[test]
    fn files_and_patterns_are_counted() {
        let evidence = read_list("src/db/a.rs\nsrc/db/b.rs\nsrc/api/a.rs\n");
        for (task, without, with) in [
            ("@owns(src/api/**)", 10_000.0, 1_500.0),
            ("@owns(src/**)", 10_000.0, 4_500.0),
            ("@owns(docs/a.md) @reads(src/db/**, b.md)", 13_000.0, 6_000.0),
            ("@owns(src/**, !src/db/**)", 10_000.0, 4_500.0),
            ("@owns(new/**)", 10_000.0, 10_000.0),
            ("@kind(research)", 0.0, 0.0),
        ] {
            let plan = text::parse(&format!("- T1 Task {task}\n")).plan;
            assert_eq!(read(&Evidence::default(), &plan.tasks[0]), without, "{task}");
            assert_eq!(read(&evidence, &plan.tasks[0]), with, "{task}");
        }
    }

    #[test]
    fn a_task_of_a_person_takes_no_tokens() {
        for task in ["@kind(gate)", "@owns(a) @agent(person)", "@owns(a) @agent(codex)"] {
            let plan = text::parse(&format!("- T1 Task {task}\n")).plan;
            let work = work(&Evidence::default(), &plan.tasks[0], 20.0);
            assert_eq!(work, Work::default(), "{task}");
        }
    }
}
