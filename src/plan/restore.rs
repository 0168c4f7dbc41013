//! Makes any old, partial or damaged plan valid, and lists what was changed on the way.
//!
//! A plan that nothing is changed in is in *normal form*; it can be written as text and read back as it was.

use rustc_hash::FxHashSet;

use serde_json::Value;

use super::{
    Acceptance, Estimate, FreeIds, Kind, Plan, Resource, ResourceUse, Settings, Status, Task, TaskId,
    UnknownFields,
};

/// Most tasks a plan holds.
pub const MAX_TASKS: usize = 10_000;
/// Most bytes of a title, a group or any other value of one line.
pub const MAX_LINE: usize = 4_000;
/// Most bytes of a goal or of instructions.
pub const MAX_TEXT: usize = 200_000;
/// Most entries of one list.
pub const MAX_LIST: usize = 1_000;

/// Names of the fields of a plan, which no unknown field can have.
pub(crate) const PLAN_FIELDS: [&str; 7] = ["format", "id", "title", "goal", "settings", "resources", "tasks"];
/// Names of the fields of a task, which no unknown field can have.
pub(crate) const TASK_FIELDS: [&str; 15] = [
    "id",
    "title",
    "instructions",
    "owns",
    "reads",
    "after",
    "uses",
    "minutes",
    "agent",
    "model",
    "kind",
    "group",
    "status",
    "checks",
    "accepts",
];

/// Brings a plan into normal form and says in sentences what was changed. Expected linear time.
pub fn normalise(plan: &mut Plan) -> Vec<String> {
    let mut changes = Vec::new();
    normalise_header(plan, &mut |change| changes.push(change));
    if plan.tasks.len() > MAX_TASKS {
        changes.push(format!(
            "A plan holds {MAX_TASKS} tasks; the {} after them were removed.",
            plan.tasks.len() - MAX_TASKS
        ));
        plan.tasks.truncate(MAX_TASKS);
    }
    for task in &mut plan.tasks {
        let mut found = Vec::new();
        normalise_task(task, &mut |change| found.push(change));
        changes.extend(found.into_iter().map(|change| format!("{}: {change}", name_of(task))));
    }
    make_ids_unique(&mut plan.tasks, &mut changes);
    changes
}

/// What a message calls a task.
fn name_of(task: &Task) -> String {
    if task.id.as_str().is_empty() { format!("The task “{}”", task.title) } else { task.id.to_string() }
}

fn make_ids_unique(tasks: &mut [Task], changes: &mut Vec<String>) {
    let mut seen = FxHashSet::default();
    let repeated: Vec<bool> =
        tasks.iter().map(|task| task.id.as_str().is_empty() || !seen.insert(task.id.clone())).collect();
    let mut free = FreeIds::besides(seen);
    for (task, _) in tasks.iter_mut().zip(repeated).filter(|(_, repeated)| *repeated) {
        let id = free.take();
        changes.push(match task.id.as_str() {
            "" => format!("The task “{}” had no id; it is {id} now.", task.title),
            old => format!("{old} was the id of two tasks; “{}” is {id} now.", task.title),
        });
        task.id = id;
    }
}

/// Brings everything but the tasks into normal form.
pub(crate) fn normalise_header(plan: &mut Plan, report: &mut dyn FnMut(String)) {
    let Plan { id, title, goal, settings, resources, tasks: _, unknown } = plan;
    line(id, "Id", report);
    line(title, "Title", report);
    text(goal, "Goal", report);
    lines(&mut settings.agents, "Agents", report);
    if settings.max_parallel == 0 {
        settings.max_parallel = 1;
        report("At most 0 tasks at once: 1 is kept, since no task would start.".to_owned());
    }
    for (minutes, name) in [
        (&mut settings.default_minutes, "default minutes"),
        (&mut settings.phase_overhead, "overhead of a phase"),
    ] {
        if *minutes > Estimate::MAX {
            *minutes = Estimate::MAX;
            report(format!("{name}: at most {}.", Estimate::MAX));
        }
    }
    let mut seen = FxHashSet::default();
    let before = resources.len();
    for resource in resources.iter_mut() {
        line(&mut resource.name, "Resource", report);
    }
    resources.retain(|resource| !resource.name.is_empty() && seen.insert(resource.name.clone()));
    if resources.len() < before {
        report("Resources: those without a name, or named before, were removed.".to_owned());
    }
    cut(resources, "Resources", report);
    normalise_unknown(unknown, &PLAN_FIELDS, report);
}

/// Brings one task into normal form, except that its id may be empty or that of another task.
pub(crate) fn normalise_task(task: &mut Task, report: &mut dyn FnMut(String)) {
    let Task { id, title, instructions, owns, reads, after, uses, minutes, agent, model, .. } = task;
    line(&mut id.0, "Id", report);
    line(title, "Title", report);
    text(instructions, "Instructions", report);
    lines(owns, "Owned patterns", report);
    lines(reads, "Read patterns", report);
    after.iter_mut().for_each(|id| line(&mut id.0, "Waits for", report));
    let mut seen = FxHashSet::default();
    let is_single = after.len() == 1;
    after.retain(|id| !id.as_str().is_empty() && (is_single || seen.insert(id.clone())));
    cut(after, "Waits for", report);
    uses.iter_mut().for_each(|used| line(&mut used.resource, "Resource", report));
    keep(uses, |used| !used.resource.is_empty(), "Used resources", report);
    if let Some(estimate) = minutes {
        let ordered = Estimate::between(estimate.low, estimate.likely, estimate.high);
        if ordered != *estimate {
            *estimate = ordered;
            report(format!("Minutes: put in order, and at most {}.", Estimate::MAX));
        }
    }
    line(agent, "Agent", report);
    line(model, "Model", report);
    line(&mut task.group, "Group", report);
    task.checks.iter_mut().for_each(trim);
    keep(&mut task.checks, |check| !check.is_empty(), "Checks", report);
    for accepted in &mut task.accepts {
        line(&mut accepted.task.0, "Accepted conflicts", report);
        trim(&mut accepted.reason);
    }
    keep(&mut task.accepts, |accepted| !accepted.task.as_str().is_empty(), "Accepted conflicts", report);
    normalise_unknown(&mut task.unknown, &TASK_FIELDS, report);
}

/// Removes entries that say nothing, and those above [`MAX_LIST`].
fn keep<T>(list: &mut Vec<T>, says_something: fn(&T) -> bool, name: &str, report: &mut dyn FnMut(String)) {
    let before = list.len();
    list.retain(says_something);
    if list.len() < before {
        report(format!("{name}: empty entries were removed."));
    }
    cut(list, name, report);
}

fn cut<T>(list: &mut Vec<T>, name: &str, report: &mut dyn FnMut(String)) {
    if list.len() > MAX_LIST {
        report(format!("{name}: the first {MAX_LIST} of {} entries are kept.", list.len()));
        list.truncate(MAX_LIST);
    }
}

fn lines(list: &mut Vec<String>, name: &str, report: &mut dyn FnMut(String)) {
    list.iter_mut().for_each(|value| line(value, name, report));
    keep(list, |value| !value.is_empty(), name, report);
}

fn line(value: &mut String, name: &str, report: &mut dyn FnMut(String)) {
    if make_one_line(value) {
        report(format!("{name}: put on one line, without space around it."));
    }
    if value.len() > MAX_LINE {
        value.truncate(value.floor_char_boundary(MAX_LINE));
        value.truncate(value.trim_end().len());
        report(format!("{name}: the first {MAX_LINE} bytes are kept."));
    }
}

/// Puts a space for every control character and line break, and trims. Says whether that changed the value.
pub(crate) fn make_one_line(value: &mut String) -> bool {
    let is_trimmed = !matches!(value.as_bytes(), [b' ', ..] | [.., b' ']);
    if is_trimmed && value.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return false;
    }
    let breaks = |letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
    if value.trim().len() == value.len() && !value.contains(breaks) {
        return false;
    }
    *value = value.replace(breaks, " ").trim().to_owned();
    true
}

fn trim(value: &mut String) {
    let trimmed = value.trim();
    if trimmed.len() < value.len() || value.len() > MAX_TEXT {
        *value = trimmed[..trimmed.floor_char_boundary(MAX_TEXT)].trim_end().to_owned();
    }
}

/// Makes line ends `\n`, empties lines of white space, and removes blank lines around the whole.
fn text(value: &mut String, name: &str, report: &mut dyn FnMut(String)) {
    let blank = |line: &str| line.trim().is_empty();
    let is_normal = value.len() <= MAX_TEXT
        && !value.contains('\r')
        && !value.split('\n').any(|line| !line.is_empty() && blank(line))
        && !value.starts_with('\n')
        && !value.ends_with('\n');
    if is_normal {
        return;
    }
    let unified = value.replace("\r\n", "\n").replace('\r', "\n");
    let unified = &unified[..unified.floor_char_boundary(MAX_TEXT)];
    let mut lines: Vec<&str> = unified.split('\n').map(|line| if blank(line) { "" } else { line }).collect();
    lines.truncate(lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1));
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(0);
    let restored = lines[first..].join("\n");
    if value.len() > MAX_TEXT {
        report(format!("{name}: the first {MAX_TEXT} bytes are kept."));
    }
    *value = restored;
}

/// A field can't be unknown and known; a number must be the one that its digits are read as.
fn normalise_unknown(unknown: &mut UnknownFields, reserved: &[&str], report: &mut dyn FnMut(String)) {
    if unknown.is_empty() {
        return;
    }
    for name in reserved {
        if let Some(value) = unknown.shift_remove(*name) {
            report(format!("The field “{name}” can't be read here; it is kept as “@{name}”."));
            unknown.insert(format!("@{name}"), value);
        }
    }
    unknown.values_mut().for_each(settle_numbers);
}

/// Replaces a value by what its own JSON is read as, until that is the same: the reader may miss the last bit of a fraction.
/// One that never settles becomes text.
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

/// The number behind `phaseplan/` that this version writes.
pub const FORMAT: u32 = 1;

/// Reads a plan from JSON field by field: what can be understood is kept, and the rest is listed in sentences. The plan is in
/// normal form.
///
/// # Errors
/// If the value is no object, or was made by a newer version of the program.
pub fn from_json(value: &Value) -> Result<(Plan, Vec<String>), String> {
    let Value::Object(fields) = value else {
        return Err("This JSON is not a plan: a plan is an object with a list of tasks.".to_owned());
    };
    let mut reader = Reader::default();
    let mut plan = Plan::default();
    for (name, value) in fields {
        match name.as_str() {
            "format" => reader.check_format(value)?,
            "id" => reader.text(value, name, &mut plan.id),
            "title" => reader.text(value, name, &mut plan.title),
            "goal" => reader.text(value, name, &mut plan.goal),
            "settings" => reader.settings(value, &mut plan.settings),
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
                    plan.tasks.extend(reader.task(task));
                }
                reader.place.clear();
            }
            _ => {
                plan.unknown.insert(name.clone(), value.clone());
            }
        }
    }
    let mut notes = reader.notes;
    notes.extend(normalise(&mut plan));
    Ok((plan, notes))
}

#[derive(Default)]
struct Reader {
    notes: Vec<String>,
    /// The task that is read, if any.
    place: String,
}

impl Reader {
    fn leave_out(&mut self, name: &str, expected: &str) {
        let place = if self.place.is_empty() { "The plan" } else { &self.place };
        self.notes.push(format!("{place}: “{name}” is not {expected}, so it was left out."));
    }

    fn check_format(&mut self, value: &Value) -> Result<(), String> {
        let version = value.as_str().and_then(|text| text.strip_prefix("phaseplan/"));
        match version.and_then(|version| version.parse::<u32>().ok()) {
            Some(version) if version > FORMAT => Err(format!(
                "This plan was made by a newer version of phaseplan (format {version}, this one reads {FORMAT}). Reload \
                 or update, and open it again."
            )),
            Some(_) => Ok(()),
            None => {
                self.notes
                    .push(format!("The format is not “phaseplan/{FORMAT}”; the plan was read all the same."));
                Ok(())
            }
        }
    }

    fn text(&mut self, value: &Value, name: &str, into: &mut String) {
        match value {
            Value::String(text) => into.clone_from(text),
            Value::Number(number) => *into = number.to_string(),
            Value::Null => {}
            _ => self.leave_out(name, "text"),
        }
    }

    fn one_text(&mut self, value: &Value, name: &str) -> Option<String> {
        let mut text = String::new();
        self.text(value, name, &mut text);
        (!text.is_empty()).then_some(text)
    }

    /// A whole number, from a number of any sort or from digits.
    fn number(&mut self, value: &Value, name: &str) -> Option<u32> {
        let number = match value {
            Value::String(digits) => digits.trim().parse().ok(),
            _ => value.as_f64(),
        };
        match number {
            Some(number) if number >= 0.0 => Some(number.round() as u32),
            _ => {
                self.leave_out(name, "a number from 0 up");
                None
            }
        }
    }

    /// A list, where a single value counts as a list of one.
    fn list<T>(
        &mut self,
        value: &Value,
        name: &str,
        read: impl Fn(&mut Self, &Value) -> Option<T>,
    ) -> Vec<T> {
        match value {
            Value::Array(values) => values.iter().filter_map(|value| read(self, value)).collect(),
            Value::Null => Vec::new(),
            Value::Bool(_) => {
                self.leave_out(name, "a list");
                Vec::new()
            }
            _ => read(self, value).into_iter().collect(),
        }
    }

    fn texts(&mut self, value: &Value, name: &str) -> Vec<String> {
        self.list(value, name, |reader, value| reader.one_text(value, name))
    }

    /// A name with an amount, or a name alone.
    fn amount(&mut self, value: &Value, name: &str, amount: &str) -> Option<(String, u32)> {
        let Value::Object(fields) = value else { return Some((self.one_text(value, name)?, 1)) };
        let Some(text) = fields.get(name).and_then(|value| self.one_text(value, name)) else {
            self.leave_out(name, "given");
            return None;
        };
        let amount = fields.get(amount).and_then(|value| self.number(value, amount));
        Some((text, amount.unwrap_or(1)))
    }

    fn settings(&mut self, value: &Value, settings: &mut Settings) {
        let Value::Object(fields) = value else { return self.leave_out("settings", "an object") };
        for (name, value) in fields {
            match name.as_str() {
                "agents" => settings.agents = self.texts(value, name),
                "unknown_runs_alone" => match value {
                    Value::Bool(alone) => settings.unknown_runs_alone = *alone,
                    _ => self.leave_out(name, "true or false"),
                },
                "max_parallel" | "default_minutes" | "phase_overhead" => {
                    let Some(number) = self.number(value, name) else { continue };
                    *match name.as_str() {
                        "max_parallel" => &mut settings.max_parallel,
                        "default_minutes" => &mut settings.default_minutes,
                        _ => &mut settings.phase_overhead,
                    } = number;
                }
                _ => self.leave_out(name, "a setting"),
            }
        }
    }

    fn task(&mut self, value: &Value) -> Option<Task> {
        let Value::Object(fields) = value else {
            self.leave_out("task", "an object");
            return None;
        };
        let mut task = Task::default();
        for (name, value) in fields {
            match name.as_str() {
                "id" => self.text(value, name, &mut task.id.0),
                "title" => self.text(value, name, &mut task.title),
                "instructions" => self.text(value, name, &mut task.instructions),
                "agent" => self.text(value, name, &mut task.agent),
                "model" => self.text(value, name, &mut task.model),
                "group" => self.text(value, name, &mut task.group),
                "owns" => task.owns = self.texts(value, name),
                "reads" => task.reads = self.texts(value, name),
                "checks" => task.checks = self.texts(value, name),
                "after" => task.after = self.texts(value, name).into_iter().map(TaskId).collect(),
                "minutes" => task.minutes = self.estimate(value),
                "kind" => match value.as_str().and_then(Kind::from_name) {
                    Some(kind) => task.kind = kind,
                    None => self.leave_out(name, "a kind of task"),
                },
                "status" => match value.as_str().and_then(Status::from_name) {
                    Some(status) => task.status = status,
                    None => self.leave_out(name, "a status"),
                },
                "uses" => {
                    task.uses = self.list(value, name, |reader, value| {
                        let (resource, amount) = reader.amount(value, "resource", "amount")?;
                        Some(ResourceUse { resource, amount })
                    });
                }
                "accepts" => {
                    task.accepts = self.list(value, name, |reader, value| {
                        let mut reason = String::new();
                        if let Some(given) = value.get("reason") {
                            reader.text(given, "reason", &mut reason);
                        }
                        let id = reader.one_text(value.get("task").unwrap_or(value), "accepts")?;
                        Some(Acceptance { task: TaskId(id), reason })
                    });
                }
                _ => {
                    task.unknown.insert(name.clone(), value.clone());
                }
            }
        }
        Some(task)
    }

    fn estimate(&mut self, value: &Value) -> Option<Estimate> {
        let [low, likely, high] = match value {
            Value::Null => return None,
            Value::Object(_) => {
                let mut number = |name| self.number(value.get(name).unwrap_or(&Value::Null), name);
                [number("low")?, number("likely")?, number("high")?]
            }
            _ => [self.number(value, "minutes")?; 3],
        };
        if low.max(likely).max(high) > Estimate::MAX {
            self.notes.push(format!(
                "{}: the minutes are more than {1}; {1} are kept.",
                self.place,
                Estimate::MAX
            ));
        }
        Some(Estimate::between(low, likely, high))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::text::{Spelling, print};

    /// Reads JSON and compares the plan, as text, and the sentences about what was left out or changed.
    #[track_caller]
    fn check(value: Value, expected: &str) {
        let (plan, notes) = from_json(&value).expect("a plan");
        let notes: String = notes.into_iter().map(|note| note + "\n").collect();
        let actual = print(&plan, Spelling::Typing) + &notes;
        assert!(actual == expected, "\n--- json\n{value:#}\n--- read\n{actual}\n--- expected\n{expected}\n");
    }

    #[test]
    fn a_sparse_plan_gets_defaults() {
        let sparse = json!({"tasks": [{"id": "T1"}, {"title": "Docs"}]});
        check(sparse.clone(), "- T1\n- T2 Docs\nThe task “Docs” had no id; it is T2 now.\n");
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
        let text = "# P\n> agents: a, b · at most 3 · default ~30m · overhead ~2m · unknown alone\n> capacity: db 2\n> @id(k3)\n\n\
                    Goal\n\n## G\n- [x] T1 a @owns(x/**) @reads(y) @after(T2) @uses(db 2, port) ~1m..2m..3m @kind(test) \
                    @agent(a) @model(m) @check(c) @accept(T2: why)\n  Do.\n";
        let plan = crate::text::parse(text).plan;
        check(serde_json::to_value(&plan).unwrap(), text);
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
             > at most 1 · overhead ~3m\n\
             > capacity: db 4294967295, gpu 1\n\n\
             - a b @id(1) @owns(src/**) @after(2)\n\
             - T4 @uses(db) ~1666h40m @accept(T1) @accept(1: ok)\n\
             - T3 @owns(x) ~2m..3m..9m\n\
             The format is not “phaseplan/1”; the plan was read all the same.\n\
             The plan: “goal” is not text, so it was left out.\n\
             The plan: “name” is not given, so it was left out.\n\
             The plan: “default_minutes” is not a number from 0 up, so it was left out.\n\
             The plan: “speed” is not a setting, so it was left out.\n\
             Task 1: “after” is not text, so it was left out.\n\
             Task 1: “minutes” is not a number from 0 up, so it was left out.\n\
             Task 2: “kind” is not a kind of task, so it was left out.\n\
             Task 2: the minutes are more than 100000; 100000 are kept.\n\
             Task 3: “reads” is not a list, so it was left out.\n\
             Task 4: “task” is not an object, so it was left out.\n\
             At most 0 tasks at once: 1 is kept, since no task would start.\n\
             Resources: those without a name, or named before, were removed.\n\
             1: Title: put on one line, without space around it.\n\
             T3: Owned patterns: put on one line, without space around it.\n\
             1 was the id of two tasks; “” is T4 now.\n",
        );
    }

    #[test]
    fn what_is_no_plan_is_refused_with_a_reason() {
        for (value, expected) in [
            (json!([1]), "This JSON is not a plan: a plan is an object with a list of tasks."),
            (
                json!({"format": "phaseplan/2"}),
                "This plan was made by a newer version of phaseplan (format 2, this one reads 1). Reload or update, and \
                 open it again.",
            ),
        ] {
            assert_eq!(from_json(&value).unwrap_err(), expected);
        }
    }

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
            changes[..3],
            [
                "Goal: the first 200000 bytes are kept.".to_owned(),
                "A plan holds 10000 tasks; the 2 after them were removed.".to_owned(),
                "The task “”: Owned patterns: the first 1000 of 1001 entries are kept.".to_owned(),
            ]
        );
        assert_eq!(plan.tasks.last().map(|task| task.id.as_str()), Some("T10000"));
        assert_eq!(normalise(&mut plan), Vec::<String>::new());
    }
}
