//! `phaseplan plan FILE`: phases, totals and problems.

use std::fmt::Write;
use std::process::ExitCode;

use phaseplan::export::exporter;
use phaseplan::plan::Status;
use phaseplan::report::Report;
use phaseplan::schedule::{BoundArgument, Budget, Outcome};

use super::arguments::{Arguments, CallError, JSON, Switch};
use super::terminal::{Paint, Style, duration, printable, shortened};
use super::{Command, FAILED, files, problems, terminal};

/// How long the search for a shorter schedule may go on.
pub const STEPS: Switch = Switch {
    name: "--steps",
    value: Some("N"),
    help: "How many schedules the search may look at; more may find a shorter one.",
};

pub static COMMAND: Command = Command {
    name: "plan",
    operands: &["FILE"],
    switches: &[JSON, STEPS],
    summary: "Prints the phases, how long everything takes, and the problems.",
    details: "A plan with errors is planned as far as possible; the exit status is then 1. The same file gives the \
              same answer, byte for byte, on every machine.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let report = read(arguments)?;
    let text = if arguments.has(JSON) { json(&report) } else { page(&report, Paint::for_output()) };
    let written = terminal::print(&text);
    Ok(if problems::has_errors(&report) { ExitCode::from(FAILED) } else { written })
}

/// The report on the file that the call names.
pub fn read(arguments: &Arguments) -> Result<Report, CallError> {
    let mut budget = Budget::default();
    if let Some(steps) = arguments.number(STEPS)? {
        budget.steps = steps;
    }
    let imported = files::read_plan(&arguments.operands[0])?;
    Ok(Report::of_import(imported, &budget))
}

/// The report as JSON.
pub fn json(report: &Report) -> String {
    exporter("report").map(|exporter| exporter.render(report)).unwrap_or_default()
}

fn page(report: &Report, paint: Paint) -> String {
    let mut text = String::new();
    let title = if report.plan.title.is_empty() { "Plan" } else { &report.plan.title };
    let _ = writeln!(text, "{}", paint.paint(Style::Bold, &printable(title)));
    let _ = writeln!(text, "{}\n", paint.paint(Style::Dim, &summary(report)));
    write_totals(&mut text, report, paint);
    for phase in 0..report.schedule.phases.len() {
        write_phase(&mut text, report, phase, paint);
    }
    let _ = writeln!(text, "\n{}", paint.paint(Style::Bold, &problems::counts(report)));
    text.push_str(&problems::list(report, paint));
    text
}

/// "spec-kit tasks.md · 57 tasks, 23 done · 12 phases"
fn summary(report: &Report) -> String {
    let tasks = &report.plan.tasks;
    let count = |status: Status| tasks.iter().filter(|task| task.status == status).count();
    let mut parts: Vec<String> = report.source.iter().map(|source| source.format.to_owned()).collect();
    let mut counted = plural(tasks.len(), "task");
    for status in [Status::Done, Status::Running, Status::Failed, Status::Dropped] {
        if count(status) > 0 {
            let _ = write!(counted, ", {} {}", count(status), status.name());
        }
    }
    parts.push(counted);
    parts.push(plural(report.schedule.phases.len(), "phase"));
    parts.join(" · ")
}

/// "1 task", "2 tasks".
pub fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

fn write_totals(text: &mut String, report: &Report, paint: Paint) {
    let schedule = &report.schedule;
    let quality = match &schedule.outcome {
        Outcome::Optimal => paint.paint(Style::Green, "proved: no phases are shorter"),
        Outcome::Feasible => {
            format!("at most {:.0} % above the best possible", (schedule.gap() * 100.0).ceil())
        }
        Outcome::Infeasible { reason } => paint.paint(Style::Red, &printable(reason)),
    };
    let faster = format!("{:.1} times as fast; {quality}", schedule.speed_up());
    let rows = [
        ("one after another", schedule.serial, String::new()),
        ("in phases", schedule.phased, faster),
        ("without barriers", schedule.rolling.minutes, "each task starts as soon as it can".to_owned()),
        ("lower bound", schedule.lower_bound.minutes, argument(report)),
    ];
    for (name, minutes, remark) in rows {
        let line = format!("  {name:<18} {:>11}  {remark}", duration(minutes));
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

/// Why no phases can be shorter than the lower bound.
fn argument(report: &Report) -> String {
    let ids = |tasks: &[usize], sign: &str| {
        let ids: Vec<&str> = tasks.iter().map(|task| report.plan.tasks[*task].id.as_str()).collect();
        shortened(&printable(&ids.join(sign)), 70)
    };
    match &report.schedule.lower_bound.argument {
        BoundArgument::Nothing => String::new(),
        BoundArgument::Chain(tasks) => format!("chain {}", ids(tasks, " → ")),
        BoundArgument::Load => "so much work does not fit into fewer rounds".to_owned(),
        BoundArgument::Incompatible(tasks) => format!("no two of these share a phase: {}", ids(tasks, ", ")),
        BoundArgument::Resource(name) => format!("{} is needed for so long", printable(name)),
        BoundArgument::Search => "every other assignment was ruled out".to_owned(),
    }
}

fn write_phase(text: &mut String, report: &Report, number: usize, paint: Paint) {
    let phase = &report.schedule.phases[number];
    let heading =
        format!("Phase {} · {} · {}", number + 1, duration(phase.minutes), plural(phase.tasks.len(), "task"));
    let _ = writeln!(text, "\n{}", paint.paint(Style::Bold, &heading));
    let width = |ids: &mut dyn Iterator<Item = usize>| ids.max().unwrap_or(0);
    let ids = width(&mut phase.tasks.iter().map(|task| report.plan.tasks[*task].id.as_str().chars().count()));
    for &position in &phase.tasks {
        let task = &report.plan.tasks[position];
        let id = printable(task.id.as_str());
        let title = shortened(&printable(&task.title), 52);
        let minutes = duration(report.plan.minutes_of(task));
        let done = if task.status == Status::Done { "✓" } else { " " };
        let files = match task.owns.split_first() {
            Some((first, [])) => printable(first),
            Some((first, more)) => format!("{} and {} more", printable(first), more.len()),
            None if task.changes_files() => "files not known".to_owned(),
            None => "changes nothing".to_owned(),
        };
        let files = paint.paint(Style::Dim, &files);
        let _ = writeln!(text, "  {done} {id:<ids$}  {title:<52} {minutes:>10}  {files}");
    }
}
