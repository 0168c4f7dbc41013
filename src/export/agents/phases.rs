//! What is left to do in each phase, by who does it.

use super::super::Part;
use super::doer::Doer;
use crate::plan::{Plan, Status};
use crate::report::Report;
use crate::run::Next;

/// What is left of a phase. Tasks are positions in the plan, ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenPhase {
    /// Its number in the schedule, from 1.
    pub number: usize,
    /// The tasks that somebody is at work on already.
    pub running: Vec<usize>,
    /// The tasks to launch agents for.
    pub calls: Vec<usize>,
    /// The tasks that are calls of other tools.
    pub tools: Vec<usize>,
    /// The tasks to ask the user about: decisions, and work of people and other programs.
    pub questions: Vec<usize>,
}

impl OpenPhase {
    /// All its open tasks, ascending.
    pub fn tasks(&self) -> Vec<usize> {
        let mut tasks = [&self.running[..], &self.calls, &self.tools, &self.questions].concat();
        tasks.sort_unstable();
        tasks
    }

    fn retain(&mut self, is_meant: impl Fn(usize) -> bool) {
        for list in [&mut self.running, &mut self.calls, &mut self.tools, &mut self.questions] {
            list.retain(|task| is_meant(*task));
        }
    }

    /// Both as one phase, with the number of the first.
    fn joined(mut self, other: OpenPhase) -> OpenPhase {
        let lists = [
            (&mut self.running, other.running),
            (&mut self.calls, other.calls),
            (&mut self.tools, other.tools),
            (&mut self.questions, other.questions),
        ];
        for (list, more) in lists {
            list.extend(more);
            list.sort_unstable();
        }
        self
    }

    /// What is left of the phase at this index.
    pub fn of(report: &Report, index: usize) -> OpenPhase {
        let mut phase = OpenPhase { number: index + 1, ..OpenPhase::default() };
        for &at in &report.schedule.phases[index].tasks {
            let task = &report.plan.tasks[at];
            match task.status {
                Status::Done | Status::Dropped => {}
                Status::Running => phase.running.push(at),
                Status::Todo | Status::Failed => match Doer::of(task) {
                    Doer::Subagent(_) => phase.calls.push(at),
                    Doer::Orchestrator => phase.tools.push(at),
                    Doer::Decision | Doer::Person | Doer::Elsewhere(_) => phase.questions.push(at),
                },
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

/// What is left to do of a part of the plan, phase by phase. What can start now counts as one phase.
pub fn open_phases_of(report: &Report, part: &Part) -> Vec<OpenPhase> {
    let mut phases = open_phases(report);
    match part {
        Part::Whole => {}
        Part::Phase(number) => phases.retain(|phase| phase.number == *number),
        Part::Task(id) => {
            let task = report.plan.position(id);
            phases.iter_mut().for_each(|phase| phase.retain(|other| Some(other) == task));
        }
        Part::Now => {
            let ready = ready(report);
            phases.iter_mut().for_each(|phase| phase.retain(|task| ready.contains(&task)));
            phases = phases.into_iter().reduce(OpenPhase::joined).into_iter().collect();
            phases.iter_mut().for_each(|phase| phase.running = report.analysis.progress.running.clone());
        }
    }
    phases.retain(|phase| !phase.tasks().is_empty());
    phases
}

/// What can start now, whoever does it.
fn ready(report: &Report) -> Vec<usize> {
    let next = Next::in_pool(&report.plan, &report.analysis);
    [next.launched(), next.gates, next.people].concat()
}

/// Whether a task is open and nobody is at work on it.
pub fn is_to_do(plan: &Plan, task: usize) -> bool {
    matches!(plan.tasks[task].status, Status::Todo | Status::Failed)
}
