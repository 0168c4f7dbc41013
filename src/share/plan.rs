//! A plan over a stream, task by task: nearly constant values cost a fraction of a bit, references are
//! distances, and words use the text model. The order of fields is that of format 1 and never changes.
//!
//! Task fields added after format 1 are coded as unknown fields. A program that doesn't know them preserves
//! them.

use rustc_hash::FxHashMap;

use crate::plan::edit::TaskChange;
use crate::plan::normal::{MAX_LIST, MAX_TASKS};
use crate::plan::{
    Acceptance, Estimate, Field, Kind, Plan, Prices, Resource, ResourceUse, Settings, Status, Task, TaskId,
    UnknownFields,
};
use codec::Kind as Text;
use codec::{Damage, Number, Stream};

/// The task fields that format 1 codes. This list never changes.
const CODED: [Field; 14] = [
    Field::Group,
    Field::Title,
    Field::Owns,
    Field::Reads,
    Field::After,
    Field::Uses,
    Field::Minutes,
    Field::Agent,
    Field::Model,
    Field::Kind,
    Field::Status,
    Field::Instructions,
    Field::Checks,
    Field::Accepts,
];

/// Writes the plan, or fills an empty one.
pub fn plan(stream: &mut Stream, plan: &mut Plan) -> Result<(), Damage> {
    stream.optional_text(Number::HasId, Text::Name, &mut plan.id)?;
    stream.optional_text(Number::HasTitle, Text::Title, &mut plan.title)?;
    stream.optional_text(Number::HasGoal, Text::Prose, &mut plan.goal)?;
    settings(stream, &mut plan.settings)?;
    let resource = || Resource { name: String::new(), capacity: 0 };
    stream.list(Number::Resources, &mut plan.resources, MAX_LIST, resource)?;
    for resource in &mut plan.resources {
        stream.text(Text::Name, &mut resource.name)?;
        stream.number(Number::Capacity, &mut resource.capacity)?;
    }
    if !stream.is_reader() && plan.settings.unknown_beside {
        plan.unknown.insert(BESIDE.to_owned(), true.into());
    }
    if !stream.is_reader() && !plan.settings.prices.is_empty() {
        let prices = serde_json::to_value(&plan.settings.prices).map_err(|_| Damage)?;
        plan.unknown.insert(PRICES.to_owned(), prices);
    }
    unknown_fields(stream, &mut plan.unknown)?;
    if stream.is_reader() && plan.unknown.get(BESIDE) == Some(&true.into()) {
        plan.unknown.shift_remove(BESIDE);
        plan.settings.unknown_beside = true;
    }
    let prices = plan.unknown.get(PRICES).filter(|_| stream.is_reader());
    if let Some(prices) = prices.and_then(|value| serde_json::from_value(value.clone()).ok()) {
        plan.unknown.shift_remove(PRICES);
        plan.settings.prices = prices;
    }
    tasks(stream, &mut plan.tasks, &plan.resources)
}

/// The setting that format 1 does not code. It travels among the unknown fields, as later fields of tasks do.
const BESIDE: &str = "unknown_beside";
/// See [`BESIDE`].
const PRICES: &str = "prices";

fn settings(stream: &mut Stream, settings: &mut Settings) -> Result<(), Damage> {
    let coded = Settings { unknown_beside: false, prices: Prices::default(), ..settings.clone() };
    if stream.flag(Number::IsUsual, coded == Settings::default())? {
        return Ok(());
    }
    stream.number(Number::Parallel, &mut settings.max_parallel)?;
    stream.number(Number::Minutes, &mut settings.default_minutes)?;
    stream.number(Number::Minutes, &mut settings.phase_overhead)?;
    // Whether tasks without files run alone, in versions in which they usually did not.
    stream.flag(Number::Alone, false)?;
    stream.list(Number::Agents, &mut settings.agents, MAX_LIST, String::new)?;
    settings.agents.iter_mut().try_for_each(|agent| stream.text(Text::Name, agent))
}

fn tasks(stream: &mut Stream, tasks: &mut Vec<Task>, resources: &[Resource]) -> Result<(), Damage> {
    let mut count = tasks.len() as u32;
    stream.number(Number::Tasks, &mut count)?;
    let count = count as usize;
    if count > MAX_TASKS {
        return Err(Damage);
    }
    stream.take_room(count)?;
    let mut before = Task { id: TaskId("T0".to_owned()), ..Task::default() };
    let mut waits = Waits::new(tasks);
    for position in 0..count {
        if stream.is_reader() {
            tasks.push(Task::default());
        }
        let task = &mut tasks[position];
        id(stream, &before.id, &mut task.id)?;
        same_or_text(stream, Number::SameGroup, Text::Title, &before.group, &mut task.group)?;
        stream.text(Text::Title, &mut task.title)?;
        texts(stream, Number::Owns, Text::Pattern, &mut task.owns)?;
        texts(stream, Number::Reads, Text::Pattern, &mut task.reads)?;
        waits.code(stream, position, &mut task.after)?;
        uses(stream, &mut task.uses, resources)?;
        minutes(stream, &mut task.minutes)?;
        same_or_text(stream, Number::SameAgent, Text::Name, &before.agent, &mut task.agent)?;
        same_or_text(stream, Number::SameModel, Text::Name, &before.model, &mut task.model)?;
        task.kind = one_of(stream, Number::Kind, &Kind::ALL, task.kind)?;
        task.status = one_of(stream, Number::Status, &Status::ALL, task.status)?;
        stream.optional_text(Number::HasInstructions, Text::Prose, &mut task.instructions)?;
        texts(stream, Number::Checks, Text::Check, &mut task.checks)?;
        accepts(stream, &mut task.accepts)?;
        if !stream.is_reader() {
            move_later_fields_to_unknown(task);
        }
        unknown_fields(stream, &mut task.unknown)?;
        if stream.is_reader() {
            move_later_fields_from_unknown(task);
        }
        before.id.clone_from(&task.id);
        before.group.clone_from(&task.group);
        before.agent.clone_from(&task.agent);
        before.model.clone_from(&task.model);
    }
    waits.settle(tasks)
}

/// Moves fields that format 1 doesn't code to the unknown ones.
fn move_later_fields_to_unknown(task: &mut Task) {
    let empty = Task::default();
    for field in later_fields() {
        if let Some(value) = task.field_as_json(field).filter(|_| !field.is_same(task, &empty)) {
            task.unknown.insert(field.name().to_owned(), value);
        }
    }
}

/// Moves fields that format 1 doesn't code back from the unknown ones. Values of another type stay there.
fn move_later_fields_from_unknown(task: &mut Task) {
    for field in later_fields() {
        let change = task.unknown.get(field.name()).and_then(|value| TaskChange::from_json(field, value));
        if let Some(change) = change {
            task.unknown.shift_remove(field.name());
            change.swap_into(task);
        }
    }
}

fn later_fields() -> impl Iterator<Item = Field> {
    Field::OF_TASK.into_iter().filter(|field| !CODED.contains(field))
}

fn id(stream: &mut Stream, before: &TaskId, id: &mut TaskId) -> Result<(), Damage> {
    let next = after(before.as_str());
    if stream.flag(Number::IdFollows, next.as_deref() == Some(id.as_str()))? {
        id.0 = next.ok_or(Damage)?;
        return Ok(());
    }
    stream.text(Text::Name, &mut id.0)
}

/// The next id: the number at its end plus one, with the same width.
fn after(id: &str) -> Option<String> {
    let stem = id.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let digits = &id[stem.len()..];
    let number: u64 = digits.parse().ok().filter(|_| digits.len() < 18)?;
    Some(format!("{stem}{:0width$}", number + 1, width = digits.len()))
}

fn same_or_text(
    stream: &mut Stream,
    what: Number,
    kind: Text,
    before: &str,
    text: &mut String,
) -> Result<(), Damage> {
    if stream.flag(what, before == text)? {
        before.clone_into(text);
        return Ok(());
    }
    stream.text(kind, text)
}

fn texts(stream: &mut Stream, what: Number, kind: Text, list: &mut Vec<String>) -> Result<(), Damage> {
    stream.list(what, list, MAX_LIST, String::new)?;
    list.iter_mut().try_for_each(|text| stream.text(kind, text))
}

/// The predecessors of tasks, as distances in the plan. Later tasks are resolved at the end of reading.
struct Waits {
    positions: FxHashMap<TaskId, u32>,
    /// Task, place in its list, position of the predecessor.
    later: Vec<(usize, usize, usize)>,
}

impl Waits {
    fn new(tasks: &[Task]) -> Waits {
        let mut positions = FxHashMap::default();
        for (position, task) in (0..).zip(tasks) {
            positions.entry(task.id.clone()).or_insert(position);
        }
        Waits { positions, later: Vec::new() }
    }

    /// Codes an entry as a number: 0 for a later task, 1 for a task not in the plan, otherwise the distance
    /// backwards plus one.
    fn code(&mut self, stream: &mut Stream, position: usize, after: &mut Vec<TaskId>) -> Result<(), Damage> {
        stream.list(Number::After, after, MAX_LIST, TaskId::default)?;
        for (place, id) in after.iter_mut().enumerate() {
            let here = position as u32;
            let known = self.positions.get(id).copied().filter(|_| !stream.is_reader());
            let mut back = match known {
                Some(other) if other < here => here - other + 1,
                Some(_) => 0,
                None => 1,
            };
            stream.number(Number::Back, &mut back)?;
            match back {
                0 => {
                    let mut ahead = known.map_or(0, |other| other.wrapping_sub(here));
                    stream.number(Number::Forward, &mut ahead)?;
                    let other = position.checked_add(ahead as usize).ok_or(Damage)?;
                    self.later.push((position, place, other));
                }
                1 => stream.text(Text::Name, &mut id.0)?,
                _ => {
                    let other = position.checked_sub(back as usize - 1).ok_or(Damage)?;
                    self.later.push((position, place, other));
                }
            }
        }
        Ok(())
    }

    /// Inserts the ids for the distances.
    fn settle(self, tasks: &mut [Task]) -> Result<(), Damage> {
        for (task, place, other) in self.later {
            let id = tasks.get(other).ok_or(Damage)?.id.clone();
            tasks[task].after[place] = id;
        }
        Ok(())
    }
}

fn uses(stream: &mut Stream, uses: &mut Vec<ResourceUse>, resources: &[Resource]) -> Result<(), Damage> {
    let empty = || ResourceUse { resource: String::new(), amount: 0 };
    stream.list(Number::Uses, uses, MAX_LIST, empty)?;
    for used in uses {
        let known = resources.iter().position(|resource| resource.name == used.resource);
        let mut number = known.map_or(0, |position| position as u32 + 1);
        stream.number(Number::Resource, &mut number)?;
        match number.checked_sub(1) {
            Some(position) => {
                let resource = resources.get(position as usize).ok_or(Damage)?;
                used.resource.clone_from(&resource.name);
            }
            None => stream.text(Text::Name, &mut used.resource)?,
        }
        stream.number(Number::Amount, &mut used.amount)?;
    }
    Ok(())
}

/// 0 for none, 1 for a single number, 2 for a range.
fn minutes(stream: &mut Stream, minutes: &mut Option<Estimate>) -> Result<(), Damage> {
    let mut form = minutes.map_or(0, |estimate| if estimate.is_exact() { 1 } else { 2 });
    stream.number(Number::MinutesForm, &mut form)?;
    if form == 0 {
        return Ok(());
    }
    let Estimate { low, mut likely, high } = minutes.unwrap_or(Estimate::exactly(0));
    stream.number(Number::Minutes, &mut likely)?;
    let (mut below, mut above) = (likely.wrapping_sub(low), high.wrapping_sub(likely));
    if form == 1 {
        (below, above) = (0, 0);
    } else {
        stream.number(Number::Spread, &mut below)?;
        stream.number(Number::Spread, &mut above)?;
    }
    let low = likely.checked_sub(below).ok_or(Damage)?;
    let high = likely.checked_add(above).ok_or(Damage)?;
    *minutes = Some(Estimate::between(low, likely, high));
    Ok(())
}

fn one_of<T: Copy + PartialEq>(stream: &mut Stream, what: Number, all: &[T], value: T) -> Result<T, Damage> {
    let mut number = all.iter().position(|one| *one == value).unwrap_or(0) as u32;
    stream.number(what, &mut number)?;
    all.get(number as usize).copied().ok_or(Damage)
}

fn accepts(stream: &mut Stream, accepts: &mut Vec<Acceptance>) -> Result<(), Damage> {
    let empty = || Acceptance { task: TaskId::default(), reason: String::new() };
    stream.list(Number::Accepts, accepts, MAX_LIST, empty)?;
    for accepted in accepts {
        stream.text(Text::Name, &mut accepted.task.0)?;
        stream.optional_text(Number::HasReason, Text::Prose, &mut accepted.reason)?;
    }
    Ok(())
}

fn unknown_fields(stream: &mut Stream, fields: &mut UnknownFields) -> Result<(), Damage> {
    let mut written: Vec<(String, String)> =
        fields.iter().map(|(name, value)| (name.clone(), value.to_string())).collect();
    stream.list(Number::Unknown, &mut written, MAX_LIST, Default::default)?;
    for (name, value) in &mut written {
        stream.text(Text::Name, name)?;
        stream.text(Text::Json, value)?;
        if stream.is_reader() {
            let value = serde_json::from_str(value).map_err(|_| Damage)?;
            fields.insert(std::mem::take(name), value);
        }
    }
    Ok(())
}
