//! Read-heavy: most tasks look, and one writes what follows.

use super::{Recogniser, Seen, open};
use crate::explain::listed;
use crate::plan::Kind;
use crate::report::Report;

pub const RECOGNISER: Recogniser = Recogniser {
    id: "read-heavy",
    benefit: "Tasks that only read never collide, so that all of them can run at once.",
    see,
};

fn see(report: &Report) -> Option<Seen> {
    let plan = &report.plan;
    let open = open(report);
    let looking: Vec<usize> =
        open.iter().copied().filter(|&task| plan.tasks[task].kind == Kind::Research).collect();
    let found_by = |task: usize| -> Vec<usize> {
        looking
            .iter()
            .copied()
            .filter(|&before| report.analysis.order.ancestors[task].contains(before))
            .collect()
    };
    let writers = open.iter().copied().filter(|&task| plan.tasks[task].changes_files());
    let writer = writers.rev().max_by_key(|&task| found_by(task).len())?;
    let found = found_by(writer);
    if looking.len() * 2 < open.len() || found.len() < 2 {
        return None;
    }
    let evidence = format!(
        "{} of {} tasks only look, and {} writes down what {} found.",
        looking.len(),
        open.len(),
        plan.tasks[writer].id,
        listed(plan, &found)
    );
    let mut tasks: Vec<usize> = looking.into_iter().chain([writer]).collect();
    tasks.sort_unstable();
    Some(Seen { tasks, evidence })
}
