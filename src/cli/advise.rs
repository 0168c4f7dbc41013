//! `phaseplan advise FILE`: by which method to do a plan, at what price, and how surely.

use std::fmt::Write;
use std::process::ExitCode;

use phaseplan::advice::amounts::{price, time, tokens};
use phaseplan::advice::words::name;
use phaseplan::advice::{Advice, Circumstances, Method, advise, json, markdown};
use phaseplan::plan::Minutes;
use phaseplan::plan::minutes::read_minutes_freely;
use phaseplan::report::Report;

use super::arguments::{Arguments, CallError, JSON, Switch};
use super::evidence::{EVIDENCE, NO_EVIDENCE};
use super::plan::{STEPS, read};
use super::terminal::{Paint, Style, WIDTH, printable, wrapped};
use super::{Command, FAILED, problems, terminal};

const BY: Switch = Switch {
    name: "--by",
    value: Some("DURATION"),
    help: "Within which time it has to be done, such as 2h; from 24h on nobody needs to wait for it.",
    is_needed: false,
};

const INTERACTIVE: Switch =
    Switch { name: "--interactive", value: None, help: "You want to steer while it runs.", is_needed: false };

const SEED: Switch = Switch {
    name: "--seed",
    value: Some("N"),
    help: "The seed of the draws that say how sure the minutes are; without it, 1.",
    is_needed: false,
};

const QUOTA: Switch = Switch {
    name: "--quota",
    value: Some("USD"),
    help: "The dollars that are left, to see whether it fits.",
    is_needed: false,
};

const MARKDOWN: Switch = Switch {
    name: "--markdown",
    value: None,
    help: "Answer as a section of Markdown, for a pull request.",
    is_needed: false,
};

pub static COMMAND: Command = Command {
    name: "advise",
    operands: &["FILE"],
    switches: &[BY, INTERACTIVE, QUOTA, SEED, MARKDOWN, JSON, STEPS, EVIDENCE, NO_EVIDENCE],
    summary: "Says whether to use agents, by which method, at what price, and how sure that is.",
    details: "Five methods are compared for what is left of the plan: one conversation, tool calls, agents in \
        phases, a pool of agents, and an asynchronous batch. What the figures rest on is printed below them. \
        Prices can be set in the plan, as `> price: opus 4/20`.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let circumstances = circumstances(arguments)?;
    let report = read(arguments)?;
    let advice = advise(&report, &circumstances);
    let text = if arguments.has(JSON) {
        let written = json::written(&report, &advice, &circumstances);
        format!("{}\n", serde_json::to_string_pretty(&written).unwrap_or_default())
    } else if arguments.has(MARKDOWN) {
        markdown::section(&report, &advice)
    } else {
        page(&report, &advice, Paint::for_output())
    };
    let written = terminal::print(&text);
    Ok(if problems::has_errors(&report) { ExitCode::from(FAILED) } else { written })
}

fn circumstances(arguments: &Arguments) -> Result<Circumstances, CallError> {
    let usual = Circumstances::default();
    let by = match arguments.value(BY) {
        Some(by) => Some(read_time(by).ok_or_else(|| {
            CallError::new(format!("--by takes a duration such as 2h or 24h, not `{}`.", printable(by)))
        })?),
        None => None,
    };
    let quota = match arguments.value(QUOTA) {
        Some(quota) => {
            let read = quota.trim_start_matches('$').parse().ok();
            Some(read.filter(|quota: &f64| quota.is_finite() && *quota >= 0.0).ok_or_else(|| {
                CallError::new(format!(
                    "--quota takes dollars such as 5 or 2.50, not `{}`.",
                    printable(quota)
                ))
            })?)
        }
        None => None,
    };
    let seed = arguments.number(SEED)?.unwrap_or(usual.seed);
    Ok(Circumstances { by, is_interactive: arguments.has(INTERACTIVE), seed, quota, ..usual })
}

/// Minutes until an hour of the clock: here a day has 24 hours, not those of a working day.
fn read_time(text: &str) -> Option<f64> {
    let days = text.trim().strip_suffix('d').and_then(|days| days.parse::<u32>().ok());
    let minutes = match days {
        Some(days) => Minutes::whole(days.checked_mul(24 * 60)?),
        None => read_minutes_freely(text)?,
    };
    (!minutes.is_zero()).then(|| f64::from(minutes))
}

fn page(report: &Report, advice: &Advice, paint: Paint) -> String {
    let mut text = String::new();
    let title = if report.plan.title.is_empty() { "Plan" } else { &report.plan.title };
    let _ = writeln!(text, "{}\n", paint.paint(Style::Bold, &printable(title)));
    let answer = wrapped(&printable(&advice.answer), WIDTH).join("\n");
    let _ = writeln!(text, "{}", paint.paint(Style::Bold, &answer));
    if advice.reasons.is_empty() {
        return text;
    }
    let heading = |text: &mut String, name: &str| {
        let _ = writeln!(text, "\n{}", paint.paint(Style::Bold, name));
    };
    heading(&mut text, "Why");
    write_list(&mut text, advice.reasons.iter().map(String::as_str));
    heading(&mut text, "The path");
    for step in &advice.path {
        let _ = writeln!(text, "  {:<46} {}", step.question, printable(&step.answer));
    }
    heading(&mut text, "Methods");
    let _ = writeln!(text, "  {:<24} {:>9} {:>9} {:>18}", "", "time", "price", "tokens at the end");
    for method in &advice.methods {
        write_method(&mut text, method, method.id == advice.best);
    }
    if !advice.cost.by_agents.is_empty() {
        heading(&mut text, "Agents in phases, by how many at once");
        for row in &advice.cost.by_agents {
            let _ = writeln!(text, "  {:<24} {:>9} {:>9}", row.agents, time(row.minutes), price(row.cost));
        }
    }
    heading(&mut text, "How sure");
    write_list(&mut text, [advice.certainty.as_str()].into_iter());
    heading(&mut text, "What the figures rest on");
    write_list(&mut text, advice.assumptions.iter().map(|one| one.sentence.as_str()));
    text
}

fn write_list<'a>(text: &mut String, sentences: impl Iterator<Item = &'a str>) {
    for sentence in sentences {
        for line in wrapped(&printable(sentence), WIDTH - 2) {
            let _ = writeln!(text, "  {line}");
        }
    }
}

fn write_method(text: &mut String, method: &Method, is_best: bool) {
    let mark = if is_best { "→" } else { " " };
    let name = name(method.id);
    let Some(figures) = method.figures else {
        let lines = wrapped(&printable(&method.why), WIDTH - 32);
        for (at, line) in lines.iter().enumerate() {
            let _ = match at {
                0 => writeln!(text, "{mark} {name:<24} no: {line}"),
                _ => writeln!(text, "  {:<28} {line}", ""),
            };
        }
        return;
    };
    let context = if figures.context > 0.0 { tokens(figures.context) } else { "none".to_owned() };
    let (minutes, cost) = (time(figures.minutes), price(figures.cost));
    let _ = writeln!(text, "{mark} {name:<24} {minutes:>9} {cost:>9} {context:>18}");
}
