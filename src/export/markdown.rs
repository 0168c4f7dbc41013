//! A Markdown page for people: totals, a diagram of the phases, every task, and the conflicts.

use std::borrow::Cow;
use std::fmt::Write;

use super::{Export, Group, Output};
use crate::diagnostic::Severity;
use crate::escape::{markdown, markdown_block, markdown_code, markdown_sentence, mermaid_label, short_line};
use crate::explain::{self, counted, duration};
use crate::plan::{Kind, Status, TaskId};
use crate::report::Report;

/// Markdown page.
pub static EXPORT: Export = Export {
    id: "markdown",
    group: Group::People,
    title: "Page (Markdown)",
    description: "A readable page with a picture of the phases, for pull requests and wikis.",
    extension: ".plan.md",
    media_type: "text/markdown",
    options: &[],
    render: |report, _| Output::Text(page(report)),
};

/// The most tasks in a diagram. Mermaid gives up on larger ones, and people do sooner.
const MOST_NODES: usize = 200;
/// The most lines in a diagram; beyond that, only phases are connected.
const MOST_LINES: usize = 300;
/// The most conflicts and findings in a list.
const MOST_LISTED: usize = 200;

fn page(report: &Report) -> String {
    let mut page = String::new();
    write_head(&mut page, report);
    write_picture(&mut page, report);
    for phase in 0..report.schedule.phases.len() {
        write_phase(&mut page, report, phase);
    }
    write_conflicts(&mut page, report);
    write_findings(&mut page, report);
    page
}

fn write_head(page: &mut String, report: &Report) {
    let Report { plan, schedule, .. } = report;
    let title = if plan.title.is_empty() { "Plan" } else { &plan.title };
    let _ = writeln!(page, "# {}\n", markdown(title));
    for line in plan.goal.lines() {
        let _ = writeln!(page, "{}", markdown(line));
    }
    if !plan.goal.is_empty() {
        page.push('\n');
    }
    let phased = format!(
        "{} ({:.1} times as fast, {})",
        duration(schedule.phased),
        schedule.speed_up(),
        explain::outcome(schedule)
    );
    let _ = writeln!(page, "**{}**\n", markdown(&explain::safety(report)));
    let tasks = [vec![counted(plan.tasks.len(), "task")], explain::progress(report)].concat().join(", ");
    page.push_str("| | |\n|---|---|\n");
    for (name, value) in [
        ("Tasks", tasks),
        ("Phases", schedule.phases.len().to_string()),
        ("One task after another", duration(schedule.serial)),
        ("In phases", phased),
        ("Without barriers", duration(schedule.rolling.minutes)),
        ("Lower bound", duration(schedule.lower_bound.minutes)),
    ] {
        let _ = writeln!(page, "| {name} | {value} |");
    }
    let _ = writeln!(page, "\n{}", markdown_sentence(&explain::limit(report)));
}

fn write_picture(page: &mut String, report: &Report) {
    let Report { plan, analysis, schedule, .. } = report;
    let count: usize = schedule.phases.iter().map(|phase| phase.tasks.len()).sum();
    if count == 0 {
        return;
    }
    page.push_str("\n```mermaid\nflowchart LR\n");
    for (number, phase) in schedule.phases.iter().enumerate() {
        let name = format!("Phase {} · {}", number + 1, duration(phase.minutes));
        if count > MOST_NODES {
            let name = format!("{name} · {}", explain::at_once(phase.tasks.len()));
            let _ = writeln!(page, "  p{}[{}]", number + 1, mermaid_label(&name));
            continue;
        }
        let _ = writeln!(page, "  subgraph p{}[{}]", number + 1, mermaid_label(&name));
        for &task in &phase.tasks {
            let name = format!("{} {}", plan.tasks[task].id, plan.tasks[task].title);
            let _ = writeln!(page, "    t{task}[{}]", mermaid_label(&short_line(&name, 48)));
        }
        page.push_str("  end\n");
    }
    let is_drawn = |task: usize| schedule.phase_of.get(task).copied().flatten().is_some();
    let lines: Vec<(usize, usize)> = analysis
        .order
        .predecessors
        .iter()
        .enumerate()
        .flat_map(|(task, before)| before.iter().map(move |before| (*before, task)))
        .filter(|(before, task)| is_drawn(*before) && is_drawn(*task))
        .collect();
    if count > MOST_NODES || lines.len() > MOST_LINES {
        for number in 1..schedule.phases.len() {
            let _ = writeln!(page, "  p{number} --> p{}", number + 1);
        }
    } else {
        for (before, task) in lines {
            let _ = writeln!(page, "  t{before} --> t{task}");
        }
    }
    page.push_str("```\n");
}

fn write_phase(page: &mut String, report: &Report, number: usize) {
    let phase = &report.schedule.phases[number];
    let at_once = explain::at_once(phase.tasks.len());
    let _ = writeln!(page, "\n## Phase {} · {} · {at_once}", number + 1, duration(phase.minutes));
    for &task in &phase.tasks {
        write_task(page, report, task);
    }
}

fn write_task(page: &mut String, report: &Report, position: usize) {
    let plan = &report.plan;
    let task = &plan.tasks[position];
    let _ = writeln!(page, "\n### {} {}\n", markdown(task.id.as_str()), markdown(&task.title));
    let codes =
        |items: &[String]| items.iter().map(|item| markdown_code(item)).collect::<Vec<_>>().join(", ");
    let words = |items: Vec<&str>| items.into_iter().map(markdown).collect::<Vec<_>>().join(", ");
    let files = |items: Vec<Cow<'_, str>>| {
        items.iter().map(|item| markdown_code(item)).collect::<Vec<_>>().join(", ")
    };
    let owns = match files(task.owned_files()) {
        _ if task.has_unknown_ownership() => "not known".to_owned(),
        owns => owns,
    };
    let uses: Vec<String> =
        task.uses.iter().map(|used| format!("{} {}", used.resource, used.amount)).collect();
    for (name, value) in [
        ("Changes", owns),
        ("Reads", files(task.read_files())),
        ("After", words(task.after.iter().map(TaskId::as_str).collect())),
        ("Uses", codes(&uses)),
        ("Takes", duration(plan.minutes_of(task))),
        (
            "Agent",
            words([task.agent.as_str(), &task.model].into_iter().filter(|name| !name.is_empty()).collect()),
        ),
        ("Kind", if task.kind == Kind::Change { String::new() } else { task.kind.name().to_owned() }),
        ("Status", if task.status == Status::Todo { String::new() } else { task.status.name().to_owned() }),
        ("Done when", words(task.checks.iter().map(String::as_str).collect())),
        ("Why here", markdown_sentence(&explain::why_here(report, position))),
    ] {
        if !value.is_empty() {
            let _ = writeln!(page, "- {name}: {value}");
        }
    }
    if !task.instructions.is_empty() {
        let _ = write!(page, "\n{}", markdown_block(&task.instructions));
    }
}

fn write_conflicts(page: &mut String, report: &Report) {
    let analysis = &report.analysis;
    if analysis.conflicts.is_empty() {
        return;
    }
    page.push_str("\n## Kept apart\n\n");
    for conflict in analysis.conflicts.iter().take(MOST_LISTED) {
        let id = markdown(report.plan.tasks[conflict.a].id.as_str());
        let _ = writeln!(
            page,
            "- {id}: {}",
            markdown_sentence(&explain::kept_apart(report, conflict, conflict.a))
        );
    }
    if analysis.conflict_count > MOST_LISTED {
        let _ = writeln!(page, "- and {} more", analysis.conflict_count - MOST_LISTED);
    }
}

fn write_findings(page: &mut String, report: &Report) {
    let all = &report.diagnostics;
    // Conflicts have a list of their own.
    let shown = |severity| !matches!(severity, Severity::Conflict | Severity::Hint);
    let mut findings = all.iter().filter(|finding| shown(finding.severity)).take(MOST_LISTED).peekable();
    if findings.peek().is_some() {
        page.push_str("\n## Problems\n\n");
    }
    for finding in findings {
        let (title, detail) = (markdown_sentence(&finding.title), markdown_sentence(&finding.detail));
        let item = format!("- {} {}: {title}. {detail}", finding.severity.name(), finding.code);
        let _ = writeln!(page, "{}", item.trim_end());
    }
}
