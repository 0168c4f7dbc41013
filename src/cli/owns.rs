//! `phaseplan owns FILE`: whether what changed belongs to those who changed it.

use std::ffi::OsStr;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command as Program, ExitCode};

use phaseplan::changed_files::{self, Asked, ChangedFile, Giving, Judged, Judgement, Owner, Verdict};
use phaseplan::explain::{counted, duration, listed};
use phaseplan::glob::entry_for;
use phaseplan::plan::{Status, TaskId};
use phaseplan::report::Report;
use phaseplan::schedule::Budget;
use serde_json::{Value, json};

use super::arguments::{Arguments, CallError, JSON, Switch};
use super::evidence::{EVIDENCE, NO_EVIDENCE};
use super::terminal::{Paint, Style, WIDTH, printable, wrapped};
use super::{Command, FAILED, files, plan, terminal};

const TASK: Switch = Switch {
    name: "--task",
    value: Some("ID"),
    help: "Only the files of this task are fine.",
    is_needed: false,
};

const PHASE: Switch = Switch {
    name: "--phase",
    value: Some("N"),
    help: "Only the files of the tasks of this phase are fine.",
    is_needed: false,
};

const CHANGED: Switch = Switch {
    name: "--changed",
    value: Some("FILE"),
    help: "The list of changed files; - for standard input. Without it, `git status` of the working folder.",
    is_needed: false,
};

pub static COMMAND: Command = Command {
    name: "owns",
    operands: &["FILE"],
    switches: &[TASK, PHASE, CHANGED, JSON, EVIDENCE, NO_EVIDENCE],
    summary: "Says whether changed files belong to those who changed them.",
    details: "Without --task and --phase, the files of all tasks are fine that are running or in the first \
        phase. A list is names, one a line, or the output of git status --porcelain=v1 or git diff \
        --name-status, best with -z. Paths begin at the root of the repository. Of a rename both paths count. \
        The plan's own files and .phaseplan are fine.\n\nExit status: 1 if a path is foreign or nobody's.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let operand = &arguments.operands[0];
    if operand == "-" && arguments.path(CHANGED) == Some(Path::new("-")) {
        return Err(CallError::new("Standard input can be read only once. Name a file in place of one `-`."));
    }
    let report = plan::read(arguments)?;
    let asked = asked(arguments, &report)?;
    let changed = match arguments.path(CHANGED) {
        Some(list) => files::read_bytes(list.as_os_str())?,
        None => git_status()?,
    };
    let judgement = Judgement::of(&report, asked, &own_files(operand), changed_files::read(&changed));
    let givings = judgement.givings(&report, &Budget::default());
    let text = if arguments.has(JSON) {
        format!("{:#}\n", as_value(&report, &judgement, &givings))
    } else {
        page(&report, &judgement, &givings, Paint::for_output())
    };
    let written = terminal::print(&text);
    Ok(if judgement.is_fine() { written } else { ExitCode::from(FAILED) })
}

fn asked(arguments: &Arguments, report: &Report) -> Result<Asked, CallError> {
    match (arguments.value(TASK), arguments.number(PHASE)?) {
        (Some(_), Some(_)) => Err(CallError::new("Name a task or a phase, not both.")),
        (Some(id), None) => Asked::task(report, &TaskId::from(id))
            .ok_or_else(|| CallError::new(format!("The plan has no task `{id}`."))),
        (None, Some(number)) => Asked::phase(report, number).ok_or_else(|| {
            let phases = counted(report.schedule.phases.len(), "phase");
            CallError::new(format!("There is no phase {number}: the plan has {phases}."))
        }),
        (None, None) => Ok(Asked::now(report)),
    }
}

/// What git reports for the repository of the working folder.
fn git_status() -> Result<Vec<u8>, CallError> {
    const WHAT_TO_DO: &str = "Name a list of changed files with --changed.";
    let status = ["status", "--porcelain=v1", "-z", "--no-renames", "-uall"];
    let answer = Program::new("git")
        .args(status)
        .output()
        .map_err(|error| CallError::new(format!("git can't be started: {error}. {WHAT_TO_DO}")))?;
    if answer.status.success() {
        return Ok(answer.stdout);
    }
    let said = String::from_utf8_lossy(&answer.stderr);
    Err(CallError::new(format!("git status failed: {} {WHAT_TO_DO}", said.trim())))
}

/// Patterns of the plan's own files below the root of the repository; empty if it lies elsewhere or is no file.
fn own_files(operand: &OsStr) -> Vec<String> {
    let Ok(path) = std::fs::canonicalize(operand) else { return Vec::new() };
    let Some(path) = std::env::current_dir().ok().and_then(|folder| below_root(&folder, &path)) else {
        return Vec::new();
    };
    let ending = if Path::new(operand).is_dir() { "/**" } else { "" };
    entry_for(&path).map(|entry| format!("{entry}{ending}")).into_iter().collect()
}

/// The path below the root of the repository that a folder belongs to, or below the folder if it belongs to
/// none.
fn below_root(folder: &Path, path: &Path) -> Option<String> {
    let folder: PathBuf = std::fs::canonicalize(folder).ok()?;
    let root = folder.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&folder);
    let below = path.strip_prefix(root).ok()?;
    let names: Option<Vec<&str>> = below.iter().map(OsStr::to_str).collect();
    names.map(|names| names.join("/")).filter(|path| !path.is_empty())
}

fn page(report: &Report, judgement: &Judgement, givings: &[Option<Giving>], paint: Paint) -> String {
    let mut text = String::new();
    for sentence in not_known(report, judgement) {
        let _ = writeln!(text, "{}\n", wrapped(&printable(&sentence), WIDTH).join("\n"));
    }
    for (judged, giving) in judgement.files.iter().zip(givings) {
        let (verdict, style) = match judged.verdict {
            Verdict::Fine(_) => ("fine", Style::Green),
            Verdict::Foreign(_) => ("foreign", Style::Red),
            Verdict::Nobody { .. } => ("nobody", Style::Yellow),
        };
        let padding = " ".repeat(LABEL - verdict.len());
        let _ = writeln!(text, "{}{padding}{}", paint.paint(style, verdict), printable(&judged.file.path));
        for line in remarks(report, judged, giving.as_ref()) {
            let _ = writeln!(text, "{:LABEL$}{}", "", paint.paint(Style::Dim, &printable(&line)));
        }
    }
    let count = |is: fn(&Verdict) -> bool| judgement.files.iter().filter(|one| is(&one.verdict)).count();
    let total = match judgement.files.len() {
        0 => "Nothing changed".to_owned(),
        files => format!(
            "{}: {} fine, {} foreign, {} nobody's",
            counted(files, "changed file"),
            count(|verdict| matches!(verdict, Verdict::Fine(_))),
            count(|verdict| matches!(verdict, Verdict::Foreign(_))),
            count(|verdict| matches!(verdict, Verdict::Nobody { .. })),
        ),
    };
    let _ = writeln!(text, "{}", paint.paint(Style::Bold, &total));
    text
}

/// Width of the verdicts at the left.
const LABEL: usize = 9;

/// What nobody can judge.
fn not_known(report: &Report, judgement: &Judgement) -> Vec<String> {
    let mut sentences = Vec::new();
    let is_unknown = |&task: &usize| report.plan.tasks[task].has_unknown_ownership();
    let unknown: Vec<usize> = judgement.asked.tasks.iter().copied().filter(is_unknown).collect();
    if !unknown.is_empty() {
        let list = if unknown.len() == 1 { "lists" } else { "list" };
        let tasks = listed(&report.plan, &unknown);
        sentences.push(format!("{tasks} {list} no files, so what may be changed there is not known."));
    }
    let is_folder = |one: &&Judged| matches!(one.verdict, Verdict::Nobody { is_folder: true, .. });
    if let Some(folder) = judgement.files.iter().find(is_folder) {
        sentences.push(format!(
            "Which files changed in `{}` is not known. Call git status with -uall.",
            folder.file.path
        ));
    }
    sentences
}

/// The lines below a path: why, and what to do.
fn remarks(report: &Report, judged: &Judged, giving: Option<&Giving>) -> Vec<String> {
    let undo = || format!("Undo: {}", changed_files::undo(&judged.file));
    match &judged.verdict {
        Verdict::Fine(owner) => vec![owned(report, owner)],
        Verdict::Foreign(owner) => {
            let mut lines = vec![owned(report, owner), undo()];
            lines.extend(giving.map(|giving| give(report, giving)));
            lines
        }
        Verdict::Nobody { is_folder: true, .. } => Vec::new(),
        Verdict::Nobody { left_out: Some(owner), .. } => {
            let task = owner.task.map(|task| report.plan.tasks[task].id.as_str()).unwrap_or_default();
            vec![format!("{task} leaves it out: !{}", owner.pattern), undo()]
        }
        Verdict::Nobody { .. } => {
            [undo()].into_iter().chain(giving.map(|giving| give(report, giving))).collect()
        }
    }
}

/// “of T3 (to do, phase 2): src/ui/*.css”
fn owned(report: &Report, owner: &Owner) -> String {
    let Some(task) = owner.task else { return "the plan's own file".to_owned() };
    let state = match report.plan.tasks[task].status {
        Status::Todo => "to do",
        Status::Running => "running",
        Status::Done => "done",
        Status::Failed => "failed",
        Status::Dropped => "dropped",
    };
    let phase = phase_of(report, task).map_or(String::new(), |phase| format!(", phase {phase}"));
    format!("of {} ({state}{phase}): {}", report.plan.tasks[task].id, owner.pattern)
}

fn phase_of(report: &Report, task: usize) -> Option<usize> {
    report.schedule.phase_of.get(task).copied().flatten().map(|phase| phase + 1)
}

/// “Or give it to T2: it would collide with T4, and the plan take 20 m longer.”
fn give(report: &Report, giving: &Giving) -> String {
    let collisions = match &giving.collides_with[..] {
        [] => "no new conflict".to_owned(),
        tasks => format!("it would collide with {}", listed(&report.plan, tasks)),
    };
    let minutes = duration(u32::try_from(giving.gain.minutes.unsigned_abs()).unwrap_or(u32::MAX));
    let time = match giving.gain.minutes {
        0 => "the plan takes as long".to_owned(),
        more if more > 0 => format!("the plan takes {minutes} longer"),
        _ => format!("the plan takes {minutes} less"),
    };
    format!("Or give it to {}: {collisions}, and {time}.", report.plan.tasks[giving.to].id)
}

fn as_value(report: &Report, judgement: &Judgement, givings: &[Option<Giving>]) -> Value {
    let id = |task: usize| report.plan.tasks[task].id.as_str();
    let paths = judgement.files.iter().zip(givings).map(|(judged, giving)| {
        let (verdict, owner, left_out) = match &judged.verdict {
            Verdict::Fine(owner) => ("fine", Some(owner), None),
            Verdict::Foreign(owner) => ("foreign", Some(owner), None),
            Verdict::Nobody { left_out, .. } => ("nobody", None, left_out.as_ref()),
        };
        let task = owner.and_then(|owner| owner.task);
        let is_fine = verdict == "fine";
        json!({
            "path": judged.file.path,
            "verdict": verdict,
            "pattern": owner.map(|owner| &owner.pattern),
            "owner": task.map(id),
            "phase": task.and_then(|task| phase_of(report, task)),
            "status": task.map(|task| report.plan.tasks[task].status.name()),
            "left_out": left_out.map(|owner| json!({"task": owner.task.map(id), "pattern": owner.pattern})),
            "undo": (!is_fine && is_undoable(&judged.file)).then(|| changed_files::undo(&judged.file)),
            "give": giving.as_ref().map(|giving| json!({
                "to": id(giving.to),
                "collides_with": giving.collides_with.iter().map(|&task| id(task)).collect::<Vec<_>>(),
                "minutes": giving.gain.minutes,
                "phases": giving.gain.more_phases,
            })),
        })
    });
    let paths: Vec<Value> = paths.collect();
    let asked: Vec<&str> = judgement.asked.tasks.iter().map(|&task| id(task)).collect();
    json!({"tasks": asked, "not_known": not_known(report, judgement), "paths": paths})
}

/// Whether one command can take the change back: not if only the folder is known.
fn is_undoable(file: &ChangedFile) -> bool {
    !file.path.ends_with('/')
}
