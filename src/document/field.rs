//! Fields of a task as one editable string each, and back.

use crate::glob::Pattern;
use crate::plan::edit::TaskChange;
use crate::plan::{Acceptance, Estimate, Kind, Plan, ResourceUse, Status, Task, TaskId};

/// A field of a task that a form can change. Lists are written one per line or with commas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the field of `Task` with its name")]
pub enum TaskField {
    Title,
    Instructions,
    Owns,
    Reads,
    After,
    Uses,
    Minutes,
    Agent,
    Model,
    Kind,
    Group,
    Status,
    Checks,
    Accepts,
}

impl TaskField {
    /// All of them, in the order of a task.
    pub const ALL: [TaskField; 14] = [
        TaskField::Title,
        TaskField::Instructions,
        TaskField::Owns,
        TaskField::Reads,
        TaskField::After,
        TaskField::Uses,
        TaskField::Minutes,
        TaskField::Agent,
        TaskField::Model,
        TaskField::Kind,
        TaskField::Group,
        TaskField::Status,
        TaskField::Checks,
        TaskField::Accepts,
    ];

    /// The field with this name in JSON.
    pub fn from_name(name: &str) -> Option<TaskField> {
        TaskField::ALL.into_iter().find(|field| field.name() == name)
    }

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            TaskField::Title => "title",
            TaskField::Instructions => "instructions",
            TaskField::Owns => "owns",
            TaskField::Reads => "reads",
            TaskField::After => "after",
            TaskField::Uses => "uses",
            TaskField::Minutes => "minutes",
            TaskField::Agent => "agent",
            TaskField::Model => "model",
            TaskField::Kind => "kind",
            TaskField::Group => "group",
            TaskField::Status => "status",
            TaskField::Checks => "checks",
            TaskField::Accepts => "accepts",
        }
    }

    /// The value as it is shown; lists are joined by `separator`.
    pub fn show(self, task: &Task, separator: &str) -> String {
        let joined = |values: &mut dyn Iterator<Item = String>| values.collect::<Vec<_>>().join(separator);
        match self {
            TaskField::Title => task.title.clone(),
            TaskField::Instructions => task.instructions.clone(),
            TaskField::Owns => task.owns.join(separator),
            TaskField::Reads => task.reads.join(separator),
            TaskField::After => joined(&mut task.after.iter().map(ToString::to_string)),
            TaskField::Uses => joined(&mut task.uses.iter().map(show_use)),
            TaskField::Minutes => task.minutes.map_or(String::new(), show_estimate),
            TaskField::Agent => task.agent.clone(),
            TaskField::Model => task.model.clone(),
            TaskField::Kind => task.kind.name().to_owned(),
            TaskField::Group => task.group.clone(),
            TaskField::Status => task.status.name().to_owned(),
            TaskField::Checks => task.checks.join("\n"),
            TaskField::Accepts => task.accepts.iter().map(show_acceptance).collect::<Vec<_>>().join("\n"),
        }
    }

    /// Reads what was written. What can't be read is told in a sentence.
    pub fn read(self, written: &str) -> Result<TaskChange, String> {
        let line = || written.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(match self {
            TaskField::Title => TaskChange::Title(line()),
            TaskField::Instructions => TaskChange::Instructions(written.trim_end().to_owned()),
            TaskField::Owns => TaskChange::Owns(values(written)),
            TaskField::Reads => TaskChange::Reads(values(written)),
            TaskField::After => TaskChange::After(values(written).into_iter().map(TaskId).collect()),
            TaskField::Uses => {
                TaskChange::Uses(values(written).iter().map(|value| read_use(value)).collect())
            }
            TaskField::Minutes => TaskChange::Minutes(read_estimate(written)?),
            TaskField::Agent => TaskChange::Agent(line()),
            TaskField::Model => TaskChange::Model(line()),
            TaskField::Kind => TaskChange::Kind(Kind::from_name(written).unwrap_or_default()),
            TaskField::Group => TaskChange::Group(line()),
            TaskField::Status => TaskChange::Status(Status::from_name(written).unwrap_or_default()),
            TaskField::Checks => TaskChange::Checks(rows(written).collect()),
            TaskField::Accepts => {
                TaskChange::Accepts(rows(written).map(|row| read_acceptance(&row)).collect())
            }
        })
    }

    /// What is wrong with a value that can be kept all the same, in a sentence.
    pub fn doubt(self, change: &TaskChange, plan: &Plan) -> Option<String> {
        match change {
            TaskChange::Owns(patterns) | TaskChange::Reads(patterns) => patterns.iter().find_map(|pattern| {
                let error = Pattern::parse(pattern.strip_prefix('!').unwrap_or(pattern)).err()?;
                Some(format!("`{pattern}` can't be read: {}", error.message))
            }),
            TaskChange::After(ids) => {
                let unknown = ids.iter().find(|id| plan.task(id).is_none())?;
                Some(format!("There is no task {unknown}."))
            }
            _ => None,
        }
    }
}

/// Non-empty lines.
fn rows(written: &str) -> impl Iterator<Item = String> + '_ {
    written.lines().map(str::trim).filter(|row| !row.is_empty()).map(str::to_owned)
}

/// Values between commas or line ends; commas inside brackets belong to the value.
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

/// `20`, `1h30m`, or low, likely and high with slashes between them.
fn read_estimate(written: &str) -> Result<Option<Estimate>, String> {
    let written = written.trim();
    if written.is_empty() {
        return Ok(None);
    }
    let numbers: Option<Vec<u32>> = written.split('/').map(read_minutes).collect();
    match numbers.as_deref() {
        Some([minutes]) => Ok(Some(Estimate::exactly(*minutes))),
        Some([low, likely, high]) => Ok(Some(Estimate::between(*low, *likely, *high))),
        _ => Err(format!(
            "“{written}” is no time. Write minutes such as 20 or 1h30m, or low/likely/high such as 10/20/45."
        )),
    }
}

fn read_minutes(written: &str) -> Option<u32> {
    let written: String =
        written.chars().filter(|letter| !letter.is_whitespace() && *letter != '~').collect();
    let (hours, rest) = match written.split_once('h') {
        Some((hours, rest)) => (hours.parse::<u32>().ok()?, rest),
        None => (0, written.as_str()),
    };
    let rest = rest.trim_end_matches("min").trim_end_matches('m');
    let minutes = if rest.is_empty() && hours > 0 { 0 } else { rest.parse::<u32>().ok()? };
    Some(hours.saturating_mul(60).saturating_add(minutes).min(Estimate::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes a value into a field and shows it again.
    fn check(field: TaskField, written: &str, expect: &str) {
        let mut plan = Plan { tasks: vec![Task { id: "T1".into(), ..Task::default() }], ..Plan::default() };
        let shown = match field.read(written) {
            Ok(change) => {
                crate::plan::Edit::ChangeTask { id: "T1".into(), change }.apply(&mut plan);
                field.show(&plan.tasks[0], ", ")
            }
            Err(message) => message,
        };
        assert_eq!(shown, expect, "{} {written:?}", field.name());
    }

    #[test]
    fn what_is_written_is_shown_again() {
        check(TaskField::Owns, "src/{a,b}/**\n db/** ,, [a,b].rs", "src/{a,b}/**, db/**, [a,b].rs");
        check(TaskField::Owns, "src/{a,\ndb", "src/{a,, db");
        check(TaskField::Title, " Add\nlogin ", "Add login");
        check(TaskField::After, "T1,T2", "T1, T2");
        check(TaskField::Uses, "db, api quota 2, port:3000", "db, api quota 2, port:3000");
        check(TaskField::Accepts, "T4: only adds\nT5", "T4: only adds\nT5");
        check(TaskField::Kind, "gate", "gate");
    }

    #[test]
    fn minutes_in_every_spelling() {
        check(TaskField::Minutes, "20", "20");
        check(TaskField::Minutes, " ~1h30m ", "90");
        check(TaskField::Minutes, "2 h", "120");
        check(TaskField::Minutes, "45 min", "45");
        check(TaskField::Minutes, "45/10/20", "10/20/45");
        check(TaskField::Minutes, "", "");
        check(TaskField::Minutes, "99999999", "100000");
        for wrong in ["soon", "1/2", "-5", "h"] {
            assert!(TaskField::Minutes.read(wrong).is_err(), "{wrong}");
        }
    }
}
