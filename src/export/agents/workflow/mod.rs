//! Workflow scripts for Claude Code: plans that a program carries out, not a model.
//!
//! The names follow the documentation for the version [`crate::agents::VERIFIED_FOR`]: a script begins with a literal `meta`
//! and is then the body of an asynchronous function with `agent`, `parallel`, `phase`, `log` and `args`. An agent that was
//! skipped or broke off gives `null`. There is no clock, no chance and no file. Other engines take the same form.
//!
//! `run.js` is the program; what stands before it in a script is data. It decides from what is done, so a run that ended early
//! is taken up by running the script again with the ids of what is done in `args.done`. Every text of the plan is a JSON string.

mod script;
mod stretches;

use super::super::output::File;
use super::super::{Choice, Export, Group, Options, Output};
use super::prompt::alone::Prompts;
use crate::report::Report;

/// The most characters of a script.
const MOST_CHARACTERS: usize = 524_288;
/// The most agents of a run.
const MOST_AGENTS: usize = 1_000;

/// When a task starts.
const START: Choice = Choice {
    id: "start",
    title: "Start a task",
    values: &[("phases", "with its phase"), ("free", "as soon as nothing is in its way")],
};

/// What follows a phase.
const CLOSE: Choice = Choice {
    id: "close",
    title: "After each phase",
    values: &[("commit", "compare, check and commit"), ("nothing", "go on")],
};

/// Workflow scripts.
pub static EXPORT: Export = Export {
    id: "workflow",
    group: Group::Agents,
    title: "Workflow script for Claude Code",
    description: "A script for `.claude/workflows/` that runs every task once; one for each stretch between decisions.",
    extension: ".js",
    media_type: "text/javascript",
    options: &[START, CLOSE],
    render: |report, options| Output::InTurn(scripts(report, options)),
};

fn scripts(report: &Report, options: &Options) -> Vec<File> {
    let prompts = Prompts::of(report, true);
    let writer = script::Writer {
        report,
        prompts: &prompts,
        starts_when_free: options.value(&START) == "free",
        closes: options.value(&CLOSE) == "commit",
    };
    let tasks = writer.tasks();
    // Of the agents of a run, each task takes two if it fails at first, and the end of its phase two more.
    let share = MOST_CHARACTERS / MOST_AGENTS;
    let weight = |task: usize| tasks[task].len().max(4 * share);
    let mut stretches =
        stretches::stretches(report, prompts.phases(), weight, MOST_CHARACTERS - script::FRAME);
    if stretches.is_empty() {
        stretches.push(Vec::new());
    }
    let all = stretches.len();
    let file = |(at, stretch): (usize, &stretches::Stretch)| {
        let name = script::name(&report.plan.title, (at + 1, all));
        let text = writer.script(&tasks, stretch, &name, (at + 1, all));
        File { path: format!(".claude/workflows/{name}.js"), text }
    };
    stretches.iter().enumerate().map(file).collect()
}
