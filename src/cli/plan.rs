//! `phaseplan plan FILE`: phases, totals and problems.

use std::fmt::Write;
use std::process::ExitCode;

use phaseplan::explain::{self, duration};
use phaseplan::export::exporter;
use phaseplan::plan::Status;
use phaseplan::report::Report;
use phaseplan::schedule::{Budget, Outcome};

use super::arguments::{Arguments, CallError, JSON, Switch};
use super::terminal::{Paint, Style, WIDTH, printable, shortened, wrapped};
use super::{Command, FAILED, files, problems, terminal};

/// How long the search for a shorter schedule may go on.
pub const STEPS: Switch = Switch {
    name: "--steps",
    value: Some("N"),
    help: "How many changes the search may try; without it, as many as take a second or two.",
    is_needed: false,
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
    let steps = arguments.number(STEPS)?;
    let imported = files::read_plan(&arguments.operands[0])?;
    let budget = budget(steps, imported.plan.tasks.len());
    Ok(Report::of_import(imported, &budget))
}

/// The budget of a call that asks for so many steps, or for a plan of so many tasks. A terminal shows one answer only, so
/// that it may take longer than one after a keystroke: about a second for 200 tasks, and not much longer for more.
pub fn budget(steps: Option<u64>, tasks: usize) -> Budget {
    const MOST: u64 = 10_000_000;
    let affordable = MOST * 200 / tasks.max(200) as u64;
    Budget { steps: steps.unwrap_or(affordable), ..Budget::default() }
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
    let outcome = explain::outcome(schedule);
    let outcome = match schedule.outcome {
        Outcome::Optimal => paint.paint(Style::Green, &outcome),
        Outcome::Feasible => outcome,
        Outcome::Infeasible { .. } => paint.paint(Style::Red, &outcome),
    };
    let phased = match schedule.phased == schedule.serial {
        true => outcome,
        false => format!("{:.1} times as fast, {outcome}", schedule.speed_up()),
    };
    let rolling = "each task starts as soon as it can".to_owned();
    for (name, minutes, remark) in [
        ("one after another", schedule.serial, String::new()),
        ("in phases", schedule.phased, phased),
        ("without barriers", schedule.rolling.minutes, rolling),
        ("lower bound", schedule.lower_bound.minutes, String::new()),
    ] {
        let line = format!("  {name:<18} {:>9}  {remark}", duration(minutes));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let _ = writeln!(text, "\n{}", wrapped(&printable(&explain::limit(report)), WIDTH).join("\n"));
}

fn write_phase(text: &mut String, report: &Report, number: usize, paint: Paint) {
    let phase = &report.schedule.phases[number];
    let heading =
        format!("Phase {} · {} · {}", number + 1, duration(phase.minutes), plural(phase.tasks.len(), "task"));
    let _ = writeln!(text, "\n{}", paint.paint(Style::Bold, &heading));
    let id = |task: usize| printable(report.plan.tasks[task].id.as_str());
    let widest = phase.tasks.iter().map(|task| id(*task).chars().count()).max().unwrap_or(0);
    for &position in &phase.tasks {
        let task = &report.plan.tasks[position];
        let done = if task.status == Status::Done { "✓" } else { " " };
        let title = shortened(&printable(&task.title), 52);
        let minutes = duration(report.plan.minutes_of(task));
        let files = paint.paint(Style::Dim, &shortened(&printable(&explain::files(task)), 60));
        let _ = writeln!(text, "  {done} {:<widest$}  {title:<52} {minutes:>9}  {files}", id(position));
    }
}
