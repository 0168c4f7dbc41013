//! `phaseplan now FILE ID…`: whether picked tasks can all start now.

use std::ffi::OsString;
use std::process::ExitCode;

use phaseplan::plan::Plan;
use phaseplan::report::Report;
use phaseplan::run::{Refusal, refusals};
use phaseplan::schedule::Budget;
use serde_json::json;

use super::arguments::{self, Arguments, CallError, JSON};
use super::evidence::{self, EVIDENCE, NO_EVIDENCE};
use super::terminal::printable;
use super::{Command, FAILED, files, terminal};

pub static COMMAND: Command = Command {
    name: "now",
    operands: &["FILE", "ID…"],
    switches: &[JSON, EVIDENCE, NO_EVIDENCE],
    summary: "Says whether these tasks can all start now, and if not, what stands in the way.",
    details: "Running tasks keep their files, their resources and their place.\n\nExit status: 1 if they \
        can't all start; 2 if the plan has no task with one of the ids.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let imported = files::read_plan_and_tell(&arguments.operands[0])?;
    // Nothing here depends on the schedule.
    let budget = Budget { steps: 0, ..Budget::default() };
    let report = Report::of_import_with(imported, &evidence::find(arguments)?, &budget);
    let selected = positions(&report.plan, &arguments.operands[1..])?;
    let refused = refusals(&report, &selected);
    let written = terminal::print(&answer(arguments, &report, &refused));
    Ok(if refused.is_empty() { written } else { ExitCode::from(FAILED) })
}

fn answer(arguments: &Arguments, report: &Report, refused: &[Refusal]) -> String {
    let sentence = |one: &Refusal| one.obstacle.sentence(report, one.task);
    if arguments.has(JSON) {
        let reason = |one: &Refusal| json!({"id": report.plan.tasks[one.task].id, "why": sentence(one)});
        let reasons: Vec<_> = refused.iter().map(reason).collect();
        return format!("{:#}\n", json!({"can": refused.is_empty(), "reasons": reasons}));
    }
    if refused.is_empty() {
        return "Yes, these can all start now.\n".to_owned();
    }
    let sentences = refused.iter().map(|one| format!("{}\n", printable(&sentence(one))));
    ["No.\n".to_owned()].into_iter().chain(sentences).collect()
}

/// The positions of tasks by their ids, each once.
pub fn positions(plan: &Plan, ids: &[OsString]) -> Result<Vec<usize>, CallError> {
    let mut found = Vec::new();
    for id in ids {
        let id = id.to_string_lossy();
        let position = position(plan, &id)?;
        if !found.contains(&position) {
            found.push(position);
        }
    }
    Ok(found)
}

/// The position of the task with this id.
pub fn position(plan: &Plan, id: &str) -> Result<usize, CallError> {
    plan.position(&id.into()).ok_or_else(|| {
        let ids = plan.tasks.iter().map(|task| task.id.as_str());
        let suggestion = arguments::suggestion(id, ids);
        CallError::new(format!("The plan has no task `{}`.{}", printable(id), printable(&suggestion)))
    })
}
