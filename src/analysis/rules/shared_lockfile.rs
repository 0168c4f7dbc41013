//! Tasks that change lists of dependencies in different folders, and with them one lockfile.

use super::parallel_migrations::could_meet;
use super::{Context, Finding, Findings, Rule, Severity, repair};
use crate::plan::Task;

pub(super) static RULE: Rule = Rule {
    code: "PP207",
    name: "shared-lockfile",
    title: "Several tasks can change one lockfile",
    severity: Severity::Hint,
    help: "\
Each of these tasks owns a list of dependencies, such as `package.json` or `Cargo.toml`. Adding a dependency also rewrites
the lockfile, and in a workspace all packages share one. No task owns it, so nothing keeps them apart.

If the tasks add dependencies, let one wait for the other, or let one task add all of them first.",
    example: "\
- T1 Cart package @owns(packages/cart/package.json, packages/cart/src/**)
- T2 Tax package @owns(packages/tax/package.json, packages/tax/src/**)
",
    mended: "\
- T1 Cart package @owns(packages/cart/package.json, packages/cart/src/**)
- T2 Tax package @owns(packages/tax/package.json, packages/tax/src/**) @after(T1)
",
    check,
};

/// Lists of dependencies that come with a lockfile which a workspace shares.
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
    let folder = pattern.strip_suffix(name);
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
            "Each owns a `{manifest}`. If they add dependencies, all of them rewrite the lockfile that the packages share."
        ),
        places: tasks.iter().map(place).collect(),
        fixes: repair::one_after_another(context, tasks).into_iter().collect(),
    }
}
