//! A presentation of a plan for people who share a screen, step by step and in large type: the totals, each
//! phase, each problem.
//!
//! The steps follow from the report alone, so everybody who opens the plan sees the same ones.

use std::borrow::Cow;

use super::act::Act;
use super::drawing::Drawing;
use super::markup::{Markup, button, markup};
use super::problems::{SHOWN, sign};
use super::review::said::said;
use super::test_name as test;
use super::totals::limiting;
use crate::diagnostic::{Diagnostic, Severity};
use crate::explain;
use crate::plan::Task;
use crate::report::Report;
use crate::review::state::{Comment, Thread};
use crate::review::{Standing, State};

/// The most tasks in a step.
const MOST_TASKS: usize = 24;
/// The most phases on the map.
const MOST_PHASES: usize = 14;
/// The most tasks of a phase on the map.
const MOST_CHIPS: usize = 12;
/// The most listed files of a task, and fixes of a problem.
const MOST_LINES: usize = 8;

/// The topic of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The whole plan.
    Overview,
    /// The phase at this index.
    Phase(usize),
    /// The diagnostic at this index.
    Problem(usize),
    /// The open thread of the review at this index.
    Thread(usize),
}

/// All steps in order: the whole plan, the phases, everything worse than a hint, and the open threads. For an
/// empty plan, only the first.
pub fn steps(report: &Report, threads: usize) -> Vec<Step> {
    let problems = report.diagnostics.iter().enumerate();
    let problems = problems.filter(|(_, found)| found.severity != Severity::Hint).take(SHOWN);
    let phases = (0..report.schedule.phases.len()).map(Step::Phase);
    std::iter::once(Step::Overview)
        .chain(phases)
        .chain(problems.map(|(number, _)| Step::Problem(number)))
        .chain((0..threads.min(SHOWN)).map(Step::Thread))
        .collect()
}

/// The step at this index, or else the last: the map of the phases, the step itself, and the navigation.
pub fn present(drawn: &Drawing, review: &State, at: usize) -> [Vec<Markup>; 3] {
    let report = &drawn.report;
    let threads: Vec<&Thread> = review.open().collect();
    let steps = steps(report, threads.len());
    let at = at.min(steps.len() - 1);
    let (title, body, tasks) = match steps[at] {
        Step::Overview => overview(report, threads.len()),
        Step::Phase(phase) => of_phase(report, phase),
        Step::Problem(number) => of_problem(report, &report.diagnostics[number]),
        Step::Thread(number) => of_thread(report, threads[number]),
    };
    let heading = markup("h2", "").sentence(&title);
    let step = markup("section", "present-step")
        .key(&at.to_string())
        .set("data-test", test::PRESENT_STEP)
        .set("data-number", &at.to_string())
        .child(heading)
        .children(body);
    [map(report, &tasks), vec![step], foot(at, steps.len(), &title)]
}

/// The progress, and buttons to continue.
fn foot(at: usize, count: usize, title: &str) -> Vec<Markup> {
    let go = |act: &Act, label: &str, test: &str, is_end: bool| {
        button("button")
            .act(act)
            .set("data-test", test)
            .set_some("aria-disabled", is_end.then_some("true"))
            .text(label)
    };
    let place = markup("span", "").text(&format!("{} of {count}", at + 1));
    let place = markup("p", "present-place")
        .set("role", "status")
        .child(place)
        .child(markup("span", "spoken").text(&format!(": {}", title.replace('`', ""))));
    vec![
        go(&Act::PreviousStep, "Back", test::PRESENT_PREVIOUS, at == 0),
        place,
        go(&Act::NextStep, "Next", test::PRESENT_NEXT, at + 1 == count),
    ]
}

/// The phases as columns of ids, with these tasks emphasised. For a long plan, the phases around them.
fn map(report: &Report, tasks: &[usize]) -> Vec<Markup> {
    let phases = &report.schedule.phases;
    let phase_of = |task: &usize| report.schedule.phase_of.get(*task).copied().flatten();
    let first = tasks.iter().filter_map(phase_of).min().unwrap_or(0);
    let start = first.saturating_sub(MOST_PHASES / 2).min(phases.len().saturating_sub(MOST_PHASES));
    let shown = phases.iter().enumerate().skip(start).take(MOST_PHASES);
    let columns = shown.map(|(number, phase)| {
        let chip = |&task: &usize| {
            let class = if tasks.contains(&task) { "here" } else { "" };
            markup("li", class).text(report.plan.tasks[task].id.as_str())
        };
        // The emphasised ones are always shown.
        let (here, others): (Vec<&usize>, Vec<&usize>) =
            phase.tasks.iter().partition(|task| tasks.contains(task));
        let mut kept: Vec<&usize> = here.into_iter().chain(others).take(MOST_CHIPS).collect();
        kept.sort_unstable();
        let mut chips: Vec<Markup> = kept.into_iter().map(chip).collect();
        if phase.tasks.len() > MOST_CHIPS {
            chips.push(markup("li", "").text(&format!("+{}", phase.tasks.len() - MOST_CHIPS)));
        }
        let is_here = phase.tasks.iter().any(|task| tasks.contains(task));
        markup("li", if is_here { "here" } else { "" })
            .child(markup("b", "").text(&(number + 1).to_string()))
            .child(markup("ol", "").children(chips))
    });
    vec![markup("ol", "present-map").set("aria-hidden", "true").children(columns.collect())]
}

type Content = (String, Vec<Markup>, Vec<usize>);

fn overview(report: &Report, threads: usize) -> Content {
    let title = report.plan.title.trim();
    let title = if title.is_empty() { "Untitled plan" } else { title };
    if report.plan.tasks.is_empty() {
        let words = "There is nothing to present yet. Write the tasks first.";
        return (title.to_owned(), vec![markup("p", "").text(words)], Vec::new());
    }
    let schedule = &report.schedule;
    let figures = [
        ("in phases", explain::duration(schedule.phased)),
        ("without phases", explain::duration(schedule.rolling.minutes)),
        ("one by one", explain::duration(schedule.serial)),
        ("faster", explain::speed_up(schedule)),
    ];
    let figure = |(label, value): &(&str, String)| {
        markup("div", "").child(markup("dt", "").text(label)).child(markup("dd", "").text(value))
    };
    let mut body = Vec::new();
    for line in report.plan.goal.lines().take(MOST_LINES) {
        body.push(markup("p", "present-goal").text(line));
    }
    body.push(markup("dl", "present-figures").children(figures.iter().map(figure).collect()));
    body.push(markup("p", "").text(&format!("{}.", explain::summary(report))));
    body.push(markup("h3", "").text("What limits it"));
    body.push(markup("p", "").sentence(&explain::limit(report)));
    body.push(markup("p", "").sentence(&explain::barriers(schedule)));
    let problems = report.diagnostics.iter().filter(|found| found.severity != Severity::Hint).count();
    let words = match problems {
        0 => "No problems were found.".to_owned(),
        1 => "One problem is left; it follows after the phases.".to_owned(),
        count if count > SHOWN => {
            format!("{count} problems are left; the first {SHOWN} follow after the phases.")
        }
        count => format!("{count} problems are left; they follow after the phases."),
    };
    body.push(markup("p", "").text(&words));
    match threads {
        0 => {}
        1 => body.push(markup("p", "").text("One thread of the review is open.")),
        count => body.push(markup("p", "").text(&format!("{count} threads of the review are open."))),
    }
    (title.to_owned(), body, limiting(report).to_vec())
}

fn of_phase(report: &Report, number: usize) -> Content {
    let phase = &report.schedule.phases[number];
    let count = explain::at_once(phase.tasks.len());
    let title = format!("Phase {}: {}, {count}", number + 1, explain::duration(phase.minutes));
    let rows = phase.tasks.iter().take(MOST_TASKS).map(|&task| {
        row(report, task).child(markup("p", "present-why").sentence(&explain::why_here(report, task)))
    });
    let mut body = vec![markup("ul", "present-tasks").children(rows.collect())];
    body.extend(rest(phase.tasks.len()));
    (title, body, phase.tasks.clone())
}

fn of_problem(report: &Report, found: &Diagnostic) -> Content {
    let mut tasks: Vec<usize> = found.places.iter().map(|place| place.task).collect();
    tasks.sort_unstable();
    tasks.dedup();
    let tone = markup("p", &["is-", found.severity.name()].concat());
    let tone = tone.text(&format!("{} {}", sign(found.severity), found.severity.name()));
    let mut body = vec![tone, markup("p", "").sentence(&found.detail)];
    let rows = tasks.iter().take(MOST_TASKS).filter(|task| **task < report.plan.tasks.len());
    body.push(markup("ul", "present-tasks").children(rows.map(|&task| row(report, task)).collect()));
    body.extend(rest(tasks.len()));
    if !found.fixes.is_empty() {
        let fixes = found.fixes.iter().take(MOST_LINES);
        body.push(markup("h3", "").text("Repairs"));
        let fixes = fixes.map(|fix| markup("li", "").sentence(&fix.title)).collect();
        body.push(markup("ul", "present-fixes").children(fixes));
    }
    (found.title.clone(), body, tasks)
}

/// A comment, with what it said before it was edited or withdrawn.
fn of_comment(comment: &Comment) -> Markup {
    let words = match comment.is_withdrawn {
        true => markup("p", "").text("Withdrawn."),
        false => said("p", "words", &comment.text),
    };
    let edited = if comment.is_edited() { " (edited)" } else { "" };
    let author = markup("p", "present-title").child(said("bdi", "", &comment.author)).text(edited);
    let earlier = comment.earlier.iter().take(MOST_TASKS);
    let earlier = earlier.map(|text| markup("p", "").text("Before: ").child(said("span", "words", text)));
    markup("li", "").child(author).child(words).children(earlier.collect())
}

fn of_thread(report: &Report, thread: &Thread) -> Content {
    let title = match &thread.suggestion {
        Some(_) => format!("Suggested for {}", thread.on.name()),
        None => format!("Said of {}", thread.on.name()),
    };
    let mut body = Vec::new();
    match thread.standing {
        Standing::Live(_) => {}
        Standing::Orphaned => body.push(markup("p", "is-unknown").text("? The task is gone.")),
        Standing::Moved(_) | Standing::Stale => {
            body.push(markup("p", "is-unknown").text("? It has changed since."));
        }
    }
    if let Some(suggestion) = &thread.suggestion {
        let present = suggestion.present.as_deref().unwrap_or_default();
        for (label, value) in [("In the plan", present), ("Suggested", &suggestion.text)] {
            body.push(markup("h3", "").text(label));
            body.push(said("p", "words", if value.is_empty() { "nothing" } else { value }));
        }
    }
    let is_shown = |comment: &&Comment| !comment.text.is_empty() || comment.is_withdrawn;
    let comments = thread.comments.iter().filter(is_shown).take(MOST_TASKS).map(of_comment);
    body.push(markup("ul", "present-tasks").children(comments.collect()));
    let task = thread.on.task.as_ref().and_then(|id| report.plan.position(id));
    if let Some(task) = task {
        body.push(markup("ul", "present-tasks").child(row(report, task)));
    }
    (title, body, task.into_iter().collect())
}

/// A task with its agent and its files.
fn row(report: &Report, at: usize) -> Markup {
    let task = &report.plan.tasks[at];
    let agent = if task.agent.is_empty() { "any agent" } else { &task.agent };
    let minutes = explain::duration(report.plan.minutes_of(task));
    let title = markup("p", "present-title")
        .child(markup("b", "").text(task.id.as_str()))
        .text(" ")
        .child(markup("bdi", "").text(super::card::title(task)));
    let facts = markup("p", "present-facts").text(&format!("{agent}, {minutes}")).children(files(task));
    markup("li", "").child(title).child(facts)
}

fn files(task: &Task) -> Vec<Markup> {
    if task.has_unknown_ownership() {
        return vec![markup("span", "is-unknown").text("? lists no files")];
    }
    let owned = task.owned_files();
    let path = |path: &Cow<'_, str>| markup("code", "path").child(markup("bdi", "").text(path));
    let mut parts: Vec<Markup> = owned.iter().take(MOST_LINES).map(path).collect();
    if owned.len() > MOST_LINES {
        parts.push(markup("span", "").text(&format!("and {} more", owned.len() - MOST_LINES)));
    }
    parts
}

fn rest(count: usize) -> Option<Markup> {
    let rest = count.checked_sub(MOST_TASKS).filter(|rest| *rest > 0)?;
    Some(markup("p", "").text(&format!("And {rest} more tasks.")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::Budget;
    use crate::text;

    #[track_caller]
    fn check(plan: &str, expected: &[Step]) {
        let report = Report::new(text::parse(plan).plan, &Budget::default());
        assert_eq!(steps(&report, 0), expected);
        assert_eq!(steps(&report, 2).len(), expected.len() + 2);
    }

    #[test]
    fn phases_follow_the_overview_and_problems_the_phases() {
        check("", &[Step::Overview]);
        check("- T1 @owns(a)\n- T2 @owns(b) @after(T1)", &[Step::Overview, Step::Phase(0), Step::Phase(1)]);
        check(
            "- T1 One @owns(a)\n- T2 Two @owns(a)",
            &[Step::Overview, Step::Phase(0), Step::Phase(1), Step::Problem(0)],
        );
    }
}
