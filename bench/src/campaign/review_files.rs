//! Files of reviews that hold anything, to which several calls of the command line add at the same time: no line is
//! ever lost or changed, and nothing that a call said it had added is missing.

use std::ffi::OsString;
use std::process::{Child, Output};
use std::time::Duration;

use phaseplan::events::{Event, Statement};
use phaseplan::review::{Body, Log};
use phaseplan::text::{Spelling, print};
use phaseplan::{Plan, Task};
use serde_json::Value;

use super::Tally;
use super::chance::Chance;
use super::program::{Folder, begin, said, words};
use super::reviews::log;

const PLAN: &str = "p.phaseplan.md";
const REVIEWS: &str = "p.reviews.jsonl";
const BROUGHT: &str = "brought.jsonl";

/// A call that was started, and what it is going to say.
struct Call {
    child: Child,
    text: Option<String>,
    is_killed: bool,
}

/// Three waves of calls on one file.
pub fn round(chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    let folder = Folder::new("review-files")?;
    let mut plan = chance.plan();
    plan.id = format!("p{}", chance.below(1000));
    // A text without tasks is a message, and its links count.
    plan.tasks.push(Task { id: "Last".into(), title: "Last".to_owned(), ..Task::default() });
    folder.write(PLAN, print(&plan, Spelling::Document))?;
    let bytes = lines(&plan, chance);
    if !bytes.is_empty() {
        folder.write(REVIEWS, &bytes)?;
    }
    for wave in 0..3 {
        let brought = lines(&plan, chance);
        folder.write(BROUGHT, &brought)?;
        let before = folder.read(REVIEWS);
        let after = grown(&folder, &before, wave, chance, tally)?;
        receive_twice(&folder, &plan, &brought, tally)?;
        if !folder.read(REVIEWS).starts_with(&after) {
            return Err("taking in replies changed lines".to_owned());
        }
    }
    tally.count("files grew in three waves of calls, and kept every byte");
    Ok(())
}

/// Lines of every kind, most of them events of this plan.
fn lines(plan: &Plan, chance: &mut Chance) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut written: Vec<Vec<u8>> =
        log(plan, chance).events().map(|event| event.to_json().into_bytes()).collect();
    for _ in 0..chance.below(6) {
        let line = other_line(plan, &written, chance);
        let at = chance.below(written.len() + 1);
        written.insert(at, line);
    }
    for line in written {
        bytes.extend(line);
        bytes.extend(chance.pick::<&str>(&["\n", "\n", "\n", "\r\n", "\n\n"]).as_bytes());
    }
    if chance.once_in(3) {
        // As an editor leaves a file, or a disk that was full.
        let left = chance.below(40).min(bytes.len());
        bytes.truncate(bytes.len() - left);
    }
    bytes
}

/// A line that is no event, or no good one.
fn other_line(plan: &Plan, written: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let some = if written.is_empty() { Vec::new() } else { chance.pick(written).clone() };
    match chance.below(9) {
        0 => some,
        1 => some[..chance.below(some.len() + 1)].to_vec(),
        2 => format!("{{\"id\": \"aaaaaaaaaaaaaaaa\", \"plan\": \"{}\", \"praise\": {{}}}}", plan.id)
            .into_bytes(),
        3 => far(plan, chance).to_json().into_bytes(),
        4 => (0..chance.below(60)).map(|_| chance.next() as u8).filter(|byte| *byte != b'\n').collect(),
        5 => "<<<<<<< ours".into(),
        6 => format!("{{\"pad\": \"{}\"}}", "y".repeat(chance.below(30_000))).into_bytes(),
        7 => chance.damage(&String::from_utf8_lossy(&some), b"{}\":,0f").replace('\n', " ").into_bytes(),
        _ => chance.hostile(4).replace('\n', " ").into_bytes(),
    }
}

/// An event with a counter far ahead of all others, and a hostile text.
fn far(plan: &Plan, chance: &mut Chance) -> Event<Body> {
    let body = Body::Comment { on: Default::default(), text: chance.hostile(6) };
    let revision = phaseplan::review::Revision::of(plan, &Log::of(&plan.id)).id;
    let clock = [u32::MAX, 1 << 30, 70_000, 0][chance.below(4)];
    let author = chance.hostile_name();
    Event::new(Statement { plan: plan.id.clone(), revision, author, clock, time: chance.next(), body })
}

/// Starts several calls at once. The file grows only at its end, and holds what each said. Returns its bytes.
fn grown(
    folder: &Folder,
    before: &[u8],
    wave: usize,
    chance: &mut Chance,
    tally: &mut Tally,
) -> Result<Vec<u8>, String> {
    let mut calls = Vec::new();
    for number in 0..2 + chance.below(4) {
        calls.push(start(folder, wave, number, chance)?);
    }
    if chance.once_in(4) {
        std::thread::sleep(Duration::from_micros(chance.below(8_000) as u64));
        let call = &mut calls[0];
        call.is_killed = call.child.kill().is_ok();
    }
    let mut texts = Vec::new();
    for call in calls {
        let Call { child, text, is_killed } = call;
        let output = child.wait_with_output().map_err(|error| error.to_string())?;
        match (output.status.code(), text) {
            (Some(0 | 1), Some(text)) => texts.push(text),
            (Some(0 | 1), None) => {}
            _ if is_killed => tally.count("calls were killed"),
            _ => return Err(format!("a call failed: {}", said_by(&output))),
        }
    }
    let after = folder.read(REVIEWS);
    let Some(added) = after.strip_prefix(before) else {
        return Err(format!("{:?} became {:?}", lossy(before), lossy(&after)));
    };
    let added = String::from_utf8_lossy(added);
    let is_said = |line: &str, text: &str| {
        line.contains(&format!("\"{text}\"")) && Event::<Body>::from_json(line).is_ok()
    };
    for text in texts {
        let times = added.lines().filter(|line| is_said(line, &text)).count();
        if times != 1 {
            return Err(format!("{text} stands {times} times in what was added: {added}"));
        }
        tally.count("comments of calls at the same time were there, each once");
    }
    Ok(after)
}

fn start(folder: &Folder, wave: usize, number: usize, chance: &mut Chance) -> Result<Call, String> {
    let text = format!("x{wave}-{number}");
    let author = format!("P{number}");
    let (arguments, text) = match chance.below(6) {
        0 => (words(["review", PLAN, "--json"]), None),
        1 => (words(["review", PLAN, "--receive", BROUGHT]), None),
        2 => (words(["review", PLAN, "--author", &author, "--approve", "--comment", &text]), Some(text)),
        _ => (words(["review", PLAN, "--author", &author, "--comment", &text]), Some(text)),
    };
    Ok(Call { child: begin(folder.0.as_path(), &arguments)?, text, is_killed: false })
}

/// Takes in lines of another file. All that are good are there, once; a second time, nothing is added.
fn receive_twice(folder: &Folder, plan: &Plan, brought: &[u8], tally: &mut Tally) -> Result<(), String> {
    let receive: Vec<OsString> = words(["review", PLAN, "--receive", BROUGHT, "--json"]);
    let mut sizes = Vec::new();
    for _ in 0..2 {
        let output = tally.timed(|| said(&folder.0, &receive))?;
        let is_text = str::from_utf8(brought).is_ok();
        match output.status.code() {
            Some(0 | 1) => {}
            Some(2) if !is_text => {}
            _ => return Err(format!("what was brought was not taken in: {}", said_by(&output))),
        }
        if serde_json::from_slice::<Value>(&output.stdout).is_err() {
            return Err(format!("the answer is not JSON: {}", said_by(&output)));
        }
        sizes.push(folder.read(REVIEWS).len());
    }
    if sizes[0] != sizes[1] {
        return Err(format!("the same events were added again: {sizes:?}"));
    }
    let (mut expected, mut stored) = (Log::of(&plan.id), Log::of(&plan.id));
    if let Ok(text) = str::from_utf8(brought) {
        expected.read_lines(text);
    }
    let file = folder.read(REVIEWS);
    for line in file.split(|byte| *byte == b'\n') {
        if let Ok(line) = str::from_utf8(line) {
            stored.read_lines(line);
        }
    }
    if let Some(lost) = expected.events().find(|event| stored.event(event.id).is_none()) {
        return Err(format!("{} was brought and is not there", lost.to_json()));
    }
    tally.count("files of others were taken in once, however often they came");
    Ok(())
}

fn said_by(output: &Output) -> String {
    format!("{} {} {}", output.status, lossy(&output.stdout), lossy(&output.stderr))
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
