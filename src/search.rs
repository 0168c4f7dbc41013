//! A long search for a better schedule, and other slow computations, in a worker of their own.
//!
//! A [`Job`] is one plan. Its answer is a series of messages, the most useful first. The page only passes
//! them from the search worker to the worker that holds the document. It cancels a job by terminating its
//! worker.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::analysis::Wait;
use crate::evidence::Evidence;
use crate::plan::{Edit, Plan};
use crate::repairs::{Improvement, improvements, needless_waits_besides};
use crate::report::{Basis, Gain, Report};
use crate::schedule::{Budget, Meter, Previous, Progress, Schedule, schedule_near};
use crate::what_if::{AgentCount, MOST_AGENTS, by_agents};

/// The name of the search worker in the page.
pub const NAME: &str = "search";

/// The input of the search.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    /// Returned with every message, to distinguish old answers from new ones.
    pub generation: u32,
    /// The plan to schedule.
    pub plan: Plan,
    /// A file below each folder that an entry of the plan names; see [`crate::analysis::KnownFolder`].
    pub files: Vec<String>,
    /// The dependencies with a reason in the evidence; see [`crate::repairs::importing_waits`].
    pub importing: Vec<Wait>,
    /// The phases that should change little; empty if they may change freely.
    pub previous: Previous,
    /// Successive searches, each with a number of steps; see [`Budget::steps`]. Empty if only figures are
    /// wanted.
    pub stages: Vec<u64>,
    /// Seed of the random sequence of every stage.
    pub seed: u64,
    /// The schedule on screen. The gains of repairs are relative to it, or to a better one found since.
    pub shown: Option<Schedule>,
    /// Whether the schedule on screen stays there, so that all gains are relative to it.
    pub keeps_shown: bool,
    /// Whether to compute the gains of repairs and the curve over the number of agents.
    pub with_figures: bool,
    /// The repairs to evaluate, by problem; see [`offered_repairs`].
    pub repairs: Vec<Vec<Vec<Edit>>>,
}

/// One message of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The generation of the job.
    pub generation: u32,
    /// Its content.
    pub event: SearchEvent,
}

/// The content of a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum SearchEvent {
    /// The progress of all stages together, in percent.
    Searching(u8),
    /// The result of a stage, which may be no better than the known schedule.
    Found(Box<Schedule>),
    /// The gains of the repairs of a problem.
    Repairs {
        /// Position in [`Job::repairs`].
        problem: usize,
        /// One per repair, in their order.
        gains: Vec<Gain>,
    },
    /// Changes that would shorten the whole plan.
    Improvements(Vec<Improvement>),
    /// The makespan as a function of the number of agents.
    Agents(Vec<AgentCount>),
    /// The last message.
    Done,
}

/// Plans with more tasks get no figures, since each figure takes a whole schedule.
const MOST_TASKS: usize = 1_000;
/// The most repairs to evaluate: as many as a person reads.
const MOST_FIXES: usize = 24;

/// The repairs of a report that are worth evaluating, by problem: the first ones that change the plan.
pub fn offered_repairs(report: &Report) -> Vec<Vec<Vec<Edit>>> {
    let mut left = MOST_FIXES;
    let mut offered = Vec::new();
    for diagnostic in &report.diagnostics {
        let edits = diagnostic.fixes.iter().map(|fix| fix.edits.of_plan()).filter(|edits| !edits.is_empty());
        let edits: Vec<Vec<Edit>> = edits.take(left).map(<[Edit]>::to_vec).collect();
        left -= edits.len();
        if !edits.is_empty() {
            offered.push(edits);
        }
    }
    offered
}

/// Runs a job given as bytes, and sends messages as bytes. Does nothing if the bytes are not a job.
pub fn work_on_bytes(job: &[u8], send: &mut dyn FnMut(&[u8])) {
    let Ok(job) = serde_json::from_slice::<Job>(job) else { return };
    work(&job, &mut |message| {
        if let Ok(bytes) = serde_json::to_vec(&message) {
            send(&bytes);
        }
    });
}

/// Runs a job and sends messages. The same job sends the same messages on every machine.
pub fn work(job: &Job, send: &mut dyn FnMut(Message)) {
    let mut send = |event| send(Message { generation: job.generation, event });
    let evidence = Arc::new(Evidence::of_files("", &job.files));
    let basis = Basis { plan: job.plan.clone(), evidence };
    let mut report = match &job.shown {
        Some(shown) => Report::of_schedule(basis, shown.clone()),
        None => Report::near(basis, &job.previous, &Budget::default()),
    };
    let shown = job.keeps_shown.then(|| report.clone());
    let with_figures = job.with_figures && report.plan.tasks.len() <= MOST_TASKS;
    let mut stages = Stages::new(&job.stages, &mut send);
    let mut is_left = stages.search(&mut report, job);
    if with_figures {
        send_gains(job, shown.as_ref().unwrap_or(&report), stages.send);
        let curve = by_agents(&report.plan, &report.analysis, MOST_AGENTS, &Budget::default());
        (stages.send)(SearchEvent::Agents(curve));
    }
    while is_left {
        let before = (report.schedule.phased, report.schedule.phases.len());
        is_left = stages.search(&mut report, job);
        if with_figures && shown.is_none() && before != (report.schedule.phased, report.schedule.phases.len())
        {
            send_gains(job, &report, stages.send);
        }
    }
    send(SearchEvent::Done);
}

/// Sends the gains of repairs and improvements, relative to the schedule on screen. A change is scheduled as
/// the session will do it: with a small budget, close to the current phases.
fn send_gains(job: &Job, report: &Report, send: &mut dyn FnMut(SearchEvent)) {
    let quick = Budget::default();
    for (problem, repairs) in job.repairs.iter().enumerate() {
        let gains = repairs.iter().map(|edits| report.gain(edits, &quick)).collect();
        send(SearchEvent::Repairs { problem, gains });
    }
    let mut offered = improvements(report, &quick);
    let needless = needless_waits_besides(report, &job.importing, &quick);
    offered.extend(needless.into_iter().map(|needless| needless.improvement));
    send(SearchEvent::Improvements(offered));
}

/// Successive searches, each longer than the one before, so something better is shown early.
struct Stages<'a> {
    stages: &'a [u64],
    next: usize,
    /// The last reported percentage of all stages.
    reported: u8,
    send: &'a mut dyn FnMut(SearchEvent),
}

impl<'a> Stages<'a> {
    fn new(stages: &'a [u64], send: &'a mut dyn FnMut(SearchEvent)) -> Stages<'a> {
        Stages { stages, next: 0, reported: 0, send }
    }

    /// Runs the next search, sends the result, and adopts it if it is better. Returns whether stages are left
    /// and something better is possible.
    fn search(&mut self, report: &mut Report, job: &Job) -> bool {
        let Some(&steps) = self.stages.get(self.next) else { return false };
        let mut meter = StageMeter { stages: self, steps, asked: 0, is_rolling: false };
        let found = schedule_near(&report.plan, &report.analysis, &job.previous, job.seed, &mut meter);
        (self.send)(SearchEvent::Found(Box::new(found.clone())));
        report.schedule = std::mem::take(&mut report.schedule).or_better(found);
        self.next += 1;
        self.next < self.stages.len() && !report.schedule.is_at_bound()
    }

    /// Reports the progress of all stages when the current one is at this share.
    fn report_share(&mut self, of_stage: f64) {
        let steps = |stages: &[u64]| stages.iter().sum::<u64>() as f64;
        let (before, now) = (steps(&self.stages[..self.next]), self.stages[self.next] as f64);
        let percent = ((before + now * of_stage) * 100.0 / steps(self.stages)) as u8;
        if percent > self.reported {
            self.reported = percent;
            (self.send)(SearchEvent::Searching(percent));
        }
    }
}

/// Ends a stage after a number of steps, and reports its progress.
struct StageMeter<'s, 'a> {
    stages: &'s mut Stages<'a>,
    steps: u64,
    asked: u64,
    /// Whether the phases are done. Steps then count from 0 again.
    is_rolling: bool,
}

impl Meter for StageMeter<'_, '_> {
    fn used(&mut self, progress: &Progress) -> f64 {
        self.is_rolling |= progress.steps < self.asked;
        self.asked = progress.steps;
        let share = Budget { steps: self.steps, seed: 0 }.used(progress);
        self.stages.report_share((share.min(1.0) + f64::from(self.is_rolling)) / 2.0);
        share
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::schedule::{schedule_until, verify};
    use crate::text;

    const STAGES: [u64; 2] = [500, 5_000];

    fn events(plan: &str, with_figures: bool) -> Vec<SearchEvent> {
        let plan = text::parse(plan).plan;
        let (previous, stages) = (Previous::default(), STAGES.to_vec());
        let repairs = offered_repairs(&Report::new(plan.clone(), &Budget::default()));
        let job = Job {
            files: Vec::new(),
            importing: Vec::new(),
            generation: 7,
            plan,
            previous,
            stages,
            seed: 1,
            shown: None,
            keeps_shown: false,
            with_figures,
            repairs,
        };
        let mut events = Vec::new();
        work(&job, &mut |message| {
            assert_eq!(message.generation, 7);
            let written = serde_json::to_string(&message).expect("messages can be written");
            assert_eq!(serde_json::from_str::<Message>(&written).expect("and read"), message);
            events.push(message.event);
        });
        events
    }

    /// A plan with this many tasks and enough order and conflicts that a quick answer is not the best.
    pub(crate) fn tangled(tasks: usize) -> String {
        let lines = include_str!("../tests/fixtures/plans/tangled.md").split_inclusive('\n');
        assert!(lines.clone().count() >= tasks);
        lines.take(tasks).collect()
    }

    #[test]
    fn a_job_is_answered_by_a_schedule_repairs_and_a_curve() {
        let events =
            events("- T1 One @owns(a/**) ~20m\n- T2 Two @owns(a/b) ~30m\n- T3 Three @owns(c) ~30m", true);
        assert!(matches!(&events[0], SearchEvent::Found(found) if found.phased == 50));
        assert!(
            matches!(&events[1], SearchEvent::Repairs { gains, .. } if gains.iter().any(|gain| gain.minutes < 0))
        );
        assert!(events.iter().any(|event| matches!(event, SearchEvent::Improvements(_))));
        assert!(events.iter().any(|event| matches!(event, SearchEvent::Agents(curve) if curve.len() == 20)));
        assert_eq!(events.last(), Some(&SearchEvent::Done));
        let found = events.iter().filter(|event| matches!(event, SearchEvent::Found(_)));
        assert_eq!(found.count(), 1, "the first one is proved, so there is nothing left to find");
    }

    #[test]
    fn every_stage_finds_what_the_scheduler_finds_in_so_many_steps() {
        let plan = tangled(45);
        let report = Report::new(text::parse(&plan).plan, &Budget::default());
        let mut stages = STAGES.iter();
        let mut percent = 0;
        for event in events(&plan, false) {
            match event {
                SearchEvent::Found(found) => {
                    let steps = *stages.next().expect("there is a stage for everything found");
                    let mut budget = Budget { steps, seed: 1 };
                    let native = schedule_until(&report.plan, &report.analysis, 1, &mut budget);
                    assert_eq!(*found, native);
                    assert_eq!(verify::of_plan(&report.plan, &report.analysis, &found), Ok(()));
                }
                SearchEvent::Searching(now) => {
                    assert!(now > percent && now <= 100, "{now} after {percent}");
                    percent = now;
                }
                other => assert_eq!(other, SearchEvent::Done),
            }
        }
        assert_eq!(stages.len(), 0, "all stages were searched");
        assert!(percent > 90);
    }
}
