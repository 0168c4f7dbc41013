//! One agent more, or one fewer if that costs nothing.

use super::{Candidate, ImprovementKind};
use crate::plan::{Edit, Settings};
use crate::report::Report;

/// Both changes. One fewer is tried only from two agents up, and only if a phase has as many tasks as there
/// are agents: otherwise it would change nothing.
pub fn candidates(report: &Report) -> Vec<Candidate> {
    let settings = &report.plan.settings;
    let with = |agents: u32| vec![Edit::SetSettings(Settings { max_parallel: agents, ..settings.clone() })];
    let widest = report.schedule.phases.iter().map(|phase| phase.tasks.len()).max().unwrap_or(0);
    if widest < settings.max_parallel as usize {
        return Vec::new();
    }
    let mut candidates = vec![Candidate {
        kind: ImprovementKind::Agents,
        title: format!("Let {} tasks run at once", settings.max_parallel.saturating_add(1)),
        condition: "You can start and watch one more agent.".to_owned(),
        edits: with(settings.max_parallel.saturating_add(1)),
        saves_otherwise: false,
    }];
    if settings.max_parallel > 1 {
        candidates.push(Candidate {
            kind: ImprovementKind::Agents,
            title: format!("Make do with {} at once", settings.max_parallel - 1),
            condition: "The plan takes just as long with one agent fewer.".to_owned(),
            edits: with(settings.max_parallel - 1),
            saves_otherwise: true,
        });
    }
    candidates
}
