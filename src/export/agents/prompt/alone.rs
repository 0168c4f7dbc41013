//! The prompts of agents that something else than a prompt for an orchestrator launches.

use super::super::files::Files;
use super::super::phases::OpenPhase;
use super::{Source, agent};
use crate::report::Report;

/// A line before the author's words, which whoever launches the agent replaces by reports. The key makes it unlike any text of the plan.
pub fn place_of_reports(key: &str) -> String {
    format!("REPORTS {key}\n")
}

/// What writes the prompts of single agents.
pub struct Prompts<'a>(Source<'a>);

impl<'a> Prompts<'a> {
    /// The prompts of this report.
    pub fn of(report: &'a Report) -> Prompts<'a> {
        Prompts(Source::of(report))
    }

    /// What is left of each phase.
    pub fn phases(&self) -> &[OpenPhase] {
        &self.0.phases
    }

    /// The key of the boundary lines.
    pub fn key(&self) -> &str {
        &self.0.key
    }

    /// What the agent of a task is told, with a [`place_of_reports`].
    pub fn told(&self, files: &Files<'_>, task: usize) -> String {
        let author = "Your task stands between the lines with the key";
        let text = self.told_without_reports(files, task);
        text.replacen(author, &[&place_of_reports(&self.0.key), author].concat(), 1)
    }

    /// What the agent of a task is told if nobody hands on reports.
    pub fn told_without_reports(&self, files: &Files<'_>, task: usize) -> String {
        let mut page = String::new();
        agent::write(&mut page, &self.0, files, task);
        let begin = format!("BEGIN PROMPT {}\n", self.0.key);
        let end = format!("END PROMPT {}\n", self.0.key);
        let text = page.strip_prefix(&begin).and_then(|text| text.strip_suffix(&end));
        text.map_or_else(|| page.clone(), str::to_owned)
    }
}
