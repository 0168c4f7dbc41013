//! The progress and results of the search for a better schedule.

use super::act::Act;
use super::markup::{Markup, button, markup};
use super::test_name as test;
use crate::explain;
use crate::plan::Edit;
use crate::repairs::Improvement;
use crate::report::Gain;
use crate::schedule::Schedule;
use crate::what_if::AgentCount;

/// The gains of fixes by their edits, if known.
pub type Gains = [(Vec<Edit>, Gain)];

/// The search results for the drawn plan, in addition to its report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchFigures {
    /// The gains of fixes by their edits, if known.
    pub gains: Vec<(Vec<Edit>, Gain)>,
    /// Changes that shorten the whole plan, largest gain first.
    pub improvements: Vec<Improvement>,
    /// The makespan by number of agents; empty until it is known.
    pub curve: Vec<AgentCount>,
    /// Whether the curve belongs to the previous state of the plan.
    pub is_curve_old: bool,
    /// The progress of the search in percent, while it runs.
    pub percent: Option<u8>,
    /// The duration of the search so far.
    pub seconds: u32,
    /// What a better schedule that is offered saves, in words.
    pub offer: Option<String>,
}

impl SearchFigures {
    /// Adjusts the gains to a better schedule, until they are computed again.
    pub fn rebase(&mut self, before: &Schedule, now: &Schedule) {
        self.gains.iter_mut().for_each(|(_, gain)| *gain = gain.rebased(before, now));
        for improvement in &mut self.improvements {
            improvement.gain = improvement.gain.rebased(before, now);
        }
    }
}

/// The progress, with a button to end the search; nothing if no search runs.
pub fn progress(schedule: &Schedule, searched: &SearchFigures) -> Option<Markup> {
    searched.percent?;
    // Phases that are proved the shortest possible are not searched for.
    let what = if schedule.is_at_bound() { "Computing the figures, " } else { "Searching, " };
    let words = [what, &seconds(searched.seconds)].concat();
    let cancel = button("cancel").act(&Act::EndSearch).set("data-test", test::CANCEL_SEARCH).text("Cancel");
    Some(
        markup("p", "searching")
            .set("data-test", test::SEARCHING)
            .child(markup("span", "").text(&words))
            .child(cancel),
    )
}

/// The offer of a better schedule; cards don't move under the user's hands.
pub fn offer(searched: &SearchFigures) -> Option<Markup> {
    let words = [searched.offer.as_ref()?, " · "].concat();
    let show = markup("b", "").text("Show");
    Some(button("offer").act(&Act::ShowFound).set("data-test", test::SHOW_FOUND).text(&words).child(show))
}

/// The progress as a bar.
pub fn share(searched: &SearchFigures) -> Markup {
    let percent = searched.percent.map(|percent| format!("{percent}%"));
    let line =
        markup("i", "search-share").set("aria-hidden", "true").set_some("style:width", percent.as_deref());
    if percent.is_some() { line } else { line.set("hidden", "") }
}

/// The best schedule so far, the lower bound, and the gap between them.
pub fn figures(schedule: &Schedule, searched: &SearchFigures) -> Markup {
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

/// The button to continue a completed search that may have missed something.
pub fn longer(schedule: &Schedule, searched: &SearchFigures) -> Option<Markup> {
    let is_open = searched.percent.is_none() && !schedule.is_at_bound() && !schedule.phases.is_empty();
    let search = || {
        button("button").act(&Act::SearchLonger).set("data-test", test::SEARCH_LONGER).text("Search longer")
    };
    is_open.then(search)
}

fn seconds(seconds: u32) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} m {seconds} s"),
    }
}
