//! By feature: parts that each go through several folders and don't wait for each other.

use super::folders::roots;
use super::{Recogniser, Seen, open};
use crate::explain::listed;
use crate::plan::Kind;
use crate::report::Report;

pub const RECOGNISER: Recogniser = Recogniser {
    id: "feature",
    benefit: "Each part can be used on its own, so that the others may come later.",
    see,
};

/// The most parts that the evidence names.
const MOST_NAMED: usize = 4;

fn see(report: &Report) -> Option<Seen> {
    let plan = &report.plan;
    let all = parts(report, &open(report));
    let is_through = |part: &&Vec<usize>| roots_of(report, part).len() >= 2;
    let through: Vec<&Vec<usize>> = all.iter().filter(is_through).collect();
    if through.len() < 2 || through.len() * 2 < all.len() {
        return None;
    }
    let named = through.iter().take(MOST_NAMED).map(|part| {
        let roots: Vec<String> = roots_of(report, part).iter().map(|root| format!("`{root}`")).collect();
        format!("{} ({})", listed(plan, part), roots.join(", "))
    });
    let evidence = format!(
        "{} parts don't wait for each other, and each goes through several folders: {}.",
        through.len(),
        named.collect::<Vec<_>>().join("; ")
    );
    let mut tasks: Vec<usize> = through.into_iter().flatten().copied().collect();
    tasks.sort_unstable();
    Some(Seen { tasks, evidence })
}

/// The folders at the root that a part goes through.
fn roots_of(report: &Report, part: &[usize]) -> Vec<String> {
    let mut all: Vec<String> = part.iter().flat_map(|&task| roots(&report.plan.tasks[task])).collect();
    all.sort();
    all.dedup();
    all
}

/// The parts of the graph without the tasks that join several of them: checks, decisions, and whatever nothing waits for
/// although it waits for several.
fn parts(report: &Report, open: &[usize]) -> Vec<Vec<usize>> {
    let order = &report.analysis.order;
    let joins = |task: usize| {
        let is_end = order.successors[task].is_empty() && order.predecessors[task].len() > 1;
        is_end || matches!(report.plan.tasks[task].kind, Kind::Verify | Kind::Gate | Kind::Integrate)
    };
    let mut is_free = vec![false; report.plan.tasks.len()];
    open.iter().filter(|&&task| !joins(task)).for_each(|&task| is_free[task] = true);
    let mut parts = Vec::new();
    for &start in open {
        if !is_free[start] {
            continue;
        }
        is_free[start] = false;
        let (mut part, mut next) = (Vec::new(), vec![start]);
        while let Some(task) = next.pop() {
            part.push(task);
            for &near in order.predecessors[task].iter().chain(&order.successors[task]) {
                if std::mem::take(&mut is_free[near]) {
                    next.push(near);
                }
            }
        }
        part.sort_unstable();
        parts.push(part);
    }
    parts
}
