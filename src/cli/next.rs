//! `phaseplan next FILE`: what can start now, and what holds up the rest.

use std::fmt::Write;
use std::process::ExitCode;

use phaseplan::explain::{self, duration, listed};
use phaseplan::export::agents::prompt;
use phaseplan::export::{Options, Part};
use phaseplan::plan::{Plan, Task};
use phaseplan::report::Report;
use phaseplan::run::{Held, Launch, Mode, Next, Obstacle};
use serde_json::{Value, json};

use super::arguments::{Arguments, CallError, JSON, Switch};
use super::evidence::{EVIDENCE, NO_EVIDENCE};
use super::terminal::{Paint, Style, WIDTH, printable, shortened, wrapped};
use super::{Command, FAILED, log, plan, problems, terminal};

const PROMPT: Switch = Switch {
    name: "--prompt",
    value: None,
    help: "Print the prompt that launches exactly these tasks.",
    is_needed: false,
};
const PHASES: Switch = Switch {
    name: "--in-phases",
    value: None,
    help: "Launch only what stands in the first phase of what is left, not whatever a free agent could take.",
    is_needed: false,
};

pub static COMMAND: Command = Command {
    name: "next",
    operands: &["FILE"],
    switches: &[PROMPT, PHASES, JSON, plan::STEPS, EVIDENCE, NO_EVIDENCE],
    summary: "Says which tasks to launch now, what runs, and what is blocked and by whom.",
    details: "The statuses in the file decide; `phaseplan mark` sets them. Running tasks keep their files, \
        their resources and their place. Failed tasks are to do again. A decision is asked for as soon as all \
        that it waits for is done, and takes no place.\n\nWhat starts the longest chain of what is left comes \
        first: if there are fewer free places than tasks, that one gets the place. If there is a log of the \
        run, it says how late it is.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let report = plan::read(arguments)?;
    let mode = if arguments.has(PHASES) { Mode::Phases } else { Mode::Pool };
    let next = Next::of(&report.plan, &report.analysis, &report.schedule, mode);
    let text = if arguments.has(PROMPT) {
        prompt_of(&report, mode)
    } else if arguments.has(JSON) {
        format!("{:#}\n", value(&report, &next))
    } else {
        let outlook = log::outlook_beside(&arguments.operands[0], &report.plan)?;
        page(&report, &next, &outlook, Paint::for_output())
    };
    let written = terminal::print(&text);
    if problems::has_errors(&report) {
        terminal::complain(&format!("The plan has errors: {}.", problems::counts(&report)));
        return Ok(ExitCode::from(FAILED));
    }
    Ok(written)
}

/// The prompt that launches these tasks and no others.
fn prompt_of(report: &Report, mode: Mode) -> String {
    let part = match mode {
        Mode::Pool => Part::Now,
        Mode::Phases => Part::Phase(1),
    };
    (prompt::EXPORT.render)(report, &Options::of_part(part)).preview()
}

fn value(report: &Report, next: &Next) -> Value {
    let plan = &report.plan;
    let id = |task: usize| plan.tasks[task].id.as_str();
    let ids = |tasks: &[usize]| tasks.iter().map(|&task| id(task)).collect::<Vec<_>>();
    let progress = &report.analysis.progress;
    let at_work = next.running.iter().map(|&task| {
        let holds = &plan.tasks[task];
        json!({"id": id(task), "owns": holds.owned_files(), "reads": holds.read_files(), "uses": holds.uses})
    });
    let chains = next.launch.iter().map(
        |launch| json!({"id": id(launch.task), "minutes": launch.chain_minutes, "tasks": ids(&launch.chain)}),
    );
    let held = next.held.iter().map(|held| {
        let why: Vec<String> =
            held.obstacles.iter().map(|obstacle| obstacle.sentence(report, held.task)).collect();
        json!({"id": id(held.task), "why": why})
    });
    let blocked = next.blocked.iter().map(|one| json!({"id": id(one.task), "by": ids(&one.by)}));
    json!({
        "launch": ids(&next.launched()),
        "running": ids(&next.running),
        "gates": ids(&next.gates),
        "people": ids(&next.people),
        "blocked": blocked.collect::<Vec<_>>(),
        "held": held.collect::<Vec<_>>(),
        "at_work": at_work.collect::<Vec<_>>(),
        "chains": chains.collect::<Vec<_>>(),
        "done": progress.done.len(),
        "total": plan.tasks.len() - progress.dropped.len(),
        "left": report.schedule.phased,
    })
}

fn page(report: &Report, next: &Next, outlook: &str, paint: Paint) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}", paint.paint(Style::Bold, &printable(&headline(report))));
    if !outlook.is_empty() {
        let _ = writeln!(text, "{}", wrapped(&printable(outlook), WIDTH).join("\n"));
    }
    let mut write = |heading: String, mut lines: Vec<String>| {
        let more = lines.len().saturating_sub(MOST);
        lines.truncate(MOST);
        if more > 0 {
            lines.push(format!("  and {more} more; `--json` lists them all"));
        }
        if !lines.is_empty() {
            let _ = writeln!(text, "\n{}\n{}", paint.paint(Style::Bold, &heading), lines.join("\n"));
        }
    };
    let plan = &report.plan;
    let heading = match next.launch.len() {
        1 => "Launch this one:".to_owned(),
        count => format!("Launch these {count}:"),
    };
    write(heading, next.launch.iter().map(|launch| launched(plan, launch, paint)).collect());
    let lines = |tasks: &[usize]| tasks.iter().map(|&task| line(&plan.tasks[task], "")).collect::<Vec<_>>();
    write("Ask for a decision:".to_owned(), lines(&next.gates));
    write("For people and other programs:".to_owned(), lines(&next.people));
    let running = next.running.iter().map(|&task| line(&plan.tasks[task], &holds(&plan.tasks[task])));
    write("At work, with what they hold:".to_owned(), running.collect());
    write("Held up:".to_owned(), held_up(report, &next.held));
    let blocked = next.blocked.iter().map(|one| {
        line(&plan.tasks[one.task], &format!("waits for {}, which failed", listed(plan, &one.by)))
    });
    write("Blocked:".to_owned(), blocked.collect());
    text
}

/// `3 of 8 done · 2 running · 1 failed · 1 blocked · 2 h left`
fn headline(report: &Report) -> String {
    let mut parts = explain::progress(report);
    if report.safety.open() == 0 {
        parts.push("nothing is left".to_owned());
    } else {
        parts.push(format!("{} left", duration(report.schedule.phased)));
    }
    parts.join(" · ")
}

/// The most lines below a heading.
const MOST: usize = 30;
const TITLE: usize = 46;

fn line(task: &Task, remark: &str) -> String {
    let title = shortened(&printable(&task.title), TITLE);
    let line = format!("  {:<6} {title:<TITLE$}  {}", printable(task.id.as_str()), printable(remark));
    line.trim_end().to_owned()
}

fn launched(plan: &Plan, launch: &Launch, paint: Paint) -> String {
    let first = line(&plan.tasks[launch.task], &explain::files(&plan.tasks[launch.task]));
    let minutes = duration(launch.chain_minutes);
    let why = match launch.chain.len() {
        1 => format!("{minutes}, and nothing waits for it"),
        _ => format!("starts a chain of {minutes}: {}", listed(plan, &launch.chain)),
    };
    format!("{first}\n         {}", paint.paint(Style::Dim, &printable(&why)))
}

fn holds(task: &Task) -> String {
    let uses = task.uses.iter().map(|used| match used.amount {
        1 => used.resource.clone(),
        amount => format!("{amount} of {}", used.resource),
    });
    [explain::files(task)].into_iter().chain(uses).collect::<Vec<_>>().join(" · ")
}

/// What keeps each task from starting. Those that lack nothing but a place are told together.
fn held_up(report: &Report, held: &[Held]) -> Vec<String> {
    let plan = &report.plan;
    let lacks_place = |held: &&Held| held.obstacles == [Obstacle::Full];
    let waiting: Vec<usize> = held.iter().filter(lacks_place).map(|held| held.task).collect();
    let others = held.iter().filter(|held| !lacks_place(held)).map(|held| {
        let real = held.obstacles.iter().filter(|obstacle| **obstacle != Obstacle::Full);
        real.map(|obstacle| obstacle.sentence(report, held.task)).collect::<Vec<_>>().join(" ")
    });
    let most = plan.settings.max_parallel.max(1);
    let wait = if waiting.len() == 1 { "waits" } else { "wait" };
    let places = (!waiting.is_empty()).then(|| {
        format!("{} {wait} for a free place: at most {most} may be at work at once.", listed(plan, &waiting))
    });
    let indented = |sentence: String| {
        let lines = wrapped(&printable(&sentence), WIDTH - 2);
        lines.iter().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
    };
    others.chain(places).map(indented).collect()
}
