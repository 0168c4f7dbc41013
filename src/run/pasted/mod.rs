//! What somebody pastes about a run: what it is, and what follows from it, to be confirmed by a person.
//!
//! A report of an agent, `git log`, lists of changed files, the journal or the result of a workflow, and the
//! log of the guard are recognised. Reading never fails: what is not understood is said.

mod changes;
mod commits;
mod denials;
mod foreign;
mod lines;
mod report;
mod time;
mod workflow;

use super::log::{Body, RunState};
use crate::analysis::Ownership;
use crate::explain::listed;
use crate::glob::FileSet;
use crate::plan::{Edit, Plan, Status, TaskId};
use crate::report::Report;
use crate::schedule::Budget;

/// The longest text that is read, in bytes.
pub const MOST_BYTES: usize = 2 << 20;
/// The most proposals; what is left out is said.
const MOST_PROPOSALS: usize = 100;

/// What a pasted text was taken for, and what follows from it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pasted {
    /// What it was taken for, and why, in a sentence.
    pub taken_for: String,
    /// What may have happened, each to be confirmed.
    pub proposals: Vec<Proposal>,
    /// What is not known, in sentences.
    pub notes: Vec<String>,
}

/// Something that may have happened, or can be done about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Proposal {
    /// What it is, in a sentence.
    pub sentence: String,
    /// The events that say so.
    pub news: Vec<News>,
    /// The edits that do it.
    pub edits: Vec<Edit>,
    /// A command that does it, to be copied and run by a person.
    pub command: Option<String>,
}

/// An event to note.
#[derive(Debug, Clone, PartialEq)]
pub struct News {
    /// When it happened, in seconds since 1970; `None` for now.
    pub time: Option<u64>,
    /// What happened.
    pub body: Body,
}

/// What a text is read against.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The plan as it is shown.
    pub report: &'a Report,
    /// What is known of the run.
    pub state: &'a RunState,
    /// The task that a text is about if it names none.
    pub selected: Option<&'a TaskId>,
    /// Seconds since 1970.
    pub now: u64,
    /// How long each repair may be tried.
    pub budget: &'a Budget,
}

impl Pasted {
    /// Reads a text. Tries a schedule for each of a few repairs of foreign files, apart from that in time
    /// proportional to the text.
    pub fn read(text: &str, context: &Context<'_>) -> Pasted {
        if text.len() > MOST_BYTES {
            let taken_for = format!(
                "The text is longer than {MOST_BYTES} bytes, so it was not read. Paste a part of it."
            );
            return Pasted { taken_for, ..Pasted::default() };
        }
        let source = Source::new(context);
        let readers = [denials::read, workflow::read, commits::read, changes::read, report::read];
        let read = readers.into_iter().find_map(|read| read(text, &source));
        let mut pasted = read.unwrap_or_else(|| nothing(&source));
        if pasted.proposals.len() > MOST_PROPOSALS {
            let more = pasted.proposals.len() - MOST_PROPOSALS;
            pasted.proposals.truncate(MOST_PROPOSALS);
            pasted.notes.push(format!("{more} more are left out: confirm these, then paste it again."));
        }
        pasted
    }
}

/// What is said of a text that was not recognised.
fn nothing(source: &Source<'_>) -> Pasted {
    let example = source.plan.tasks.first().map_or("T1", |task| task.id.as_str());
    let taken_for = format!(
        "This says nothing of a task that is recognised here. Name the task in it, such as “{example} is done”, or \
         select the task first."
    );
    Pasted { taken_for, ..Pasted::default() }
}

/// The context, with what all readers look up.
struct Source<'a> {
    plan: &'a Plan,
    context: &'a Context<'a>,
    /// The files of each task, done ones included.
    owns: Vec<FileSet>,
}

impl<'a> Source<'a> {
    fn new(context: &'a Context<'a>) -> Source<'a> {
        let plan = &context.report.plan;
        Source { plan, context, owns: Ownership::including_done(plan).owns }
    }

    fn id(&self, task: usize) -> &TaskId {
        &self.plan.tasks[task].id
    }

    fn status(&self, task: usize) -> Status {
        self.plan.tasks[task].status
    }

    /// The task with this id, whatever its case.
    fn position(&self, word: &str) -> Option<usize> {
        let is_it = |id: &TaskId| id.as_str() == word;
        let is_like_it = |id: &TaskId| id.as_str().eq_ignore_ascii_case(word);
        let tasks = &self.plan.tasks;
        tasks
            .iter()
            .position(|task| is_it(&task.id))
            .or_else(|| tasks.iter().position(|task| is_like_it(&task.id)))
    }

    fn running(&self) -> &[usize] {
        &self.context.report.analysis.progress.running
    }

    fn owners(&self, path: &str) -> Vec<usize> {
        (0..self.owns.len()).filter(|&task| self.owns[task].matches(path)).collect()
    }

    /// What is proposed when a task is said to be finished. `minutes` is what the text says it took.
    fn done(&self, task: usize, minutes: Option<u32>, time: Option<u64>) -> Option<Proposal> {
        if !self.status(task).is_open() {
            return None;
        }
        let id = self.id(task);
        let run = self.context.state.task(id);
        let end = time.unwrap_or(self.context.now);
        let known = run.and_then(|run| run.minutes_at_work(end));
        let mut news = Vec::new();
        if let (None, Some(minutes)) = (known, minutes) {
            let body = Body::Started { task: id.clone(), agent: String::new() };
            news.push(News { time: Some(end.saturating_sub(60 * u64::from(minutes))), body });
        }
        news.push(News { time, body: Body::Done { task: id.clone() } });
        let took = match known.or(minutes) {
            Some(minutes) => format!(", after {}", crate::explain::duration(minutes.max(1))),
            None => String::new(),
        };
        Some(Proposal { sentence: format!("{id} is done{took}."), news, ..Proposal::default() })
    }

    /// The events that name the files that a task changed. One event holds only so many bytes.
    fn changed(&self, task: usize, files: Vec<String>) -> Vec<News> {
        let mut parts: Vec<Vec<String>> = Vec::new();
        let mut bytes = 0;
        for file in files {
            bytes += file.len() + 8;
            match parts.last_mut().filter(|_| bytes <= MOST_BYTES_OF_FILES) {
                Some(part) => part.push(file),
                None => {
                    bytes = file.len() + 8;
                    parts.push(vec![file]);
                }
            }
        }
        let body = |files| Body::Changed { task: self.id(task).clone(), files };
        parts.into_iter().map(|files| News { time: None, body: body(files) }).collect()
    }

    /// What is proposed when a task is said to have failed.
    fn failed(&self, task: usize, why: &str, time: Option<u64>) -> Option<Proposal> {
        let id = self.id(task);
        if !self.status(task).is_open() || self.status(task) == Status::Failed {
            return None;
        }
        let why = shortened(why);
        let reason = if why.is_empty() { String::new() } else { format!(": {why}") };
        let sentence = format!("{id} failed{}", ended(&reason));
        let body = Body::Failed { task: id.clone(), why };
        Some(Proposal { sentence, news: vec![News { time, body }], ..Proposal::default() })
    }

    /// What is proposed when a task is said to be at work.
    fn started(&self, task: usize, time: Option<u64>) -> Option<Proposal> {
        let id = self.id(task).clone();
        let agent = String::new();
        let body = match self.status(task) {
            Status::Todo => Body::Started { task: id.clone(), agent },
            Status::Failed => Body::Retried { task: id.clone(), agent },
            _ => return None,
        };
        let sentence = format!("{id} is at work.");
        Some(Proposal { sentence, news: vec![News { time, body }], ..Proposal::default() })
    }

    /// What is said of tasks that have the proposed status already.
    fn known_already(&self, tasks: &[usize]) -> Option<String> {
        match tasks {
            [] => None,
            [task] => Some(format!("{} is {} already.", self.id(*task), self.status(*task).name())),
            tasks => Some(format!("Nothing new of {}.", listed(self.plan, tasks))),
        }
    }
}

/// The most bytes of names of files in one event.
const MOST_BYTES_OF_FILES: usize = 4_000;
/// The longest reason of a failure, in characters.
const LONGEST_REASON: usize = 240;

/// The first line of a text, cut where it is long.
fn shortened(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    match line.char_indices().nth(LONGEST_REASON) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// The text with a full stop, unless it ends with a mark.
fn ended(text: &str) -> String {
    match text.ends_with(['.', '!', '?', '…']) {
        true => text.to_owned(),
        false => format!("{text}."),
    }
}

#[cfg(test)]
mod tests;
