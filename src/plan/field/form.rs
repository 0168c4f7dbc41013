//! Converts field values to editable text for forms, and back.

use super::json::{read_words_or_json, show_words_or_json};
use super::{Field, FieldMut, FieldRef, TaskChange};
use crate::plan::minutes::read_estimate_freely;
use crate::plan::{Acceptance, Estimate, ResourceUse, Task, TaskId};

impl FieldRef<'_> {
    /// The value as text. Lists of entries without spaces are joined by `separator`, others by newlines.
    pub fn show(self, separator: &str) -> String {
        match self {
            FieldRef::Words(text) | FieldRef::Prose(text) | FieldRef::Name(text) => text.clone(),
            FieldRef::Patterns(list) => list.join(separator),
            FieldRef::Statements(list) => list.join("\n"),
            FieldRef::Ids(list) => joined(list, separator, TaskId::to_string),
            FieldRef::Uses(list) => joined(list, separator, show_use),
            FieldRef::Minutes(estimate) => estimate.map_or(String::new(), show_estimate),
            FieldRef::Choice(choice) => choice.name().to_owned(),
            FieldRef::Acceptances(list) => joined(list, "\n", show_acceptance),
            FieldRef::Json(value) => show_words_or_json(value),
        }
    }
}

impl Field {
    /// Parses text from a form.
    ///
    /// # Errors
    /// A sentence that says why the text can't be read, or that tasks have no such field.
    pub fn read(self, written: &str) -> Result<TaskChange, String> {
        let mut task = Task::default();
        if let Some(value) = task.field_mut(self) {
            read_into(value, written)?;
        }
        task.change_to(self).ok_or_else(|| "There is no such field.".to_owned())
    }
}

fn read_into(value: FieldMut<'_>, written: &str) -> Result<(), String> {
    match value {
        FieldMut::Words(text) | FieldMut::Name(text) => {
            *text = written.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        FieldMut::Prose(text) => written.trim_end().clone_into(text),
        FieldMut::Patterns(list) => *list = values(written),
        FieldMut::Statements(list) => *list = rows(written).map(str::to_owned).collect(),
        FieldMut::Ids(list) => *list = values(written).into_iter().map(TaskId).collect(),
        FieldMut::Uses(list) => *list = values(written).iter().map(|value| read_use(value)).collect(),
        FieldMut::Minutes(estimate) => *estimate = read_estimate(written)?,
        FieldMut::Choice(choice) => {
            choice.choose(written);
        }
        FieldMut::Acceptances(list) => *list = rows(written).map(read_acceptance).collect(),
        FieldMut::Json(value) => *value = read_words_or_json(written.trim()),
    }
    Ok(())
}

fn joined<T>(list: &[T], separator: &str, show: impl Fn(&T) -> String) -> String {
    list.iter().map(show).collect::<Vec<_>>().join(separator)
}

/// Non-empty lines.
fn rows(written: &str) -> impl Iterator<Item = &str> {
    written.lines().map(str::trim).filter(|row| !row.is_empty())
}

/// Values separated by commas or newlines. Commas inside brackets belong to the value.
fn values(written: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut value = String::new();
    let mut depth = 0usize;
    for letter in written.chars().chain(['\n']) {
        match letter {
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if letter == '\n' || (letter == ',' && depth == 0) {
            depth = 0;
            let whole = std::mem::take(&mut value);
            if !whole.trim().is_empty() {
                values.push(whole.trim().to_owned());
            }
        } else {
            value.push(letter);
        }
    }
    values
}

fn show_use(usage: &ResourceUse) -> String {
    if usage.amount == 1 { usage.resource.clone() } else { format!("{} {}", usage.resource, usage.amount) }
}

fn read_use(written: &str) -> ResourceUse {
    let amount = written.rsplit_once(' ').and_then(|(name, amount)| Some((name, amount.parse().ok()?)));
    let (resource, amount) = amount.unwrap_or((written, 1));
    ResourceUse { resource: resource.trim().to_owned(), amount }
}

fn show_acceptance(acceptance: &Acceptance) -> String {
    if acceptance.reason.is_empty() {
        acceptance.task.to_string()
    } else {
        format!("{}: {}", acceptance.task, acceptance.reason)
    }
}

fn read_acceptance(written: &str) -> Acceptance {
    let (task, reason) = written.split_once(':').unwrap_or((written, ""));
    Acceptance { task: task.trim().into(), reason: reason.trim().to_owned() }
}

fn show_estimate(estimate: Estimate) -> String {
    if estimate.is_exact() {
        return estimate.likely.to_string();
    }
    format!("{}/{}/{}", estimate.low, estimate.likely, estimate.high)
}

/// One duration, or low, likely and high separated by slashes.
fn read_estimate(written: &str) -> Result<Option<Estimate>, String> {
    let written = written.trim();
    if written.is_empty() {
        return Ok(None);
    }
    read_estimate_freely(written).map(Some).ok_or_else(|| {
        format!(
            "“{written}” isn't a duration. Write minutes such as 20 or 1h30m, or low/likely/high such as \
             10/20/45."
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Edit, Plan};

    /// Sets a field to a value and formats it again.
    fn check(field: Field, written: &str, expect: &str) {
        let mut plan = Plan { tasks: vec![Task { id: "T1".into(), ..Task::default() }], ..Plan::default() };
        let shown = match field.read(written) {
            Ok(change) => {
                Edit::ChangeTask { id: "T1".into(), change }.apply(&mut plan);
                plan.tasks[0].field(field).expect("a field of tasks").show(", ")
            }
            Err(message) => message,
        };
        assert_eq!(shown, expect, "{} {written:?}", field.name());
    }

    #[test]
    fn what_is_written_is_shown_again() {
        check(Field::Owns, "src/{a,b}/**\n db/** ,, [a,b].rs", "src/{a,b}/**, db/**, [a,b].rs");
        check(Field::Owns, "src/{a,\ndb", "src/{a,, db");
        check(Field::Title, " Add\nlogin ", "Add login");
        check(Field::After, "T1,T2", "T1, T2");
        check(Field::Uses, "db, api quota 2, port:3000", "db, api quota 2, port:3000");
        check(Field::Accepts, "T4: only adds\nT5", "T4: only adds\nT5");
        check(Field::Kind, "gate", "gate");
    }

    #[test]
    fn minutes_in_every_spelling() {
        check(Field::Minutes, "20", "20");
        check(Field::Minutes, " ~1h30m ", "90");
        check(Field::Minutes, "2 h", "120");
        check(Field::Minutes, "45 min", "45");
        check(Field::Minutes, "45/10/20", "10/20/45");
        check(Field::Minutes, "~10m..20m..45m", "10/20/45");
        check(Field::Minutes, "~90s", "90s");
        check(Field::Minutes, "~2d", "960");
        check(Field::Minutes, "1.5h", "90");
        check(Field::Minutes, "", "");
        check(Field::Minutes, "99999999", "100000");
        for wrong in ["soon", "1/2", "-5", "h"] {
            assert!(Field::Minutes.read(wrong).is_err(), "{wrong}");
        }
    }
}
