//! The totals above the drawing.

use super::act::Act;
use crate::TaskId;
use crate::analysis::Progress;
use crate::explain;
use crate::report::Report;
use crate::safety::SafetyState;
use crate::schedule::{BoundArgument, Outcome};

use super::agents::agents;
use super::drawing::Drawing;
use super::markup::{Markup, button, markup};
use super::now::{RunView, now};
use super::search::{self, SearchFigures};
use super::test_name as test;

/// What is known about the plan: its safety, then its makespans, the quality of the schedule, if `is_open` its
/// limits, and what is known of its run.
pub fn totals(drawn: &Drawing, searched: &SearchFigures, is_open: bool, run: &RunView<'_>) -> Vec<Markup> {
    let report = &drawn.report;
    if report.safety.open() == 0 {
        return [headline(report), finished(drawn)].into_iter().chain(now(report, run)).collect();
    }
    let schedule = &report.schedule;
    let phases = format!("in {}", explain::counted(schedule.phases.len(), "phase"));
    let progress = explain::progress(report);
    let phases = if progress.is_empty() { phases } else { format!("left, {phases}") };
    let busy = format!("faster, agents busy {}\u{a0}%", explain::busy(schedule));
    let figures = [
        (test::TOTAL_PHASED, explain::duration(schedule.phased), phases.as_str()),
        (test::TOTAL_ROLLING, explain::duration(schedule.rolling.minutes), "without phases"),
        (test::TOTAL_SERIAL, explain::duration(schedule.serial), "one by one"),
        (test::TOTAL_SPEED_UP, explain::speed_up(schedule), busy.as_str()),
    ];
    let figure = |(name, value, label): &(&str, String, &str)| {
        let label = markup("dt", "").text(label);
        // The speed-up is no promise as long as the files of some tasks are not known.
        let is_uncertain = *name == test::TOTAL_SPEED_UP && explain::is_uncertain(report);
        let class = if is_uncertain { "uncertain" } else { "" };
        markup("div", class).set("data-test", name).child(label).child(markup("dd", "").text(value))
    };
    let mut parts = vec![
        headline(report),
        markup("dl", "figures").children(figures.iter().map(figure).collect()),
        markup("div", "verdict")
            .child(outcome(drawn, is_open))
            .children(search::offer(searched).into_iter().collect())
            .children(search::progress(schedule, searched).into_iter().collect()),
        limit(drawn, searched, is_open),
        finished(drawn),
        search::share(searched),
    ];
    parts.extend(now(report, run));
    parts
}

/// What is known about the safety of running the plan. Green only if nothing stands against it.
fn headline(report: &Report) -> Markup {
    let (class, sign) = match report.safety.state() {
        _ if explain::is_safe(report) => ("headline is-ok", "✓ "),
        SafetyState::Conflicts => ("headline is-conflict", "✕ "),
        _ if report.errors().next().is_some() => ("headline is-conflict", "✕ "),
        SafetyState::Unknown => ("headline is-unknown", "? "),
        SafetyState::Proved | SafetyState::Claimed => ("headline", ""),
    };
    markup("p", class)
        .set("data-test", test::HEADLINE)
        .child(markup("span", "").set("aria-hidden", "true").text(sign))
        .text(&explain::safety(report))
}

/// How far the plan has come, and folded below it the tasks that are done or dropped.
fn finished(drawn: &Drawing) -> Markup {
    let report = &drawn.report;
    let Progress { done, dropped, .. } = &report.analysis.progress;
    if done.is_empty() && dropped.is_empty() {
        return markup("div", "finished").text(&explain::progress(report).join(" · "));
    }
    let mut summary = explain::progress(report);
    if !dropped.is_empty() {
        summary.push(format!("{} dropped", dropped.len()));
    }
    let row = |&task: &usize| {
        let task = &report.plan.tasks[task];
        let name = format!("{} {}", task.id, task.title);
        let row = button("finished-task").act(&Act::Select { task: task.id.clone() }).text(&name);
        markup("li", task.status.name()).key(task.id.as_str()).child(row)
    };
    markup("details", "finished")
        .set("data-test", test::FINISHED)
        .child(markup("summary", "").text(&summary.join(" · ")))
        .child(markup("ul", "").children(done.iter().chain(dropped).take(MOST_FINISHED).map(row).collect()))
}

/// The most finished tasks in the list.
const MOST_FINISHED: usize = 300;

/// The limits of the plan, the gap to the lower bound, and the effect of more agents.
fn limit(drawn: &Drawing, searched: &SearchFigures, is_open: bool) -> Markup {
    let limit = markup("div", "limit").set("id", "limit").set("data-test", test::LIMIT);
    if !is_open {
        return limit.set("hidden", "");
    }
    let schedule = &drawn.report.schedule;
    let words = format!("{} {}", explain::limit(&drawn.report), explain::barriers(schedule));
    let bounds = markup("div", "limit-bounds")
        .child(search::figures(schedule, searched))
        .children(search::longer(schedule, searched).into_iter().collect());
    limit
        .child(markup("p", "").sentence(&words))
        .child(bounds)
        .child(markup("p", "").sentence(&explain::limit_of_rolling(&drawn.report)))
        .child(search::rolling_figures(schedule))
        .children(agents(drawn, searched).into_iter().collect())
}

fn outcome(drawn: &Drawing, is_open: bool) -> Markup {
    let schedule = &drawn.report.schedule;
    let words = explain::outcome(schedule);
    let (class, words) = match schedule.outcome {
        Outcome::Optimal => ("outcome proved", format!("✓ {words}")),
        _ => ("outcome", words),
    };
    button(class)
        .set("data-test", test::OUTCOME)
        .act(&Act::ToggleLimit { tasks: limiting_tasks(drawn) })
        .set("title", "What limits the plan")
        .set("aria-expanded", if is_open { "true" } else { "false" })
        .set("aria-controls", "limit")
        .text(&words)
}

/// The ids of the tasks that determine the lower bound.
fn limiting_tasks(drawn: &Drawing) -> Vec<TaskId> {
    limiting(&drawn.report).iter().map(|&task| drawn.report.plan.tasks[task].id.clone()).collect()
}

/// The tasks that determine the lower bound.
pub fn limiting(report: &Report) -> &[usize] {
    match &report.schedule.lower_bound.argument {
        BoundArgument::Chain(tasks) | BoundArgument::Incompatible(tasks) => tasks,
        _ => &[],
    }
}
