//! The long search for a better schedule of the drawn plan.

use super::Session;
use crate::explain;
use crate::plan::Edit;
use crate::protocol::{Answer, PlanState, SearchRequest};
use crate::repairs::importing_waits;
use crate::report::{Gain, Report};
use crate::schedule::{Previous, Schedule, verify};
use crate::search::{Job, Message, SearchEvent, offered_repairs};
use crate::view::search::SearchFigures;

/// Steps of consecutive searches, see [`Job::stages`]: the first is almost instant, the last takes seconds.
const STAGES: [u64; 4] = [160_000, 640_000, 2_560_000, 10_240_000];
/// The factor from one longer search to the next.
const LONGER: u64 = 4;
/// The seed of the random sequence, the same as in the quick answer.
const SEED: u64 = 1;

/// The state of the search.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// The number of plans and jobs so far, to ignore messages about earlier ones.
    generation: u32,
    /// Steps of the longest search begun for this plan.
    steps: u64,
    has_figures: bool,
    /// Whether the search ran to its end.
    pub is_settled: bool,
    /// The schedule before the last change, if its search was complete: the next search stays close to it.
    /// Staying close to a hasty schedule would find nothing good.
    previous: Previous,
    /// The fixes in the last job; see [`Job::repairs`].
    repairs: Vec<Vec<Vec<Edit>>>,
    /// A better schedule that is offered, because the user is at work on the one that is shown.
    found: Option<Schedule>,
    /// Whether the gains in the messages are relative to the shown schedule, whatever was found since.
    keeps_shown: bool,
    pub searched: SearchFigures,
}

impl Search {
    /// Starts again with another plan. For the same document, the curve remains visible until there is a new
    /// one.
    pub fn forget(&mut self, is_same_document: bool, previous: Previous) {
        let curve = if is_same_document { std::mem::take(&mut self.searched.curve) } else { Vec::new() };
        let searched = SearchFigures { curve, is_curve_old: true, ..SearchFigures::default() };
        let generation = self.generation.wrapping_add(1);
        *self = Search { generation, previous, searched, ..Search::default() };
    }
}

impl Session {
    /// Answers a request about the search.
    pub(super) fn search(&mut self, request: SearchRequest) -> Answer {
        match request {
            SearchRequest::Begin { longer, is_touched } => Answer::Job(self.job(longer, is_touched)),
            SearchRequest::Event { message, seconds, is_touched } => {
                self.on_message(&message, seconds, is_touched)
            }
            SearchRequest::Show => {
                let planned = self.search.found.take().map(|found| Box::new(self.adopt(found)));
                Answer::Searched { planned, is_over: false }
            }
            SearchRequest::End => self.end_search(),
        }
    }

    /// Prepares a job for the search worker; `None` if the search for the drawn plan is complete.
    fn job(&mut self, longer: bool, is_touched: bool) -> Option<Vec<u8>> {
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
        let repairs = if with_figures { offered_repairs(&self.drawn.report) } else { Vec::new() };
        let search = &mut self.search;
        search.repairs.clone_from(&repairs);
        search.keeps_shown = is_touched;
        search.generation = search.generation.wrapping_add(1);
        search.steps = stages.last().copied().unwrap_or(search.steps);
        search.searched.percent = (!stages.is_empty()).then_some(0);
        let previous = if longer { Previous::default() } else { search.previous.clone() };
        let (generation, plan) = (search.generation, plan.clone());
        let known = &self.drawn.report.analysis.ownership.known_folders;
        let files = known.iter().map(|folder| folder.file.clone()).collect();
        let importing = match with_figures {
            true => importing_waits(&self.drawn.report),
            false => Vec::new(),
        };
        let keeps_shown = is_touched;
        let job = Job {
            generation,
            plan,
            files,
            importing,
            previous,
            stages,
            seed: SEED,
            shown,
            keeps_shown,
            with_figures,
            repairs,
        };
        serde_json::to_vec(&job).ok()
    }

    /// Handles a message of the search worker. Ignores messages about another plan.
    fn on_message(&mut self, message: &[u8], seconds: u32, is_touched: bool) -> Answer {
        let message = serde_json::from_slice::<Message>(message).ok();
        let Some(Message { event, .. }) =
            message.filter(|message| message.generation == self.search.generation)
        else {
            return Answer::Searched { planned: None, is_over: false };
        };
        // What was found since is not shown, but messages may compare with it.
        let found = self.search.found.as_ref().filter(|_| !self.search.keeps_shown);
        let shown = &self.drawn.report.schedule;
        let of_shown = |gain: Gain| found.map_or(gain, |found| gain.rebased(found, shown));
        let searched = &mut self.search.searched;
        if searched.percent.is_some() {
            searched.seconds = seconds;
        }
        let mut planned = None;
        match event {
            SearchEvent::Searching(percent) => searched.percent = Some(percent),
            SearchEvent::Found(found) => planned = self.improve(*found, is_touched),
            SearchEvent::Repairs { problem, gains } => {
                let repairs = self.search.repairs.get(problem).map_or(&[][..], Vec::as_slice);
                searched.gains.retain(|(edits, _)| !repairs.contains(edits));
                searched.gains.extend(repairs.iter().cloned().zip(gains.into_iter().map(of_shown)));
            }
            SearchEvent::Improvements(mut improvements) => {
                improvements.iter_mut().for_each(|improvement| improvement.gain = of_shown(improvement.gain));
                searched.improvements = improvements;
            }
            SearchEvent::Agents(curve) => {
                (searched.curve, searched.is_curve_old) = (curve, false);
                self.search.has_figures = true;
            }
            SearchEvent::Done => {
                self.search.is_settled = true;
                return self.end_search();
            }
        }
        Answer::Searched { planned: planned.map(Box::new), is_over: false }
    }

    /// Ends the search; its later messages are ignored.
    fn end_search(&mut self) -> Answer {
        self.search.generation = self.search.generation.wrapping_add(1);
        self.search.searched.percent = None;
        Answer::Searched { planned: None, is_over: true }
    }

    /// Takes in a found schedule if it is valid and better than the drawn one. Cards move by themselves only while the
    /// user has not touched anything; after that, the better schedule is offered.
    fn improve(&mut self, found: Schedule, is_touched: bool) -> Option<PlanState> {
        let Report { plan, analysis, schedule, .. } = &self.drawn.report;
        verify::of_plan(plan, analysis, &found).ok()?;
        let best = self.search.found.clone().unwrap_or_else(|| schedule.clone()).or_better(found);
        if best == *schedule {
            return None;
        }
        let moves = best.phase_of != schedule.phase_of || best.rolling.slots != schedule.rolling.slots;
        if is_touched && moves {
            self.search.searched.offer = Some(offer(schedule, &best));
            self.search.found = Some(best);
            return None;
        }
        Some(self.adopt(best))
    }

    /// Draws a better schedule.
    fn adopt(&mut self, best: Schedule) -> PlanState {
        (self.search.found, self.search.searched.offer) = (None, None);
        let report = std::mem::take(&mut self.drawn.report);
        self.search.searched.rebase(&report.schedule, &best);
        self.show(report.with_schedule(best));
        self.planned()
    }
}

/// What a better schedule saves, in words.
fn offer(shown: &Schedule, best: &Schedule) -> String {
    let fewer = shown.phases.len().saturating_sub(best.phases.len());
    if best.phased < shown.phased {
        format!("{} shorter found", explain::duration(shown.phased - best.phased))
    } else if fewer > 0 {
        format!("{} fewer found", explain::counted(fewer, "phase"))
    } else {
        let saved = shown.rolling.minutes.saturating_sub(best.rolling.minutes);
        format!("{} shorter without phases found", explain::duration(saved))
    }
}
