//! Everything derived from one plan: the input of the views, the exports and the command line.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, analyse_with};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::evidence::Evidence;
use crate::hidden;
use crate::import::Imported;
use crate::plan::{Edit, Plan};
use crate::rules;
use crate::safety::Safety;
use crate::schedule::{Budget, Previous, Schedule, schedule_near};

/// What a report is derived from: a plan, and what is known of its repository.
#[derive(Debug, Clone, Default)]
pub struct Basis {
    /// The plan.
    pub plan: Plan,
    /// The evidence; without files if there is none.
    pub evidence: Arc<Evidence>,
}

impl From<Plan> for Basis {
    fn from(plan: Plan) -> Basis {
        Basis { plan, ..Basis::default() }
    }
}

impl From<(Plan, &Arc<Evidence>)> for Basis {
    fn from((plan, evidence): (Plan, &Arc<Evidence>)) -> Basis {
        Basis { plan, evidence: Arc::clone(evidence) }
    }
}

/// A plan with everything derived from it.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The plan.
    pub plan: Plan,
    /// Its order and conflicts.
    pub analysis: Analysis,
    /// Its schedule.
    pub schedule: Schedule,
    /// All diagnostics, in the order of [`diagnostic::sort`].
    pub diagnostics: Vec<Diagnostic>,
    /// The diagnostics from reading a text or a file, in its order. The others come from the rules.
    pub reading: Vec<Diagnostic>,
    /// What is known about the safety of running the plan.
    pub safety: Safety,
    /// The file that the plan was read from, if any.
    pub source: Option<Source>,
    /// What is known of the repository.
    pub evidence: Arc<Evidence>,
}

/// The file that a plan was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// The detected format, such as `spec-kit tasks.md`.
    pub format: &'static str,
    /// For each task of the plan, the line it starts at, counted from 1; empty if the format has no such
    /// lines.
    pub task_lines: Vec<usize>,
}

/// The effect of a change on the schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gain {
    /// The change of the phased makespan; negative if it gets shorter.
    pub minutes: i64,
    /// The number of phases after the change.
    pub phases: usize,
    /// The change of the number of phases; negative if there are fewer.
    pub more_phases: i64,
    /// The change of the rolling makespan; negative if it gets shorter.
    pub rolling_minutes: i64,
}

impl Report {
    /// Derives everything from a plan.
    pub fn new(basis: impl Into<Basis>, budget: &Budget) -> Report {
        Report::near(basis, &Previous::default(), budget)
    }

    /// Like [`Report::new`], moving few tasks out of their previous phases; see [`schedule_near`].
    pub fn near(basis: impl Into<Basis>, previous: &Previous, budget: &Budget) -> Report {
        let basis = basis.into();
        let analysis = analyse_with(&basis.plan, &basis.evidence);
        let schedule = schedule_near(&basis.plan, &analysis, previous, budget.seed, &mut budget.clone());
        Report::of_facts(basis, analysis, schedule)
    }

    /// The report of a plan that was edited. If its phases are proved to be as short as possible, they follow from the
    /// plan alone, so that the same plan looks the same after an undo or a reload. Otherwise they stay close to the
    /// previous ones, because every search would find others.
    pub fn edited(basis: impl Into<Basis>, previous: &Previous, budget: &Budget) -> Report {
        let basis = basis.into();
        let analysis = analyse_with(&basis.plan, &basis.evidence);
        let schedule = schedule_after(&basis.plan, &analysis, previous, budget);
        Report::of_facts(basis, analysis, schedule)
    }

    /// Derives the rest from a plan with a known schedule.
    pub fn of_schedule(basis: impl Into<Basis>, schedule: Schedule) -> Report {
        let basis = basis.into();
        let analysis = analyse_with(&basis.plan, &basis.evidence);
        Report::of_facts(basis, analysis, schedule)
    }

    fn of_facts(basis: Basis, analysis: Analysis, schedule: Schedule) -> Report {
        let Basis { plan, evidence } = basis;
        let diagnostics = rules::check_with(&plan, &analysis, &schedule, &evidence);
        let safety = Safety::of(&plan, &analysis, &diagnostics);
        Report { plan, analysis, schedule, diagnostics, reading: Vec::new(), safety, source: None, evidence }
    }

    /// Replaces the schedule.
    pub fn with_schedule(self, schedule: Schedule) -> Report {
        let basis = Basis { plan: self.plan, evidence: self.evidence };
        let report = Report::of_facts(basis, self.analysis, schedule).with_reading(self.reading);
        Report { source: self.source, ..report }
    }

    /// Adds the diagnostics from reading the text or the file of the plan. Their sentences hide nothing.
    pub fn with_reading(mut self, mut reading: Vec<Diagnostic>) -> Report {
        reading.iter_mut().for_each(show_all);
        self.diagnostics.extend(reading.iter().cloned());
        diagnostic::sort(&mut self.diagnostics);
        self.safety = Safety::of(&self.plan, &self.analysis, &self.diagnostics);
        self.reading.extend(reading);
        self
    }

    /// Derives everything from a plan that was read from a file.
    pub fn of_import(imported: Imported, budget: &Budget) -> Report {
        Report::of_import_with(imported, &Arc::default(), budget)
    }

    /// As [`Report::of_import`], with what is known of the repository.
    pub fn of_import_with(imported: Imported, evidence: &Arc<Evidence>, budget: &Budget) -> Report {
        let Imported { plan, format, problems, notes, task_lines, .. } = imported;
        let reading = problems.into_iter().chain(notes).collect();
        let report = Report::new((plan, evidence), budget).with_reading(reading);
        Report { source: Some(Source { format, task_lines }), ..report }
    }

    /// The diagnostics about a task with their positions in the list, worst first. Time: linear in the places
    /// of all diagnostics.
    pub fn diagnostics_of(&self, task: usize) -> impl Iterator<Item = (usize, &Diagnostic)> {
        let is_about =
            move |diagnostic: &Diagnostic| diagnostic.places.iter().any(|place| place.task == task);
        self.diagnostics.iter().enumerate().filter(move |(_, diagnostic)| is_about(diagnostic))
    }

    /// The diagnostics that are errors.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|found| found.severity == Severity::Error)
    }

    /// The worst severity of a task, including conflicts that are only counted.
    pub fn worst_of(&self, task: usize) -> Option<Severity> {
        let conflicts = self.analysis.conflicts_of[task].iter().map(|&at| &self.analysis.conflicts[at]);
        let is_unknown = self.analysis.unknown_ownership.binary_search(&task).is_ok();
        conflicts
            .filter(|conflict| conflict.is_open())
            .map(|conflict| rules::severity_of(&conflict.kind))
            .chain(is_unknown.then_some(Severity::Unknown))
            .chain(self.diagnostics_of(task).map(|(_, diagnostic)| diagnostic.severity))
            .min()
    }

    /// The line of the text that a diagnostic is about, or else the line of its first task in the file;
    /// counted from 1.
    pub fn line_of_diagnostic(&self, diagnostic: &Diagnostic) -> Option<usize> {
        let of_task = || diagnostic.places.first().and_then(|place| self.line_of(place.task));
        diagnostic.location.as_ref().map(|location| location.line).or_else(of_task)
    }

    /// The line of a task in the file, counted from 1.
    pub fn line_of(&self, task: usize) -> Option<usize> {
        self.source.as_ref()?.task_lines.get(task).copied()
    }

    /// The effect of these edits, if the plan is then scheduled as by [`Report::edited`]. As expensive.
    pub fn gain(&self, edits: &[Edit], budget: &Budget) -> Gain {
        let mut plan = self.plan.clone();
        for edit in edits {
            edit.clone().apply(&mut plan);
        }
        let previous = Previous::of(&self.plan, &self.schedule);
        let after = schedule_after(&plan, &analyse_with(&plan, &self.evidence), &previous, budget);
        Gain {
            minutes: after.phased.longer_than(self.schedule.phased),
            phases: after.phases.len(),
            more_phases: after.phases.len() as i64 - self.schedule.phases.len() as i64,
            rolling_minutes: after.rolling.minutes.longer_than(self.schedule.rolling.minutes),
        }
    }
}

/// The schedule after an edit; see [`Report::edited`].
fn schedule_after(plan: &Plan, analysis: &Analysis, previous: &Previous, budget: &Budget) -> Schedule {
    let near =
        |previous: &Previous| schedule_near(plan, analysis, previous, budget.seed, &mut budget.clone());
    let steady = near(previous);
    if previous.phases.is_empty() || !steady.is_at_bound() {
        return steady;
    }
    let fresh = near(&Previous::default());
    if fresh.is_at_bound() { fresh } else { steady }
}

impl Gain {
    /// The same result, relative to another schedule.
    pub fn rebased(self, before: &Schedule, now: &Schedule) -> Gain {
        Gain {
            minutes: self.minutes + before.phased.longer_than(now.phased),
            more_phases: self.more_phases + before.phases.len() as i64 - now.phases.len() as i64,
            rolling_minutes: self.rolling_minutes + before.rolling.minutes.longer_than(now.rolling.minutes),
            ..self
        }
    }
}

/// Removes what hides something from the sentences of a diagnostic: they repeat parts of a text as they stand in it.
fn show_all(diagnostic: &mut Diagnostic) {
    let titles = diagnostic.fixes.iter_mut().map(|fix| &mut fix.title);
    for sentence in titles.chain([&mut diagnostic.title, &mut diagnostic.detail]) {
        if let Cow::Owned(shown) = hidden::visible(sentence) {
            *sentence = shown;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn sentences_repeat_a_text_without_what_it_hides() {
        let parsed = text::parse("# A\n> ag\u{8}\u{202e}ents: x\n\n- T1 a @owns(a)\n");
        let report = Report::new(parsed.plan, &Budget::default()).with_reading(parsed.problems);
        let found = report.diagnostics.iter().find(|found| found.title.contains("is not a setting"));
        let found = found.expect("the setting is unknown");
        let fixes: String = found.fixes.iter().map(|fix| fix.title.as_str()).collect();
        assert_eq!(
            hidden::numbers(&[&found.title, &found.detail, &fixes].map(|text| &**text).concat()),
            None
        );
    }
}
