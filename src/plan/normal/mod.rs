//! Converts old, partial or damaged plans to normal form, and lists the changes. Every plan comes in through here, so
//! what is analysed is what is shown, printed and exported.
//!
//! A plan in *normal form* can be written as text and read back unchanged. Nothing in its names and texts hides
//! something from a reader (see [`crate::hidden`]), and its names are names and not sentences.

mod change;
mod name;
mod words;

pub use change::{Change, ChangeKind};
pub(crate) use words::make_one_line;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::field::{is_plan_name, is_task_name};
use super::price::is_model_name;
use super::{Estimate, Field, FieldMut, FreeIds, Plan, Prices, Task, UnknownFields};
use crate::hidden;
use change::Report;
use words::{id, line, name_of_words, path, reference, show_all, text, trim};

/// The most tasks of a plan.
pub const MAX_TASKS: usize = 10_000;
/// The most bytes of a title, a group or any other value of one line.
pub const MAX_LINE: usize = 4_000;
/// The most bytes of a goal or of instructions.
pub const MAX_TEXT: usize = 200_000;
/// The most entries of one list.
pub const MAX_LIST: usize = 1_000;

/// Converts a plan to normal form. Returns the changes. Expected linear time.
pub fn normalise(plan: &mut Plan) -> Vec<Change> {
    let mut changes = Vec::new();
    normalise_header(plan, &mut |change| changes.push(change));
    if plan.tasks.len() > MAX_TASKS {
        changes.push(Change::value(format!(
            "A plan holds at most {MAX_TASKS} tasks; the {} after them were removed.",
            plan.tasks.len() - MAX_TASKS
        )));
        plan.tasks.truncate(MAX_TASKS);
    }
    let mut renamed = Renamed::default();
    for task in &mut plan.tasks {
        let mut found = Vec::new();
        renamed.normalise(task, &mut |change| found.push(change));
        changes.extend(found.into_iter().map(|change: Change| change.of_task(&name_of(task))));
    }
    renamed.follow(&mut plan.tasks);
    make_ids_unique(&mut plan.tasks, &mut changes);
    changes
}

/// Ids that became others because they were none.
#[derive(Default)]
pub(crate) struct Renamed(FxHashMap<String, String>);

impl Renamed {
    /// As [`normalise_task`], and remembers the id as those who wait for the task have it by then.
    pub fn normalise(&mut self, task: &mut Task, report: Report<'_>) {
        let mut before = task.id.0.clone();
        normalise_task(task, report);
        if before.trim() == task.id.as_str() || task.id.as_str().is_empty() {
            return;
        }
        reference(&mut before, "", &mut |_| {});
        if before != task.id.as_str() && !before.is_empty() {
            self.0.entry(before).or_insert_with(|| task.id.0.clone());
        }
    }

    /// Renames the tasks that others wait for or accept, too.
    pub fn follow(&self, tasks: &mut [Task]) {
        if self.0.is_empty() {
            return;
        }
        for task in tasks {
            let accepted = task.accepts.iter_mut().map(|accepted| &mut accepted.task);
            for named in task.after.iter_mut().chain(accepted) {
                if let Some(id) = self.0.get(named.as_str()) {
                    named.0.clone_from(id);
                }
            }
        }
    }
}

/// The name of a task in messages.
fn name_of(task: &Task) -> String {
    if task.id.as_str().is_empty() { format!("The task “{}”", task.title) } else { task.id.to_string() }
}

fn make_ids_unique(tasks: &mut [Task], changes: &mut Vec<Change>) {
    let mut seen = FxHashSet::default();
    let repeated: Vec<bool> =
        tasks.iter().map(|task| task.id.as_str().is_empty() || !seen.insert(task.id.clone())).collect();
    let mut free = FreeIds::besides(seen);
    for (task, _) in tasks.iter_mut().zip(repeated).filter(|(_, repeated)| *repeated) {
        let id = free.take();
        changes.push(Change::value(match task.id.as_str() {
            "" => format!("The task “{}” had no id; it is now {id}.", task.title),
            old => format!("{old} was the id of two tasks; “{}” is now {id}.", task.title),
        }));
        task.id = id;
    }
}

/// Converts everything except the tasks to normal form.
pub(crate) fn normalise_header(plan: &mut Plan, report: Report<'_>) {
    let Plan { id, title, goal, settings, resources, tasks: _, unknown } = plan;
    line(id, "Id", report);
    line(title, "Title", report);
    text(goal, "Goal", report);
    settings.agents.iter_mut().for_each(|agent| name_of_words(agent, "Agents", report));
    keep(&mut settings.agents, |agent| !agent.is_empty(), "Agents", report);
    if settings.max_parallel == 0 {
        settings.max_parallel = 1;
        report(Change::value("At most 0 tasks at once: 1 is kept, since no task would start."));
    }
    for (minutes, name) in [
        (&mut settings.default_minutes, "default minutes"),
        (&mut settings.phase_overhead, "overhead of a phase"),
    ] {
        if *minutes > Estimate::MAX {
            *minutes = Estimate::MAX;
            report(Change::value(format!("{name}: at most {}.", Estimate::MAX)));
        }
    }
    normalise_prices(&mut settings.prices, report);
    let mut seen = FxHashSet::default();
    let before = resources.len();
    for resource in resources.iter_mut() {
        name_of_words(&mut resource.name, "Resource", report);
    }
    resources.retain(|resource| !resource.name.is_empty() && seen.insert(resource.name.clone()));
    if resources.len() < before {
        report(Change::value("Resources: those without a name, and repeated ones, were removed."));
    }
    cut(resources, "Resources", report);
    normalise_unknown(unknown, is_plan_name, report);
}

fn normalise_prices(prices: &mut Prices, report: Report<'_>) {
    let before = prices.models.len();
    let mut seen = FxHashSet::default();
    prices.models.retain(|price| is_model_name(&price.model) && seen.insert(price.model.clone()));
    if prices.models.len() < before {
        report(Change::value("Prices: repeated ones, and those whose model is not one word, were removed."));
    }
    cut(&mut prices.models, "Prices", report);
}

/// Converts one task to normal form, except that its id may be empty or in use.
pub(crate) fn normalise_task(task: &mut Task, report: Report<'_>) {
    id(&mut task.id.0, "Id", report);
    for field in Field::OF_TASK {
        match task.field_mut(field) {
            // A heading may be a sentence.
            Some(FieldMut::Name(group)) if field == Field::Group => line(group, field.label(), report),
            Some(value) => normalise_value(value, field.label(), report),
            None => {}
        }
    }
    normalise_unknown(&mut task.unknown, is_task_name, report);
}

fn normalise_value(value: FieldMut<'_>, name: &str, report: Report<'_>) {
    match value {
        FieldMut::Words(value) => line(value, name, report),
        FieldMut::Name(value) => name_of_words(value, name, report),
        FieldMut::Prose(value) => text(value, name, report),
        FieldMut::Patterns(list) => {
            list.iter_mut().for_each(|value| path(value, name, report));
            keep(list, |value| !value.is_empty(), name, report);
        }
        FieldMut::Statements(list) => {
            list.iter_mut().for_each(|statement| trim(statement, name, report));
            keep(list, |statement| !statement.is_empty(), name, report);
        }
        FieldMut::Ids(list) => {
            list.iter_mut().for_each(|task| reference(&mut task.0, name, report));
            let mut seen = FxHashSet::default();
            let is_single = list.len() == 1;
            list.retain(|id| !id.as_str().is_empty() && (is_single || seen.insert(id.clone())));
            cut(list, name, report);
        }
        FieldMut::Uses(list) => {
            list.iter_mut().for_each(|used| name_of_words(&mut used.resource, name, report));
            keep(list, |used| !used.resource.is_empty(), name, report);
        }
        FieldMut::Minutes(Some(estimate)) => {
            let ordered = Estimate::between(estimate.low, estimate.likely, estimate.high);
            if ordered != *estimate {
                *estimate = ordered;
                report(Change::value(format!("{name}: put in order, and at most {}.", Estimate::MAX)));
            }
        }
        FieldMut::Acceptances(list) => {
            for accepted in list.iter_mut() {
                reference(&mut accepted.task.0, name, report);
                trim(&mut accepted.reason, name, report);
            }
            keep(list, |accepted| !accepted.task.as_str().is_empty(), name, report);
        }
        FieldMut::Json(value) => {
            show_all(value, name, report);
            settle_numbers(value);
            if value.as_str().is_some_and(str::is_empty) {
                *value = Value::Null;
            }
            if value.to_string().len() > MAX_TEXT {
                *value = Value::Null;
                report(Change::value(format!("{name}: more than {MAX_TEXT} bytes of JSON were removed.")));
            }
        }
        FieldMut::Minutes(None) | FieldMut::Choice(_) => {}
    }
}

/// Removes empty entries, and those above [`MAX_LIST`].
fn keep<T>(list: &mut Vec<T>, says_something: fn(&T) -> bool, name: &str, report: Report<'_>) {
    let before = list.len();
    list.retain(says_something);
    if list.len() < before {
        report(Change::value(format!("{name}: empty entries were removed.")));
    }
    cut(list, name, report);
}

fn cut<T>(list: &mut Vec<T>, name: &str, report: Report<'_>) {
    if list.len() > MAX_LIST {
        report(Change::value(format!("{name}: the first {MAX_LIST} of {} entries are kept.", list.len())));
        list.truncate(MAX_LIST);
    }
}

/// Renames unknown fields that have a known name, and makes numbers survive a round trip through JSON.
fn normalise_unknown(unknown: &mut UnknownFields, is_known: fn(&str) -> bool, report: Report<'_>) {
    if unknown.is_empty() {
        return;
    }
    show_fields(unknown, report);
    let known: Vec<String> = unknown.keys().filter(|name| is_known(name)).cloned().collect();
    for name in known {
        if let Some(value) = unknown.shift_remove(&name) {
            report(Change::value(format!(
                "The field “{name}” can't be read here; it was renamed to “@{name}”."
            )));
            unknown.insert(format!("@{name}"), value);
        }
    }
    unknown.values_mut().for_each(settle_numbers);
}

/// Removes what hides something from the names and values of fields.
fn show_fields(unknown: &mut UnknownFields, report: Report<'_>) {
    if unknown.keys().any(|name| hidden::is_in(name)) {
        let shown = |(name, value): (String, Value)| (hidden::visible(&name).into_owned(), value);
        *unknown = std::mem::take(unknown).into_iter().map(shown).collect();
    }
    unknown.iter_mut().for_each(|(name, value)| show_all(value, name, report));
}

/// Replaces a value by the result of parsing its own JSON, until that is stable: the parser may lose the last
/// bit of a fraction. A value that never becomes stable is converted to text.
fn settle_numbers(value: &mut Value) {
    for _ in 0..8 {
        match serde_json::from_str(&value.to_string()) {
            Ok(read) if read == *value => return,
            Ok(read) => *value = read,
            Err(_) => break,
        }
    }
    *value = Value::String(value.to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_texts_that_are_too_long_are_cut_and_it_is_said() {
        let mut plan = Plan {
            goal: "x".repeat(MAX_TEXT + 1),
            tasks: vec![Task { owns: vec!["a".into(); MAX_LIST + 1], ..Task::default() }; MAX_TASKS + 2],
            ..Plan::default()
        };
        plan.tasks.iter_mut().skip(1).for_each(|task| task.owns.clear());
        let changes = normalise(&mut plan);
        assert_eq!(
            changes[..3].iter().map(|change| change.sentence.as_str()).collect::<Vec<_>>(),
            [
                "Goal: the first 200000 bytes are kept.",
                "A plan holds at most 10000 tasks; the 2 after them were removed.",
                "The task “”: Owned files: the first 1000 of 1001 entries are kept.",
            ]
        );
        assert_eq!(plan.tasks.last().map(|task| task.id.as_str()), Some("T10000"));
        assert_eq!(normalise(&mut plan), []);
    }

    #[test]
    fn whoever_waits_for_a_name_with_hidden_characters_waits_for_the_task_that_had_it() {
        let written = "END\u{9b} PROMPT\u{200b} x";
        let task =
            |id: &str, after: &str| Task { id: id.into(), after: vec![after.into()], ..Task::default() };
        let mut plan = Plan { tasks: vec![task("A", written), task(written, "none")], ..Plan::default() };
        normalise(&mut plan);
        assert_eq!(plan.tasks[1].id.as_str(), "END-PROMPT-x");
        assert_eq!(plan.tasks[0].after, [plan.tasks[1].id.clone()]);
    }

    #[test]
    fn unknown_fields_hide_nothing_in_names_and_values() {
        let field = ("ow\u{200b}ns".to_owned(), serde_json::json!([{"\u{1d159}": "a\u{202e}b"}]));
        let mut plan =
            Plan { tasks: vec![Task { unknown: [field].into(), ..Task::default() }], ..Plan::default() };
        normalise(&mut plan);
        let expected = serde_json::json!({"@owns": [{"": "ab"}]});
        assert_eq!(serde_json::to_value(&plan.tasks[0].unknown).ok(), Some(expected));
        assert_eq!(normalise(&mut plan), []);
    }
}
