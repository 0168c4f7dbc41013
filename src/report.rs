//! Everything derived from one plan: what the views, the exports and the command line read.

use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, analyse};
use crate::import::{Imported, Note};
use crate::plan::{Edit, Plan};
use crate::schedule::{Budget, Previous, Schedule, schedule_near};

/// A plan with all that follows from it.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What was asked.
    pub plan: Plan,
    /// What is wrong with it, and what may not run at the same time.
    pub analysis: Analysis,
    /// When everything runs.
    pub schedule: Schedule,
    /// The file the plan was read from, if it was read from one.
    pub source: Option<Source>,
}

/// The file that a plan was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// What it was taken for, such as `spec-kit tasks.md`.
    pub format: &'static str,
    /// What was guessed and what was skipped.
    pub notes: Vec<Note>,
    /// For each task of the plan, the line it starts at, counted from 1; empty if the format has no such lines.
    pub task_lines: Vec<usize>,
}

/// What a change would do to the schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gain {
    /// How much longer the phases take; below zero if they get shorter.
    pub minutes: i64,
    /// How many phases there would be.
    pub phases: usize,
    /// How many more phases there would be; below zero if there are fewer.
    pub more_phases: i64,
    /// How much longer the schedule without barriers takes; below zero if it gets shorter.
    pub rolling_minutes: i64,
}

impl Report {
    /// Derives everything from a plan.
    pub fn new(plan: Plan, budget: &Budget) -> Report {
        Report::near(plan, &Previous::default(), budget)
    }

    /// The same, with few tasks moved out of the phases that somebody has in view; see [`schedule_near`].
    pub fn near(plan: Plan, previous: &Previous, budget: &Budget) -> Report {
        let analysis = analyse(&plan);
        let schedule = schedule_near(&plan, &analysis, previous, budget.seed, &mut budget.clone());
        Report { plan, analysis, schedule, source: None }
    }

    /// The rest of what follows from a plan whose schedule is known.
    pub fn of_schedule(plan: Plan, schedule: Schedule) -> Report {
        let analysis = analyse(&plan);
        Report { plan, analysis, schedule, source: None }
    }

    /// Derives everything from a plan that was read from a file.
    pub fn of_import(imported: Imported, budget: &Budget) -> Report {
        let Imported { plan, format, notes, task_lines } = imported;
        Report { source: Some(Source { format, notes, task_lines }), ..Report::new(plan, budget) }
    }

    /// The line of a task in the file, counted from 1.
    pub fn line_of(&self, task: usize) -> Option<usize> {
        self.source.as_ref()?.task_lines.get(task).copied()
    }

    /// What these edits would gain or cost, if the plan is then planned near the phases that are here. As expensive as
    /// [`Report::near`].
    pub fn gain(&self, edits: &[Edit], budget: &Budget) -> Gain {
        let mut plan = self.plan.clone();
        for edit in edits {
            edit.clone().apply(&mut plan);
        }
        let after = Report::near(plan, &Previous::of(&self.plan, &self.schedule), budget).schedule;
        Gain {
            minutes: i64::from(after.phased) - i64::from(self.schedule.phased),
            phases: after.phases.len(),
            more_phases: after.phases.len() as i64 - self.schedule.phases.len() as i64,
            rolling_minutes: i64::from(after.rolling.minutes) - i64::from(self.schedule.rolling.minutes),
        }
    }
}

impl Gain {
    /// The same outcome, compared with another schedule than before.
    pub fn rebased(self, before: &Schedule, now: &Schedule) -> Gain {
        Gain {
            minutes: self.minutes + i64::from(before.phased) - i64::from(now.phased),
            more_phases: self.more_phases + before.phases.len() as i64 - now.phases.len() as i64,
            rolling_minutes: self.rolling_minutes + i64::from(before.rolling.minutes)
                - i64::from(now.rolling.minutes),
            ..self
        }
    }
}
