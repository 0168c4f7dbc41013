//! Tasks that change dependency lists in different folders, and thereby the same lockfile.

use super::{Context, Definition, Finding, Findings, Rule, Severity, repair};
use crate::glob::as_read;
use crate::plan::Task;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP207",
    name: "shared-lockfile",
    title: "Several tasks can change one lockfile",
    severity: Severity::Hint,
    help: "\
Each of these tasks owns a dependency list, such as `package.json` or `Cargo.toml`. Adding a dependency also rewrites
the lockfile, and in a workspace all packages share one. No task owns it, so nothing keeps them apart.

If the tasks add dependencies, have one wait for the other, or have one task add all of them first.",
    example: "\
- T1 Cart package @owns(packages/cart/package.json, packages/cart/src/**)
- T2 Tax package @owns(packages/tax/package.json, packages/tax/src/**)
",
    repaired: "\
- T1 Cart package @owns(packages/cart/package.json, packages/cart/src/**)
- T2 Tax package @owns(packages/tax/package.json, packages/tax/src/**) @after(T1)
",
    },
    check,
};

/// Dependency lists whose lockfile is shared in a workspace.
const MANIFESTS: [&str; 4] = ["package.json", "Cargo.toml", "pyproject.toml", "go.mod"];

fn check(context: &Context<'_>, findings: &mut Findings) {
    for manifest in MANIFESTS {
        let owns_one = |task: &Task| task.owns.iter().any(|pattern| is_named(pattern, manifest));
        let tasks: Vec<usize> = context
            .tasks()
            .filter(|&(at, task)| context.is_open(at) && owns_one(task))
            .map(|(at, _)| at)
            .collect();
        if could_meet(context, &tasks) {
            findings.add(|| describe(context, manifest, &tasks));
        }
    }
}

fn is_named(pattern: &str, name: &str) -> bool {
    if !pattern.contains(name) {
        return false;
    }
    let read = as_read(pattern).unwrap_or_default();
    let folder = read.strip_suffix(name);
    folder.is_some_and(|folder| folder.is_empty() || folder.ends_with('/') && !folder.starts_with('!'))
}

fn describe(context: &Context<'_>, manifest: &str, tasks: &[usize]) -> Finding {
    let place = |&task: &usize| {
        let pattern = context.task(task).owns.iter().find(|pattern| is_named(pattern, manifest));
        context.place(task, "owns", pattern.map_or("", String::as_str))
    };
    Finding {
        title: format!("{} can change one lockfile", context.list(tasks)),
        detail: format!(
            "Each owns a `{manifest}`. If they add dependencies, all of them rewrite the lockfile that the \
             packages share."
        ),
        places: tasks.iter().map(place).collect(),
        fixes: repair::one_after_another(context, tasks).into_iter().collect(),
    }
}

/// Whether two of the tasks can run at the same time: no order and no conflict separates them.
fn could_meet(context: &Context<'_>, tasks: &[usize]) -> bool {
    /// Larger groups are not checked; they certainly contain two such tasks.
    const MAX_TASKS: usize = 200;
    let pairs = |tasks: &[usize]| {
        let free = |&(a, b): &(usize, usize)| {
            !context.order.are_ordered(a, b) && !context.analysis.apart.contains(a, b)
        };
        let mut pairs =
            tasks.iter().enumerate().flat_map(|(at, &a)| tasks[at + 1..].iter().map(move |&b| (a, b)));
        pairs.any(|pair| free(&pair))
    };
    tasks.len() > MAX_TASKS || pairs(tasks)
}
