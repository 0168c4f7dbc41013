//! `phaseplan plan FILE`: phases, totals and problems.

use std::fmt::Write;
use std::process::ExitCode;

use phaseplan::advice;
use phaseplan::audit;
use phaseplan::explain::{self, counted, duration};
use phaseplan::export;
use phaseplan::plan::Status;
use phaseplan::repairs;
use phaseplan::report::Report;
use phaseplan::schedule::{Budget, Outcome};
use phaseplan::what_if;

use super::arguments::{Arguments, CallError, JSON, Switch};
use super::evidence::{self, EVIDENCE, NO_EVIDENCE};
use super::terminal::{Paint, Style, WIDTH, printable, shortened, wrapped};
use super::{Command, FAILED, files, problems, terminal};

/// The length of the search for a shorter schedule.
pub const STEPS: Switch = Switch {
    name: "--steps",
    value: Some("N"),
    help: "How many changes the search may try; without it, as many as take a second or two.",
    is_needed: false,
};

pub static COMMAND: Command = Command {
    name: "plan",
    operands: &["FILE"],
    switches: &[JSON, STEPS, EVIDENCE, NO_EVIDENCE],
    summary: "Prints the phases, how long everything takes, and the problems.",
    details: "A plan with errors is planned as far as possible; the exit status is then 1. The same file \
        gives the same answer, byte for byte, on every machine.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let report = audit::questioned(read(arguments)?, &Budget::default());
    let text = if arguments.has(JSON) {
        export::report::to_json(&report, true)
    } else {
        page(&report, Paint::for_output())
    };
    let written = terminal::print(&text);
    Ok(if problems::has_errors(&report) { ExitCode::from(FAILED) } else { written })
}

/// The report on the file named in the call.
pub fn read(arguments: &Arguments) -> Result<Report, CallError> {
    let steps = arguments.number(STEPS)?;
    let imported = files::read_plan(&arguments.operands[0])?;
    let budget = budget(steps, imported.plan.tasks.len());
    Ok(Report::of_import_with(imported, &evidence::find(arguments)?, &budget))
}

/// The search budget for a requested number of steps, or else for the number of tasks. A terminal shows only
/// one answer, so the search may take longer than after a keystroke: about a second for 200 tasks, and not
/// much more for larger plans.
pub fn budget(steps: Option<u64>, tasks: usize) -> Budget {
    const MOST: u64 = 10_000_000;
    let affordable = MOST * 200 / tasks.max(200) as u64;
    Budget { steps: steps.unwrap_or(affordable), ..Budget::default() }
}

fn page(report: &Report, paint: Paint) -> String {
    let mut text = String::new();
    let title = if report.plan.title.is_empty() { "Plan" } else { &report.plan.title };
    let _ = writeln!(text, "{}", paint.paint(Style::Bold, &printable(title)));
    let _ = writeln!(text, "{}\n", paint.paint(Style::Dim, &source(report)));
    if let Some(known) = known(report) {
        let _ = writeln!(text, "{}\n", paint.paint(Style::Dim, &known));
    }
    let style = if explain::is_safe(report) { Style::Green } else { Style::Bold };
    let _ = writeln!(text, "{}", paint.paint(style, &printable(&explain::safety(report))));
    if report.safety.open() > 0 {
        let _ = writeln!(text, "{}\n", explain::left(report));
        write_totals(&mut text, report, paint);
        write_agents(&mut text, report);
        write_advice(&mut text, report);
    }
    for phase in 0..report.schedule.phases.len() {
        write_phase(&mut text, report, phase, paint);
    }
    let _ = writeln!(text, "\n{}", paint.paint(Style::Bold, &problems::counts(report)));
    text.push_str(&problems::list(report, paint));
    text
}

/// "spec-kit tasks.md · 57 tasks"
fn source(report: &Report) -> String {
    let format = report.source.iter().map(|source| source.format.to_owned());
    format.chain([counted(report.plan.tasks.len(), "task")]).collect::<Vec<_>>().join(" · ")
}

/// "Knows 1,243 files, from `phaseplan scan`.", if there is evidence.
pub fn known(report: &Report) -> Option<String> {
    let evidence = &report.evidence;
    (!evidence.is_empty()).then(|| printable(&format!("Knows {}.", evidence.sentence())))
}

fn write_totals(text: &mut String, report: &Report, paint: Paint) {
    let schedule = &report.schedule;
    let outcome = explain::outcome(schedule);
    let outcome = match schedule.outcome {
        Outcome::Optimal | Outcome::Feasible => outcome,
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

/// What more or fewer agents and other changes would do.
fn write_agents(text: &mut String, report: &Report) {
    let agents = explain::agents(&what_if::curve_of(report), report.plan.settings.max_parallel);
    if !agents.is_empty() {
        let _ = writeln!(text, "{}", wrapped(&agents, WIDTH).join("\n"));
    }
    for improvement in repairs::improvements(report, &Budget::default()) {
        let minutes = match improvement.gain.minutes {
            0 => "as long".to_owned(),
            minutes => format!("−{}", duration(minutes.unsigned_abs() as u32)),
        };
        let _ = writeln!(text, "  {minutes:>9}  {}", printable(&improvement.title));
    }
}

/// By which method to do it.
fn write_advice(text: &mut String, report: &Report) {
    let advice = format!("By which method: {} `phaseplan advise` says why.", advice::headline(report));
    let _ = writeln!(text, "{}", wrapped(&printable(&advice), WIDTH).join("\n"));
}

fn write_phase(text: &mut String, report: &Report, number: usize, paint: Paint) {
    let phase = &report.schedule.phases[number];
    let heading = format!(
        "Phase {} · {} · {}",
        number + 1,
        duration(phase.minutes),
        counted(phase.tasks.len(), "task")
    );
    let _ = writeln!(text, "\n{}", paint.paint(Style::Bold, &heading));
    let id = |task: usize| printable(report.plan.tasks[task].id.as_str());
    let widest = phase.tasks.iter().map(|task| id(*task).chars().count()).max().unwrap_or(0);
    for &position in &phase.tasks {
        let task = &report.plan.tasks[position];
        let sign = match task.status {
            Status::Running => "~",
            Status::Failed => "!",
            _ => " ",
        };
        let title = shortened(&printable(&task.title), 52);
        let minutes = duration(report.plan.minutes_of(task));
        let files = paint.paint(Style::Dim, &shortened(&printable(&explain::files(task)), 60));
        let _ = writeln!(text, "  {sign} {:<widest$}  {title:<52} {minutes:>9}  {files}", id(position));
    }
}
