//! When a run will end, against what was planned when it began.

use super::state::RunState;
use crate::explain::{duration, listed};
use crate::plan::{Estimate, Minutes, Plan, Status};
use crate::report;
use crate::schedule::{Budget, Previous};

/// The end of a run as it looks now.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// Minutes since the first task was started.
    pub elapsed: u32,
    /// Minutes of what is left, in phases.
    pub left: u32,
    /// Minutes that the whole plan takes by its estimates, in phases.
    pub planned: u32,
    /// Running tasks that have taken longer than estimated, as positions in the plan.
    pub overdue: Vec<usize>,
    /// What is ahead, planned again from now.
    pub report: report::Report,
}

impl Outlook {
    /// Plans what is ahead from `now`, in seconds since 1970, staying near the phases shown before. `None` if
    /// nobody has started a task. Takes two schedules.
    pub fn of(
        plan: &Plan,
        state: &RunState,
        now: u64,
        previous: &Previous,
        budget: &Budget,
    ) -> Option<Outlook> {
        // When nothing is left, time no longer counts.
        let is_over = plan.tasks.iter().all(|task| !task.status.is_open());
        let now = if is_over { state.ended().unwrap_or(now) } else { now };
        let elapsed = u32::try_from(now.saturating_sub(state.began?) / 60).unwrap_or(u32::MAX);
        let is_overdue = |&task: &usize| {
            let task = &plan.tasks[task];
            let worked = state.task(&task.id).and_then(|run| run.minutes_at_work(now));
            task.status == Status::Running
                && worked.is_some_and(|worked| Minutes::whole(worked) > plan.minutes_of(task))
        };
        let overdue = (0..plan.tasks.len()).filter(is_overdue).collect();
        let report = report::Report::edited(remaining(plan, state, now), previous, budget);
        let planned = report::Report::new(from_the_start(plan), budget).schedule.phased.rounded_up();
        Some(Outlook { elapsed, left: report.schedule.phased.rounded_up(), planned, overdue, report })
    }

    /// How many minutes later than planned the run will end; negative if earlier.
    pub fn late(&self) -> i64 {
        i64::from(self.elapsed) + i64::from(self.left) - i64::from(self.planned)
    }

    /// The outlook in a sentence or two.
    pub fn sentences(&self) -> String {
        let Outlook { elapsed, left, planned, overdue, report } = self;
        let end = duration(elapsed.saturating_add(*left));
        let late = self.late();
        let minutes = duration(u32::try_from(late.unsigned_abs()).unwrap_or(u32::MAX));
        let against = match late {
            0 => "as planned".to_owned(),
            1.. => format!("{minutes} later than the {} planned", duration(*planned)),
            _ => format!("{minutes} earlier than the {} planned", duration(*planned)),
        };
        let overdue = match overdue.len() {
            0 => String::new(),
            1 => format!(" {} takes longer than estimated.", listed(&report.plan, overdue)),
            _ => format!(" {} take longer than estimated.", listed(&report.plan, overdue)),
        };
        match left {
            0 => format!("Nothing is left after {}: {against}.", duration(*elapsed)),
            left => format!(
                "Running for {}, {} left: it ends after {end}, {against}.{overdue}",
                duration(*elapsed),
                duration(*left)
            ),
        }
    }
}

/// The plan in which each running task takes only what is left of its estimate, and at least a minute.
pub fn remaining(plan: &Plan, state: &RunState, now: u64) -> Plan {
    let mut remaining = plan.clone();
    for task in remaining.tasks.iter_mut().filter(|task| task.status == Status::Running) {
        if let Some(worked) = state.task(&task.id).and_then(|run| run.minutes_at_work(now)) {
            let left = (plan.minutes_of(task) - worked.into()).max(Minutes::whole(1));
            task.minutes = Some(Estimate::exactly(left));
        }
    }
    remaining
}

/// The plan before anything was done.
fn from_the_start(plan: &Plan) -> Plan {
    let mut fresh = plan.clone();
    for task in fresh.tasks.iter_mut().filter(|task| task.status != Status::Dropped) {
        task.status = Status::Todo;
    }
    fresh
}
