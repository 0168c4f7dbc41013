//! An asynchronous batch: a list of requests for the Message Batches service of Anthropic, and a script that sends it.
//!
//! The service answers within 24 hours, at half the price, and has no tools. So only tasks go there that change nothing,
//! wait for nothing and read single files; the script puts the texts of these files into the requests.

mod custom_ids;
mod qualify;
mod request;

use super::{Export, File, Group, Output};
use crate::escape::one_line;
use crate::report::Report;

/// The list of requests.
const LIST: &str = "requests.jsonl";
/// The script that sends it.
const SCRIPT: &str = "send_batch.py";
/// What is said about the tasks.
const LEFT_OUT: &str = "left-out.txt";

/// A list of requests with its script.
pub static EXPORT: Export = Export {
    id: "batch",
    group: Group::Agents,
    title: "Asynchronous batch",
    description: "Requests for the Message Batches service, at half price within 24 hours, for tasks that only read.",
    extension: ".batch.txt",
    media_type: "text/plain",
    options: &[],
    render: |report, _| match is_empty(report) {
        true => Output::Text(lines(&remarks(report))),
        false => Output::Files(files(report)),
    },
};

fn files(report: &Report) -> Vec<File> {
    let tasks = qualify::qualifying(report);
    let ids = custom_ids::custom_ids(&report.plan, &tasks);
    let requests = tasks.iter().zip(&ids).map(|(&task, id)| request::line(&report.plan, task, id));
    let remarks = remarks(report);
    let left_out = File { path: LEFT_OUT.to_owned(), text: lines(&remarks) };
    let mut files = vec![
        File { path: LIST.to_owned(), text: requests.collect() },
        File { path: SCRIPT.to_owned(), text: include_str!("send_batch.py").to_owned() },
    ];
    files.extend((!remarks.is_empty()).then_some(left_out));
    files
}

fn lines(remarks: &[String]) -> String {
    remarks.iter().map(|remark| format!("{remark}\n")).collect()
}

/// A sentence for each open task that can't go into a batch, in the order of the plan, and for each whose id the service
/// does not take; first of all, whether any can go.
pub fn remarks(report: &Report) -> Vec<String> {
    let tasks = qualify::qualifying(report);
    let ids = custom_ids::custom_ids(&report.plan, &tasks);
    let plan = &report.plan;
    let mut remarks = Vec::new();
    if tasks.is_empty() {
        remarks.push("No task can go into a batch, so there is no list of requests.".to_owned());
    }
    for (task, _) in plan.tasks.iter().enumerate().filter(|(_, task)| task.status.is_open()) {
        let id = one_line(plan.tasks[task].id.as_str());
        match (qualify::obstacle(report, task), tasks.binary_search(&task)) {
            (Some(obstacle), _) => remarks.push(format!("{id}: {obstacle}.")),
            (None, Ok(at)) if ids[at] != id => remarks.push(format!("{id} is called {} there.", ids[at])),
            _ => {}
        }
    }
    remarks
}

/// Whether nothing can go into a batch.
pub fn is_empty(report: &Report) -> bool {
    qualify::qualifying(report).is_empty()
}
