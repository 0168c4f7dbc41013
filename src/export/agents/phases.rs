//! What is left to do in each phase, by who does it.

use super::doer::Doer;
use crate::plan::{Plan, Status};
use crate::report::Report;

/// What is left of a phase. Tasks are positions in the plan, ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenPhase {
    /// Its number in the schedule, from 1.
    pub number: usize,
    /// The tasks that somebody is at work on already.
    pub running: Vec<usize>,
    /// The tasks to launch agents for.
    pub calls: Vec<usize>,
    /// The tasks to ask the user about: decisions, and work of people and other programs.
    pub questions: Vec<usize>,
}

impl OpenPhase {
    /// All its open tasks, ascending.
    pub fn tasks(&self) -> Vec<usize> {
        let mut tasks = [&self.running[..], &self.calls, &self.questions].concat();
        tasks.sort_unstable();
        tasks
    }

    fn of(report: &Report, index: usize) -> OpenPhase {
        let mut phase = OpenPhase { number: index + 1, ..OpenPhase::default() };
        for &at in &report.schedule.phases[index].tasks {
            let task = &report.plan.tasks[at];
            match task.status {
                Status::Done | Status::Dropped => {}
                Status::Running => phase.running.push(at),
                Status::Todo | Status::Failed if Doer::of(task).is_launched() => phase.calls.push(at),
                Status::Todo | Status::Failed => phase.questions.push(at),
            }
        }
        phase
    }
}

/// Every phase with an open task.
pub fn open_phases(report: &Report) -> Vec<OpenPhase> {
    let phases = (0..report.schedule.phases.len()).map(|index| OpenPhase::of(report, index));
    phases.filter(|phase| !phase.tasks().is_empty()).collect()
}

/// Whether a task is open and nobody is at work on it.
pub fn is_to_do(plan: &Plan, task: usize) -> bool {
    matches!(plan.tasks[task].status, Status::Todo | Status::Failed)
}
