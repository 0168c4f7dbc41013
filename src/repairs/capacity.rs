//! More capacity of a resource that limits parallel tasks.

use indexmap::IndexMap;

use super::{Candidate, ImprovementKind};
use crate::analysis::ConflictKind;
use crate::plan::{Edit, Resource};
use crate::report::Report;

/// The most resources tried.
const MOST_RESOURCES: usize = 6;

/// For each resource that separates tasks, the capacity that lets one more pair of them run in parallel.
pub fn candidates(report: &Report) -> Vec<Candidate> {
    let mut wanted: IndexMap<&str, u32> = IndexMap::new();
    for conflict in report.analysis.conflicts.iter().filter(|conflict| conflict.is_open()) {
        if let ConflictKind::Resource { resource, demand, .. } = &conflict.kind {
            let least = wanted.entry(resource).or_insert(*demand);
            *least = (*least).min(*demand);
        }
    }
    wanted
        .into_iter()
        .take(MOST_RESOURCES)
        .map(|(name, capacity)| candidate(report, name, capacity))
        .collect()
}

fn candidate(report: &Report, name: &str, capacity: u32) -> Candidate {
    let mut resources = report.plan.resources.clone();
    match resources.iter_mut().find(|resource| resource.name == name) {
        Some(resource) => resource.capacity = capacity,
        None => resources.push(Resource { name: name.to_owned(), capacity }),
    }
    Candidate {
        kind: ImprovementKind::Capacity,
        title: format!("Raise the capacity of {name} to {capacity}"),
        condition: format!("There can be {capacity} of `{name}` at the same time."),
        edits: vec![Edit::SetResources(resources)],
        saves_otherwise: false,
    }
}
