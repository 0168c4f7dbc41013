//! Finds the lists in a JSON value whose entries look like tasks.

use serde_json::{Map, Value};

use crate::import::fields::{Meaning, TITLE_OF_A_TASK, meaning, names_files, status_of};

/// How a list looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Looks {
    /// Its entries have titles, and nothing else that plans have.
    LikeTitles,
    /// Its entries say what plans say.
    LikeAPlan,
}

/// A list of things that look like tasks.
#[derive(Debug)]
pub struct List<'a> {
    /// The name of what holds it, for a heading.
    pub place: String,
    /// Its entries.
    pub values: &'a [Value],
    /// How it looks.
    pub looks: Looks,
    /// Whether its entries are groups of tasks that follow each other.
    pub are_steps: bool,
}

/// Names of lists of tasks. Those of other lists must say more.
const NAMES: [&str; 28] = [
    "tasks",
    "todos",
    "todo",
    "stories",
    "userstories",
    "issues",
    "tickets",
    "workitems",
    "items",
    "steps",
    "subtasks",
    "backlog",
    "plan",
    "phases",
    "epics",
    "milestones",
    "features",
    "nodes",
    "jobs",
    "work",
    "cards",
    "workpackages",
    "waves",
    "stages",
    "levels",
    "batches",
    "sprints",
    "streams",
];
/// Names of lists whose entries follow each other, if they have parts.
const STEPS: [&str; 6] = ["phases", "waves", "stages", "levels", "batches", "sprints"];
/// How deep a list may stand.
const MAX_DEPTH: usize = 4;
/// The most values that are looked at.
const MAX_VALUES: usize = 20_000;
/// The most entries of a list that are looked at to know what it is.
const SAMPLE: usize = 50;

/// The lists that look like tasks and are nearest to the top, and the names of lists beside them that are not
/// read.
pub fn of(value: &Value) -> (Vec<List<'_>>, Vec<&str>) {
    if let Value::Array(values) = value {
        let list = looks(values, true).map(|looks| list("", "", values, looks));
        return (list.into_iter().collect(), Vec::new());
    }
    let mut level: Vec<(&str, &Map<String, Value>)> =
        value.as_object().map(|top| ("", top)).into_iter().collect();
    let mut left = MAX_VALUES;
    for _ in 0..MAX_DEPTH {
        let mut found = Vec::new();
        let mut next = Vec::new();
        for (place, fields) in level {
            for (name, value) in fields {
                left = left.saturating_sub(1);
                match value {
                    _ if left == 0 => {}
                    Value::Array(values) => {
                        let looks = looks(values, is_name_of_tasks(name));
                        found.extend(looks.map(|looks| (name.as_str(), list(name, place, values, looks))));
                    }
                    Value::Object(fields) => next.push((name.as_str(), fields)),
                    _ => {}
                }
            }
        }
        if !found.is_empty() {
            return chosen(found);
        }
        level = next;
    }
    (Vec::new(), Vec::new())
}

/// How the objects of lines look.
pub fn of_rows<'a>(rows: &[&Map<String, Value>]) -> Option<List<'a>> {
    let sample: Vec<Value> = rows.iter().take(SAMPLE).map(|row| Value::Object((*row).clone())).collect();
    looks(&sample, true).map(|looks| list("", "", &[], looks))
}

fn list<'a>(name: &str, place: &str, values: &'a [Value], looks: Looks) -> List<'a> {
    let have_parts = values.iter().filter_map(Value::as_object).all(|fields| Signs::of(fields).has_parts);
    let are_steps = have_parts && STEPS.contains(&plain(name).as_str());
    List { place: place.to_owned(), values, looks, are_steps }
}

/// The surest list and all others with its name. The first one wins among equals.
fn chosen<'a>(found: Vec<(&'a str, List<'a>)>) -> (Vec<List<'a>>, Vec<&'a str>) {
    let rank = |(name, list): &&(&str, List)| {
        let position = NAMES.iter().position(|known| *known == plain(name)).unwrap_or(NAMES.len());
        (list.looks, std::cmp::Reverse(position))
    };
    let best = found.iter().rev().max_by_key(rank).map(|(name, _)| *name).unwrap_or_default();
    let (chosen, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|(name, _)| *name == best);
    (chosen.into_iter().map(|(_, list)| list).collect(), others.into_iter().map(|(name, _)| name).collect())
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_name_of_tasks(name: &str) -> bool {
    NAMES.contains(&plain(name).as_str())
}

/// How a list looks; `None` if it does not look like tasks. A list with the name of tasks needs fewer signs.
fn looks(values: &[Value], has_name: bool) -> Option<Looks> {
    let sample = &values[..values.len().min(SAMPLE)];
    let signs: Vec<Signs> = sample.iter().filter_map(Value::as_object).map(Signs::of).collect();
    let count = |has: fn(&Signs) -> bool| signs.iter().filter(|signs| has(signs)).count();
    if signs.is_empty() || signs.len() * 2 < sample.len() {
        return None;
    }
    let half = signs.len().div_ceil(2);
    let are_named = count(Signs::names_it) >= half;
    let has_plan = count(Signs::is_of_a_plan) > 0;
    let has_progress = count(|signs| signs.has_progress) > 0;
    let are_tasks = count(|signs| signs.is_task) >= half;
    match (are_named, has_name) {
        (true, true) if has_plan || (are_tasks && has_progress) => Some(Looks::LikeAPlan),
        (true, true) if are_tasks => Some(Looks::LikeTitles),
        (true, false) if count(|signs| signs.has_waits || signs.has_files) >= half => Some(Looks::LikeAPlan),
        _ => None,
    }
}

/// What an object has of a task.
#[derive(Debug, Default)]
struct Signs {
    has_id: bool,
    has_title: bool,
    /// Whether its title has a name that only tasks have.
    is_task: bool,
    has_waits: bool,
    has_files: bool,
    has_progress: bool,
    /// A duration or checks.
    has_work: bool,
    has_parts: bool,
}

impl Signs {
    /// Whether the object can be called by something.
    fn names_it(&self) -> bool {
        self.has_title || self.has_parts || (self.has_id && (self.has_waits || self.has_files))
    }

    fn is_of_a_plan(&self) -> bool {
        self.has_waits || self.has_files || self.has_work || self.has_parts
    }

    fn of(fields: &Map<String, Value>) -> Signs {
        let mut signs = Signs::default();
        for (name, value) in fields {
            let is_text = value.as_str().is_some_and(|text| !text.trim().is_empty());
            let is_list = value.is_array() || is_text;
            match meaning(name) {
                Meaning::Id(_) => signs.has_id |= is_text || value.is_number(),
                Meaning::Title(rank) => {
                    signs.has_title |= is_text;
                    signs.is_task |= is_text && rank <= TITLE_OF_A_TASK;
                }
                Meaning::Text => signs.has_title |= is_text,
                Meaning::Waits | Meaning::Blocks => signs.has_waits |= is_list,
                Meaning::Owns | Meaning::Reads | Meaning::Files => signs.has_files |= names_files(value),
                Meaning::Status => {
                    signs.has_progress |= value.as_str().is_some_and(|word| status_of(word).is_some());
                }
                Meaning::Done => signs.has_progress |= value.is_boolean(),
                Meaning::Duration(_) | Meaning::Checks => signs.has_work |= is_list || value.is_number(),
                Meaning::Parts => {
                    signs.has_parts |= value.as_array().is_some_and(|list| list.iter().any(Value::is_object));
                }
                _ => {}
            }
        }
        signs
    }
}
