//! Reviews: merging in any order, reply links, changed lines, places after edits, and comparison.

use phaseplan::Plan;
use phaseplan::compare;
use phaseplan::events::Digest;
use phaseplan::plan::TaskId;
use phaseplan::review::{
    Anchor, Body, Event, Field, Log, Revision, Standing, State, Statement, markdown, receive,
};
use phaseplan::share;
use serde_json::json;

use super::Tally;
use super::chance::Chance;

const LETTERS: &[u8] = b"{}[]\",:abcdefxyz0123456789\\ \x80\xff";

/// Tests three logs about one plan in every way.
pub fn round(chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    let plan = chance.plan();
    let logs = [(); 3].map(|()| log(&plan, chance));
    joined(&plan, &logs, chance, tally)?;
    replied(&logs[0], tally)?;
    changed_lines(&logs[1], chance, tally)?;
    places(&plan, chance, tally)?;
    let other = chance.plan();
    let mut edited = plan.clone();
    for edit in compare::edits(&plan, &other) {
        edit.apply(&mut edited).ok_or("an edit between two plans does not apply")?;
    }
    if (&edited.tasks, &edited.title, &edited.goal, &edited.resources)
        != (&other.tasks, &other.title, &other.goal, &other.resources)
    {
        return Err("the edits between two plans lead to a third".to_owned());
    }
    tally.count("edits made one plan of another");
    Ok(())
}

/// A log of statements by several people, some about places that don't exist.
pub fn log(plan: &Plan, chance: &mut Chance) -> Log {
    let mut log = Log::of(&plan.id);
    for _ in 0..chance.below(10) {
        let known: Vec<Digest> = log.events().map(|event| event.id).collect();
        let other = if known.is_empty() { Digest::of(b"nothing") } else { *chance.pick(&known) };
        let on = place(plan, chance);
        let text = format!("{} {}", chance.words(8), chance.below(4));
        let body = match chance.below(12) {
            0..3 => Body::Comment { on, text },
            3 => Body::Suggest { on: title(plan, chance), value: json!(text), text: String::new() },
            4 => Body::Reply { thread: other, text },
            5 => Body::Rewrite { comment: other, text },
            6 => Body::Withdraw { comment: other },
            7 => Body::Resolve { thread: other },
            8 => Body::Reopen { thread: other },
            9 => Body::Accept { suggestion: other },
            10 => Body::Approve { text },
            _ => Revision::of(plan, &log).publication(plan),
        };
        let author = (*chance.pick(&["Ada", "Ben", "Cid", "Аda"])).to_owned();
        let revision = Revision::of(plan, &log).id;
        let clock = chance.below(6) as u32;
        let statement =
            Statement { plan: plan.id.clone(), revision, author, clock, time: chance.next() >> 20, body };
        log.add(Event::new(statement));
    }
    log
}

fn title(plan: &Plan, chance: &mut Chance) -> Anchor {
    let task = if plan.tasks.is_empty() { None } else { Some(chance.pick(&plan.tasks).id.clone()) };
    Anchor::at(plan, task.as_ref(), Some(Field::Title), "").unwrap_or_default()
}

/// A random place in the plan, often with a quotation.
fn place(plan: &Plan, chance: &mut Chance) -> Anchor {
    if plan.tasks.is_empty() {
        return Anchor::default();
    }
    let task = chance.pick(&plan.tasks);
    let text = &task.instructions;
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (a, b) = (*chance.pick(&starts), *chance.pick(&starts));
    Anchor::at(plan, Some(&task.id), Some(Field::Instructions), &text[a.min(b)..a.max(b)]).unwrap_or_default()
}

fn joined(plan: &Plan, logs: &[Log; 3], chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    let join = |order: &[usize]| {
        let mut all = Log::of(&plan.id);
        order.iter().for_each(|&number| all.union(&logs[number]));
        all
    };
    let one = join(&[0, 1, 2]);
    let order: Vec<usize> = (0..6).map(|_| chance.below(3)).chain([2, 1, 0]).collect();
    let other = join(&order);
    if one != other || State::of(&one, plan) != State::of(&other, plan) {
        return Err(format!("the order {order:?} gives another state"));
    }
    tally.count("triples of logs joined to the same state");
    let mut read = Log::of(&plan.id);
    read.read_lines(&one.to_lines());
    if read != one || read.read_lines(&one.to_lines()).new > 0 {
        return Err("a log is not read as it was written".to_owned());
    }
    markdown(&State::of(&one, plan), plan);
    State::of(&one, &chance.plan());
    Ok(())
}

fn replied(log: &Log, tally: &mut Tally) -> Result<(), String> {
    let link = share::reply(log.events()).map_err(|error| error.to_string())?;
    let mut back = Log::of(log.plan());
    let received = receive(&mut back, share::replies(&link.fragment).into_iter().flatten().flatten());
    if back != *log || !received.refused.is_empty() {
        return Err(format!("a reply came out as another one: {} {:?}", link.fragment, received.refused));
    }
    tally.count("replies came out as they went in");
    Ok(())
}

/// A changed line is refused, or has exactly the same content.
fn changed_lines(log: &Log, chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    for event in log.events() {
        for _ in 0..30 {
            let line = chance.damage(&event.to_json(), LETTERS);
            let read = tally.timed(|| Event::from_json(&line));
            if let Ok(read) = read
                && read.id == event.id
                && read != *event
            {
                return Err(format!("a changed line kept its name: {line}"));
            }
            tally.count("changed lines were refused or said the same");
        }
    }
    Ok(())
}

/// A place never moves to another task or field, nor to words other than the quotation.
fn places(plan: &Plan, chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    for _ in 0..10 {
        let anchor = place(plan, chance);
        let Some(id) = anchor.task.clone() else { continue };
        let mut edited = plan.clone();
        let position = chance.below(edited.tasks.len());
        match chance.below(4) {
            0 => edited.tasks[position].instructions = chance.words(12),
            1 => edited.tasks[position].instructions.insert_str(0, "More first. "),
            2 => drop(edited.tasks.remove(position)),
            _ => edited.tasks[position].id = TaskId("Other".to_owned()),
        }
        let text = edited.task(&id).map(|task| task.instructions.clone());
        let is_right = match (anchor.standing(&edited), &text) {
            (Standing::Orphaned, None) | (Standing::Stale | Standing::Live(None), Some(_)) => true,
            (Standing::Live(Some(place)) | Standing::Moved(place), Some(text)) => {
                text[place.clone()] == anchor.quote && text.find(&anchor.quote) == Some(place.start)
            }
            _ => false,
        };
        if !is_right {
            return Err(format!("{anchor:?} stands wrong in {text:?}"));
        }
        tally.count("places stood right after an edit");
    }
    Ok(())
}
