//! What would make a plan of a pattern shorter: to split the task that the others wait for.

use super::Better;
use crate::explain::duration;
use crate::plan::Edit;
use crate::repairs::{Improvement, ImprovementKind, improvements};
use crate::report::Report;
use crate::schedule::Budget;

/// The splits of tasks that make the plan shorter, tried by the scheduler.
pub fn splits(report: &Report) -> Vec<Improvement> {
    let mut found = improvements(report, &Budget::default());
    found.retain(|improvement| improvement.kind == ImprovementKind::Split);
    found
}

/// The split of one of these tasks that gains most, with the minutes for which the others of its phase wait for it.
pub fn of(report: &Report, tasks: &[usize], splits: &[Improvement]) -> Option<Better> {
    let plan = &report.plan;
    let (task, improvement) = splits.iter().find_map(|improvement| {
        let task = tasks.iter().copied().find(|&task| is_split(improvement, plan.tasks[task].id.as_str()))?;
        Some((task, improvement))
    })?;
    let minutes = |task: usize| plan.minutes_of(&plan.tasks[task]);
    let phase = report.schedule.phases.get(report.schedule.phase_of[task]?)?;
    let second = phase.tasks.iter().filter(|&&other| other != task).map(|&other| minutes(other)).max();
    let lost = minutes(task).saturating_sub(second?);
    let gained = duration(improvement.gain.minutes.unsigned_abs() as u32);
    let sentence = match lost {
        0 => format!("Split {} in two, −{gained}.", plan.tasks[task].id),
        _ => format!(
            "What comes next waits {} for the slowest, {} ({}): split it, −{gained}.",
            duration(lost),
            plan.tasks[task].id,
            duration(minutes(task))
        ),
    };
    Some(Better { sentence, improvement: improvement.clone() })
}

/// Whether the improvement splits the task with this id.
fn is_split(improvement: &Improvement, id: &str) -> bool {
    // The task itself is changed first, then what waits for it.
    matches!(improvement.edits.first(), Some(Edit::ChangeTask { id: of_task, .. }) if of_task.as_str() == id)
}
