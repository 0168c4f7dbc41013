//! Input from storage and files: plan JSON, records, heads, versions, archives, and the bytes of messages.

use phaseplan::document::{Document, History, record};
use phaseplan::import;
use phaseplan::import::plan_json::from_json;
use phaseplan::library::{Head, Version, archive};
use phaseplan::protocol::wire::{from_bytes, to_bytes};
use phaseplan::protocol::{Answer, Request, SaveState, Saving};
use serde_json::Value;

use super::Tally;
use super::chance::Chance;
use super::text::is_normal;

const LETTERS: &[u8] = b"{}[]\",:\\ntrue0123456789-+.eE \x00\x80\xff";
/// Field names that readers look for.
const NAMES: [&str; 14] = [
    "format",
    "tasks",
    "id",
    "title",
    "owns",
    "after",
    "minutes",
    "uses",
    "settings",
    "resources",
    "form",
    "text",
    "plan",
    "undo",
];

/// A plan as JSON and as a record, damaged and intact.
pub fn round(chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    plan_json(chance, tally)?;
    records(chance, tally)?;
    messages(chance, tally);
    Ok(())
}

fn plan_json(chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    let plan = chance.plan();
    let value = serde_json::to_value(&plan).map_err(|error| error.to_string())?;
    match from_json(&value) {
        Ok((read, notes)) if read == plan && notes.is_empty() => {}
        other => return Err(format!("{value} was read as {other:?}")),
    }
    tally.count("plans came back from JSON");
    for _ in 0..20 {
        let text = match chance.below(3) {
            0 => any_value(chance, 4).to_string(),
            _ => chance.damage(&value.to_string(), LETTERS),
        };
        if let Ok(imported) = tally.timed(|| import::import(text.as_bytes(), Some("plan.json"))) {
            is_normal(&imported.plan, &text)?;
            let value = serde_json::to_value(&imported.plan).map_err(|error| error.to_string())?;
            if from_json(&value).map(|(plan, _)| plan).as_ref() != Ok(&imported.plan) {
                return Err(format!("what was read from {text} does not come back from JSON"));
            }
            tally.count("damaged files were opened in part");
        } else {
            tally.count("damaged files were refused");
        }
    }
    Ok(())
}

/// Random JSON with the field names that readers look for.
fn any_value(chance: &mut Chance, depth: usize) -> Value {
    match chance.below(if depth == 0 { 5 } else { 9 }) {
        0 => Value::Null,
        1 => Value::Bool(chance.once_in(2)),
        2 => Value::from(chance.next() as i64 >> chance.below(64)),
        3 => Value::from(f64::from_bits(chance.next())),
        4 => Value::from(chance.pieces(2)),
        5 | 6 => Value::from(chance.list(3, |chance| any_value(chance, depth - 1))),
        _ => {
            let fields = chance.list(4, |chance| {
                let name =
                    if chance.once_in(9) { chance.words(1) } else { (*chance.pick(&NAMES)).to_owned() };
                (name, any_value(chance, depth - 1))
            });
            Value::Object(fields.into_iter().collect())
        }
    }
}

fn records(chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    let before = Document::from_text(chance.plan_text());
    let after = before.typed(chance.typed(&before.text));
    let mut history = History::default();
    history.record("typing", &before, &after, false);
    let written = record::write(&after, &history);
    match record::read(&written) {
        Some((read, _)) if read == after => tally.count("documents came back from their records"),
        other => return Err(format!("{written} was read as {other:?}")),
    }
    let head = Head {
        key: chance.words(1),
        name: chance.words(3),
        revision: chance.next() as u32,
        ..Head::default()
    };
    let version = Version { document: chance.words(1), record: written.clone(), ..Version::default() };
    let file = archive::write(&[(chance.words(2), written.clone())]);
    for _ in 0..20 {
        let damaged = match chance.below(4) {
            0 => any_value(chance, 4).to_string(),
            1 => written[..written.floor_char_boundary(chance.below(written.len()))].to_owned(),
            _ => chance.damage(&written, LETTERS),
        };
        let text = record::text_of(&damaged);
        if let Some((mut document, mut history)) = tally.timed(|| record::read(&damaged)) {
            if text.as_ref() != Some(&document.text) {
                return Err(format!("{damaged} has two texts"));
            }
            is_normal(document.plan(), &damaged)?;
            // Steps that don't fit are refused one by one.
            while let Some((reached, _)) = history.undo(&document) {
                document = reached;
            }
            tally.count("damaged records were opened");
        } else {
            tally.count("damaged records were refused");
        }
        record::without_history(&damaged);
        record::is_newer(&damaged);
        Head::from_json(&chance.damage(&head.to_json(), LETTERS));
        Version::from_json(&chance.damage(&version.to_json(), LETTERS));
        archive::read(chance.damage(&file, LETTERS).as_bytes());
    }
    Ok(())
}

/// Both ends of a message are the same build, but no bytes may crash either.
fn messages(chance: &mut Chance, tally: &mut Tally) {
    let state = SaveState {
        opening: 1,
        key: chance.words(2),
        revision: 2,
        through: 3,
        saving: Saving::At(chance.next()),
        notice: chance.words(3),
        inventory: chance.words(1),
    };
    let whole = to_bytes(&(chance.next() as u32, Answer::Saved(state)));
    for _ in 0..20 {
        let bytes: Vec<u8> = match chance.below(2) {
            0 => (0..chance.below(60)).map(|_| chance.next() as u8 >> chance.below(8)).collect(),
            _ => {
                let mut bytes = whole.clone();
                let at = chance.below(bytes.len());
                bytes[at] = chance.next() as u8;
                bytes
            }
        };
        tally.timed(|| from_bytes::<(u32, Request)>(&bytes).is_some());
        tally.timed(|| from_bytes::<(u32, Answer)>(&bytes).is_some());
        tally.count("rows of bytes were read as messages");
    }
}
