//! A task whose text names a file that it neither owns nor reads.

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity, repair, said};
use crate::diagnostic::Place;
use crate::glob::Pattern;
use crate::plan::Task;
use crate::plan::edit::TaskChange;
use crate::prose::deeds::{Deed, NamedFile};
use crate::prose::paths::root;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP208",
    name: "named-not-owned",
    title: "A task names a file that it doesn't own",
    severity: Severity::Warning,
    help: "\
The title, the instructions or a check of the task name a file that is not among its files. An agent does what its text
says: it changes the file, or stops because it may not. Nothing keeps it apart from others that change the same file, which
is worst where another task of the same phase owns the file or names it too.

If the task changes the file, let it own it; then it is kept apart from the others. If it only looks at it, let it read it.
If it has nothing to do with it, say so in the text, or leave the file out.",
    example: "\
- T1 Cart page @owns(web/cart/**)
  Add the route to web/router.ts.
- T2 Login page @owns(web/login/**, web/router.ts)
",
    repaired: "\
- T1 Cart page @owns(web/cart/**, web/router.ts)
  Add the route to web/router.ts.
- T2 Login page @owns(web/login/**, web/router.ts) @after(T1)
",
    },
    check,
};

/// The most files that a finding about one task lists.
const MOST_FILES: usize = 4;

/// A file that a task names, and neither owns nor reads.
struct Mention {
    task: usize,
    file: NamedFile,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mentions = mentions(context);
    let shared = told_together(context, &mentions);
    for Shared { path, namers, owners } in &shared {
        findings.add(|| describe_shared(context, path, namers, owners));
    }
    let is_told = |mention: &&Mention| {
        shared.iter().any(|shared| {
            shared.path == mention.file.path && shared.namers.iter().any(|&(task, _)| task == mention.task)
        })
    };
    let mut alone: IndexMap<usize, Vec<&NamedFile>> = IndexMap::new();
    for mention in mentions.iter().filter(|mention| !is_told(mention)) {
        // A task that lists no files has a finding of its own, and a source that nobody changes needs none.
        if mention.file.deed != Deed::Reads && !context.task(mention.task).has_unknown_ownership() {
            alone.entry(mention.task).or_default().push(&mention.file);
        }
    }
    for (task, files) in &alone {
        let is_changed = files.iter().any(|file| file.deed != Deed::Names);
        let severity = if is_changed { Severity::Warning } else { Severity::Hint };
        findings.add_as(severity, || describe_alone(context, *task, files));
    }
}

/// What open tasks name and neither own nor read, by task.
fn mentions(context: &Context<'_>) -> Vec<Mention> {
    let roots = roots(context);
    let mut mentions = Vec::new();
    for (task, plan_task) in context.tasks().filter(|&(at, _)| context.is_open(at)) {
        for mut file in said::files(plan_task) {
            if is_covered(context, task, &file.path, &roots) {
                continue;
            }
            if !plan_task.changes_files() {
                file.deed = Deed::Reads;
            }
            mentions.push(Mention { task, file });
        }
    }
    mentions
}

/// The first folders of all patterns of the plan.
fn roots<'a>(context: &Context<'a>) -> FxHashSet<&'a str> {
    let patterns = context.plan.tasks.iter().flat_map(|task| task.owns.iter().chain(&task.reads));
    patterns
        .filter(|pattern| pattern.contains('/'))
        .map(|pattern| root(pattern.trim_start_matches("./")))
        .collect()
}

/// Whether the file is one of those that the task owns or reads, also if its text leaves out the first folders.
fn is_covered(context: &Context<'_>, task: usize, path: &str, roots: &FxHashSet<&str>) -> bool {
    let ownership = context.ownership();
    let path = path.trim_end_matches('/');
    let sets = [&ownership.owns[task], &ownership.reads[task]];
    if sets.iter().any(|set| set.matches(path)) || is_inside(context.task(task), path) {
        return true;
    }
    let is_whole = match path.contains('/') {
        true => roots.contains(root(path)),
        false => is_at_root(path),
    };
    // Another folder of the same name: `package.json` of a task that owns `packages/cart/**`.
    let is_nested = |set: &crate::glob::FileSet| {
        let Ok(anywhere) = Pattern::parse(&format!("**/{path}")) else { return false };
        set.includes().iter().any(|member| {
            let pattern = &member.pattern;
            let is_possible = match is_whole {
                true => {
                    pattern.path().is_some_and(|known| known.ends_with(&format!("/{path}")))
                        || (!path.contains('/') && WORKSPACES.contains(&root(pattern.lead())))
                }
                false => true,
            };
            is_possible && crate::glob::intersects(pattern, &anywhere)
        })
    };
    sets.into_iter().any(is_nested)
}

/// Whether the path is a folder of which the task owns or reads a part.
fn is_inside(task: &Task, path: &str) -> bool {
    let is_below = |pattern: &String| pattern.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
    task.owns.iter().chain(&task.reads).any(is_below)
}

/// Folders of packages, each with its own manifest.
const WORKSPACES: [&str; 8] =
    ["apps", "packages", "crates", "libs", "modules", "plugins", "services", "examples"];

/// Files that stand in the root folder, unless a task owns a package.
fn is_at_root(name: &str) -> bool {
    let is_listed = [
        "Cargo.toml",
        "Cargo.lock",
        "CHANGELOG.md",
        "Dockerfile",
        "Gemfile",
        "Makefile",
        "README.md",
        "go.mod",
        "go.sum",
        "package.json",
        "package-lock.json",
        "pnpm-lock.yaml",
        "pyproject.toml",
        "requirements.txt",
        "tsconfig.json",
        "yarn.lock",
    ]
    .contains(&name);
    is_listed || name.contains(".config.") || name.starts_with('.')
}

/// A file that a task of a phase names, and another one names or owns.
struct Shared<'m> {
    path: &'m str,
    /// With what each does with it.
    namers: Vec<(usize, Deed)>,
    /// The tasks of the phase that own it.
    owners: Vec<usize>,
}

/// Groups mentions of one file in one phase, where somebody changes it.
fn told_together<'m>(context: &Context<'_>, mentions: &'m [Mention]) -> Vec<Shared<'m>> {
    let mut groups: IndexMap<(&str, usize), Vec<(usize, Deed)>> = IndexMap::new();
    for Mention { task, file } in mentions {
        if let Some(phase) = context.schedule.phase_of.get(*task).copied().flatten() {
            groups.entry((&file.path, phase)).or_default().push((*task, file.deed));
        }
    }
    let mut shared = Vec::new();
    for ((path, phase), namers) in groups {
        let owners = owners(context, path, phase, &namers);
        let changing = namers.iter().filter(|(_, deed)| *deed != Deed::Reads).count();
        let is_free = |&(a, _): &(usize, Deed)| {
            namers
                .iter()
                .map(|&(task, _)| task)
                .chain(owners.iter().copied())
                .any(|b| a != b && !are_accepted(context, a, b))
        };
        if ((changing > 0 && namers.len() > 1) || !owners.is_empty()) && namers.iter().any(is_free) {
            shared.push(Shared { path, namers, owners });
        }
    }
    shared
}

/// The open tasks of a phase that own the file, beside those that name it.
fn owners(context: &Context<'_>, path: &str, phase: usize, namers: &[(usize, Deed)]) -> Vec<usize> {
    let tasks = context.schedule.phases.get(phase).map_or(&[][..], |phase| &phase.tasks);
    let owns = |&task: &usize| {
        let set = &context.ownership().owns[task];
        let ends_so =
            |pattern: &Pattern| pattern.path().is_some_and(|known| known.ends_with(&format!("/{path}")));
        context.is_open(task)
            && !namers.iter().any(|&(namer, _)| namer == task)
            && (set.matches(path.trim_end_matches('/'))
                || (!path.contains('/') && set.includes().iter().any(|member| ends_so(&member.pattern))))
    };
    tasks.iter().copied().filter(owns).collect()
}

fn are_accepted(context: &Context<'_>, a: usize, b: usize) -> bool {
    [(a, b), (b, a)].into_iter().any(|(one, other)| {
        context.task(one).accepts.iter().any(|accepted| accepted.task == *context.id(other))
    })
}

fn describe_shared(context: &Context<'_>, path: &str, namers: &[(usize, Deed)], owners: &[usize]) -> Finding {
    let tasks: Vec<usize> = namers.iter().map(|&(task, _)| task).collect();
    let only_read = namers.iter().all(|&(_, deed)| deed == Deed::Reads);
    let (title, detail) = sentences(context, path, &tasks, owners, only_read);
    let order = match (&tasks[..], owners) {
        (&[task], [_, ..]) => repair::wait_for_all(context, task, owners),
        (_, [_, ..]) => None,
        _ => repair::one_after_another(context, &tasks),
    };
    let whole = whole_path(context, path, owners);
    let (own, read) = (own(context, &tasks, whole), read(context, &tasks, whole));
    let (first, last) = if only_read { (read, own) } else { (own, read) };
    Finding {
        title,
        detail,
        places: tasks
            .iter()
            .map(|&task| place(context, task, path))
            .chain(owners.iter().map(|&task| context.place(task, "owns", "")))
            .collect(),
        fixes: std::iter::once(first).chain(order).chain([last]).filter(|_| !path.ends_with('/')).collect(),
    }
}

/// The path in full, if the text names the file without its folder and an owner lists it.
fn whole_path<'c>(context: &'c Context<'_>, path: &'c str, owners: &[usize]) -> &'c str {
    let ends_so = |known: &&str| known.strip_suffix(path).is_some_and(|folder| folder.ends_with('/'));
    let members = owners.iter().flat_map(|&task| context.ownership().owns[task].includes());
    members.filter_map(|member| member.pattern.path()).find(ends_so).unwrap_or(path)
}

fn sentences(
    context: &Context<'_>,
    path: &str,
    tasks: &[usize],
    owners: &[usize],
    only_read: bool,
) -> (String, String) {
    let (list, theirs) = (context.list(tasks), context.list(owners));
    let names = if tasks.len() == 1 { "names" } else { "name" };
    if owners.is_empty() {
        return (
            format!("{list} name `{path}`, and none of them owns it"),
            "They run side by side, and nothing keeps them from writing over each other.".to_owned(),
        );
    }
    let own = if owners.len() == 1 { "owns" } else { "own" };
    let runs = if tasks.len() == 1 { "It runs" } else { "They run" };
    let risk = match only_read {
        true => "could see half a change",
        false => "could write over its work",
    };
    (
        format!("{list} {names} `{path}`, which {theirs} {own} in the same phase"),
        format!("{runs} beside {theirs} without owning or reading the file, and {risk}."),
    )
}

fn describe_alone(context: &Context<'_>, task: usize, files: &[&NamedFile]) -> Finding {
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let mut list: Vec<String> = paths.iter().take(MOST_FILES).map(|path| format!("`{path}`")).collect();
    if paths.len() > MOST_FILES {
        list.push(format!("{} more", paths.len() - MOST_FILES));
    }
    let list = match &list[..] {
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
        [] => String::new(),
    };
    let them = if paths.len() == 1 { "it" } else { "them" };
    let own_them = Fix {
        title: format!("Let {} own {}", context.id(task), list.replace('`', "")),
        edits: vec![context.change(task, TaskChange::Owns(with(&context.task(task).owns, &paths)))].into(),
    };
    let read_them = Fix {
        title: format!("Let {} read {}", context.id(task), list.replace('`', "")),
        edits: vec![context.change(task, TaskChange::Reads(with(&context.task(task).reads, &paths)))].into(),
    };
    Finding {
        title: format!("{} names {list}, and does not own {them}", context.id(task)),
        detail: format!(
            "Its text asks for {them}, but an agent may only change what its task owns. Let it own {them}, or read {them} if it changes nothing there."
        ),
        places: paths.iter().map(|path| place(context, task, path)).collect(),
        fixes: vec![own_them, read_them],
    }
}

/// The field that names the file.
fn place(context: &Context<'_>, task: usize, path: &str) -> Place {
    let named = context.task(task);
    let file = path.trim_end_matches('/');
    let field = if named.title.contains(file) {
        "title"
    } else if named.instructions.contains(file) {
        "instructions"
    } else {
        "checks"
    };
    context.place(task, field, "")
}

fn own(context: &Context<'_>, tasks: &[usize], path: &str) -> Fix {
    Fix {
        title: format!("Let {} own {path}", context.list(tasks)),
        edits: tasks
            .iter()
            .map(|&task| context.change(task, TaskChange::Owns(with(&context.task(task).owns, &[path]))))
            .collect(),
    }
}

fn read(context: &Context<'_>, tasks: &[usize], path: &str) -> Fix {
    Fix {
        title: format!("Let {} read {path}", context.list(tasks)),
        edits: tasks
            .iter()
            .map(|&task| context.change(task, TaskChange::Reads(with(&context.task(task).reads, &[path]))))
            .collect(),
    }
}

fn with(known: &[String], more: &[&str]) -> Vec<String> {
    known.iter().cloned().chain(more.iter().map(|path| (*path).to_owned())).collect()
}
