//! What a workflow leaves: its journal, a line of JSON for each event, or the result that its script returns.
//!
//! The form of a journal is documented nowhere and differs between versions. So a line counts for a task if
//! its label, or another short text of it, begins with the task's id; lines without one belong to the task that
//! a line with the same key was about.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::report::first_id;
use super::{Pasted, Proposal, Source, lines, time};
use crate::explain::counted;

/// Reads a journal, or a result.
pub fn read(text: &str, source: &Source<'_>) -> Option<Pasted> {
    if let Ok(Value::Object(result)) = serde_json::from_str(text.trim())
        && let Some(pasted) = result_of(&result, source)
    {
        return Some(pasted);
    }
    let (objects, damaged) = lines::objects(text)?;
    let mut pasted = journal(&objects, source);
    pasted.notes.extend(lines::note(damaged));
    Some(pasted)
}

/// What a script returns: `{done, failed: [{id, why}], left, reports}`.
fn result_of(result: &Map<String, Value>, source: &Source<'_>) -> Option<Pasted> {
    let done = result.get("done")?.as_array()?;
    let failed = result.get("failed")?.as_array()?;
    let mut pasted = Pasted {
        taken_for: format!(
            "Taken for the result of a workflow script: {} done, {} failed.",
            done.len(),
            failed.len()
        ),
        ..Pasted::default()
    };
    let reports = result.get("reports").and_then(Value::as_object);
    let (mut known, mut unknown) = (Vec::new(), 0);
    let mut take = |task: Option<usize>, proposed: &dyn Fn(usize) -> Option<Proposal>| {
        let Some(task) = task else {
            unknown += 1;
            return;
        };
        let Some(mut proposal) = proposed(task) else {
            known.push(task);
            return;
        };
        let report = reports.and_then(|reports| reports.get(source.id(task).as_str()));
        proposal.news.extend(report.and_then(|report| reported(source, task, report)));
        pasted.proposals.push(proposal);
    };
    let position = |id: Option<&str>| id.and_then(|id| source.position(id));
    for id in done {
        take(position(id.as_str()), &|task| source.done(task, None, None));
    }
    for entry in failed {
        let why = entry.get("why").and_then(Value::as_str).unwrap_or_default();
        let id = entry.get("id").and_then(Value::as_str).or(entry.as_str());
        take(position(id), &|task| source.failed(task, why, None));
    }
    pasted.notes.extend(source.known_already(&known));
    if unknown > 0 {
        pasted.notes.push(format!("{} that this plan does not have.", counted(unknown, "task")));
    }
    Some(pasted)
}

fn reported(source: &Source<'_>, task: usize, report: &Value) -> Option<super::News> {
    let text = report.as_str().map_or_else(|| report.to_string(), str::to_owned);
    super::report::kept(source, task, &text)
}

/// What a journal says of each task at last.
fn journal(objects: &[Map<String, Value>], source: &Source<'_>) -> Pasted {
    let mut of_key: BTreeMap<String, usize> = BTreeMap::new();
    let mut last: BTreeMap<usize, Said> = BTreeMap::new();
    let mut nameless = 0;
    for object in objects {
        let keys = KEYS.iter().filter_map(|name| Some(format!("{name} {}", object.get(*name)?)));
        let keys: Vec<String> = keys.collect();
        let task = named(object, source).or_else(|| keys.iter().find_map(|key| of_key.get(key).copied()));
        let Some(task) = task else {
            nameless += 1;
            continue;
        };
        of_key.extend(keys.into_iter().map(|key| (key, task)));
        let time = TIMES.iter().find_map(|name| time::seconds(object.get(*name)?));
        let entry = last.entry(task).or_default();
        match event(object) {
            Some(Event::Started) => {
                entry.started = entry.started.or(time);
                entry.end = None;
            }
            Some(Event::Done) => entry.end = Some((true, String::new(), time)),
            Some(Event::Failed(why)) => entry.end = Some((false, why, time)),
            None => {}
        }
    }
    let taken_for = format!(
        "Taken for the journal of a workflow: {} about {}.",
        counted(objects.len() - nameless, "line"),
        counted(last.len(), "task")
    );
    let mut pasted = Pasted { taken_for, ..Pasted::default() };
    let mut known = Vec::new();
    for (task, said) in last {
        match said.proposal(task, source) {
            Some(proposal) => pasted.proposals.push(proposal),
            None => known.push(task),
        }
    }
    pasted.notes.extend(source.known_already(&known));
    if pasted.proposals.is_empty() && known.is_empty() {
        let words = "No line names a task of this plan. Paste what the workflow returned instead.";
        pasted.notes.push(words.to_owned());
    } else if nameless > 0 {
        pasted.notes.push(format!("{} of it: no task is named.", counted(nameless, "other line")));
    }
    pasted
}

/// Fields that all lines of one call share.
const KEYS: [&str; 5] = ["key", "agentId", "agent_id", "callId", "id"];
/// Fields with a time.
const TIMES: [&str; 5] = ["time", "timestamp", "ts", "at", "t"];
/// Fields that may begin with the id of a task, and those inside of which they are.
const NAMES: [&str; 6] = ["label", "task", "title", "description", "name", "agent"];
const AROUND: [&str; 3] = ["options", "opts", "input"];
/// Fields that say what happened.
const EVENTS: [&str; 5] = ["type", "event", "status", "state", "kind"];

/// What a journal says of a task.
#[derive(Default)]
struct Said {
    started: Option<u64>,
    /// Whether it is done, else why it failed; and when.
    end: Option<(bool, String, Option<u64>)>,
}

impl Said {
    fn proposal(self, task: usize, source: &Source<'_>) -> Option<Proposal> {
        match self.end {
            None => source.started(task, self.started),
            Some((false, why, time)) => source.failed(task, &why, time),
            Some((true, _, time)) => {
                let minutes = time.zip(self.started).and_then(|(end, start)| end.checked_sub(start));
                let minutes = minutes.and_then(|seconds| u32::try_from(seconds.div_ceil(60)).ok());
                source.done(task, minutes, time)
            }
        }
    }
}

enum Event {
    Started,
    Done,
    Failed(String),
}

/// The task that a line names.
fn named(object: &Map<String, Value>, source: &Source<'_>) -> Option<usize> {
    let of = |object: &Map<String, Value>| {
        NAMES.iter().find_map(|name| first_id(object.get(*name)?.as_str()?, source))
    };
    of(object).or_else(|| AROUND.iter().find_map(|name| of(object.get(*name)?.as_object()?)))
}

/// What a line says has happened.
fn event(object: &Map<String, Value>) -> Option<Event> {
    let words = EVENTS.iter().filter_map(|name| Some(object.get(*name)?.as_str()?.to_ascii_lowercase()));
    let words = words.collect::<Vec<_>>().join(" ");
    let has = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    let error = object.get("error").filter(|error| !error.is_null());
    let why = || {
        error.map_or(String::new(), |error| error.as_str().map_or_else(|| error.to_string(), str::to_owned))
    };
    if error.is_some() || has(&["fail", "error", "abort", "cancel", "skip"]) {
        return Some(Event::Failed(why()));
    }
    if object.get("result").is_some_and(Value::is_null) {
        return Some(Event::Failed("It ended without a report.".to_owned()));
    }
    if object.contains_key("result") || has(&["result", "complete", "done", "finish", "success", "end"]) {
        return Some(Event::Done);
    }
    has(&["start", "launch", "begin", "running"]).then_some(Event::Started)
}
