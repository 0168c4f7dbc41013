//! The schedules of earlier states of the open document, so that an undo shows again what was shown.

use std::collections::VecDeque;

use crate::report::{Basis, Report};
use crate::schedule::{Schedule, verify};

/// The most states.
const MOST_STATES: usize = 24;
/// The most tasks in all states together.
const MOST_TASKS: usize = 20_000;

/// Texts with the schedule last shown for each, oldest first.
#[derive(Debug, Default)]
pub(super) struct Known(VecDeque<(String, Schedule)>);

impl Known {
    /// The report of this text with the schedule last shown for it.
    pub fn of(&self, text: &str, basis: impl Into<Basis>) -> Option<Report> {
        let (_, schedule) = self.0.iter().find(|(known, _)| known == text)?;
        let report = Report::of_schedule(basis, schedule.clone());
        verify::of_plan(&report.plan, &report.analysis, schedule).ok()?;
        Some(report)
    }

    /// Remembers what is shown for a text.
    pub fn remember(&mut self, text: &str, report: &Report) {
        self.0.retain(|(known, _)| known != text);
        self.0.push_back((text.to_owned(), report.schedule.clone()));
        let tasks =
            |known: &Known| known.0.iter().map(|(_, schedule)| schedule.phase_of.len()).sum::<usize>();
        while self.0.len() > MOST_STATES || tasks(self) > MOST_TASKS {
            self.0.pop_front();
        }
    }
}
