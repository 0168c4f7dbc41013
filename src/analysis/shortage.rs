//! Finds pairs of tasks that together need more of a resource than its capacity.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::Order;
use super::pair_set::{Crowd, PairSet};
use crate::plan::{Plan, Task};

/// A resource whose capacity two tasks together exceed.
pub(super) struct Shortage {
    /// Its name.
    pub resource: String,
    /// The sum of both demands.
    pub demand: u32,
    /// The capacity.
    pub capacity: u32,
}

/// All such unordered pairs. Excludes tasks that exceed the capacity alone: no order would help them.
pub(super) fn pairs(plan: &Plan, order: &Order) -> PairSet {
    let mut users: FxHashMap<&str, Vec<(u32, usize)>> = FxHashMap::default();
    let mut names: Vec<&str> = Vec::new();
    for (position, task) in plan.tasks.iter().enumerate().filter(|(_, task)| task.status.is_open()) {
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

/// The first resource, in the order of the first task, whose capacity the two exceed.
pub(super) fn between(plan: &Plan, a: usize, b: usize) -> Option<Shortage> {
    let others = demands(&plan.tasks[b]);
    demands(&plan.tasks[a]).into_iter().find_map(|(name, demand)| {
        let other = others.iter().find(|(other, _)| *other == name)?.1;
        let capacity = plan.capacity_of(name);
        let total = demand.saturating_add(other);
        let is_short = demand <= capacity && other <= capacity && total > capacity;
        is_short.then(|| Shortage { resource: name.to_owned(), demand: total, capacity })
    })
}

/// The demand of a task for each resource, in its order. Adds up repeated entries.
fn demands(task: &Task) -> Vec<(&str, u32)> {
    let mut demands: Vec<(&str, u32)> = Vec::new();
    for (resource, amount) in task.demands().filter(|(_, amount)| *amount > 0) {
        match demands.iter_mut().find(|(name, _)| *name == resource) {
            Some((_, demand)) => *demand = demand.saturating_add(amount),
            None => demands.push((resource, amount)),
        }
    }
    demands
}
