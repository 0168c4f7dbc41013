//! What the worker that searches told of the plan that is drawn.

use super::Session;
use crate::layout::{Metrics, layout_steadily};
use crate::protocol::{Answer, Planned};
use crate::report::Report;
use crate::schedule::{Previous, Schedule, verify};
use crate::search::{Job, Message, News};
use crate::view::search::Searched;

/// Steps of the searches that follow each other, see [`Job::stages`]: the first is done in a blink, the last takes seconds.
const STAGES: [u64; 4] = [160_000, 640_000, 2_560_000, 10_240_000];
/// How many times as long a longer search is than the longest before.
const LONGER: u64 = 4;
/// Start of the random sequence, the same as in the quick answer.
const SEED: u64 = 1;

/// The state of the search.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// Counts the plans and the jobs, so that what is told of another one is not taken in.
    generation: u32,
    /// Steps of the longest search that was begun for this plan.
    steps: u64,
    has_figures: bool,
    /// Whether the search went to its end.
    pub is_settled: bool,
    /// What was drawn before the last change, if that had been searched to the end: the search stays near it. Near what was
    /// found in a hurry it would find nothing good.
    previous: Previous,
    pub searched: Searched,
}

impl Search {
    /// Another plan is drawn. The curve stays in sight until there is a new one, if it is of the same document.
    pub fn forget(&mut self, is_same_document: bool, previous: Previous) {
        let curve = if is_same_document { std::mem::take(&mut self.searched.curve) } else { Vec::new() };
        let searched = Searched { curve, is_curve_old: true, ..Searched::default() };
        let generation = self.generation.wrapping_add(1);
        *self = Search { generation, previous, searched, ..Search::default() };
    }
}

impl Session {
    /// Prepares a job for the worker that searches; `None` if everything is known of the plan that is drawn.
    pub(super) fn job(&mut self, longer: bool) -> Option<Vec<u8>> {
        let Report { plan, schedule, .. } = &self.drawn.report;
        let shown = Some(schedule.clone());
        let stages = match self.search.steps {
            _ if schedule.is_at_bound() => Vec::new(),
            0 => STAGES.to_vec(),
            steps if longer => vec![steps.saturating_mul(LONGER)],
            _ => Vec::new(),
        };
        let with_figures = !self.search.has_figures;
        if plan.tasks.is_empty() || (stages.is_empty() && !with_figures) {
            return None;
        }
        let search = &mut self.search;
        search.generation = search.generation.wrapping_add(1);
        search.steps = stages.last().copied().unwrap_or(search.steps);
        search.searched.percent = (!stages.is_empty()).then_some(0);
        let previous = if longer { Previous::default() } else { search.previous.clone() };
        let (generation, plan) = (search.generation, plan.clone());
        let job = Job { generation, plan, previous, stages, seed: SEED, shown, with_figures };
        serde_json::to_vec(&job).ok()
    }

    /// Takes in a message of the worker that searches. One about another plan changes nothing.
    pub(super) fn hear(&mut self, message: &[u8], seconds: u32) -> Answer {
        let message = serde_json::from_slice::<Message>(message).ok();
        let Some(Message { news, .. }) = message.filter(|told| told.generation == self.search.generation)
        else {
            return Answer::Heard { planned: None, is_over: false };
        };
        let searched = &mut self.search.searched;
        if searched.percent.is_some() {
            searched.seconds = seconds;
        }
        let mut planned = None;
        match news {
            News::Searching(percent) => searched.percent = Some(percent),
            News::Found(found) => planned = self.improve(*found),
            News::Repairs { diagnostic, gains } => {
                searched.gains.retain(|((of, _), _)| *of != diagnostic);
                let gains = gains.into_iter().enumerate().map(|(fix, gain)| ((diagnostic, fix), gain));
                searched.gains.extend(gains);
            }
            News::Improvements(improvements) => searched.improvements = improvements,
            News::Agents(curve) => {
                (searched.curve, searched.is_curve_old) = (curve, false);
                self.search.has_figures = true;
            }
            News::Done => {
                self.search.is_settled = true;
                return self.end_search();
            }
        }
        Answer::Heard { planned: planned.map(Box::new), is_over: false }
    }

    /// Nothing more is heard of the search.
    pub(super) fn end_search(&mut self) -> Answer {
        self.search.generation = self.search.generation.wrapping_add(1);
        self.search.searched.percent = None;
        Answer::Heard { planned: None, is_over: true }
    }

    /// Takes the better of what is drawn and what was found, if that can be trusted, and draws it.
    fn improve(&mut self, found: Schedule) -> Option<Planned> {
        let Report { plan, analysis, schedule, .. } = &self.drawn.report;
        verify::of_plan(plan, analysis, &found).ok()?;
        let best = schedule.clone().or_better(found);
        if best == *schedule {
            return None;
        }
        let before = self.spots_for(plan);
        let mut report = std::mem::take(&mut self.drawn.report);
        self.search.searched.rebase(&report.schedule, &best);
        report.schedule = best;
        let scene = layout_steadily(&report.analysis, &report.schedule, &Metrics::default(), &before);
        self.show(report, scene);
        Some(self.planned())
    }
}
