//! `phaseplan log FILE`: the log of a run beside its plan, the record that follows from it, and what it
//! teaches.

use std::ffi::OsStr;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use phaseplan::explain::duration;
use phaseplan::plan::{Kind, Plan, Status, Task, TaskId};
use phaseplan::report::Report;
use phaseplan::review::revision::content_of;
use phaseplan::run::log::{
    Body, Factor, Log, Outlook, Row, RunState, factors, new_estimates, record, to_csv,
};
use phaseplan::run::{ForeignFile, Repair};
use phaseplan::schedule::{Budget, Previous};
use serde_json::{Value, json};

use super::arguments::{Arguments, CallError, JSON, Switch};
use super::event_file::{EventFile, beside};
use super::terminal::{Paint, Style, WIDTH, printable, shortened, wrapped};
use super::{Command, FAILED, files, now, terminal};

const fn valued(name: &'static str, value: &'static str, help: &'static str) -> Switch {
    Switch { name, value: Some(value), help, is_needed: false }
}

const TASK: Switch = valued("--task", "ID", "The task that what is added is about.");
const AGENT: Switch = valued("--agent", "NAME", "Add that this agent is at work on the task.");
const CHANGED: Switch =
    valued("--changed", "FILE", "Add the changed files: names, one on each line; - is standard input.");
const REPORT: Switch = valued("--report", "TEXT", "Add what the agent reported.");
const DENIED: Switch = valued("--denied", "NAME", "Add the path of a file that the agent was refused.");
const ANSWER: Switch = valued("--answer", "TEXT", "Add the answer of a gate.");
pub const AUTHOR: Switch = valued("--author", "NAME", "Who adds it; without it, the user of this computer.");
const CSV: Switch = Switch { name: "--csv", value: None, help: "Print the record as CSV.", is_needed: false };

pub static COMMAND: Command = Command {
    name: "log",
    operands: &["FILE"],
    switches: &[TASK, AGENT, CHANGED, REPORT, DENIED, ANSWER, AUTHOR, CSV, JSON],
    summary: "Shows and adds what happened in a run: times, tries, files, reports, and when it will end.",
    details: "Events stand in a file beside the plan (plan.run.jsonl for plan.md), one per line; lines are \
        only ever added to it, so files of two people are joined by taking the lines of both. `phaseplan mark \
        --log` begins it, and every later mark adds to it.\n\nOf each kind of tasks it tells by which factor \
        they took longer than estimated: the median of actual divided by likely minutes.\n\nExit status: 1 if \
        a line of the file is no event; the others count.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let operand = &arguments.operands[0];
    let plan = files::read_plan_and_tell(operand)?.plan;
    let bodies = bodies(arguments, &plan)?;
    let mut file = RunFile::open(Path::new(operand), &plan, !bodies.is_empty())?;
    file.add(&plan, &author(arguments), bodies)?;
    let RunFile { log, complaints, .. } = file;
    let state = RunState::of(&log);
    let plan = state.applied_to(&plan);
    let text = if arguments.has(CSV) {
        to_csv(&record(&plan, &state))
    } else if arguments.has(JSON) {
        format!("{:#}\n", value(&plan, &state))
    } else {
        page(&plan, &state, Paint::for_output())
    };
    complaints.iter().for_each(|complaint| terminal::complain(&printable(complaint)));
    let written = terminal::print(&text);
    Ok(if complaints.is_empty() { written } else { ExitCode::from(FAILED) })
}

/// The log of a run in the file beside its plan, locked until it is dropped.
pub struct RunFile {
    file: EventFile,
    log: Log,
    complaints: Vec<String>,
}

impl RunFile {
    /// Where the log of a plan stands.
    pub fn path(plan: &Path) -> PathBuf {
        beside(plan, "run")
    }

    /// Opens and reads it; an empty log if there is none.
    pub fn open(path: &Path, plan: &Plan, will_add: bool) -> Result<RunFile, CallError> {
        let mut file = EventFile::open(RunFile::path(path), will_add)?;
        let mut log = Log::of(&plan.id);
        let complaints = file.read_into(&mut log)?;
        Ok(RunFile { file, log, complaints })
    }

    /// Adds events about a plan.
    pub fn add(&mut self, plan: &Plan, author: &str, bodies: Vec<Body>) -> Result<(), CallError> {
        let time = time();
        let before = self.log.clone();
        for body in bodies {
            let added = self.log.record(content_of(plan), author, time, body);
            added.map_err(|why| CallError::new(format!("This can't be added: the event {why}.")))?;
        }
        let added = self.log.without(|event| before.event(event.id).is_some());
        if added.is_empty() { Ok(()) } else { self.file.append(&added.to_lines()) }
    }
}

/// Now, in seconds since 1970.
fn time() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

/// Who adds events.
pub fn author(arguments: &Arguments) -> String {
    let of_computer = || ["USER", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    let given = arguments.value(AUTHOR).map(str::to_owned).or_else(of_computer);
    given.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| "somebody".to_owned())
}

/// What the call adds.
fn bodies(arguments: &Arguments, plan: &Plan) -> Result<Vec<Body>, CallError> {
    let adds = [AGENT, CHANGED, REPORT, DENIED, ANSWER].into_iter().find(|switch| arguments.has(*switch));
    let Some(adds) = adds else { return Ok(Vec::new()) };
    let id = arguments
        .value(TASK)
        .ok_or_else(|| CallError::new(format!("Say which task {} is about: `--task ID`.", adds.name)))?;
    let named = &plan.tasks[now::position(plan, id)?];
    let task = || named.id.clone();
    let mut bodies = Vec::new();
    if let Some(agent) = arguments.value(AGENT) {
        bodies.push(Body::Started { task: task(), agent: agent.to_owned() });
    }
    if let Some(path) = arguments.path(CHANGED) {
        let files =
            files::read_text(path)?.lines().map(str::to_owned).filter(|name| !name.is_empty()).collect();
        bodies.push(Body::Changed { task: task(), files });
    }
    if let Some(text) = arguments.value(REPORT) {
        bodies.push(Body::Reported { task: task(), text: text.to_owned() });
    }
    if let Some(path) = arguments.value(DENIED) {
        bodies.push(Body::Denied { task: task(), path: path.to_owned() });
    }
    if let Some(answer) = arguments.value(ANSWER) {
        if named.kind != Kind::Gate {
            return Err(CallError::new(format!("{} is no gate, so it has no answer.", printable(id))));
        }
        bodies.push(Body::Answered { task: task(), answer: answer.to_owned() });
    }
    Ok(bodies)
}

fn outlook(plan: &Plan, state: &RunState) -> Option<Outlook> {
    Outlook::of(plan, state, time(), &Previous::default(), &Budget::default())
}

/// What the log beside a plan says, if there is one.
pub fn state_beside(operand: &OsStr, plan: &Plan) -> Result<RunState, CallError> {
    let path = Path::new(operand);
    if !RunFile::path(path).exists() {
        return Ok(RunState::default());
    }
    Ok(RunState::of(&RunFile::open(path, plan, false)?.log))
}

/// How late a run is, in sentences, if there is a log beside its plan; else nothing.
pub fn outlook_beside(operand: &OsStr, plan: &Plan) -> Result<String, CallError> {
    let path = Path::new(operand);
    if !RunFile::path(path).exists() {
        return Ok(String::new());
    }
    let state = RunState::of(&RunFile::open(path, plan, false)?.log);
    Ok(outlook(plan, &state).map_or(String::new(), |outlook| outlook.sentences()))
}

fn value(plan: &Plan, state: &RunState) -> Value {
    let factors = factors(plan, state);
    let estimates = new_estimates(plan, &factors);
    let told = factors.iter().map(|one| {
        json!({"kind": one.kind, "factor": rounded(one.factor), "tasks": one.tasks, "offered": one.is_offered()})
    });
    let outlook = outlook(plan, state).map(|outlook| {
        let overdue = outlook.overdue.iter().map(|&task| &plan.tasks[task].id).collect::<Vec<_>>();
        json!({"elapsed": outlook.elapsed, "left": outlook.left, "planned": outlook.planned,
               "late": outlook.late(), "overdue": overdue})
    });
    let (denied, report) = foreign_files(plan, state);
    let denied = denied.into_iter().map(|found| {
        let ids = |tasks: &[usize]| tasks.iter().map(|&task| plan.tasks[task].id.clone()).collect::<Vec<_>>();
        let repairs =
            found.repairs.iter().map(|one| json!({"title": one.title, "minutes": one.gain.minutes}));
        json!({"id": plan.tasks[found.task].id, "path": found.path, "owners": ids(&found.owners),
               "why": found.sentence(&report), "repairs": repairs.collect::<Vec<_>>()})
    });
    json!({
        "denied": denied.collect::<Vec<_>>(),
        "record": record(plan, state),
        "factors": told.collect::<Vec<_>>(),
        "new_estimates": estimates.len(),
        "outlook": outlook,
    })
}

fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

const TITLE: usize = 40;

fn page(plan: &Plan, state: &RunState, paint: Paint) -> String {
    if state.tasks.is_empty() {
        return "Nothing is logged yet. `phaseplan mark FILE ID=running --log` begins the log.\n".to_owned();
    }
    let mut text = String::new();
    if let Some(outlook) = outlook(plan, state) {
        let sentences = wrapped(&printable(&outlook.sentences()), WIDTH).join("\n");
        let _ = writeln!(text, "{}\n", paint.paint(Style::Bold, &sentences));
    }
    let rows = record(plan, state);
    for row in rows.iter().filter(|row| state.task(&TaskId(row.id.clone())).is_some()) {
        let _ = writeln!(text, "{}", line(row));
    }
    let (denied, report) = foreign_files(plan, state);
    for found in denied {
        let _ = writeln!(text, "\n{}", wrapped(&printable(&found.sentence(&report)), WIDTH).join("\n"));
        for repair in &found.repairs {
            let _ = writeln!(text, "  {:>9}  {}", cost(repair), printable(&repair.title));
        }
    }
    let factors = factors(plan, state);
    if !factors.is_empty() {
        let _ = writeln!(text, "\n{}", paint.paint(Style::Bold, "Actual against estimated:"));
        factors.iter().for_each(|factor| text.push_str(&of_kind(factor)));
    }
    text
}

/// The last file that each unfinished task was refused, and the report they were looked up in.
fn foreign_files(plan: &Plan, state: &RunState) -> (Vec<ForeignFile>, Report) {
    let last_of = |task: &Task| Some(state.task(&task.id)?.denials.last()?.path.clone());
    let open = plan.tasks.iter().enumerate().filter(|(_, task)| task.status.is_open());
    let denied: Vec<(usize, String)> = open.filter_map(|(at, task)| Some((at, last_of(task)?))).collect();
    if denied.is_empty() {
        return Default::default();
    }
    let budget = Budget::default();
    let report = Report::new(plan.clone(), &budget);
    let found = denied.iter().filter_map(|(at, path)| ForeignFile::of(&report, *at, path, &budget)).collect();
    (found, report)
}

fn cost(repair: &Repair) -> String {
    let minutes = duration(u32::try_from(repair.gain.minutes.unsigned_abs()).unwrap_or(u32::MAX));
    match repair.gain.minutes {
        0 => "as long".to_owned(),
        1.. => format!("+{minutes}"),
        _ => format!("−{minutes}"),
    }
}

/// `T3     Import of old ledgers      done      20 m estimated, 25 m taken, 2 tries`
fn line(row: &Row) -> String {
    let mut parts = vec![format!("{} estimated", duration(row.estimated))];
    parts.extend(row.actual.map(|minutes| format!("{} taken", duration(minutes))));
    if row.attempts > 1 {
        parts.push(format!("{} tries", row.attempts));
    }
    if !row.files.is_empty() {
        parts.push(format!("changed {}", row.files.len()));
    }
    parts.extend(row.denied.last().map(|path| format!("was refused {path}")));
    parts.extend(row.answer.as_ref().map(|answer| format!("answer: {answer}")));
    let title = shortened(&printable(&row.title), TITLE);
    let (id, status) = (printable(&row.id), row.status.name());
    format!("  {id:<6} {title:<TITLE$}  {status:<8} {}", printable(&parts.join(", ")))
}

fn of_kind(factor: &Factor) -> String {
    let offer = match factor.is_offered() {
        true => ": worth new estimates for the others of this kind",
        false => "",
    };
    let tasks = phaseplan::explain::counted(factor.tasks, "task");
    format!("  {:<10} {:.2} times, by {tasks}{offer}\n", factor.kind.name(), factor.factor)
}

/// The events that say what marks changed.
pub fn of_marks(plan: &Plan, marks: &[(TaskId, Status)]) -> Vec<Body> {
    let of_mark = |(id, to): &(TaskId, Status)| {
        let from = plan.task(id).map_or(Status::Todo, |task| task.status);
        Body::of_change(id.clone(), from, *to)
    };
    marks.iter().filter_map(of_mark).collect()
}
