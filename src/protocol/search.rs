//! A long search for a better schedule, in a worker of its own.
//!
//! A job is one plan. It is answered by many messages, the most useful first; the page ends a job that it no longer needs
//! by ending the worker.

use serde::{Deserialize, Serialize};

use crate::plan::Plan;
use crate::report::{Gain, Report};
use crate::schedule::{Budget, Meter, Progress, Schedule, schedule_until};
use crate::what_if::{AgentCount, by_agents};

/// What the page asks for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    /// Comes back with every message, so that the page can tell an old answer from a new one.
    pub generation: u32,
    /// The plan to work on.
    pub plan: Plan,
    /// How long to search for a better schedule; see [`Budget::steps`].
    pub steps: u64,
    /// Start of the random sequence.
    pub seed: u64,
}

/// What the worker answers.
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
    /// What each repair of a diagnostic would do, in the order of its fixes.
    Repairs {
        /// Position in the diagnostics of the analysis.
        diagnostic: usize,
        /// One for each fix.
        gains: Vec<Gain>,
    },
    /// How far the search is.
    Searching {
        /// Of the steps, from 0 to 1.
        share: f64,
        /// The shortest makespan found so far, in minutes.
        minutes: u32,
        /// Nothing is shorter than this, in minutes.
        lower_bound: u32,
    },
    /// The best schedule that was found.
    Found(Box<Schedule>),
    /// The makespan over the number of agents.
    Agents(Vec<AgentCount>),
    /// Nothing more will come.
    Done,
}

/// For how many diagnostics the effects of repairs are computed: as many as a person reads.
const MOST_REPAIRED: usize = 24;
/// Up to how many agents the curve goes: the most that run at once anywhere.
const MOST_AGENTS: u32 = 20;
/// The search tells how far it is so often.
const TELLINGS: f64 = 40.0;

/// Does a job, telling the news as they come. The same job gives the same news on every machine.
pub fn work(job: &Job, tell: &mut dyn FnMut(Message)) {
    let mut tell = |news| tell(Message { generation: job.generation, news });
    let quick = Budget::default();
    let report = Report::new(job.plan.clone(), &quick);
    let diagnostics = report.analysis.diagnostics.iter().enumerate();
    for (diagnostic, found) in diagnostics.filter(|(_, found)| !found.fixes.is_empty()).take(MOST_REPAIRED) {
        let gains = found.fixes.iter().map(|fix| report.gain(&fix.edits, &quick)).collect();
        tell(News::Repairs { diagnostic, gains });
    }
    let mut meter = TellingMeter { steps: job.steps, told: 0.0, tell: &mut tell };
    let found = schedule_until(&report.plan, &report.analysis, job.seed, &mut meter);
    tell(News::Found(Box::new(found)));
    tell(News::Agents(by_agents(&report.plan, &report.analysis, MOST_AGENTS, &quick)));
    tell(News::Done);
}

/// Ends the search after so many steps, and tells how far it is on the way.
struct TellingMeter<'a> {
    steps: u64,
    told: f64,
    tell: &'a mut dyn FnMut(News),
}

impl Meter for TellingMeter<'_> {
    fn used(&mut self, progress: &Progress) -> f64 {
        let share = Budget { steps: self.steps, seed: 0 }.used(progress);
        if (share - self.told).abs() >= 1.0 / TELLINGS {
            self.told = share;
            let Progress { minutes, lower_bound, .. } = *progress;
            (self.tell)(News::Searching { share: share.min(1.0), minutes, lower_bound });
        }
        share
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    fn news(plan: &str) -> Vec<News> {
        let job = Job { generation: 7, plan: text::parse(plan).plan, steps: 20_000, seed: 1 };
        let mut news = Vec::new();
        work(&job, &mut |message| {
            assert_eq!(message.generation, 7);
            let written = serde_json::to_string(&message).expect("messages can be written");
            assert_eq!(serde_json::from_str::<Message>(&written).expect("and read"), message);
            news.push(message.news);
        });
        news
    }

    #[test]
    fn a_job_is_answered_by_repairs_a_schedule_and_a_curve() {
        let news = news("- T1 One @owns(a/**) ~20m\n- T2 Two @owns(a/b) ~30m\n- T3 Three @owns(c) ~30m");
        assert!(matches!(&news[0], News::Repairs { gains, .. } if gains.iter().any(|gain| gain.minutes < 0)));
        assert!(news.iter().any(|piece| matches!(piece, News::Found(found) if found.phased == 50)));
        assert!(news.iter().any(|piece| matches!(piece, News::Agents(curve) if curve.len() == 20)));
        assert_eq!(news.last(), Some(&News::Done));
    }
}
