//! `phaseplan review FILE`: reads and writes the review of a plan.

mod json;
mod list;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use phaseplan::events::{Digest, Ignored, Subject, names};
use phaseplan::incoming::MAX_BYTES;
use phaseplan::plan::{Plan, TaskId};
use phaseplan::review::receive::contents;
use phaseplan::review::{Anchor, Body, Field, Log, State, markdown, receive};
use phaseplan::share;

use super::arguments::{Arguments, CallError, JSON, Switch};
use super::event_file::{EventFile, beside};
use super::terminal::printable;
use super::{Command, FAILED, files, link, terminal};

const fn valued(name: &'static str, value: &'static str, help: &'static str) -> Switch {
    Switch { name, value: Some(value), help, is_needed: false }
}

const REVIEWS: Switch = valued(
    "--reviews",
    "FILE",
    "The events; without it, the file of the plan with the ending .reviews.jsonl.",
);
const RECEIVE: Switch = valued(
    "--receive",
    "FILE",
    "Take in reply links out of messages, or another file of events; - is standard input.",
);
const AUTHOR: Switch = valued("--author", "NAME", "Who says what follows.");
const ON: Switch = valued(
    "--on",
    "PLACE",
    "What a comment is about: a task, or a field such as T4.owns; without it, the plan.",
);
const COMMENT: Switch = valued("--comment", "TEXT", "Comment on the place.");
const APPROVE: Switch =
    Switch { name: "--approve", value: None, help: "Approve this revision.", is_needed: false };
const REQUEST_CHANGES: Switch = valued("--request-changes", "TEXT", "Ask for changes.");
const PUBLISH: Switch = Switch {
    name: "--publish",
    value: None,
    help: "Write down that the plan is sent out as it is.",
    is_needed: false,
};
const REPLY: Switch = Switch {
    name: "--reply",
    value: None,
    help: "Print the link with what the author said.",
    is_needed: false,
};
const IGNORE: Switch = valued(
    "--ignore",
    "NAME|ID",
    "Leave out an author, or an event and what is about it, from what is printed; may be repeated.",
);
const MARKDOWN: Switch = Switch {
    name: "--markdown",
    value: None,
    help: "Print the review for a pull request.",
    is_needed: false,
};

pub static COMMAND: Command = Command {
    name: "review",
    operands: &["FILE"],
    switches: &[
        REVIEWS,
        RECEIVE,
        AUTHOR,
        ON,
        COMMENT,
        APPROVE,
        REQUEST_CHANGES,
        PUBLISH,
        REPLY,
        IGNORE,
        MARKDOWN,
        link::PAGE,
        JSON,
    ],
    summary: "Shows, merges and adds what people say about a plan.",
    details: "Events stand in a file beside the plan, one per line; lines are only ever added to it, so files \
        of two people are joined by taking the lines of both. In a repository, write `*.reviews.jsonl \
        merge=union` into .gitattributes.\n\nNames are not verified: anybody can write under any of them. What \
        was said before an edit, and earlier verdicts under the same name, are printed too. The ids that \
        `--ignore` takes are in the answer to `--json`.\n\nExit status: 1 if an event was refused or a line of \
        the file is no event; the others count, and the file keeps every line.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let operand = &arguments.operands[0];
    let plan = files::read_plan_and_tell(operand)?.plan;
    let path = arguments.path(REVIEWS).map_or_else(|| beside(Path::new(operand), "reviews"), Path::to_owned);
    // Before the file is locked, since standard input may come late.
    let brought = arguments.path(RECEIVE).map(brought).transpose()?;
    let will_add =
        [RECEIVE, COMMENT, APPROVE, REQUEST_CHANGES, PUBLISH].iter().any(|one| arguments.has(*one));
    let mut file = EventFile::open(path, will_add)?;
    let mut log = Log::of(&plan.id);
    let mut complaints = file.read_into(&mut log)?;
    let stored = log.clone();
    let mut table = String::new();
    if let Some(share::Brought { events, run, refused }) = brought {
        let mut received = receive(&mut log, events);
        received.refused.extend(refused);
        if !run.is_empty() {
            received.refused.push(OF_A_RUN.to_owned());
        }
        complaints.extend(received.refused.iter().cloned());
        table = list::table(&received);
    }
    say(arguments, &plan, &mut log)?;
    if log != stored {
        file.append(&log.without(|event| stored.event(event.id).is_some()).to_lines())?;
    }
    drop(file);
    let answer =
        if arguments.has(REPLY) { reply(arguments, &log)? } else { shown(arguments, &plan, &log, &table) };
    complaints.iter().for_each(|complaint| terminal::complain(&printable(complaint)));
    let written = terminal::print(&answer);
    Ok(if complaints.is_empty() { written } else { ExitCode::from(FAILED) })
}

const OF_A_RUN: &str = "Events of a run belong into the file that `phaseplan log` reads, beside the plan.";

/// The events of links in messages, or of the lines of another file.
fn brought(file: &Path) -> Result<share::Brought, CallError> {
    let text = files::read_text(file)?;
    if text.len() > MAX_BYTES {
        return Err(CallError::new(format!(
            "What is received has more than {} MB. Nothing of it was taken in; split it into several files.",
            MAX_BYTES >> 20
        )));
    }
    Ok(share::events_in(&text))
}

/// The review in the form that was asked for; as a list, below the table of what was received.
fn shown(arguments: &Arguments, plan: &Plan, log: &Log, table: &str) -> String {
    let ignored = ignored(arguments, log);
    let heard = log.without(|event| ignored.reason(log, event).is_some());
    let left_out = left_out(&ignored, log);
    let state = State::of(&heard, plan);
    if arguments.has(MARKDOWN) {
        // Standard output is the text for others; this is for whoever called.
        let note =
            |(subject, count): &(Subject, usize)| format!("Left out: {}.", list::left_out(subject, *count));
        left_out.iter().map(note).for_each(|note| terminal::complain(&printable(&note)));
        return markdown(&state, plan);
    }
    if arguments.has(JSON) {
        return format!("{:#}\n", json::value(&state, &left_out));
    }
    [table, &list::list(&state, &left_out)].concat()
}

/// What the call says is to be ignored.
fn ignored(arguments: &Arguments, log: &Log) -> Ignored {
    let subject = |written: &str| match Digest::try_from(written.to_owned()) {
        Ok(id) if log.event(id).is_some() => Subject::Event(id),
        _ => Subject::Author(written.to_owned()),
    };
    arguments.values(IGNORE).map(subject).collect()
}

/// How many events each reason leaves out.
fn left_out(ignored: &Ignored, log: &Log) -> Vec<(Subject, usize)> {
    let mut counts: BTreeMap<Subject, usize> =
        ignored.subjects().map(|subject| (subject.clone(), 0)).collect();
    if !counts.is_empty() {
        for reason in log.events().filter_map(|event| ignored.reason(log, event)) {
            *counts.entry(reason).or_default() += 1;
        }
    }
    counts.into_iter().collect()
}

fn author(arguments: &Arguments) -> Result<&str, CallError> {
    arguments.value(AUTHOR).ok_or_else(|| CallError::new("Say who you are: `--author NAME`."))
}

/// Adds the statement in the call.
fn say(arguments: &Arguments, plan: &Plan, log: &mut Log) -> Result<(), CallError> {
    let mut bodies = Vec::new();
    if let Some(text) = arguments.value(COMMENT) {
        bodies.push(Body::Comment { on: place(plan, arguments.value(ON))?, text: text.to_owned() });
    }
    if arguments.has(APPROVE) {
        bodies.push(Body::Approve { text: String::new() });
    }
    if let Some(text) = arguments.value(REQUEST_CHANGES) {
        bodies.push(Body::RequestChanges { text: text.to_owned() });
    }
    if arguments.has(PUBLISH) {
        bodies.push(phaseplan::review::Revision::of(plan, log).publication(plan));
    }
    let time = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    for body in bodies {
        log.say(plan, author(arguments)?, time, body).map_err(CallError::new)?;
    }
    Ok(())
}

/// Parses a place such as `T4`, `T4.owns` or `goal`.
fn place(plan: &Plan, written: Option<&str>) -> Result<Anchor, CallError> {
    let Some(written) = written else { return Ok(Anchor::default()) };
    let anchor = if plan.task(&written.into()).is_some() {
        Anchor::at(plan, Some(&written.into()), None, "")
    } else if let Some((id, name)) = written.rsplit_once('.') {
        Field::from_name(name).and_then(|field| Anchor::at(plan, Some(&TaskId::from(id)), Some(field), ""))
    } else {
        Field::from_name(written).and_then(|field| Anchor::at(plan, None, Some(field), ""))
    };
    anchor.ok_or_else(|| {
        CallError::new(format!(
            "The plan has no place `{}`. Write a task, such as T4, or a field, such as T4.owns.",
            printable(written)
        ))
    })
}

fn reply(arguments: &Arguments, log: &Log) -> Result<String, CallError> {
    let author = names::normal(author(arguments)?);
    let said: Vec<_> = log.events().filter(|event| event.statement.author == author).collect();
    if said.is_empty() {
        return Err(CallError::new(format!("{} said nothing about this plan.", printable(&author))));
    }
    terminal::complain(&format!("Reply: {}", contents(said.iter().copied())));
    let link = share::reply(said).map_err(|error| CallError::new(error.to_string()))?;
    Ok(format!("{}\n", link.at(&link::page(arguments))))
}
