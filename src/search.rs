//! A long search for a better schedule, and other figures that take long, in a worker of their own.
//!
//! A [`Job`] is one plan. It is answered by many messages, the most useful first. The page only carries them from the worker
//! that searches to the one that holds the document, and ends a job that is no longer needed by ending its worker.

use serde::{Deserialize, Serialize};

use crate::plan::Plan;
use crate::repairs::{Improvement, improvements};
use crate::report::{Gain, Report};
use crate::schedule::{Budget, Meter, Previous, Progress, Schedule, schedule_near};
use crate::what_if::{AgentCount, by_agents};

/// What the page calls the worker that searches.
pub const NAME: &str = "search";

/// What is to be searched for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    /// Comes back with every message, so that an old answer is told from a new one.
    pub generation: u32,
    /// The plan to work on.
    pub plan: Plan,
    /// The phases that are to change little; of no tasks where nothing has to stay.
    pub previous: Previous,
    /// One search after another, each in so many steps; see [`Budget::steps`]. None if only figures are wanted.
    pub stages: Vec<u64>,
    /// Start of the random sequence of every stage.
    pub seed: u64,
    /// What is shown of the plan: what repairs gain is told against this, or against what was found since.
    pub shown: Option<Schedule>,
    /// Whether to work out what repairs gain, and what other numbers of agents would do.
    pub with_figures: bool,
}

/// One message of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// That of the job.
    pub generation: u32,
    /// What it says.
    pub news: News,
}

/// One piece of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum News {
    /// How far all stages together are, in percent.
    Searching(u8),
    /// What a stage found, which may be no better than what is known.
    Found(Box<Schedule>),
    /// What the repairs of a diagnostic would do.
    Repairs {
        /// Position in the diagnostics of the analysis.
        diagnostic: usize,
        /// Those of its first fixes, in their order.
        gains: Vec<Gain>,
    },
    /// Changes that would make the whole plan shorter.
    Improvements(Vec<Improvement>),
    /// The makespan over the number of agents.
    Agents(Vec<AgentCount>),
    /// Nothing more will come.
    Done,
}

/// Plans with more tasks get no figures, since each figure is a whole schedule.
const MOST_TASKS: usize = 1_000;
/// For how many repairs effects are computed: as many as a person reads.
const MOST_FIXES: usize = 24;
/// Up to how many agents the curve goes: the most that run at once anywhere.
const MOST_AGENTS: u32 = 20;

/// Does a job that came as bytes, telling the news as bytes; nothing if they are no job.
pub fn work_on_bytes(job: &[u8], tell: &mut dyn FnMut(&[u8])) {
    let Ok(job) = serde_json::from_slice::<Job>(job) else { return };
    work(&job, &mut |message| {
        if let Ok(bytes) = serde_json::to_vec(&message) {
            tell(&bytes);
        }
    });
}

/// Does a job, telling the news as they come. The same job gives the same news on every machine.
pub fn work(job: &Job, tell: &mut dyn FnMut(Message)) {
    let mut tell = |news| tell(Message { generation: job.generation, news });
    let mut report = match &job.shown {
        Some(shown) => Report::of_schedule(job.plan.clone(), shown.clone()),
        None => Report::near(job.plan.clone(), &job.previous, &Budget::default()),
    };
    let with_figures = job.with_figures && report.plan.tasks.len() <= MOST_TASKS;
    let mut stages = Stages::new(&job.stages, &mut tell);
    let mut is_left = stages.search(&mut report, job);
    if with_figures {
        tell_gains(&report, stages.tell);
        let curve = by_agents(&report.plan, &report.analysis, MOST_AGENTS, &Budget::default());
        (stages.tell)(News::Agents(curve));
    }
    while is_left {
        let before = (report.schedule.phased, report.schedule.phases.len());
        is_left = stages.search(&mut report, job);
        if with_figures && before != (report.schedule.phased, report.schedule.phases.len()) {
            tell_gains(&report, stages.tell);
        }
    }
    tell(News::Done);
}

/// What repairs and improvements make of the schedule that is shown. A change is planned as the session will plan it: in a hurry,
/// near what is shown.
fn tell_gains(report: &Report, tell: &mut dyn FnMut(News)) {
    let quick = Budget::default();
    let mut left = MOST_FIXES;
    for (diagnostic, found) in report.analysis.diagnostics.iter().enumerate() {
        let fixes = &found.fixes[..found.fixes.len().min(left)];
        left -= fixes.len();
        if !fixes.is_empty() {
            let gains = fixes.iter().map(|fix| report.gain(&fix.edits, &quick)).collect();
            tell(News::Repairs { diagnostic, gains });
        }
    }
    tell(News::Improvements(improvements(report, &quick)));
}

/// Searches that follow each other, each longer than the one before, so that something better is shown early.
struct Stages<'a> {
    stages: &'a [u64],
    next: usize,
    /// Percent of all stages that were told last.
    told: u8,
    tell: &'a mut dyn FnMut(News),
}

impl<'a> Stages<'a> {
    fn new(stages: &'a [u64], tell: &'a mut dyn FnMut(News)) -> Stages<'a> {
        Stages { stages, next: 0, told: 0, tell }
    }

    /// Makes the next search, tells what it found and keeps it if it is better; whether there are stages left and something
    /// left to find.
    fn search(&mut self, report: &mut Report, job: &Job) -> bool {
        let Some(&steps) = self.stages.get(self.next) else { return false };
        let mut meter = StageMeter { stages: self, steps, asked: 0, is_rolling: false };
        let found = schedule_near(&report.plan, &report.analysis, &job.previous, job.seed, &mut meter);
        (self.tell)(News::Found(Box::new(found.clone())));
        report.schedule = std::mem::take(&mut report.schedule).or_better(found);
        self.next += 1;
        self.next < self.stages.len() && !report.schedule.is_at_bound()
    }

    /// Tells how far all stages are when the current one is done to this share.
    fn tell_share(&mut self, of_stage: f64) {
        let steps = |stages: &[u64]| stages.iter().sum::<u64>() as f64;
        let (before, now) = (steps(&self.stages[..self.next]), self.stages[self.next] as f64);
        let percent = ((before + now * of_stage) * 100.0 / steps(self.stages)) as u8;
        if percent > self.told {
            self.told = percent;
            (self.tell)(News::Searching(percent));
        }
    }
}

/// Ends a stage after so many steps, and tells how far it is on the way.
struct StageMeter<'s, 'a> {
    stages: &'s mut Stages<'a>,
    steps: u64,
    asked: u64,
    /// Whether the phases are done: then steps count from 0 again.
    is_rolling: bool,
}

impl Meter for StageMeter<'_, '_> {
    fn used(&mut self, progress: &Progress) -> f64 {
        self.is_rolling |= progress.steps < self.asked;
        self.asked = progress.steps;
        let share = Budget { steps: self.steps, seed: 0 }.used(progress);
        self.stages.tell_share((share.min(1.0) + f64::from(self.is_rolling)) / 2.0);
        share
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::schedule::{schedule_until, verify};
    use crate::text;

    const STAGES: [u64; 2] = [500, 5_000];

    fn news(plan: &str, with_figures: bool) -> Vec<News> {
        let plan = text::parse(plan).plan;
        let (previous, stages) = (Previous::default(), STAGES.to_vec());
        let job = Job { generation: 7, plan, previous, stages, seed: 1, shown: None, with_figures };
        let mut news = Vec::new();
        work(&job, &mut |message| {
            assert_eq!(message.generation, 7);
            let written = serde_json::to_string(&message).expect("messages can be written");
            assert_eq!(serde_json::from_str::<Message>(&written).expect("and read"), message);
            news.push(message.news);
        });
        news
    }

    /// Tasks that wait and collide so much that a quick answer is not the best.
    pub(crate) fn tangled(tasks: usize) -> String {
        let line = |task: usize| {
            let after = if task.is_multiple_of(3) && task > 6 {
                format!(" @after(T{})", task - 6)
            } else {
                String::new()
            };
            let (a, b, minutes) = (task * task % 11, task * 5 % 17, 5 + task * 13 % 41);
            format!("- T{task} Task @owns(a{a}, b{b}) ~{minutes}m{after}\n")
        };
        (1..=tasks).map(line).collect()
    }

    #[test]
    fn a_job_is_answered_by_a_schedule_repairs_and_a_curve() {
        let news =
            news("- T1 One @owns(a/**) ~20m\n- T2 Two @owns(a/b) ~30m\n- T3 Three @owns(c) ~30m", true);
        assert!(matches!(&news[0], News::Found(found) if found.phased == 50));
        assert!(matches!(&news[1], News::Repairs { gains, .. } if gains.iter().any(|gain| gain.minutes < 0)));
        assert!(news.iter().any(|piece| matches!(piece, News::Improvements(_))));
        assert!(news.iter().any(|piece| matches!(piece, News::Agents(curve) if curve.len() == 20)));
        assert_eq!(news.last(), Some(&News::Done));
        let found = news.iter().filter(|piece| matches!(piece, News::Found(_)));
        assert_eq!(found.count(), 1, "the first one is proved, so there is nothing left to find");
    }

    #[test]
    fn every_stage_finds_what_the_scheduler_finds_in_so_many_steps() {
        let plan = tangled(45);
        let report = Report::new(text::parse(&plan).plan, &Budget::default());
        let mut stages = STAGES.iter();
        let mut percent = 0;
        for piece in news(&plan, false) {
            match piece {
                News::Found(found) => {
                    let steps = *stages.next().expect("there is a stage for everything found");
                    let mut budget = Budget { steps, seed: 1 };
                    let native = schedule_until(&report.plan, &report.analysis, 1, &mut budget);
                    assert_eq!(*found, native);
                    assert_eq!(verify::of_plan(&report.plan, &report.analysis, &found), Ok(()));
                }
                News::Searching(now) => {
                    assert!(now > percent && now <= 100, "{now} after {percent}");
                    percent = now;
                }
                other => assert_eq!(other, News::Done),
            }
        }
        assert_eq!(stages.len(), 0, "all stages were searched");
        assert!(percent > 90);
    }
}
