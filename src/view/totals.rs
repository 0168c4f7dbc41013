//! The figures above the drawing.

use crate::explain;
use crate::report::Report;
use crate::schedule::{BoundArgument, Outcome};

use super::agents::agents;
use super::drawing::Drawn;
use super::markup::{Markup, button, markup};
use super::search::{self, Searched};
use super::test_name as test;

/// How long the plan takes in each way, how good that is, and if `is_open` what limits it.
pub fn totals(drawn: &Drawn, searched: &Searched, is_open: bool) -> Vec<Markup> {
    let schedule = &drawn.report.schedule;
    let count = schedule.phases.len();
    let phases = format!("in {count} {}", if count == 1 { "phase" } else { "phases" });
    let busy = format!("faster, agents busy {} %", explain::busy(schedule));
    let figures = [
        (test::TOTAL_PHASED, explain::duration(schedule.phased), phases.as_str()),
        (test::TOTAL_ROLLING, explain::duration(schedule.rolling.minutes), "rolling, no barriers"),
        (test::TOTAL_SERIAL, explain::duration(schedule.serial), "one by one"),
        (test::TOTAL_SPEED_UP, explain::speed_up(schedule), busy.as_str()),
    ];
    let figure = |(name, value, label): &(&str, String, &str)| {
        let label = markup("dt", "").text(label);
        markup("div", "").set("data-test", name).child(label).child(markup("dd", "").text(value))
    };
    vec![
        markup("dl", "figures").children(figures.iter().map(figure).collect()),
        markup("div", "verdict")
            .child(outcome(drawn, is_open))
            .children(search::progress(searched).into_iter().collect()),
        limit(drawn, searched, is_open),
        search::share(searched),
    ]
}

/// What limits the plan, how far the search is from that, and what more agents would do.
fn limit(drawn: &Drawn, searched: &Searched, is_open: bool) -> Markup {
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

fn outcome(drawn: &Drawn, is_open: bool) -> Markup {
    let schedule = &drawn.report.schedule;
    let words = explain::outcome(schedule);
    let (class, words) = match schedule.outcome {
        Outcome::Optimal => ("outcome proved", format!("✓ {words}")),
        _ => ("outcome", words),
    };
    button(class)
        .set("data-test", test::OUTCOME)
        .set("data-act", "limit")
        .set("data-tasks", &limiting_tasks(drawn))
        .set("title", "What limits the plan")
        .set("aria-expanded", if is_open { "true" } else { "false" })
        .set("aria-controls", "limit")
        .text(&words)
}

/// The ids of the tasks that the lower bound speaks of, one on each line.
fn limiting_tasks(drawn: &Drawn) -> String {
    let tasks = limiting(&drawn.report).iter();
    tasks.map(|&task| drawn.report.plan.tasks[task].id.as_str()).collect::<Vec<_>>().join("\n")
}

/// The tasks that the lower bound speaks of.
pub fn limiting(report: &Report) -> &[usize] {
    match &report.schedule.lower_bound.argument {
        BoundArgument::Chain(tasks) | BoundArgument::Incompatible(tasks) => tasks,
        _ => &[],
    }
}
