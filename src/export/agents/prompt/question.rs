//! What the orchestrator asks the user: decisions, and work that it can't launch.

use std::fmt::Write;

use super::super::behind::waiting;
use super::super::doer::Doer;
use super::super::files::Files;
use super::{Source, agent, file_of, left_out, name, reports, task_text, write_foreign};
use crate::escape::markdown_code;

/// The most tasks that are listed as left out by a no.
const MOST_LEFT_OUT: usize = 60;

pub fn write(page: &mut String, source: &Source<'_>, files: &Files<'_>, at: usize) {
    let task = source.task(at);
    let id = name(task);
    let waiting = waiting(source.report, at, MOST_LEFT_OUT);
    let left_out = left_out(source, &waiting);
    let (whose, asked, answer) = match Doer::of(task) {
        Doer::Decision => {
            ("Decision", format!("Show me the text below and ask for my decision on {id}."), "my answer")
        }
        Doer::Person => (
            "A person's task",
            format!("Ask me to have {id} done: show me the text below. Launch no agent for it."),
            "my word that it is done",
        ),
        Doer::Elsewhere(who) => (
            "Not launched by you",
            format!(
                "{id} is for {}. Ask me to hand it the text below. Launch no agent in its place.",
                markdown_code(who)
            ),
            "my word that it is done",
        ),
        Doer::Subagent(_) | Doer::Orchestrator => return,
    };
    let no = if waiting.tasks.is_empty() {
        format!("No task waits for {answer}.")
    } else {
        format!("Only these wait for {answer}: {left_out}. If I say no, leave them out.")
    };
    let path = file_of(source, at);
    let is_elsewhere = matches!(Doer::of(task), Doer::Elsewhere(_));
    let put_with = if is_elsewhere { String::new() } else { reports::put_with(source, at) };
    let _ = writeln!(page, "\n### {whose}: {id}\n\n{asked}{put_with} {no}\n");
    match path {
        Some(path) if is_elsewhere => {
            let _ = writeln!(page, "The text stands in `{path}`.");
        }
        None if is_elsewhere => agent::write_between_lines(page, source, files, at),
        _ => write_foreign(page, &source.key, &task_text(source, task)),
    }
}
