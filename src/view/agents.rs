//! The makespan with other numbers of agents, as bars that can be pressed.

use super::act::Act;
use super::drawing::Drawing;
use super::markup::{Markup, button, markup};
use super::search::SearchFigures;
use super::test_name as test;
use crate::explain;
use crate::plan::Minutes;
use crate::what_if::{self, AgentCount};

/// One bar per number of agents; nothing until the makespans are known.
pub fn agents(drawn: &Drawing, searched: &SearchFigures) -> Option<Markup> {
    let today = drawn.report.plan.settings.max_parallel;
    let curve = what_if::with_known(&searched.curve, today, &drawn.report.schedule);
    let longest = curve.iter().map(|point| point.phased.max(point.rolling)).max()?;
    let longest = longest.max(Minutes::of_seconds(1));
    let enough = what_if::enough(&curve)?;
    let bars = curve.iter().map(|point| bar(point, longest, today, enough));
    let legend = markup("p", "legend")
        .set("aria-hidden", "true")
        .child(markup("span", "legend-phased").text("in phases"))
        .child(markup("span", "legend-rolling").text("rolling"));
    let class = if searched.is_curve_old { "agents old" } else { "agents" };
    Some(
        markup("section", class)
            .set("data-test", test::AGENTS)
            .set("aria-label", "Time by tasks at once")
            .child(markup("header", "").child(markup("h3", "").text("Time by tasks at once")).child(legend))
            .child(markup("p", "").text(&explain::agents(&curve, today)))
            .child(markup("div", "bars").set("role", "group").children(bars.collect())),
    )
}

fn bar(point: &AgentCount, longest: Minutes, today: u32, enough: u32) -> Markup {
    let AgentCount { agents, phased, rolling } = *point;
    let height = |minutes: Minutes| format!("{}%", minutes.seconds() * 100 / longest.seconds());
    let is_today = agents == today;
    let (phased_words, rolling_words) = (explain::duration(phased), explain::duration(rolling));
    let mark = match agents {
        _ if is_today => ", as it is",
        _ if agents > enough => ", no shorter",
        _ => "",
    };
    let words = format!("{agents} at once: {phased_words} in phases, {rolling_words} rolling{mark}");
    let column = markup("span", "column")
        .child(markup("i", "phased").set("style:height", &height(phased)))
        .child(markup("i", "rolling").set("style:bottom", &height(rolling)));
    button(if agents > enough { "agents-bar needless" } else { "agents-bar" })
        .act(&Act::SetAgents { agents })
        .set("data-test", test::AGENTS_BAR)
        .set("aria-pressed", if is_today { "true" } else { "false" })
        .set("aria-label", &words)
        .set("title", &words)
        .child(column)
        .child(markup("span", "number").text(&agents.to_string()))
}
