//! The prompts of agents that something else than a prompt for an orchestrator launches.

use super::super::super::Part;
use super::super::files::Files;
use super::super::phases::OpenPhase;
use super::{Source, agent, reports};
use crate::report::Report;

/// What writes the prompts of single agents.
pub struct Prompts<'a>(Source<'a>);

impl<'a> Prompts<'a> {
    /// The prompts of this report. With `hands_on_reports` they have a line for each report that the agent gets, see
    /// [`Prompts::places`], which whoever launches it replaces.
    pub fn of(report: &'a Report, hands_on_reports: bool) -> Prompts<'a> {
        Prompts(Source { hands_on_reports, ..Source::new(report, &Part::Whole, None) })
    }

    /// What is left of each phase.
    pub fn phases(&self) -> &[OpenPhase] {
        &self.0.phases
    }

    /// What the agent of a task is told.
    pub fn told(&self, files: &Files<'_>, task: usize) -> String {
        let mut page = String::new();
        agent::write(&mut page, &self.0, files, task);
        page
    }

    /// The tasks whose reports a task gets, each with the line that it replaces. No line of the author's is like it, since those
    /// stand behind `> `.
    pub fn places(&self, task: usize) -> impl Iterator<Item = (usize, String)> {
        reports::received(&self.0, task).iter().map(|&from| (from, reports::place(&self.0, from)))
    }
}
