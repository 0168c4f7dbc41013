//! One phase: whose files are whose, who is at work already, what goes out, what is asked.
//!
//! Calls come before questions, so that no agent waits for an answer that it does not need.

use std::fmt::Write;

use indexmap::IndexSet;

use super::super::super::Part;
use super::super::batches::{Batch, batches};
use super::super::behind::{answers_needed, waiting};
use super::super::doer::{Doer, model};
use super::super::files::{Files, owned_line};
use super::super::phases::{OpenPhase, is_to_do};
use super::{Repeated, Source, agent, file_of, folder, left_out, name, names, question, quoted, size, tools};
use crate::agents::{AGENT_TYPE, DESCRIPTION, LAUNCH_TOOL, MODEL, MOST_AT_WORK, PROMPT};
use crate::escape::{markdown_code, short_line};
use crate::explain::duration;
use crate::plan::Task;
use crate::prose::commands::as_command;

/// The most tasks that are listed as left out with one; of more, only those that wait for it directly.
const MOST_LEFT_OUT: usize = 12;
/// The most checks that are listed for a phase.
const MOST_CHECKS: usize = 8;
/// The most tasks whose end a task waits for that are listed.
const MOST_ANSWERS: usize = 60;

/// Writes a phase. Returns what the orchestrator writes again of it.
pub fn write(page: &mut String, source: &Source<'_>, phase: &OpenPhase, files: &Files<'_>) -> Repeated {
    let all = source.report.schedule.phases.len();
    let minutes = duration(source.minutes(phase));
    let _ = match source.part {
        Part::Now => writeln!(page, "\n## What can start now · about {minutes}"),
        _ => writeln!(page, "\n## Phase {} of {all} · about {minutes}", phase.number),
    };
    write_lists(page, source, phase, files);
    for &task in &phase.running {
        write_running(page, source, phase, files, task);
    }
    write_answers(page, source, phase);
    write_checks(page, source, phase);
    write_reports_to_save(page, source, phase);
    tools::write(page, source, phase);
    if phase.calls.is_empty() && phase.tools.is_empty() {
        let then =
            if phase.questions.is_empty() { "Go on with the next." } else { "Ask, and go on with the next." };
        let is_last = *source.part != Part::Whole || phase.number == all;
        let then = if is_last { "" } else { then };
        let _ = writeln!(page, "\n{}", format!("Nothing is launched in this phase. {then}").trim_end());
    }
    let batches = batches(source.plan, &phase.calls);
    let mut repeated = 0;
    for (index, batch) in batches.iter().enumerate() {
        write_batch_heading(page, batch, (index + 1, batches.len()));
        for &task in &batch.calls {
            repeated += write_call(page, source, files, task);
        }
    }
    for &task in &phase.questions {
        question::write(page, source, files, task);
    }
    repeated + size::reports_to_save(source, phase)
}

/// Names the files for reports that others read.
fn write_reports_to_save(page: &mut String, source: &Source<'_>, phase: &OpenPhase) {
    let Some(names) = &source.file_names else { return };
    let reporting = phase.tasks().into_iter().filter(|task| source.needed.contains(*task));
    let files: Vec<String> = reporting
        .map(|task| format!("{} in `{}`", name(source.task(task)), folder::report(&names[task])))
        .collect();
    if !files.is_empty() {
        let _ = writeln!(page, "\nReports to save: {}.", files.join(", "));
    }
}

fn write_lists(page: &mut String, source: &Source<'_>, phase: &OpenPhase, files: &Files<'_>) {
    let listed = listed(source, phase);
    if listed.is_empty() {
        return;
    }
    let path = source.lists_file(phase);
    let lists = path.as_ref().map_or("Lists of files, and".to_owned(), |path| {
        format!(
            "The lists of files stand in `{path}`: read it when all have reported. Behind each task stands"
        )
    });
    let _ = writeln!(page, "\n{lists} → what is left out without the task:\n");
    for at in listed {
        let task = source.task(at);
        let owned = if path.is_some() { String::new() } else { format!(": {}", owned_line(files, at, task)) };
        let left_out = left_out(source, &waiting(source.report, at, MOST_LEFT_OUT));
        let left_out = if left_out.is_empty() { left_out } else { format!(" → {left_out}") };
        let _ = writeln!(page, "- {}{}{owned}{left_out}", name(task), whose(task));
    }
}

/// The lists of files of a phase, for a file of their own. Empty if it has none.
pub fn lists(source: &Source<'_>, phase: &OpenPhase, files: &Files<'_>) -> String {
    let line = |at: usize| {
        let task = source.task(at);
        format!("- {}{}: {}\n", name(task), whose(task), owned_line(files, at, task))
    };
    listed(source, phase).into_iter().map(line).collect()
}

/// The tasks whose files are listed: those that are to do, unless nothing but decisions is.
fn listed(source: &Source<'_>, phase: &OpenPhase) -> Vec<usize> {
    let to_do = phase.tasks().into_iter().filter(|task| is_to_do(source.plan, *task));
    let has_files = |task: &Task| match Doer::of(task) {
        Doer::Decision => false,
        Doer::Orchestrator => task.changes_files(),
        Doer::Subagent(_) | Doer::Person | Doer::Elsewhere(_) => true,
    };
    to_do.filter(|task| has_files(source.task(*task))).collect()
}

fn whose(task: &Task) -> &'static str {
    match Doer::of(task) {
        Doer::Subagent(_) | Doer::Decision => "",
        Doer::Orchestrator => " (a call of yours)",
        Doer::Person => " (a person)",
        Doer::Elsewhere(_) => " (not launched by you)",
    }
}

fn write_running(page: &mut String, source: &Source<'_>, phase: &OpenPhase, files: &Files<'_>, at: usize) {
    let task = source.task(at);
    let safe = match phase.calls.is_empty() || files.may_meet_others(at) {
        true => "",
        false => "; nothing below touches its files",
    };
    let _ = writeln!(
        page,
        "\nAlready at work: {} ({}). Don't launch it{safe}.",
        name(task),
        owned_line(files, at, task)
    );
}

/// Names the tasks that must not start before the user has said something about earlier ones.
fn write_answers(page: &mut String, source: &Source<'_>, phase: &OpenPhase) {
    let to_do = phase.calls.iter().chain(&phase.tools).chain(&phase.questions);
    let held = to_do.map(|&task| (task, answers_needed(source.report, &source.unseen, task)));
    let named = |needed: &[usize]| match needed.len() > MOST_ANSWERS {
        true => "all that was asked in earlier phases".to_owned(),
        false => names(source, needed),
    };
    let held: Vec<String> = held
        .filter(|(_, needed)| !needed.is_empty())
        .map(|(task, needed)| format!("{} ({})", name(source.task(task)), named(&needed)))
        .collect();
    if !held.is_empty() {
        let _ = writeln!(
            page,
            "\nLaunch these only with my word that what stands in brackets has ended or is decided, and the \
             others without it: {}.",
            held.join(", ")
        );
    }
}

fn write_checks(page: &mut String, source: &Source<'_>, phase: &OpenPhase) {
    let checks = phase.calls.iter().flat_map(|task| &source.task(*task).checks);
    let checks: IndexSet<&str> = checks.filter_map(|check| as_command(check)).collect();
    let shown: Vec<String> = checks.iter().take(MOST_CHECKS).map(|check| markdown_code(check)).collect();
    if !shown.is_empty() {
        let _ = writeln!(page, "\nChecks: {}.", shown.join(", "));
    }
}

/// Says how the calls of a batch go out. Must not sound as if a batch waited for the end of the one before.
fn write_batch_heading(page: &mut String, batch: &Batch, (number, all): (usize, usize)) {
    let count = batch.calls.len();
    let calls = match count {
        1 => format!("Launch this agent with one {LAUNCH_TOOL} tool call."),
        _ => format!("Launch these {count} agents **in one message with {count} {LAUNCH_TOOL} tool calls**."),
    };
    let _ = match (all, number, batch.is_one_by_one) {
        (1, ..) => writeln!(page, "\n{calls}"),
        (_, 1, _) => writeln!(page, "\nBatch 1 of {all}. {calls} Send the next batch right behind it."),
        (_, _, false) => writeln!(
            page,
            "\nBatch {number} of {all}. {calls} Send it in your next message, whatever the agents of the \
             batch before are doing."
        ),
        (_, _, true) => writeln!(
            page,
            "\nBatch {number} of {all}. Launch these one by one in this order, each as soon as one of the \
             {MOST_AT_WORK} at work has ended."
        ),
    };
}

/// Writes a call. Returns the length of what it passes on, in characters.
fn write_call(page: &mut String, source: &Source<'_>, files: &Files<'_>, at: usize) -> Repeated {
    let task = source.task(at);
    let Doer::Subagent(agent_type) = Doer::of(task) else { return 0 };
    let description = short_line(&format!("{} {}", task.id, task.title), 60);
    let _ = writeln!(page, "\n### {}\n", name(task));
    let start = page.len();
    let _ = writeln!(page, "- {DESCRIPTION}: {}", quoted(&description));
    let _ = writeln!(page, "- {AGENT_TYPE}: {}", quoted(agent_type));
    if let Some(model) = model(task) {
        let _ = writeln!(page, "- {MODEL}: {}", quoted(model));
    }
    match file_of(source, at) {
        Some(path) => {
            let _ = writeln!(page, "- {PROMPT}: {}", quoted(&format!("Read {path} and do what it says.")));
            page[start..].chars().count()
        }
        None => {
            let _ = writeln!(page, "- {PROMPT}:\n");
            agent::write_between_lines(page, source, files, at);
            page[start..].chars().count() + size::reports_in_prompt(source, at)
        }
    }
}
