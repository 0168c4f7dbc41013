//! Tasks that together need more of a shared resource than its capacity.

use indexmap::IndexMap;

use super::capacity::with_capacity;
use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity, repair};
use crate::analysis::ConflictKind;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP103",
    name: "shared-resource",
    title: "Tasks take turns at a resource",
    severity: Severity::Hint,
    help: "\
Each of these tasks gets what it needs of a resource, but two of them together need more than there is: one database,
one port, one signed-in browser. They are kept in different phases.

This is what a capacity is for, so you need not do anything. If there is more of it, raise the capacity, and they can run
side by side.",
    example: "\
- T1 Cart tests @owns(tests/cart/**) @uses(db)
- T2 User tests @owns(tests/users/**) @uses(db)
",
    repaired: "\
- T1 Cart tests @owns(tests/cart/**) @uses(db)
- T2 User tests @owns(tests/users/**) @uses(db) @after(T1)
",
    },
    check,
};

/// The tasks that can't run at the same time because of a resource.
#[derive(Default)]
struct Turns {
    capacity: u32,
    pairs: Vec<(usize, usize)>,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut by_resource: IndexMap<&str, Turns> = IndexMap::new();
    for conflict in context.open_conflicts() {
        if let ConflictKind::Resource { resource, capacity, .. } = &conflict.kind {
            let turns = by_resource.entry(resource).or_default();
            turns.capacity = *capacity;
            turns.pairs.push((conflict.a, conflict.b));
        }
    }
    for (resource, turns) in &by_resource {
        findings.add(|| describe(context, resource, turns));
    }
}

fn describe(context: &Context<'_>, resource: &str, turns: &Turns) -> Finding {
    let mut tasks: Vec<usize> = turns.pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
    tasks.sort_unstable();
    tasks.dedup();
    let need = tasks.iter().fold(0u32, |sum, &task| sum.saturating_add(amount(context, task, resource)));
    let list = context.list(&tasks);
    let raise = Fix {
        title: format!("Raise the capacity of {resource} to {need}"),
        edits: vec![with_capacity(context.plan.resources.clone(), resource, need)].into(),
    };
    let order = match turns.pairs[..] {
        [(a, b)] => [repair::wait(context, b, a), repair::wait(context, a, b)],
        _ => [repair::one_after_another(context, &tasks), None],
    };
    Finding {
        title: format!("{list} take turns at {resource}"),
        detail: format!(
            "Together they need {need} of `{resource}`, and there is {}. If there is more of it, raise the \
             capacity.",
            turns.capacity
        ),
        places: tasks.iter().map(|&task| context.place(task, "uses", resource)).collect(),
        fixes: std::iter::once(raise).chain(order.into_iter().flatten()).collect(),
    }
}

fn amount(context: &Context<'_>, task: usize, resource: &str) -> u32 {
    let demands = context.task(task).demands().filter(|(name, _)| *name == resource);
    demands.fold(0, |sum, (_, amount)| sum.saturating_add(amount))
}
