//! `phaseplan review FILE`: what people said about a plan, and saying something about it.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use phaseplan::plan::{Plan, TaskId};
use phaseplan::review::receive::{Received, contents};
use phaseplan::review::state::{Age, Thread};
use phaseplan::review::{Anchor, Body, Field, Log, State, markdown, receive};
use phaseplan::share;
use serde_json::{Value, json};

use super::arguments::{Arguments, CallError, JSON, Switch};
use super::terminal::printable;
use super::{Command, FAILED, diff, files, link, terminal};

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
        MARKDOWN,
        link::PAGE,
        JSON,
    ],
    summary: "Shows, merges and adds what people say about a plan.",
    details: "Events stand in a file beside the plan, one per line; they are only ever added, so files of two people are \
              joined by taking the lines of both. In a repository, write `*.reviews.jsonl merge=union` into .gitattributes.\n\n\
              Exit status: 1 if an event was refused; the others are kept.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let operand = &arguments.operands[0];
    let plan = diff::read(operand)?;
    let path = match arguments.value(REVIEWS) {
        Some(path) => PathBuf::from(path),
        None => beside(operand),
    };
    let mut log = Log::of(&plan.id);
    let mut complaints = Vec::new();
    if path.exists() {
        complaints.extend(log.read_lines(&files::read_text(&path.to_string_lossy())?).refused);
    }
    let stored = log.clone();
    let mut answer = String::new();
    if let Some(file) = arguments.value(RECEIVE) {
        let received = take_in(&mut log, &files::read_text(file)?);
        complaints.extend(received.refused.clone());
        answer = table(&received);
    }
    say(arguments, &plan, &mut log)?;
    if log != stored {
        let failed = |error| CallError::new(format!("`{}` can't be written: {error}.", path.display()));
        std::fs::write(&path, log.to_lines()).map_err(failed)?;
    }
    let state = State::of(&log, &plan);
    if arguments.has(REPLY) {
        answer = reply(arguments, &log)?;
    } else if arguments.has(MARKDOWN) {
        answer = markdown(&state, &plan);
    } else if arguments.has(JSON) {
        answer = format!("{:#}\n", as_value(&state));
    } else {
        answer.push_str(&page(&state));
    }
    complaints.iter().for_each(|complaint| terminal::complain(&printable(complaint)));
    let written = terminal::print(&answer);
    Ok(if complaints.is_empty() { written } else { ExitCode::from(FAILED) })
}

/// `a/plan.phaseplan.md` → `a/plan.reviews.jsonl`
fn beside(plan: &str) -> PathBuf {
    let path = Path::new(plan);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let endings = [".phaseplan.md", ".phaseplan.json", ".md", ".json", ".txt"];
    let stem = endings.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    path.with_file_name(format!("{stem}.reviews.jsonl"))
}

/// Events out of links in messages, or the lines of another file.
fn take_in(log: &mut Log, text: &str) -> Received {
    let share::Brought { events, refused } = share::events_in(text);
    let mut received = receive(log, events);
    received.refused.extend(refused);
    received
}

fn table(received: &Received) -> String {
    let mut table = format!("{}\n", received.summary());
    for one in &received.receipts {
        let verdict = match one.approves {
            Some(true) => "approves",
            Some(false) => "asks for changes",
            None => "no verdict",
        };
        let _ = writeln!(
            table,
            "  {:<20} {:>4} new {:>4} known  revision {}  {verdict}",
            printable(&one.reviewer),
            one.new,
            one.known,
            one.revision
        );
    }
    table.push('\n');
    table
}

fn author(arguments: &Arguments) -> Result<&str, CallError> {
    arguments.value(AUTHOR).ok_or_else(|| CallError::new("Say who you are: `--author NAME`."))
}

/// Adds what the call says.
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

/// A place such as `T4`, `T4.owns` or `goal`.
fn place(plan: &Plan, written: Option<&str>) -> Result<Anchor, CallError> {
    let Some(written) = written else { return Ok(Anchor::default()) };
    let field =
        |name: &str| Field::OF_TASK.into_iter().chain(Field::OF_PLAN).find(|field| field.name() == name);
    let anchor = if plan.task(&written.into()).is_some() {
        Anchor::at(plan, Some(&written.into()), None, "")
    } else if let Some((id, name)) = written.rsplit_once('.') {
        field(name).and_then(|field| Anchor::at(plan, Some(&TaskId::from(id)), Some(field), ""))
    } else {
        field(written).and_then(|field| Anchor::at(plan, None, Some(field), ""))
    };
    anchor.ok_or_else(|| {
        CallError::new(format!(
            "The plan has no place `{}`. Write a task, such as T4, or a field, such as T4.owns.",
            printable(written)
        ))
    })
}

fn reply(arguments: &Arguments, log: &Log) -> Result<String, CallError> {
    let author = author(arguments)?;
    let said: Vec<_> = log.events().filter(|event| event.statement.author == author).collect();
    if said.is_empty() {
        return Err(CallError::new(format!("{} said nothing about this plan.", printable(author))));
    }
    terminal::complain(&format!("Reply: {}", contents(said.iter().copied())));
    let link = share::reply(said).map_err(|error| CallError::new(error.to_string()))?;
    Ok(format!("{}\n", link.at(&link::page(arguments))))
}

fn page(state: &State) -> String {
    let mut text = format!(
        "Revision {}{}\n",
        state.revision.id.short(),
        if state.revision.is_published { "" } else { ", not sent out yet" }
    );
    for verdict in &state.verdicts {
        let said = if verdict.approves { "approves" } else { "asks for changes in" };
        let age = match &verdict.age {
            Age::Current => "this revision".to_owned(),
            Age::SameContent => format!("revision {}, which has the same content", verdict.revision.short()),
            Age::Stale { changed: Some(changed) } => {
                let ids: Vec<&str> = changed.iter().map(TaskId::as_str).collect();
                format!("revision {}; changed since: {}", verdict.revision.short(), ids.join(", "))
            }
            Age::Stale { changed: None } => format!("revision {}", verdict.revision.short()),
        };
        let _ = writeln!(
            text,
            "  {} {said} {}  {}",
            printable(&verdict.author),
            printable(&age),
            printable(&verdict.text)
        );
    }
    for (a, b) in &state.look_alikes {
        let _ = writeln!(text, "  Two names look alike: {} and {}.", printable(a), printable(b));
    }
    for thread in &state.threads {
        write_thread(&mut text, thread);
    }
    if state.waiting > 0 {
        let _ = writeln!(text, "\n{} answers are about something that is not here.", state.waiting);
    }
    text
}

fn write_thread(text: &mut String, thread: &Thread) {
    let settled = if thread.is_resolved { ", settled" } else { "" };
    let _ = writeln!(text, "\n{} ({}{settled})", printable(&thread.on.name()), thread.standing.name());
    if let Some(suggestion) = &thread.suggestion {
        let _ = writeln!(text, "  suggests: {}", printable(&suggestion.shown()));
    }
    for comment in &thread.comments {
        let said = if comment.is_withdrawn { "(taken back)" } else { &comment.text };
        let _ = writeln!(text, "  {}: {}", printable(&comment.author), printable(said));
    }
}

fn as_value(state: &State) -> Value {
    let threads = state.threads.iter().map(|thread| {
        let comments = thread.comments.iter().map(|comment| {
            json!({"id": comment.id, "author": comment.author, "time": comment.time, "text": comment.text,
                   "withdrawn": comment.is_withdrawn, "earlier": comment.earlier})
        });
        let suggestion = thread.suggestion.as_ref().map(|suggestion| {
            json!({"value": suggestion.value, "answer": suggestion.answer, "applies": suggestion.applies})
        });
        json!({
            "id": thread.id, "task": thread.on.task, "field": thread.on.field, "quote": thread.on.quote,
            "standing": thread.standing.name(), "resolved": thread.is_resolved, "suggestion": suggestion,
            "comments": comments.collect::<Vec<_>>(),
        })
    });
    let verdicts = state.verdicts.iter().map(|verdict| {
        let (age, changed) = match &verdict.age {
            Age::Current => ("current", None),
            Age::SameContent => ("same content", None),
            Age::Stale { changed } => ("stale", changed.clone()),
        };
        json!({"author": verdict.author, "approves": verdict.approves, "text": verdict.text,
               "revision": verdict.revision, "age": age, "changed": changed})
    });
    json!({
        "revision": state.revision.id,
        "published": state.revision.is_published,
        "verdicts": verdicts.collect::<Vec<_>>(),
        "threads": threads.collect::<Vec<_>>(),
        "waiting": state.waiting,
        "look_alikes": state.look_alikes,
    })
}
