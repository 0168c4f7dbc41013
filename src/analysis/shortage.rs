//! Pairs of tasks that together need more of a resource than there is.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::Order;
use super::conflict::ConflictKind;
use super::pair_set::{Crowd, PairSet};
use crate::plan::{Plan, Status, Task};

/// All such pairs that are not ordered. A task that alone needs more than there is
/// is in no pair: no order would help it.
pub(super) fn pairs(plan: &Plan, order: &Order) -> PairSet {
    let mut users: FxHashMap<&str, Vec<(u32, usize)>> = FxHashMap::default();
    let mut names: Vec<&str> = Vec::new();
    for (position, task) in plan.tasks.iter().enumerate().filter(|(_, task)| task.status != Status::Dropped) {
        for (name, demand) in demands(task) {
            let known = users.entry(name).or_insert_with(|| {
                names.push(name);
                Vec::new()
            });
            known.push((demand, position));
        }
    }
    let len = plan.tasks.len();
    let mut short = PairSet::new(len);
    for name in names {
        let capacity = plan.capacity_of(name);
        let mut users = users.remove(name).unwrap_or_default();
        users.retain(|&(demand, _)| demand <= capacity);
        users.sort_unstable_by_key(|&(demand, task)| (Reverse(demand), task));
        for equals in users.chunk_by(|(demand, _), (other, _)| demand == other) {
            let demand = equals[0].0;
            let partners = users.partition_point(|&(other, _)| other > capacity - demand);
            if partners > 0 {
                let partners = Crowd::new(users[..partners].iter().map(|&(_, task)| task).collect(), len);
                let tasks: Vec<usize> = equals.iter().map(|&(_, task)| task).collect();
                short.note(&tasks, &partners);
            }
        }
    }
    short.mirror();
    for waiting in 0..short.len() {
        let Some(ancestors) = order.ancestors.get(waiting) else { break };
        let ordered: Vec<usize> = short.row(waiting).intersection(ancestors).collect();
        ordered.into_iter().for_each(|awaited| short.remove(waiting, awaited));
    }
    short
}

/// The first resource, as the first task lists them, of which the two need more than there is.
pub(super) fn between(plan: &Plan, a: usize, b: usize) -> Option<ConflictKind> {
    let others = demands(&plan.tasks[b]);
    demands(&plan.tasks[a]).into_iter().find_map(|(name, demand)| {
        let other = others.iter().find(|(other, _)| *other == name)?.1;
        let capacity = plan.capacity_of(name);
        let total = demand.saturating_add(other);
        let is_short = demand <= capacity && other <= capacity && total > capacity;
        is_short.then(|| ConflictKind::Resource { resource: name.to_owned(), demand: total, capacity })
    })
}

/// What a task needs of each resource, in the order it lists them; what it lists twice it needs together.
fn demands(task: &Task) -> Vec<(&str, u32)> {
    let mut demands: Vec<(&str, u32)> = Vec::new();
    for used in task.uses.iter().filter(|used| used.amount > 0) {
        match demands.iter_mut().find(|(name, _)| *name == used.resource) {
            Some((_, demand)) => *demand = demand.saturating_add(used.amount),
            None => demands.push((&used.resource, used.amount)),
        }
    }
    demands
}
