//! Reads a plan from the fields of its JSON.

use serde_json::Value;

use crate::import::json::Reader;
use crate::plan::minutes::{read_estimate_freely, read_minutes_freely};
use crate::plan::normal::{Change, normalise};
use crate::plan::{
    Acceptance, Efficiency, Estimate, FORMAT, Field, FieldMut, Minutes, Plan, Resource, ResourceUse,
    Settings, Task, TaskId,
};

/// The name in messages for everything except the tasks.
const PLAN: &str = "The plan";

/// Reads a plan from JSON, field by field. Reports every value it can't use. The plan is in normal form.
///
/// # Errors
/// If the value is not an object, or a newer version of the program wrote it.
pub fn from_json(value: &Value) -> Result<(Plan, Vec<Change>), String> {
    let Value::Object(fields) = value else {
        return Err("This JSON is not a plan: a plan is an object with a list of tasks.".to_owned());
    };
    let mut reader = Reader { place: PLAN.to_owned(), ..Reader::default() };
    let mut plan = Plan::default();
    for (name, value) in fields {
        match name.as_str() {
            "format" => check_format(&mut reader, value)?,
            "id" => reader.text(value, name, &mut plan.id),
            "title" => reader.text(value, name, &mut plan.title),
            "goal" => reader.text(value, name, &mut plan.goal),
            "settings" => read_settings(&mut reader, value, &mut plan.settings),
            "resources" => {
                plan.resources = reader.list(value, name, |reader, value| {
                    let (name, capacity) = reader.amount(value, "name", "capacity")?;
                    Some(Resource { name, capacity })
                });
            }
            "tasks" => {
                let Value::Array(tasks) = value else {
                    reader.leave_out(name, "a list");
                    continue;
                };
                for (index, task) in tasks.iter().enumerate() {
                    reader.place = format!("Task {}", index + 1);
                    plan.tasks.extend(read_task(&mut reader, task));
                }
                PLAN.clone_into(&mut reader.place);
            }
            _ => {
                plan.unknown.insert(name.clone(), value.clone());
            }
        }
    }
    let mut changes: Vec<Change> = reader.notes.into_iter().map(Change::value).collect();
    changes.extend(normalise(&mut plan));
    Ok((plan, changes))
}

fn check_format(reader: &mut Reader, value: &Value) -> Result<(), String> {
    let version = value.as_str().and_then(|text| text.strip_prefix("phaseplan/"));
    match version.and_then(|version| version.parse::<u32>().ok()) {
        Some(version) if version > FORMAT => Err(format!(
            "This plan was made by a newer version of phaseplan (format {version}, this one reads {FORMAT}). \
             Reload or update, and open it again."
        )),
        Some(_) => Ok(()),
        None => {
            reader.notes.push(format!("The format is not “phaseplan/{FORMAT}”; the plan was read anyway."));
            Ok(())
        }
    }
}

fn read_settings(reader: &mut Reader, value: &Value, settings: &mut Settings) {
    let Value::Object(fields) = value else { return reader.leave_out("settings", "an object") };
    for (name, value) in fields {
        match name.as_str() {
            "agents" => settings.agents = reader.texts(value, name),
            "unknown_beside" => match value {
                Value::Bool(beside) => settings.unknown_beside = *beside,
                _ => reader.leave_out(name, "true or false"),
            },
            "groups_in_order" => match value {
                Value::Bool(in_order) => settings.groups_in_order = *in_order,
                _ => reader.leave_out(name, "true or false"),
            },
            "efficiency" => match value.as_f64().and_then(Efficiency::of_number) {
                Some(efficiency) => settings.efficiency = efficiency,
                None => reader.leave_out(name, "a number from 0.001 to 1"),
            },
            "prices" => match serde_json::from_value(value.clone()) {
                Ok(prices) => settings.prices = prices,
                Err(_) => reader.leave_out(name, "prices of models"),
            },
            // Written by older versions, in which it was not the default.
            "unknown_runs_alone" => {}
            "max_parallel" => {
                settings.max_parallel = reader.number(value, name).unwrap_or(settings.max_parallel);
            }
            "default_minutes" => read_minutes(reader, value, name, &mut settings.default_minutes),
            "phase_overhead" => read_minutes(reader, value, name, &mut settings.phase_overhead),
            _ => reader.leave_out(name, "a setting"),
        }
    }
}

fn read_task(reader: &mut Reader, value: &Value) -> Option<Task> {
    let Value::Object(fields) = value else {
        reader.leave_out("task", "an object");
        return None;
    };
    let mut task = Task::default();
    for (name, value) in fields {
        if name == "id" {
            reader.text(value, name, &mut task.id.0);
        } else if let Some(field) = Field::of_task(name).and_then(|field| task.field_mut(field)) {
            read_field(reader, name, value, field);
        } else {
            task.unknown.insert(name.clone(), value.clone());
        }
    }
    Some(task)
}

fn read_field(reader: &mut Reader, name: &str, value: &Value, field: FieldMut<'_>) {
    match field {
        FieldMut::Words(text) | FieldMut::Prose(text) | FieldMut::Name(text) => {
            reader.text(value, name, text);
        }
        FieldMut::Patterns(list) | FieldMut::Statements(list) => *list = reader.texts(value, name),
        FieldMut::Ids(list) => *list = reader.texts(value, name).into_iter().map(TaskId).collect(),
        FieldMut::Uses(list) => {
            *list = reader.list(value, name, |reader, value| {
                let (resource, amount) = reader.amount(value, "resource", "amount")?;
                Some(ResourceUse { resource, amount })
            });
        }
        FieldMut::Minutes(estimate) => *estimate = read_estimate(reader, value),
        FieldMut::Choice(choice) => {
            if !value.as_str().is_some_and(|word| choice.choose(word)) {
                reader.leave_out(name, &format!("one of {}", choice.names().join(", ")));
            }
        }
        FieldMut::Json(json) => json.clone_from(value),
        FieldMut::Acceptances(list) => {
            *list = reader.list(value, name, |reader, value| {
                let mut reason = String::new();
                if let Some(given) = value.get("reason") {
                    reader.text(given, "reason", &mut reason);
                }
                let id = reader.one_text(value.get("task").unwrap_or(value), name)?;
                Some(Acceptance { task: TaskId(id), reason })
            });
        }
    }
}

fn read_estimate(reader: &mut Reader, value: &Value) -> Option<Estimate> {
    let [low, likely, high] = match value {
        Value::Null => return None,
        Value::Object(_) => {
            let mut number = |name| minutes(reader, value.get(name).unwrap_or(&Value::Null), name);
            [number("low")?, number("likely")?, number("high")?]
        }
        Value::String(text) if text.contains(['/', '.']) && read_minutes_freely(text).is_none() => {
            match read_estimate_freely(text) {
                Some(estimate) => return Some(estimate),
                None => [minutes(reader, value, "minutes")?; 3],
            }
        }
        _ => [minutes(reader, value, "minutes")?; 3],
    };
    if low.max(likely).max(high) > Estimate::MAX {
        reader.notes.push(format!(
            "{}: the minutes are more than {1}; {1} are kept.",
            reader.place,
            Estimate::MAX
        ));
    }
    Some(Estimate::between(low, likely, high))
}

/// A number of minutes, or a duration such as `1h30m`.
fn minutes(reader: &mut Reader, value: &Value, name: &str) -> Option<Minutes> {
    let number = value.as_f64().and_then(Minutes::of_number);
    match number.or_else(|| value.as_str().and_then(read_minutes_freely)) {
        Some(minutes) => Some(minutes),
        None => {
            reader.leave_out(name, "a number from 0 up");
            None
        }
    }
}

fn read_minutes(reader: &mut Reader, value: &Value, name: &str, into: &mut Minutes) {
    *into = minutes(reader, value, name).unwrap_or(*into);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::text::{Spelling, print};

    /// Reads JSON and compares the plan, as text, and the messages.
    #[track_caller]
    fn check(value: Value, expected: &str) {
        let (plan, notes) = from_json(&value).expect("a plan");
        let notes: String = notes.into_iter().map(|note| note.sentence + "\n").collect();
        let actual = print(&plan, Spelling::Typing) + notes.as_str();
        assert!(actual == expected, "\n--- json\n{value:#}\n--- read\n{actual}\n--- expected\n{expected}\n");
    }

    #[test]
    fn a_sparse_plan_gets_defaults() {
        let sparse = json!({"tasks": [{"id": "T1"}, {"title": "Docs"}]});
        check(sparse.clone(), "- T1\n- T2 Docs\nThe task “Docs” had no id; it is now T2.\n");
        let plan: Plan = serde_json::from_value(sparse).unwrap();
        assert_eq!(plan.settings, Settings::default());
        assert_eq!(plan.tasks[1], Task { title: "Docs".into(), ..Task::default() });
    }

    #[test]
    fn fields_of_another_version_survive() {
        let value = json!({
            "format": "phaseplan/1",
            "title": "P",
            "theme": {"dark": true},
            "settings": {},
            "tasks": [{"id": "T1", "title": "a", "risk": "high", "points": 3, "deep": [1, {"b": null}]}],
        });
        let text =
            "# P\n> @theme({\"dark\":true})\n\n- T1 a @deep([1,{\"b\":null}]) @points(3) @risk(high)\n";
        check(value.clone(), text);
        let plan: Plan = serde_json::from_value(value.clone()).unwrap();
        let written = serde_json::to_value(&plan).unwrap();
        for place in ["/theme", "/tasks/0/risk", "/tasks/0/points", "/tasks/0/deep"] {
            assert_eq!(written.pointer(place), value.pointer(place), "{place}");
        }
        assert_eq!(serde_json::from_value::<Plan>(written).unwrap(), plan);
    }

    #[test]
    fn every_field_is_read_as_it_is_written() {
        let text = "# P\n> agents: a, b · at most 3 · default ~30m · overhead ~2m · unknown beside\n> \
            capacity: db 2\n> @id(k3)\n\n\
                    Goal\n\n## G\n- [x] T1 a @owns(x/**) @reads(y) @after(T2) @uses(db 2, port) ~1m..2m..3m \
                    @kind(test) @agent(a) @model(m) @check(c) @accept(T2: why)\n  Do.\n";
        let plan = crate::text::parse(text).plan;
        check(serde_json::to_value(&plan).unwrap(), text);
    }

    #[test]
    fn durations_may_be_text() {
        check(
            json!({
                "settings": {"default_minutes": "1h", "phase_overhead": "90s"},
                "tasks": [
                    {"id": "T1", "minutes": "~30s"},
                    {"id": "T2", "minutes": "2d"},
                    {"id": "T3", "minutes": "1.5h"},
                    {"id": "T4", "minutes": "10m..20m..1h"},
                    {"id": "T5", "minutes": {"low": "30s", "likely": "5", "high": "1h"}},
                    {"id": "T6", "minutes": "soon"},
                ],
            }),
            "> default ~1h · overhead ~90s\n\n- T1 ~30s\n- T2 ~16h\n- T3 ~1h30m\n- T4 ~10m..20m..1h\n\
             - T5 ~30s..5m..1h\n- T6\n\
             Task 6: “minutes” is not a number from 0 up, so it was left out.\n",
        );
    }

    #[test]
    fn what_is_odd_is_left_out_and_the_rest_kept() {
        check(
            json!({
                "format": "other",
                "title": 7,
                "goal": ["x"],
                "settings": {"max_parallel": 0, "default_minutes": -3, "phase_overhead": 2.6, "speed": 1},
                "resources": [{"name": "db", "capacity": 1e30}, {"capacity": 2}, "gpu", "db"],
                "tasks": [
                    {"id": 1, "title": "a\nb", "minutes": -5, "owns": "src/**", "after": [2, null, 2, ["x"]]},
                    {"id": "1", "minutes": 1e9, "kind": "magic", "uses": ["db"], "accepts": ["T1", {"task": 1, "reason": "ok"}]},
                    {"id": "T3", "minutes": {"low": 9, "likely": "2", "high": 3.4}, "owns": ["", "  x "], "reads": true},
                    null,
                ],
            }),
            "# 7\n\
             > at most 1 · overhead ~2m36s\n\
             > capacity: db 4294967295, gpu 1\n\n\
             - a b @id(1) @owns(src/**) @after(2)\n\
             - T4 @uses(db) ~1666h40m @accept(T1) @accept(1: ok)\n\
             - T3 @owns(x) ~2m..3m24s..9m\n\
             The format is not “phaseplan/1”; the plan was read anyway.\n\
             The plan: “goal” is not text, so it was left out.\n\
             The plan: “name” is not given, so it was left out.\n\
             The plan: “default_minutes” is not a number from 0 up, so it was left out.\n\
             The plan: “speed” is not a setting, so it was left out.\n\
             Task 1: “after” is not text, so it was left out.\n\
             Task 1: “minutes” is not a number from 0 up, so it was left out.\n\
             Task 2: “kind” is not one of change, research, test, docs, config, integrate, verify, gate, call, so \
             it was left out.\n\
             Task 2: the minutes are more than 100000; 100000 are kept.\n\
             Task 3: “reads” is not a list, so it was left out.\n\
             Task 4: “task” is not an object, so it was left out.\n\
             At most 0 tasks at once: 1 is kept, since no task would start.\n\
             Resources: those without a name, and repeated ones, were removed.\n\
             1: Title: put on one line, without surrounding space.\n\
             T3: Owned files: put on one line, without surrounding space.\n\
             1 was the id of two tasks; “” is now T4.\n",
        );
    }

    #[test]
    fn what_is_no_plan_is_refused_with_a_reason() {
        for (value, expected) in [
            (json!([1]), "This JSON is not a plan: a plan is an object with a list of tasks."),
            (
                json!({"format": "phaseplan/2"}),
                "This plan was made by a newer version of phaseplan (format 2, this one reads 1). Reload or \
                 update, and open it again.",
            ),
        ] {
            assert_eq!(from_json(&value).unwrap_err(), expected);
        }
    }
}
