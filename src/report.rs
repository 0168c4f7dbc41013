//! Everything derived from one plan: what the views, the exports and the command line read.

use crate::analysis::{Analysis, analyse};
use crate::import::{Imported, Note};
use crate::plan::Plan;
use crate::schedule::{Budget, Schedule, schedule};

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

impl Report {
    /// Derives everything from a plan.
    pub fn new(plan: Plan, budget: &Budget) -> Report {
        let analysis = analyse(&plan);
        let schedule = schedule(&plan, &analysis, budget);
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
}
