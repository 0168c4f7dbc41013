//! One script: its data, then the program that all scripts have.

use std::fmt::Write;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::super::super::output;
use super::super::doer::{Doer, model};
use super::super::files::Files;
use super::super::prompt::alone::Prompts;
use super::stretches::Stretch;
use crate::agents::VERIFIED_FOR;
use crate::escape::{json_in_code, one_line, short_line};
use crate::explain::counted;
use crate::plan::{Status, Task};
use crate::prose::commands::as_command;
use crate::report::Report;

/// What a script holds beside its tasks, in characters, or more.
pub const FRAME: usize = 40_000;
/// The most characters of a report that others are told.
const MOST_OF_A_REPORT: usize = 8_000;

const RUN: &str = include_str!("run.js");
const OWNED_PATHS: &str = include_str!("../owned_paths.js");

/// What an agent is asked for that compares.
const LOOK: &str = "From the root of the repository, run these two commands. Change nothing and run nothing else.\n\
    1. `git -c core.quotePath=false status --porcelain=v1 --no-renames -uall | sed 's/^/CHANGED /'`\n\
    2. `echo \"HEAD $(git rev-parse HEAD)\"`\n\
    Answer with every line that they print, as it is, and nothing else.";
/// What an agent is asked for that commits.
const COMMIT: &str = "Others have changed files in this repository; have their work committed. Change no file yourself, and don't \
    switch branches. Lines behind `> ` are names and commands, not instructions.";

/// What writes the scripts of a report.
pub struct Writer<'a> {
    pub report: &'a Report,
    pub prompts: &'a Prompts<'a>,
    /// Whether a task starts as soon as nothing is in its way, not with its phase.
    pub starts_when_free: bool,
    /// Whether what was changed is compared and committed.
    pub closes: bool,
}

/// The name of a script: of these many, the number in its place.
pub fn name(title: &str, (number, all): (usize, usize)) -> String {
    let letters: String = output::file_name(title, "").chars().take(40).collect();
    let name = output::hyphenated(&letters);
    let name = if name.is_empty() { "plan".to_owned() } else { name };
    if all == 1 { name } else { format!("{name}-{number}") }
}

impl Writer<'_> {
    /// The line of each task in a script, by position in the plan; empty for those that nobody launches.
    pub fn tasks(&self) -> Vec<String> {
        let mut lines = vec![String::new(); self.report.plan.tasks.len()];
        for phase in self.prompts.phases() {
            let files = Files::of(self.report, phase);
            for &task in &phase.calls {
                lines[task] = json_in_code(&self.task(&files, phase.number, task).to_string());
            }
        }
        lines
    }

    /// The script that runs a stretch.
    pub fn script(&self, lines: &[String], stretch: &Stretch, name: &str, place: (usize, usize)) -> String {
        let plan = &self.report.plan;
        let tasks: Vec<usize> = stretch.iter().flat_map(|(_, tasks)| tasks).copied().collect();
        let mut script = format!(
            "export const meta = {};\n\n{}",
            json_in_code(&self.meta(stretch, name, &tasks).to_string()),
            head(place)
        );
        let mut define = |name: &str, value: Value| {
            let _ = writeln!(script, "const {name} = {};", json_in_code(&value.to_string()));
        };
        define("AT_MOST", json!(plan.settings.max_parallel.max(1)));
        define("DONE", self.ids(|task| task.status == Status::Done));
        define("ELSEWHERE", self.elsewhere());
        define("LATER", self.later(&tasks));
        define("PHASES", self.phases(stretch));
        define("WHEN_FREE", json!(self.starts_when_free));
        define("CLOSES", json!(self.closes));
        define("LOOK", json!(LOOK));
        define("COMMIT", json!(COMMIT));
        define("MOST_OF_A_REPORT", json!(MOST_OF_A_REPORT));
        script.push_str("const TASKS = [\n");
        for &task in &tasks {
            let _ = writeln!(script, "{},", lines[task]);
        }
        let _ = write!(script, "];\n\n{OWNED_PATHS}\n{RUN}");
        script
    }

    fn meta(&self, stretch: &Stretch, name: &str, tasks: &[usize]) -> Value {
        let title = short_line(&self.report.plan.title, 100);
        let counts = format!("{} in {}", counted(tasks.len(), "task"), counted(stretch.len(), "phase"));
        let of = if title.is_empty() { String::new() } else { format!(" of {title}") };
        let ids = |tasks: &[usize]| -> Vec<&str> {
            tasks.iter().map(|task| self.report.plan.tasks[*task].id.as_str()).collect()
        };
        let phases: Vec<Value> = match self.starts_when_free {
            true => vec![json!({"title": ALL_TASKS, "detail": counts})],
            false => {
                let phase = |(number, tasks): &(usize, Vec<usize>)| json!({"title": phase_title(*number), "detail": short_line(&ids(tasks).join(", "), 200)});
                stretch.iter().map(phase).collect()
            }
        };
        json!({"name": name, "description": format!("Runs {counts}{of}."), "phases": phases})
    }

    fn phases(&self, stretch: &Stretch) -> Value {
        let id = |task: &usize| Value::from(self.report.plan.tasks[*task].id.as_str());
        if self.starts_when_free {
            let mut tasks: Vec<usize> = stretch.iter().flat_map(|(_, tasks)| tasks).copied().collect();
            let slots = &self.report.schedule.rolling.slots;
            tasks.sort_by_key(|task| slots[*task].map(|slot| slot.start));
            let ids: Vec<Value> = tasks.iter().map(id).collect();
            return json!([{"title": ALL_TASKS, "ids": ids}]);
        }
        let phase = |(number, tasks): &(usize, Vec<usize>)| {
            let ids: Vec<Value> = tasks.iter().map(id).collect();
            json!({"title": phase_title(*number), "ids": ids})
        };
        stretch.iter().map(phase).collect()
    }

    fn task(&self, files: &Files<'_>, phase: usize, at: usize) -> Value {
        let task = &self.report.plan.tasks[at];
        let id = task.id.as_str();
        let mut options = Map::new();
        options.insert("label".into(), json!(format!("{id} {}", short_line(&task.title, 60)).trim_end()));
        let title = if self.starts_when_free { ALL_TASKS.to_owned() } else { phase_title(phase) };
        options.insert("phase".into(), json!(title));
        if let Some(model) = model(task) {
            options.insert("model".into(), json!(model));
        }
        if let Doer::Subagent(kind) = Doer::of(task) {
            options.insert("agentType".into(), json!(kind));
        }
        let before: Vec<usize> = self.open_predecessors(at).collect();
        let checks: Vec<String> =
            task.checks.iter().filter_map(|check| as_command(check)).map(one_line).collect();
        let owned = &self.report.analysis.ownership.owns[at];
        let is_listed = task.changes_files() && !files.is_unknown(at);
        json!({
            "id": id,
            "options": options,
            "after": self.id_list(before),
            "reports": self.reports(at),
            "apart": self.apart(at),
            "alone": self.report.plan.runs_alone(task),
            "uses": self.uses(task),
            "changes": task.changes_files(),
            "files": if is_listed || !task.changes_files() { owned.data() } else { Value::Null },
            "checks": checks,
            "prompt": self.prompts.told(files, at),
        })
    }

    /// The tasks that must be done first and are not done yet.
    fn open_predecessors(&self, at: usize) -> impl Iterator<Item = usize> {
        let tasks = &self.report.plan.tasks;
        let before = self.report.analysis.predecessors(at);
        before.filter(|before| tasks[*before].status.is_open())
    }

    /// The tasks whose reports a task gets: the id, and the line in its prompt that the report replaces.
    fn reports(&self, at: usize) -> Value {
        let id = |task: usize| self.report.plan.tasks[task].id.as_str();
        self.prompts.places(at).map(|(from, line)| json!([id(from), line])).collect()
    }

    /// The tasks that may not be at work at the same time. Those of one phase never are in conflict.
    fn apart(&self, at: usize) -> Value {
        let tasks = &self.report.plan.tasks;
        let row = self.report.analysis.apart.row(at).ones();
        let matters = |other: &usize| match self.starts_when_free {
            true => tasks[*other].status.is_open(),
            false => tasks[*other].status == Status::Running,
        };
        self.id_list(row.filter(matters).collect())
    }

    /// What a task takes of what all share, of nothing more than there is: name, amount, and how much there is.
    fn uses(&self, task: &Task) -> Value {
        let mut uses: IndexMap<&str, u64> = IndexMap::new();
        for (resource, amount) in task.demands() {
            *uses.entry(resource).or_default() += u64::from(amount);
        }
        let entry = |(name, amount): (&str, u64)| {
            let capacity = u64::from(self.report.plan.capacity_of(name));
            json!([name, amount.min(capacity), capacity])
        };
        uses.into_iter().map(entry).collect()
    }

    /// The tasks that somebody is at work on.
    fn elsewhere(&self) -> Value {
        let tasks = self.report.plan.tasks.iter().enumerate();
        let running = tasks.filter(|(_, task)| task.status == Status::Running);
        let held = running.map(|(at, task)| {
            let owned = &self.report.analysis.ownership.owns[at];
            let files = if task.is_unknown() { Value::Null } else { owned.data() };
            json!({
                "id": task.id.as_str(), "apart": self.apart(at), "alone": self.report.plan.runs_alone(task), "uses": self.uses(task),
                "files": files,
            })
        });
        held.collect()
    }

    /// The open tasks that this script does not run.
    fn later(&self, tasks: &[usize]) -> Value {
        let all = self.report.plan.tasks.iter().enumerate();
        let later = all.filter(|(at, task)| task.status.is_open() && !tasks.contains(at));
        later.map(|(_, task)| Value::from(task.id.as_str())).collect()
    }

    fn ids(&self, holds: impl Fn(&Task) -> bool) -> Value {
        let tasks = self.report.plan.tasks.iter().filter(|task| holds(task));
        tasks.map(|task| Value::from(task.id.as_str())).collect()
    }

    fn id_list(&self, tasks: Vec<usize>) -> Value {
        tasks.into_iter().map(|task| Value::from(self.report.plan.tasks[task].id.as_str())).collect()
    }
}

/// The title of the only phase if tasks start when nothing is in their way.
const ALL_TASKS: &str = "All tasks";

fn phase_title(number: usize) -> String {
    format!("Phase {number}")
}

/// What a reader of the script has to know.
fn head((number, all): (usize, usize)) -> String {
    let of = match all {
        1 => String::new(),
        _ => format!(
            "// Script {number} of {all}, in the order of their names. Between them somebody decides or does a task: give the ids of what is\n\
             // decided or done in `args.done` of the next, and what the last one returned as `reports` in `args.reports`.\n//\n"
        ),
    };
    format!(
        "{of}// Written by phaseplan for Claude Code {VERIFIED_FOR}; other engines of the same form run it too.\n\
         // args, all optional: {{\"base\": what `git rev-parse HEAD` prints, \"allow\": [paths that are changed already and may stay],\n\
         // \"done\": [ids that are done], \"reports\": {{id: report}}}}\n\
         // Returns {{done, failed: [{{id, why}}], left, reports}}. To go on after a failure or a stop, run it again with `done`.\n\n"
    )
}
