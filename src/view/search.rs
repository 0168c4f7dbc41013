//! How far the search for a better schedule is, and what it told besides.

use super::markup::{Markup, button, markup};
use super::problems::Repair;
use super::test_name as test;
use crate::explain;
use crate::repairs::Improvement;
use crate::report::Gain;
use crate::schedule::Schedule;
use crate::what_if::AgentCount;

/// What is known of the plan that is drawn, beside its report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Searched {
    /// What repairs gain, as far as that is known.
    pub gains: Vec<(Repair, Gain)>,
    /// Changes that would make the whole plan shorter, those that gain most first.
    pub improvements: Vec<Improvement>,
    /// The makespan over the number of agents; empty until it is known.
    pub curve: Vec<AgentCount>,
    /// Whether the curve is of the plan as it was before.
    pub is_curve_old: bool,
    /// How much of the search is done, in percent, while it goes on.
    pub percent: Option<u8>,
    /// For how long it has been searched.
    pub seconds: u32,
}

impl Searched {
    /// Compares what was told with a better schedule, until it is worked out anew.
    pub fn rebase(&mut self, before: &Schedule, now: &Schedule) {
        self.gains.iter_mut().for_each(|(_, gain)| *gain = gain.rebased(before, now));
        for improvement in &mut self.improvements {
            improvement.gain = improvement.gain.rebased(before, now);
        }
    }
}

/// What goes on, with a way to end it; nothing when nothing goes on.
pub fn progress(searched: &Searched) -> Option<Markup> {
    searched.percent?;
    let words = ["Searching, ", &seconds(searched.seconds)].concat();
    let cancel =
        button("cancel").set("data-act", "end-search").set("data-test", test::CANCEL_SEARCH).text("Cancel");
    Some(
        markup("p", "searching")
            .set("data-test", test::SEARCHING)
            .child(markup("span", "").text(&words))
            .child(cancel),
    )
}

/// The share that is done, as a line.
pub fn share(searched: &Searched) -> Markup {
    let percent = searched.percent.map(|percent| format!("{percent}%"));
    let line =
        markup("i", "search-share").set("aria-hidden", "true").set_some("style:width", percent.as_deref());
    if percent.is_some() { line } else { line.set("hidden", "") }
}

/// The best schedule so far, what nothing can beat, and how far they are apart.
pub fn figures(schedule: &Schedule, searched: &Searched) -> Markup {
    let figures = [
        ("shortest found", explain::duration(schedule.phased)),
        ("lower bound", explain::duration(schedule.lower_bound.minutes)),
        ("gap", format!("{} %", explain::gap(schedule))),
        ("searched", seconds(searched.seconds)),
    ];
    let shown = if searched.seconds == 0 { &figures[..3] } else { &figures[..] };
    bounds(test::BOUNDS, shown)
}

/// The same for the schedule without barriers.
pub fn rolling_figures(schedule: &Schedule) -> Markup {
    let rolling = &schedule.rolling;
    let figures = [
        ("rolling, shortest found", explain::duration(rolling.minutes)),
        ("lower bound", explain::duration(rolling.lower_bound.minutes)),
        ("gap", format!("{} %", explain::rolling_gap(schedule))),
    ];
    bounds(test::ROLLING_BOUNDS, &figures)
}

fn bounds(name: &str, figures: &[(&str, String)]) -> Markup {
    let figure = |(label, value): &(&str, String)| {
        markup("div", "").child(markup("dt", "").text(label)).child(markup("dd", "").text(value))
    };
    markup("dl", "bounds").set("data-test", name).children(figures.iter().map(figure).collect())
}

/// The way to search on when the search is over and may have missed something.
pub fn longer(schedule: &Schedule, searched: &Searched) -> Option<Markup> {
    let is_open = searched.percent.is_none() && !schedule.is_at_bound() && !schedule.phases.is_empty();
    let search = || {
        button("button").set("data-act", "search").set("data-test", test::SEARCH_LONGER).text("Search longer")
    };
    is_open.then(search)
}

fn seconds(seconds: u32) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} m {seconds} s"),
    }
}
