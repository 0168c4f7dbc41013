//! The state of a run: what the log says about each task. Derived, never stored, and independent of the order
//! in which events arrived.
//!
//! Where two devices contradict each other, the later event counts, with one exception: what is done stays
//! done until somebody reopens it. So no finished task is launched again because the news of its end came
//! late.

use std::collections::{BTreeMap, BTreeSet};

use super::body::{Body, Event, Log};
use crate::events::{Digest, EventBody};
use crate::plan::{Plan, Status, TaskId};

/// What a log says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunState {
    /// What happened to each task that the log speaks of.
    pub tasks: BTreeMap<TaskId, TaskRun>,
    /// When the first task was started, in seconds since 1970.
    pub began: Option<u64>,
}

/// What happened to one task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskRun {
    /// Its status; `None` if the log does not say.
    pub status: Option<Status>,
    /// Every time somebody was at work on it, in order.
    pub attempts: Vec<Attempt>,
    /// The files that were changed for it, sorted.
    pub files: BTreeSet<String>,
    /// The reports of its agents, in order.
    pub reports: Vec<Report>,
    /// The files that its agents were refused, in order.
    pub denials: Vec<Denial>,
    /// The last answer of a gate.
    pub answer: Option<String>,
    /// How often it was started while somebody was at work on it, or after it was done.
    pub needless_starts: usize,
}

/// One time that somebody was at work on a task. Times are seconds since 1970, by the clocks of those who
/// wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The agent; empty if nobody says.
    pub agent: String,
    /// When it started.
    pub start: u64,
    /// How and when it ended; `None` while it lasts.
    pub ended: Option<Ended>,
}

/// The end of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// When.
    pub time: u64,
    /// How.
    pub outcome: Outcome,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The task is done.
    Done,
    /// It was not finished: the reason, which may be empty.
    Failed(String),
    /// Nobody went on: the reason, which may be empty.
    Released(String),
}

/// A report of an agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Who wrote it down.
    pub author: String,
    /// When, in seconds since 1970.
    pub time: u64,
    /// What it says.
    pub text: String,
}

/// A file that an agent was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// When, in seconds since 1970.
    pub time: u64,
    /// The path.
    pub path: String,
}

impl Attempt {
    /// How long it took in minutes, rounded up; `None` while it lasts, or if the clocks contradict each other.
    pub fn minutes(&self) -> Option<u32> {
        let end = self.ended.as_ref()?.time;
        Some(minutes_between(self.start, end)?.max(1))
    }
}

/// Whole minutes between two times, rounded up; `None` if the second is before the first.
fn minutes_between(start: u64, end: u64) -> Option<u32> {
    Some(u32::try_from(end.checked_sub(start)?.div_ceil(60)).unwrap_or(u32::MAX))
}

impl TaskRun {
    /// How long the attempt took that finished the task, in minutes; `None` if it is not done or nobody noted
    /// the times.
    pub fn minutes(&self) -> Option<u32> {
        let is_done = |attempt: &&Attempt| {
            matches!(attempt.ended, Some(Ended { outcome: Outcome::Done, .. }))
                && self.status == Some(Status::Done)
        };
        self.attempts.iter().rev().find(is_done)?.minutes()
    }

    /// For how many whole minutes somebody has been at work on it at this time; `None` if nobody is.
    pub fn minutes_at_work(&self, now: u64) -> Option<u32> {
        let running = self.attempts.last().filter(|_| self.status == Some(Status::Running))?;
        Some(u32::try_from(now.saturating_sub(running.start) / 60).unwrap_or(u32::MAX))
    }

    fn start(&mut self, agent: &str, time: u64) {
        match self.status {
            // It is finished; whoever started it did not know that.
            Some(Status::Done) => self.needless_starts += 1,
            status => {
                self.needless_starts += usize::from(status == Some(Status::Running));
                self.end(time, Outcome::Released("started again".to_owned()));
                self.attempts.push(Attempt { agent: agent.to_owned(), start: time, ended: None });
                self.status = Some(Status::Running);
            }
        }
    }

    /// Ends the attempt that lasts, if there is one.
    fn end(&mut self, time: u64, outcome: Outcome) {
        if let Some(attempt) = self.attempts.last_mut().filter(|attempt| attempt.ended.is_none()) {
            attempt.ended = Some(Ended { time, outcome });
        }
    }

    /// Notes why the last attempt failed, if nobody said so before.
    fn give_reason(&mut self, why: &str) {
        let ended = self.attempts.last_mut().and_then(|attempt| attempt.ended.as_mut());
        if let Some(Ended { outcome: Outcome::Failed(known), .. }) = ended
            && known.is_empty()
        {
            why.clone_into(known);
        }
    }

    /// Why the last attempt failed; `None` if it did not, or nobody said why.
    pub fn why_failed(&self) -> Option<&str> {
        match &self.attempts.last()?.ended.as_ref()?.outcome {
            Outcome::Failed(why) if self.status == Some(Status::Failed) && !why.is_empty() => Some(why),
            _ => None,
        }
    }

    pub(super) fn hear(&mut self, event: &Event) {
        let time = event.statement.time;
        let is_done = self.status == Some(Status::Done);
        match &event.statement.body {
            Body::Started { agent, .. } | Body::Retried { agent, .. } => self.start(agent, time),
            Body::Done { .. } => {
                self.end(time, Outcome::Done);
                self.status = Some(Status::Done);
            }
            Body::Answered { answer, .. } => {
                self.end(time, Outcome::Done);
                self.status = Some(Status::Done);
                self.answer = Some(answer.clone());
            }
            Body::Failed { why, .. } if !is_done => {
                self.end(time, Outcome::Failed(why.clone()));
                self.give_reason(why);
                self.status = Some(Status::Failed);
            }
            Body::Released { why, .. } if !is_done => {
                self.end(time, Outcome::Released(why.clone()));
                self.status = Some(Status::Todo);
            }
            // Whoever says so did not know that it is done.
            Body::Failed { .. } | Body::Released { .. } => {}
            Body::Reopened { .. } => {
                self.end(time, Outcome::Released("reopened".to_owned()));
                self.status = Some(Status::Todo);
            }
            Body::Dropped { .. } => {
                self.end(time, Outcome::Released("dropped".to_owned()));
                self.status = Some(Status::Dropped);
            }
            Body::Changed { files, .. } => self.files.extend(files.iter().cloned()),
            Body::Reported { text, .. } => {
                let author = event.statement.author.clone();
                self.reports.push(Report { author, time, text: text.clone() });
            }
            Body::Denied { path, .. } => self.denials.push(Denial { time, path: path.clone() }),
            // Left out with the event it is about.
            Body::Withdrawn { .. } => {}
        }
    }
}

impl RunState {
    /// What a log says. The same events give the same state. O(events · log events).
    pub fn of(log: &Log) -> RunState {
        let mut state = RunState::default();
        for event in in_order(log) {
            state.hear(event);
        }
        state
    }

    fn hear(&mut self, event: &Event) {
        let body = &event.statement.body;
        self.tasks.entry(body.task().clone()).or_default().hear(event);
        match body {
            Body::Started { .. } | Body::Retried { .. } => {
                let time = event.statement.time;
                self.began = Some(self.began.map_or(time, |began| began.min(time)));
            }
            // The plan is run once more from its beginning.
            Body::Reopened { .. } if !self.is_under_way() => self.began = None,
            _ => {}
        }
    }

    /// Whether anything is at work, done or failed.
    fn is_under_way(&self) -> bool {
        let is_touched =
            |run: &TaskRun| matches!(run.status, Some(Status::Running | Status::Done | Status::Failed));
        self.tasks.values().any(is_touched)
    }

    /// What happened to a task.
    pub fn task(&self, id: &TaskId) -> Option<&TaskRun> {
        self.tasks.get(id)
    }

    /// When the last attempt ended, in seconds since 1970; `None` if none has.
    pub fn ended(&self) -> Option<u64> {
        let attempts = self.tasks.values().flat_map(|run| &run.attempts);
        attempts.filter_map(|attempt| Some(attempt.ended.as_ref()?.time)).max()
    }

    /// The plan with the statuses that the log says. Tasks of which it says nothing stay as they are.
    pub fn applied_to(&self, plan: &Plan) -> Plan {
        let mut plan = plan.clone();
        for task in &mut plan.tasks {
            task.status = self.task(&task.id).and_then(|run| run.status).unwrap_or(task.status);
        }
        plan
    }
}

/// The events that count, in the order in which they are heard.
pub(super) fn in_order(log: &Log) -> Vec<&Event> {
    let clocks = log.clocks();
    let withdrawn: BTreeSet<Digest> = log.events().filter_map(|event| event.statement.body.about()).collect();
    let mut events: Vec<&Event> = log.events().filter(|event| !withdrawn.contains(&event.id)).collect();
    events.sort_unstable_by_key(|event| clocks.rank(event));
    events
}
