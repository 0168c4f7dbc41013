//! Reads one object, or one row, as an item of an outline.

use serde_json::{Map, Value};

use super::values::{checks_of, is_nothing, is_path, paths, several, status_of, yes_or_no};
use super::{Meaning, is_step, meaning};
use crate::import::outline::{Item, Wait};
use crate::plan::minutes::read_estimate_freely;
use crate::plan::{Estimate, Kind, Status};

/// What an object says.
#[derive(Debug, Default)]
pub struct Found<'a> {
    /// The task.
    pub item: Item,
    /// The objects of its parts.
    pub parts: Vec<&'a Value>,
    /// The id of what it is a part of.
    pub parent: Option<String>,
    /// Ids of tasks that wait for it.
    pub blocks: Vec<String>,
    /// A word for its progress that is not known.
    pub odd_status: Option<String>,
    /// The number of the step it belongs to, such as a wave.
    pub step: Option<u64>,
    /// Whether it has a field for what it waits for, even if that is empty.
    pub has_order: bool,
}

/// Values of which only the best one counts, each with its rank.
#[derive(Default)]
struct Ranked {
    other_ids: Vec<String>,
    id: Option<(u8, String)>,
    title: Option<(u8, String)>,
    group: Option<(u8, String)>,
    texts: Vec<String>,
}

/// Reads an object. `names` says what the fields of the format mean.
pub fn read_object<'a>(fields: &'a Map<String, Value>, names: fn(&str) -> Meaning) -> Found<'a> {
    let mut found = Found::default();
    let mut ranked = Ranked::default();
    for (name, value) in fields {
        let meaning = names(name);
        found.has_order |= matches!(meaning, Meaning::Waits | Meaning::Blocks);
        if is_empty(value) || meaning == Meaning::Handled {
            continue;
        }
        read_step(name, value, &mut found);
        if !read_field(name, meaning, value, &mut found, &mut ranked) {
            found.item.unknown.insert(name.clone(), value.clone());
        }
    }
    ranked.settle(&mut found.item);
    found
}

/// Reads a row of texts, as [`read_object`].
pub fn read_text(cells: &[(&str, &str)]) -> Found<'static> {
    let mut found = Found::default();
    let mut ranked = Ranked::default();
    found.has_order = cells.iter().any(|(name, _)| matches!(meaning(name), Meaning::Waits | Meaning::Blocks));
    for (name, cell) in cells.iter().filter(|(_, cell)| !cell.trim().is_empty()) {
        let value = Value::String(cell.trim().to_owned());
        let mut of_cell = Found::default();
        let is_understood = read_field(name, meaning(name), &value, &mut of_cell, &mut ranked);
        read_step(name, &value, &mut found);
        merge(&mut found, of_cell);
        if !is_understood {
            found.item.unknown.insert((*name).to_owned(), value);
        }
    }
    ranked.settle(&mut found.item);
    found
}

fn read_step(name: &str, value: &Value, found: &mut Found) {
    if is_step(name) {
        found.step = found.step.or_else(|| scalar(value)?.parse().ok());
    }
}

/// Adds what one cell says. A cell never has parts.
fn merge(found: &mut Found<'static>, cell: Found<'_>) {
    let item = &mut found.item;
    item.owns.extend(cell.item.owns);
    item.reads.extend(cell.item.reads);
    item.waits.extend(cell.item.waits);
    item.checks.extend(cell.item.checks);
    item.minutes = item.minutes.or(cell.item.minutes);
    item.kind = item.kind.or(cell.item.kind);
    item.claim = item.claim.take().or(cell.item.claim);
    if cell.item.status != Status::Todo {
        item.status = cell.item.status;
    }
    for (into, text) in [(&mut item.agent, cell.item.agent), (&mut item.model, cell.item.model)] {
        if into.is_empty() {
            *into = text;
        }
    }
    found.parent = found.parent.take().or(cell.parent);
    found.odd_status = found.odd_status.take().or(cell.odd_status);
    found.blocks.extend(cell.blocks);
}

/// Reads one field; false if its value is not understood.
fn read_field<'a>(
    name: &str,
    meaning: Meaning,
    value: &'a Value,
    found: &mut Found<'a>,
    ranked: &mut Ranked,
) -> bool {
    match meaning {
        Meaning::Id(rank) => {
            // Of several ids the others are names of the task, and preserved as fields too.
            let is_best = ranked.id.as_ref().is_none_or(|(other, _)| rank < *other);
            ranked_text(value, rank, &mut ranked.id, &mut Some(&mut ranked.other_ids)) && is_best
        }
        Meaning::Title(rank) => ranked_text(value, rank, &mut ranked.title, &mut Some(&mut ranked.texts)),
        Meaning::Group(rank) => ranked_text(&heading(name, value), rank, &mut ranked.group, &mut None),
        Meaning::Text => read_words(value, &mut ranked.texts),
        Meaning::Owns => read_paths(value, &mut found.item.owns),
        Meaning::Reads => read_paths(value, &mut found.item.reads),
        Meaning::Files => read_files(value, &mut found.item),
        Meaning::Waits => {
            named_ids(value).map(|ids| found.item.waits.extend(ids.into_iter().map(Wait::Named))).is_some()
        }
        Meaning::Blocks => named_ids(value).map(|ids| found.blocks.extend(ids)).is_some(),
        Meaning::Duration(minutes) => {
            found.item.minutes = found.item.minutes.or(duration(value, minutes));
            duration(value, minutes).is_some()
        }
        Meaning::Status => read_status(value, found),
        Meaning::Done => read_done(value, &mut found.item),
        Meaning::Parent => {
            found.parent = ids(value).and_then(|ids| ids.into_iter().next());
            found.parent.is_some()
        }
        Meaning::Parts => read_parts(value, found, ranked),
        Meaning::Agent => read_name(value, &mut found.item.agent),
        Meaning::Model => read_name(value, &mut found.item.model),
        Meaning::Kind => read_kind(value, &mut found.item),
        Meaning::Checks => {
            found.item.checks.extend(checks_of(value));
            true
        }
        Meaning::Beside => read_claim(name, value, &mut found.item),
        Meaning::Unknown | Meaning::Handled => false,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// A text or a number.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Keeps the text with the smallest rank. The others go to `rest`, if there is one.
fn ranked_text(
    value: &Value,
    rank: u8,
    best: &mut Option<(u8, String)>,
    rest: &mut Option<&mut Vec<String>>,
) -> bool {
    let Some(text) = scalar(value) else { return false };
    let is_better = best.as_ref().is_none_or(|(other, _)| rank < *other);
    if is_better {
        let before = best.replace((rank, text));
        if let (Some((_, before)), Some(rest)) = (before, rest) {
            rest.push(before);
        }
    } else if let Some(rest) = rest {
        rest.push(text);
    } else {
        return false;
    }
    true
}

impl Ranked {
    fn settle(self, item: &mut Item) {
        item.id = self.id.map(|(_, id)| id).unwrap_or_default();
        item.names = self.other_ids;
        item.title = self.title.map(|(_, title)| one_line(&title)).unwrap_or_default();
        item.group = match self.group {
            Some((_, group)) => group,
            None => String::new(),
        };
        let mut texts = self.texts;
        texts.retain(|text| *text != item.title);
        if item.title.is_empty() && !texts.is_empty() {
            let (first, rest) = split_title(&texts[0]);
            item.title = first;
            texts[0] = rest;
        }
        texts.retain(|text| !text.trim().is_empty());
        item.text = texts.join("\n\n");
        if item.title.is_empty() {
            item.title.clone_from(if item.id.is_empty() { &item.group } else { &item.id });
        }
        item.names.push(item.title.clone());
    }
}

/// A heading; a bare number alone says nothing, so it gets the name of its field.
fn heading(name: &str, value: &Value) -> Value {
    match scalar(value) {
        Some(number) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            let mut letters = name.chars();
            let first = letters.next().map_or_else(String::new, |first| first.to_uppercase().collect());
            Value::String(format!("{first}{} {number}", letters.as_str()))
        }
        _ => value.clone(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first line, and the others.
fn split_title(text: &str) -> (String, String) {
    let text = text.trim();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    (one_line(first.trim_start_matches('#')), rest.trim().to_owned())
}

fn read_words(value: &Value, texts: &mut Vec<String>) -> bool {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(values) => {
            let Some(lines) = values.iter().map(scalar).collect::<Option<Vec<_>>>() else { return false };
            texts.push(lines.iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n"));
        }
        Value::Object(fields) => {
            let line = |(name, value): (&String, &Value)| Some(format!("{name}: {}", scalar(value)?));
            let Some(lines) = fields.iter().map(line).collect::<Option<Vec<_>>>() else { return false };
            texts.push(lines.join("\n"));
        }
        _ => return false,
    }
    true
}

/// Reads files from a text, or a list of texts and of objects with a path.
fn read_paths(value: &Value, into: &mut Vec<String>) -> bool {
    let mut item = Item::default();
    let is_understood = read_files(value, &mut item);
    into.extend(item.owns);
    into.extend(item.reads);
    is_understood
}

/// Reads whether a task may run beside others; anything but yes or no is not understood.
fn read_claim(name: &str, value: &Value, item: &mut Item) -> bool {
    let is_claimed = match value {
        Value::Bool(is_claimed) => Some(*is_claimed),
        Value::String(word) => yes_or_no(word),
        _ => None,
    };
    if is_claimed == Some(true) {
        item.claim = Some(name.to_owned());
    }
    is_claimed.is_some()
}

/// As [`read_paths`]; an object may say that a file is only read, or list files by what is done to them.
fn read_files(value: &Value, item: &mut Item) -> bool {
    match value {
        Value::String(text) => {
            item.owns.extend(several(text).into_iter().flat_map(paths));
            true
        }
        Value::Array(values) => values.iter().filter(|value| !read_file(value, item)).count() == 0,
        Value::Object(fields) if fields.contains_key("path") => read_file(value, item),
        Value::Object(fields) => fields.iter().all(|(name, value)| {
            let Value::Array(values) = value else { return false };
            let list = if is_reading(name) { &mut item.reads } else { &mut item.owns };
            list.extend(values.iter().filter_map(Value::as_str).flat_map(paths));
            values.iter().all(Value::is_string)
        }),
        _ => false,
    }
}

fn read_file(value: &Value, item: &mut Item) -> bool {
    let get = |name: &str| value.get(name).and_then(Value::as_str);
    let path = value.as_str().or_else(|| ["path", "file", "name", "pattern"].into_iter().find_map(get));
    let Some(path) = path else { return false };
    let action = ["action", "mode", "operation", "change", "type", "access"].into_iter().find_map(get);
    let list = if action.is_some_and(is_reading) { &mut item.reads } else { &mut item.owns };
    list.extend(paths(path));
    true
}

/// Whether a word for what is done to a file says that it is only read.
fn is_reading(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    ["read", "reference", "context", "input", "consult"].iter().any(|start| word.starts_with(start))
}

/// The ids in a text, a number, a list of these, or objects with an id.
fn ids(value: &Value) -> Option<Vec<String>> {
    named_ids(value).map(|ids| ids.into_iter().filter(|id| !is_nothing(id)).collect())
}

/// As [`ids`], with words that mean nothing, such as `-`: they may be ids of this file all the same, which
/// only shows when all of it was read.
fn named_ids(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) if is_nothing(text) => Some(vec![text.trim().to_owned()]),
        Value::String(text) => Some(several(text).into_iter().map(str::to_owned).collect()),
        Value::Array(values) => values.iter().filter(|value| !value.is_null()).map(one_id).collect(),
        _ => one_id(value).map(|id| vec![id]),
    }
    .map(|ids: Vec<String>| ids.into_iter().filter(|id| !id.is_empty()).collect())
}

fn one_id(value: &Value) -> Option<String> {
    let names = ["id", "task", "taskId", "task_id", "target", "on", "key", "depends_on_id", "name", "number"];
    match value {
        Value::Object(fields) => names.into_iter().find_map(|name| scalar(fields.get(name)?)),
        _ => scalar(value),
    }
}

/// A duration in words, or a number of this many minutes each.
fn duration(value: &Value, minutes: u32) -> Option<Estimate> {
    let bare = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    match bare {
        Some(number) if number.is_finite() && number > 0.0 => {
            let minutes = (number * f64::from(minutes)).ceil().min(f64::from(Estimate::MAX));
            Some(Estimate::exactly(minutes as u32))
        }
        Some(_) => None,
        None => read_estimate_freely(value.as_str()?),
    }
}

fn read_status(value: &Value, found: &mut Found) -> bool {
    let word = match value {
        Value::Object(fields) => fields.get("name").and_then(Value::as_str),
        Value::Bool(true) => Some("true"),
        _ => value.as_str(),
    };
    let Some(word) = word else { return false };
    match status_of(word) {
        Some(status) => found.item.status = status,
        None => found.odd_status = Some(word.trim().to_owned()),
    }
    true
}

fn read_done(value: &Value, item: &mut Item) -> bool {
    let is_done = match value {
        Value::Bool(done) => Some(*done),
        Value::String(word) => match status_of(word) {
            Some(Status::Done) => Some(true),
            Some(Status::Todo) => Some(false),
            _ => None,
        },
        _ => None,
    };
    if is_done == Some(true) {
        item.status = Status::Done;
    }
    is_done.is_some()
}

/// Parts that are objects are tasks; a list of texts is a part of what the agent is told.
fn read_parts<'a>(value: &'a Value, found: &mut Found<'a>, ranked: &mut Ranked) -> bool {
    let Value::Array(values) = value else { return false };
    let is_part = |value: &Value| {
        let names = |fields: &Map<String, Value>| {
            fields.keys().any(|name| matches!(meaning(name), Meaning::Id(_) | Meaning::Title(_)))
        };
        value.as_object().is_some_and(names)
    };
    if values.iter().all(Value::is_string) {
        return read_words(value, &mut ranked.texts);
    }
    let are_parts = values.iter().all(is_part);
    if are_parts {
        found.parts.extend(values);
    }
    are_parts
}

fn read_name(value: &Value, into: &mut String) -> bool {
    let name = scalar(value).filter(|_| into.is_empty());
    let is_understood = name.is_some();
    *into = name.unwrap_or_else(|| std::mem::take(into));
    is_understood
}

/// Kinds are words with many meanings: one that is not known is no mistake.
fn read_kind(value: &Value, item: &mut Item) -> bool {
    let word = value.as_str().unwrap_or_default().to_ascii_lowercase();
    let kind = match word.as_str() {
        "research" | "spike" | "investigation" => Kind::Research,
        "test" | "tests" | "testing" => Kind::Test,
        "docs" | "documentation" => Kind::Docs,
        "config" | "configuration" => Kind::Config,
        "integrate" | "integration" => Kind::Integrate,
        "verify" | "verification" => Kind::Verify,
        "gate" | "approval" | "decision" | "checkpoint" => Kind::Gate,
        _ => return false,
    };
    item.kind = Some(kind);
    true
}

/// Whether a value names files; for readers that look for signs of a plan.
pub fn names_files(value: &Value) -> bool {
    let is_file = |value: &Value| value.as_str().is_some_and(is_path) || value.get("path").is_some();
    match value {
        Value::Array(values) => values.iter().any(is_file),
        Value::Object(fields) => {
            fields.values().any(|list| list.as_array().is_some_and(|list| list.iter().any(is_file)))
        }
        _ => is_file(value),
    }
}
