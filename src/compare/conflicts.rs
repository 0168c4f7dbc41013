//! Conflicts that only one of two plans has.

use std::collections::BTreeSet;

use super::comparison::ConflictLine;
use crate::analysis::{Conflict, ConflictKind};
use crate::report::Report;

/// Conflicts gained, and conflicts lost. Accepted conflicts count as lost.
pub(super) fn conflicts(before: &Report, after: &Report) -> (Vec<ConflictLine>, Vec<ConflictLine>) {
    let lines = |report: &Report| -> Vec<ConflictLine> {
        let is_open = |conflict: &&Conflict| conflict.is_open();
        report.analysis.conflicts.iter().filter(is_open).map(|conflict| line(report, conflict)).collect()
    };
    // The path is only an example, so it is not part of the key; nor is the order of tasks.
    let key = |line: &ConflictLine| {
        let (a, b) = (line.a.clone(), line.b.clone());
        if a <= b { (a, b, line.code) } else { (b, a, line.code) }
    };
    let (old, new) = (lines(before), lines(after));
    let without = |lines: &[ConflictLine], other: &[ConflictLine], report: &Report| {
        let other: BTreeSet<_> = other.iter().map(key).collect();
        let positions = report.plan.positions();
        // A conflicting pair of the other plan may have a conflict that is only counted.
        let is_unlisted = |line: &ConflictLine| {
            let [a, b] = [&line.a, &line.b].map(|id| positions.get(id).copied());
            a.zip(b).is_some_and(|(a, b)| is_cut(report) && report.analysis.apart.contains(a, b))
        };
        lines.iter().filter(|line| !other.contains(&key(line)) && !is_unlisted(line)).cloned().collect()
    };
    (without(&new, &old, before), without(&old, &new, after))
}

/// Whether there are conflicts that are only counted.
pub(super) fn is_cut(report: &Report) -> bool {
    report.analysis.conflicts.len() < report.analysis.conflict_count
}

fn line(report: &Report, conflict: &Conflict) -> ConflictLine {
    let id = |task: usize| report.plan.tasks[task].id.clone();
    let over = match &conflict.kind {
        ConflictKind::Resource { resource, .. } => resource.clone(),
        ConflictKind::Migrations { chain } => chain.clone(),
        kind => kind.witness().unwrap_or_default().to_owned(),
    };
    ConflictLine { a: id(conflict.a), b: id(conflict.b), code: conflict.kind.code(), over }
}
