//! A task that needs more of a shared resource than its capacity.

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Resource, ResourceUse, Task};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP006",
    name: "capacity",
    title: "A task needs more of a resource than there is",
    severity: Severity::Error,
    help: "\
The task uses more of a shared resource than the plan says there is, so it could not run even alone. A resource that the
plan does not list has capacity 1.

Raise the capacity, or have the task use less.",
    example: "- T1 Load test @owns(tests/load/**) @uses(browser 2)\n",
    repaired: "- T1 Load test @owns(tests/load/**) @uses(browser)\n",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut capacities: FxHashMap<&str, u32> = FxHashMap::default();
    for resource in &context.plan.resources {
        capacities.entry(&resource.name).or_insert(resource.capacity);
    }
    for (at, task) in context.tasks().filter(|&(at, _)| context.is_open(at)) {
        for (resource, amount) in amounts(task) {
            let capacity = capacities.get(resource).copied().unwrap_or(1);
            if amount > capacity {
                findings.add(|| describe(context, at, resource, amount, capacity));
            }
        }
    }
}

/// The total amount of each resource that the task uses.
fn amounts(task: &Task) -> IndexMap<&str, u32> {
    let mut amounts: IndexMap<&str, u32> = IndexMap::new();
    for used in &task.uses {
        let amount = amounts.entry(&used.resource).or_default();
        *amount = amount.saturating_add(used.amount);
    }
    amounts
}

fn describe(context: &Context<'_>, at: usize, resource: &str, amount: u32, capacity: u32) -> Finding {
    let task = context.task(at);
    let there_is = if capacity == 0 { "none".to_owned() } else { format!("only {capacity}") };
    let raise = Fix {
        title: format!("Raise the capacity of {resource} to {amount}"),
        edits: vec![with_capacity(context.plan.resources.clone(), resource, amount)].into(),
    };
    let mut uses: Vec<ResourceUse> =
        task.uses.iter().filter(|used| used.resource != resource).cloned().collect();
    if capacity > 0 {
        uses.push(ResourceUse { resource: resource.to_owned(), amount: capacity });
    }
    let lower = Fix {
        title: match capacity {
            0 => format!("Let {} do without {resource}", task.id),
            _ => format!("Let {} use {capacity} of {resource}", task.id),
        },
        edits: vec![context.change(at, TaskChange::Uses(uses))].into(),
    };
    Finding {
        title: format!("{} needs {amount} of {resource}, and there is {there_is}", task.id),
        detail: format!("It could not run even alone. The plan gives `{resource}` a capacity of {capacity}."),
        places: vec![context.place(at, "uses", resource)],
        fixes: vec![raise, lower],
    }
}

/// The edit that sets the capacity of a resource.
pub(super) fn with_capacity(mut resources: Vec<Resource>, name: &str, capacity: u32) -> Edit {
    match resources.iter_mut().find(|resource| resource.name == name) {
        Some(resource) => resource.capacity = capacity,
        None => resources.push(Resource { name: name.to_owned(), capacity }),
    }
    Edit::SetResources(resources)
}
