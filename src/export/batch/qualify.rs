//! Which tasks can go into a batch, and why the others can't.

use crate::agents::Model;
use crate::doer::Doer;
use crate::explain::listed;
use crate::plan::{Kind, Status, Task};
use crate::relative_path;
use crate::report::Report;

/// The tasks that can go into a batch, ascending.
pub fn qualifying(report: &Report) -> Vec<usize> {
    let is_open = |task: &usize| report.plan.tasks[*task].status.is_open();
    (0..report.plan.tasks.len()).filter(is_open).filter(|&task| obstacle(report, task).is_none()).collect()
}

/// What keeps an open task out of a batch, as the rest of a sentence about it.
pub fn obstacle(report: &Report, at: usize) -> Option<String> {
    let (plan, task) = (&report.plan, &report.plan.tasks[at]);
    let waits = &report.analysis.order.predecessors[at];
    let received = report.analysis.received.get(at).map_or(&[][..], Vec::as_slice);
    if task.status == Status::Running {
        return Some("is at work already".to_owned());
    }
    match Doer::of(task) {
        Doer::Decision => return Some("is a decision, which you have to make".to_owned()),
        Doer::Person => return Some("is for a person".to_owned()),
        Doer::Elsewhere(name) => return Some(format!("is for {name}, which the service can't start")),
        Doer::Subagent(_) => {}
    }
    if task.changes_files() || !task.owns.is_empty() {
        return Some("changes files, and a batch only answers".to_owned());
    }
    if task.kind != Kind::Research {
        return Some(format!("is of kind {}, which runs commands and needs tools", task.kind.name()));
    }
    if !waits.is_empty() {
        return Some(format!(
            "waits for the result of {}, and requests of a batch can't wait",
            listed(plan, waits)
        ));
    }
    if !received.is_empty() {
        return Some(format!("needs the reports of {}, which no request has", listed(plan, received)));
    }
    if !task.checks.is_empty() || !task.uses.is_empty() {
        return Some("names a check or a resource, and a batch has no tools to use it".to_owned());
    }
    reads(task).or_else(|| model(task))
}

/// Why the files of a task can't stand in a request.
fn reads(task: &Task) -> Option<String> {
    let files = task.read_files();
    if files.is_empty() {
        return Some("names no file that it reads, so it would need tools to look for it".to_owned());
    }
    let broad = files.iter().find(|path| !is_file(path));
    broad.map(|path| {
        let outside = is_file_name(path) && !relative_path::is_inside(path);
        match outside {
            true => format!("reads `{path}`, which lies outside the repository"),
            false => format!("reads `{path}`, which is no single file, so it would need tools to search"),
        }
    })
}

fn is_file(path: &str) -> bool {
    is_file_name(path) && relative_path::is_inside(path)
}

fn is_file_name(path: &str) -> bool {
    !path.contains(['*', '?', '[', '{']) && !path.starts_with('!') && !path.ends_with('/')
}

fn model(task: &Task) -> Option<String> {
    let is_known = !matches!(Model::of(&task.model), Model::OtherMaker | Model::Unknown);
    (!is_known).then(|| format!("names the model {}, which the service does not have", task.model.trim()))
}
