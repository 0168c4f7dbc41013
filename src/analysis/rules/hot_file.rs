//! Files in which the work of many tasks meets: lists of dependencies, routes, indexes, migrations.

use indexmap::IndexMap;

use super::{Context, Finding, Findings, Rule, Severity, repair};

pub(super) static RULE: Rule = Rule {
    code: "PP201",
    name: "hot-file",
    title: "Several tasks change a file where much meets",
    severity: Severity::Hint,
    help: "\
Lists of dependencies, lockfiles, tables of routes, indexes of modules and change logs are changed by almost every task.
Each of these tasks has to wait for the one before it, only to add a line.

Let the tasks leave the file alone and say in their result what belongs in it; one task at the end of kind `integrate`
then writes all of it.",
    example: "\
- T1 Cart @owns(src/cart.rs, src/lib.rs)
- T2 Tax @owns(src/tax.rs, src/lib.rs) @after(T1)
- T3 Users @owns(src/users.rs, src/lib.rs) @after(T2)
",
    mended: "\
- T1 Cart @owns(src/cart.rs)
- T2 Tax @owns(src/tax.rs) @after(T1)
- T3 Users @owns(src/users.rs) @after(T2)
- T4 List the modules @owns(src/lib.rs) @after(T1, T2, T3) @kind(integrate)
",
    check,
};

/// How many tasks must change a file before it is worth a task of its own.
const SEVERAL: usize = 3;

/// What kind of meeting place the file is, if it is one.
pub(super) fn hot_name(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or_default();
    match name.as_str() {
        "package-lock.json"
        | "npm-shrinkwrap.json"
        | "yarn.lock"
        | "pnpm-lock.yaml"
        | "bun.lock"
        | "bun.lockb"
        | "deno.lock"
        | "cargo.lock"
        | "poetry.lock"
        | "uv.lock"
        | "pipfile.lock"
        | "pdm.lock"
        | "gemfile.lock"
        | "composer.lock"
        | "go.sum"
        | "mix.lock"
        | "pubspec.lock"
        | "packages.lock.json"
        | "gradle.lockfile"
        | "flake.lock"
        | "podfile.lock"
        | "package.resolved" => Some("a lockfile"),
        "package.json" | "cargo.toml" | "pyproject.toml" | "requirements.txt" | "pipfile" | "go.mod"
        | "gemfile" | "composer.json" | "mix.exs" | "pubspec.yaml" | "build.gradle" | "build.gradle.kts"
        | "pom.xml" | "package.swift" | "deno.json" => Some("a list of dependencies"),
        "index.ts" | "index.tsx" | "index.js" | "index.jsx" | "index.mjs" | "mod.rs" | "lib.rs"
        | "__init__.py" => Some("an index of modules"),
        "urls.py" => Some("a table of routes"),
        _ => match stem {
            "router" | "routes" | "routing" => Some("a table of routes"),
            "changelog" | "changes" | "history" => Some("a change log"),
            _ => None,
        },
    }
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut writers: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (at, task) in context.tasks().filter(|&(at, _)| context.is_open(at)) {
        for path in task.owns.iter().filter(|path| hot_name(path).is_some() && !path.starts_with('!')) {
            let tasks = writers.entry(path).or_default();
            if tasks.last() != Some(&at) {
                tasks.push(at);
            }
        }
    }
    for (path, tasks) in writers.iter().filter(|(_, tasks)| tasks.len() >= SEVERAL) {
        // Where the order is open, the conflict says so and offers the same repair.
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
            "It is {}, where the work of many tasks meets, and each of them has to wait for the one before. A task at the \
             end could write it once.",
            hot_name(path).unwrap_or("a common file")
        ),
        places: tasks.iter().map(|&task| context.place(task, "owns", path)).collect(),
        fixes: repair::integrate(context, path, tasks).into_iter().collect(),
    }
}
