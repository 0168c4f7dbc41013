//! The schedules on a time axis: without barriers, and in phases.

use super::act::Act;
use crate::explain;
use crate::layout::timeline::{self, Bar, Lanes};
use crate::plan::Minutes;

use super::card::{state_class, title};
use super::drawing::Drawing;
use super::markup::{Markup, button, markup};
use super::test_name as test;

/// The most bars drawn, to keep the page fast.
const MOST_BARS: usize = 600;

/// Desired width of a bar of median length, in pixels.
const READABLE: u32 = 48;

/// The greatest width of a whole chart, in pixels.
const WIDEST: u32 = 24_000;

/// Space for the label of an axis mark, in pixels.
const TICK_WIDTH: u32 = 72;

/// Both schedules as bars.
pub fn timeline(drawn: &Drawing, selected: Option<usize>) -> Markup {
    let (plan, schedule) = (&drawn.report.plan, &drawn.report.schedule);
    let rolling = timeline::rolling(plan, schedule);
    let (phased, starts) = timeline::phased(plan, schedule);
    let minutes = schedule.phased.max(schedule.rolling.minutes).rounded_up().max(1);
    // In hundredths of a pixel, so even long plans are in proportion.
    let least_minute = (READABLE * 100 * 60 / middling_seconds(&rolling)).min(WIDEST * 100 / minutes);
    let tick = timeline::tick(minutes, (minutes * least_minute / 100 / TICK_WIDTH).max(8));
    let bars: usize = rolling.iter().map(Vec::len).sum();
    let mut note = [explain::barriers(schedule), explain::chain_of_rolling(&drawn.report)].join(" ");
    if bars > MOST_BARS {
        note.push_str(&format!(" The first {MOST_BARS} of {bars} tasks are drawn."));
    }
    let heading = |words: &str, minutes: Minutes, outcome: &str| {
        format!("{words} · {} · {outcome}", explain::duration(minutes))
    };
    let rolling_title =
        heading("Without barriers", schedule.rolling.minutes, &explain::rolling_outcome(schedule));
    let phased_title = heading("In phases", schedule.phased, &explain::outcome(schedule));
    let chart = |is_rolling: bool| Chart { drawn, selected, minutes, tick, is_rolling };
    let charts = markup("div", "charts")
        .set("style:--least-minute", &format!("{}.{:02}px", least_minute / 100, least_minute % 100))
        .set("style:--minutes", &minutes.to_string())
        .child(chart(true).draw(&rolling_title, &rolling, &[]))
        .child(chart(false).draw(&phased_title, &phased, &starts));
    let note = markup("p", "timeline-note").set("data-test", test::BARRIER_COST).text(&note);
    markup("div", "timeline").set("data-test", test::TIMELINE).child(note).child(charts)
}

/// The median length in seconds; a minute if that is nothing.
fn middling_seconds(lanes: &Lanes) -> u32 {
    let mut lengths: Vec<u64> = lanes.iter().flatten().map(|bar| bar.minutes.seconds()).collect();
    lengths.sort_unstable();
    let middling = lengths.get(lengths.len() / 2).and_then(|&seconds| u32::try_from(seconds).ok());
    middling.filter(|&seconds| seconds > 0).unwrap_or(60)
}

fn at_minute(minute: impl Into<Minutes>) -> String {
    let seconds = minute.into().seconds();
    match (seconds / 60, seconds % 60) {
        (minutes, 0) => format!("calc(var(--minute) * {minutes})"),
        _ => format!("calc(var(--minute) * {seconds} / 60)"),
    }
}

struct Chart<'a> {
    drawn: &'a Drawing,
    selected: Option<usize>,
    /// The length of the time axis.
    minutes: u32,
    /// The distance between two of its marks.
    tick: u32,
    /// Without barriers, or in phases.
    is_rolling: bool,
}

impl Chart<'_> {
    /// `barriers` are the starts of the phases.
    fn draw(&self, heading: &str, lanes: &Lanes, barriers: &[Minutes]) -> Markup {
        let marks = (0..=self.minutes / self.tick).map(|mark| {
            let minute = mark * self.tick;
            markup("span", "tick").set("style:left", &at_minute(minute)).text(&explain::duration(minute))
        });
        let barriers = barriers.iter().skip(1);
        let barriers = barriers.map(|&start| markup("i", "barrier").set("style:left", &at_minute(start)));
        let most = MOST_BARS / lanes.len().max(1) + 1;
        let rows = lanes.iter().enumerate().map(|(lane, bars)| {
            let bars = bars.iter().take(most).map(|bar| self.bar(bar)).collect();
            markup("li", "lane")
                .child(markup("span", "lane-name").text(&format!("Agent {}", lane + 1)))
                .child(markup("ol", "lane-bars").children(bars))
        });
        let axis = markup("div", "axis").set("aria-hidden", "true");
        let axis = axis.children(marks.collect()).children(barriers.collect());
        let body =
            markup("div", "chart-body").child(axis).child(markup("ol", "lanes").children(rows.collect()));
        markup("section", "chart")
            .set("aria-label", heading)
            .child(markup("h3", "").text(heading))
            .child(body)
    }

    fn bar(&self, bar: &Bar) -> Markup {
        let report = &self.drawn.report;
        let task = &report.plan.tasks[bar.task];
        let is_selected = self.selected == Some(bar.task);
        let mut class = "bar".to_owned();
        let is_critical = match self.is_rolling {
            true => report.schedule.rolling.critical_path.contains(&bar.task),
            false => self.drawn.is_critical[bar.task],
        };
        state_class(self.drawn, bar.task, is_critical, &mut class);
        class.push_str(if is_selected { " selected" } else { "" });
        let [start, end] = [bar.start, bar.start.saturating_add(bar.minutes)].map(explain::duration_in_words);
        let id = task.id.as_str();
        let label = format!("{id} {}, from {start} to {end}", title(task));
        let why = match self.is_rolling {
            true => explain::why_then(report, bar.task),
            false => explain::why_here(report, bar.task),
        };
        let button = button(&class)
            .set("data-test", test::TIMELINE_BAR)
            .act(&Act::Select { task: task.id.clone() })
            .set("title", &[&label, ". ", &why.replace('`', "")].concat())
            .set("aria-label", &label)
            .set_some("aria-current", is_selected.then_some("true"))
            .child(markup("b", "").text(id))
            .text(" ")
            .text(title(task));
        markup("li", "")
            .key(&self.drawn.keys[bar.task])
            .set("style:left", &at_minute(bar.start))
            .set("style:width", &at_minute(bar.minutes))
            .child(button)
    }
}
