//! The conflicts between plans.

use std::ops::Range;

use super::crossing::{Crossing, Place};
use super::{Landing, Work, landing};
use crate::analysis::conflict::{Conflict, find_between};
use crate::analysis::{ConflictKind, Ownership};
use crate::evidence::Evidence;
use crate::glob::Effort;
use crate::plan::{Plan, Resource, Task, TaskId};

/// Several plans with what collides between them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Together {
    /// Conflicts between tasks of different plans, by place. At most [`crate::analysis::conflict::MAX_LISTED`].
    pub crossings: Vec<Crossing>,
    /// The number of conflicts, listed or not.
    pub count: usize,
    /// The number of pairs of patterns that were too many to compare, and count as overlapping.
    pub assumed: usize,
    /// All plans, in the order to land them.
    pub landing: Vec<Landing>,
}

impl Together {
    /// Compares plans of one repository, of which `evidence` is known, with each other. What one plan says
    /// of a resource holds for all; of several capacities the smallest counts. Takes as long as the analysis
    /// of one plan with all tasks.
    pub fn of(works: &[Work], evidence: &Evidence) -> Together {
        let (plan, parts) = composed(works);
        let found = find_between(&plan, &parts, evidence);
        let mut effort = Effort::new(MOST_EFFORT);
        let mut crossing = |conflict| crossing(&parts, &found.ownership, conflict, &mut effort);
        let crossings = found.listed.into_iter().map(&mut crossing).collect();
        let mut together =
            Together { crossings, count: found.count, assumed: found.assumed, landing: Vec::new() };
        together.landing = landing::order(works, &together.crossings);
        together
    }
}

/// Limit on the effort for finding out who else reads: a fraction of a second.
const MOST_EFFORT: usize = 10_000_000;

/// All tasks as one plan, and the positions of those of each.
fn composed(works: &[Work]) -> (Plan, Vec<Range<usize>>) {
    let mut all = Plan::default();
    let mut parts = Vec::with_capacity(works.len());
    for work in works {
        let start = all.tasks.len();
        all.tasks.extend(work.plan.tasks.iter().enumerate().map(|(at, task)| Task {
            // Ids of different plans may be equal; nothing here refers to any.
            id: TaskId(format!("{}:{at}", parts.len())),
            after: Vec::new(),
            accepts: Vec::new(),
            ..task.clone()
        }));
        parts.push(start..all.tasks.len());
        for resource in &work.plan.resources {
            limit(&mut all.resources, resource);
        }
    }
    (all, parts)
}

fn limit(resources: &mut Vec<Resource>, resource: &Resource) {
    match resources.iter_mut().find(|known| known.name == resource.name) {
        Some(known) => known.capacity = known.capacity.min(resource.capacity),
        None => resources.push(resource.clone()),
    }
}

/// A conflict between plans. It names one reader; whether the other one reads too is looked up here.
fn crossing(
    parts: &[Range<usize>],
    ownership: &Ownership,
    conflict: Conflict,
    effort: &mut Effort,
) -> Crossing {
    let ends = [conflict.a, conflict.b];
    let place = |at: usize| {
        let work = parts.partition_point(|part| part.end <= at);
        Place { work, task: at - parts[work].start }
    };
    let mut needs = [false; 2];
    let kind = match conflict.kind {
        ConflictKind::ReadWrite { reader, overlap } => {
            let reader = usize::from(reader == conflict.b);
            let (ours, theirs) = (ends[reader], ends[1 - reader]);
            needs[reader] = true;
            needs[1 - reader] =
                ownership.reads[theirs].overlap_within(&ownership.owns[ours], effort).is_some();
            ConflictKind::ReadWrite { reader, overlap }
        }
        ConflictKind::Creation { creator, path } => {
            let creator = usize::from(creator == conflict.b);
            needs[1 - creator] = true;
            ConflictKind::Creation { creator, path }
        }
        other => other,
    };
    Crossing { places: ends.map(place), kind, needs }
}

impl Crossing {
    /// Whether both touch a file. Those that take turns at a resource only don't.
    pub fn is_about_files(&self) -> bool {
        !matches!(self.kind, ConflictKind::Resource { .. })
    }
}
