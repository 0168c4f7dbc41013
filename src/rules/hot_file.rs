//! Files that many tasks have to change: lists of dependencies, routes, indexes, migrations.

use std::borrow::Cow;

use indexmap::IndexMap;

use super::{Context, Definition, Finding, Findings, Rule, Severity, repair};
use crate::package_files::{is_dependency_list, is_lockfile};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP201",
    name: "hot-file",
    title: "Several tasks change a hot-spot file",
    severity: Severity::Hint,
    help: "\
Dependency lists, lockfiles, route tables, module indexes and changelogs are changed by almost every task.
Each of these tasks has to wait for the one before it, just to add a line.

Have the tasks leave the file alone and say in their result what belongs in it; one task of kind `integrate` at the end
then writes all of it.",
    example: "\
- T1 Cart @owns(src/cart.rs, src/lib.rs)
- T2 Tax @owns(src/tax.rs, src/lib.rs) @after(T1)
- T3 Users @owns(src/users.rs, src/lib.rs) @after(T2)
",
    repaired: "\
- T1 Cart @owns(src/cart.rs)
- T2 Tax @owns(src/tax.rs) @after(T1)
- T3 Users @owns(src/users.rs) @after(T2)
- T4 List the modules @owns(src/lib.rs) @after(T1, T2, T3) @kind(integrate)
",
    },
    check,
};

/// The number of tasks that makes a file worth a task of its own.
const SEVERAL: usize = 3;

/// The kind of a hot file; `None` if the file is not hot.
pub(super) fn hot_name(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or_default();
    match name.as_str() {
        name if is_lockfile(name) => Some("a lockfile"),
        name if is_dependency_list(name) => Some("a dependency list"),
        "index.ts" | "index.tsx" | "index.js" | "index.jsx" | "index.mjs" | "mod.rs" | "lib.rs"
        | "__init__.py" => Some("a module index"),
        "urls.py" => Some("a route table"),
        _ => match stem {
            "router" | "routes" | "routing" => Some("a route table"),
            "changelog" | "changes" | "history" => Some("a change log"),
            _ => None,
        },
    }
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut writers: IndexMap<Cow<'_, str>, Vec<usize>> = IndexMap::new();
    for (at, task) in context.tasks().filter(|&(at, _)| context.is_open(at)) {
        for path in task.owned_files() {
            if hot_name(&path).is_none() || path.starts_with('!') {
                continue;
            }
            let tasks = writers.entry(path).or_default();
            if tasks.last() != Some(&at) {
                tasks.push(at);
            }
        }
    }
    for (path, tasks) in writers.iter().filter(|(_, tasks)| tasks.len() >= SEVERAL) {
        // If the order is open, the conflict says so and offers the same fix.
        let in_order = tasks.windows(2).all(|pair| context.order.are_ordered(pair[0], pair[1]));
        if in_order {
            findings.add(|| describe(context, path, tasks));
        }
    }
}

fn describe(context: &Context<'_>, path: &str, tasks: &[usize]) -> Finding {
    Finding {
        title: format!("{} all change `{path}`", context.list(tasks)),
        detail: format!(
            "It is {}, a file that many tasks need to touch, so each of them has to wait for the one before. \
             One task at the end could write it once.",
            hot_name(path).unwrap_or("a common file")
        ),
        places: tasks.iter().map(|&task| context.place(task, "owns", path)).collect(),
        fixes: repair::integrate(context, path, tasks).into_iter().collect(),
    }
}
