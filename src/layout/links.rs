//! Selects the lines of a drawing.

use fixedbitset::FixedBitSet;

use super::EdgeKind;
use crate::analysis::{Analysis, PairSet};
use crate::schedule::Schedule;

/// A line without coordinates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub from: usize,
    pub to: usize,
    pub kind: EdgeKind,
    pub is_critical: bool,
    /// The phase of `to` minus the phase of `from`, at least 1.
    pub span: usize,
}

/// The order, reduced to direct dependencies, and the conflicts.
///
/// Leaves out: tasks that are not scheduled, order that also goes through another task (the transitive
/// reduction), pairs inside one phase (the author allows them), and all but the first conflict of a pair.
pub(super) fn links(analysis: &Analysis, schedule: &Schedule) -> Vec<Link> {
    let phase_of = phases_of(schedule);
    let mut links = Vec::new();
    for to in 0..phase_of.len() {
        for from in direct_predecessors(analysis, &phase_of, to) {
            push(&mut links, &phase_of, from, to, EdgeKind::Order);
        }
    }
    let mut seen = PairSet::new(if analysis.conflicts.is_empty() { 0 } else { phase_of.len() });
    for (number, conflict) in analysis.conflicts.iter().enumerate() {
        let (a, b) = (conflict.a, conflict.b);
        if conflict.is_open() && a.max(b) < seen.len() && seen.insert(a, b) {
            push(&mut links, &phase_of, a, b, EdgeKind::Apart(number));
        }
    }
    mark_critical(&mut links, schedule);
    links
}

/// The phase of each task, from the task lists of the phases.
pub(super) fn phases_of(schedule: &Schedule) -> Vec<Option<usize>> {
    let mut phase_of = vec![None; schedule.phase_of.len()];
    for (number, phase) in schedule.phases.iter().enumerate() {
        for &task in &phase.tasks {
            phase_of[task] = Some(number);
        }
    }
    phase_of
}

/// The predecessors of a task that it doesn't reach through another task.
fn direct_predecessors(analysis: &Analysis, phase_of: &[Option<usize>], task: usize) -> Vec<usize> {
    let order = &analysis.order;
    let is_scheduled = |&task: &usize| phase_of.get(task).copied().flatten().is_some();
    let direct = order.predecessors.get(task).map_or(&[][..], Vec::as_slice);
    let mut indirect = FixedBitSet::with_capacity(phase_of.len());
    if direct.len() > 1 {
        for through in direct.iter().copied().filter(is_scheduled) {
            if let Some(ancestors) = order.ancestors.get(through) {
                indirect.union_with(ancestors);
            }
        }
    }
    direct.iter().copied().filter(is_scheduled).filter(|&from| !indirect.contains(from)).collect()
}

/// Adds the line from the earlier to the later phase if both tasks have a phase and the phases differ. Leaves
/// out order that would run backwards.
fn push(links: &mut Vec<Link>, phase_of: &[Option<usize>], a: usize, b: usize, kind: EdgeKind) {
    let (Some(phase_a), Some(phase_b)) = (phase_of[a], phase_of[b]) else { return };
    let is_backwards = phase_a > phase_b;
    if phase_a == phase_b || (is_backwards && kind == EdgeKind::Order) {
        return;
    }
    let (from, to) = if is_backwards { (b, a) } else { (a, b) };
    links.push(Link { from, to, kind, is_critical: false, span: phase_a.abs_diff(phase_b) });
}

fn mark_critical(links: &mut [Link], schedule: &Schedule) {
    let mut next = vec![None; schedule.phase_of.len()];
    for pair in schedule.critical_path.windows(2) {
        if let Some(next) = next.get_mut(pair[0]) {
            *next = Some(pair[1]);
        }
    }
    for link in links {
        link.is_critical = next[link.from] == Some(link.to);
    }
}
