//! One agent more, or one fewer where that costs nothing.

use super::{Candidate, ImprovementKind};
use crate::plan::{Edit, Settings};
use crate::report::Report;

/// Both ways. One fewer is only tried from two on, and where a phase has as many tasks as there are agents: otherwise
/// nobody would notice.
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
            condition: "The plan takes as long with one agent fewer.".to_owned(),
            edits: with(settings.max_parallel - 1),
            saves_otherwise: true,
        });
    }
    candidates
}
