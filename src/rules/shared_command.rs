//! Tasks of one phase whose texts run commands that reach beyond their files.

use indexmap::IndexMap;

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity, repair, said};
use crate::glob::{FileSet, Pattern};
use crate::package_files;
use crate::plan::ResourceUse;
use crate::plan::edit::TaskChange;
use crate::prose::commands::{Command, Reach};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP209",
    name: "shared-command",
    title: "Commands of one phase get in each other's way",
    severity: Severity::Warning,
    help: "\
The texts of the tasks run commands whose effect goes beyond their files: they install packages and rewrite the lockfile,
format or generate files all over the repository, change a database, rewrite the snapshots of all tests, or start a server on
a port. Two agents that do so at the same time break each other's work or runs, and a formatter for everything rewrites
files on which others are working.

Have one of the tasks run the command, or one after the other; limit a formatter to the task's own files; or say what the
tasks share with `@uses(packages)` or `@uses(port:3000)`: then they take turns.",
    example: "\
- T1 Cart page @owns(web/cart/**)
  Run `npm install zod` first.
- T2 Login page @owns(web/login/**)
  Run `npm install jose` first.
",
    repaired: "\
- T1 Cart page @owns(web/cart/**) @uses(packages)
  Run `npm install zod` first.
- T2 Login page @owns(web/login/**) @uses(packages)
  Run `npm install jose` first.
",
    },
    check,
};

/// A command that a task runs.
struct Run {
    task: usize,
    field: &'static str,
    command: Command,
}

/// What commands have in common that get in each other's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Packages,
    Format,
    Generated,
    Database,
    Snapshots,
    Port(u16),
    Server,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for phase in &context.schedule.phases {
        let open: Vec<usize> = phase.tasks.iter().copied().filter(|&task| context.is_open(task)).collect();
        if open.len() < 2 {
            continue;
        }
        let runs: Vec<Run> = open.iter().flat_map(|&task| runs(context, task)).collect();
        let mut groups: IndexMap<Kind, Vec<&Run>> = IndexMap::new();
        for run in &runs {
            let group = groups.entry(kind(&run.command)).or_default();
            if group.last().is_none_or(|last| last.task != run.task) {
                group.push(run);
            }
        }
        merge_servers(&mut groups);
        for (kind, group) in &groups {
            match &group[..] {
                [run] => {
                    let met = meets(context, run, &open);
                    if !met.is_empty() {
                        findings.add(|| describe_one(context, run, &met));
                    }
                }
                group => {
                    let is_server = matches!(kind, Kind::Port(_) | Kind::Server);
                    let severity = if is_server { Severity::Hint } else { Severity::Warning };
                    findings.add_as(severity, || describe(context, *kind, group));
                }
            }
        }
    }
}

/// The commands of a task that go beyond its files.
fn runs(context: &Context<'_>, task: usize) -> Vec<Run> {
    let owns = &context.ownership().owns[task];
    let found = said::far_reaching(context.task(task)).into_iter();
    found
        .filter(|(_, command)| !stays_inside(command, owns))
        .map(|(field, command)| Run { task, field, command })
        .collect()
}

/// Whether a formatter takes only files of the task.
fn stays_inside(command: &Command, owns: &FileSet) -> bool {
    let is_owned = |path: &String| {
        let path = path
            .trim_start_matches("./")
            .trim_end_matches('/')
            .trim_end_matches("/...")
            .trim_end_matches("/**");
        owns.matches(path)
            || owns.matches(&format!("{path}/any/any"))
            || owns.includes().iter().any(|member| member.pattern.as_str() == path)
    };
    matches!(command.reach, Reach::Format(_) | Reach::Generated | Reach::Snapshots)
        && !command.paths.is_empty()
        && command.paths.iter().all(is_owned)
}

fn kind(command: &Command) -> Kind {
    match command.reach {
        Reach::Packages => Kind::Packages,
        Reach::Format(_) => Kind::Format,
        Reach::Generated => Kind::Generated,
        Reach::Database => Kind::Database,
        Reach::Snapshots => Kind::Snapshots,
        Reach::Server(Some(port)) => Kind::Port(port),
        Reach::Server(None) => Kind::Server,
    }
}

/// Servers without a port may take the port that another task names.
fn merge_servers(groups: &mut IndexMap<Kind, Vec<&Run>>) {
    let Some(servers) = groups.get(&Kind::Server).filter(|servers| servers.len() == 1).cloned() else {
        return;
    };
    let port = groups.iter_mut().find(|(kind, runs)| {
        matches!(kind, Kind::Port(_)) && runs.iter().all(|run| run.task != servers[0].task)
    });
    if let Some((_, runs)) = port {
        runs.extend(servers);
        runs.sort_by_key(|run| run.task);
    }
}

/// The tasks of the phase that own files which the command writes.
fn meets(context: &Context<'_>, run: &Run, open: &[usize]) -> Vec<usize> {
    let patterns: Vec<Pattern> = match run.command.reach {
        Reach::Format(endings) => {
            let everywhere = endings
                .split(' ')
                .map(|ending| if ending.is_empty() { "**".to_owned() } else { format!("**/*.{ending}") });
            everywhere.filter_map(|pattern| Pattern::parse(&pattern).ok()).collect()
        }
        Reach::Packages => package_files::names().filter_map(|name| Pattern::parse(name).ok()).collect(),
        _ => return Vec::new(),
    };
    let is_met = |&task: &usize| {
        task != run.task
            && context.ownership().owns[task].includes().iter().any(|member| {
                patterns.iter().any(|pattern| crate::glob::intersects(&member.pattern, pattern))
            })
    };
    open.iter().copied().filter(is_met).collect()
}

fn describe(context: &Context<'_>, kind: Kind, group: &[&Run]) -> Finding {
    let tasks: Vec<usize> = group.iter().map(|run| run.task).collect();
    let list = context.list(&tasks);
    let (what, resource, why) = words(kind);
    let commands = commands(group);
    Finding {
        title: format!("{list} {what} at the same time: {commands}"),
        detail: why.to_owned(),
        places: group.iter().map(|run| context.place(run.task, run.field, "")).collect(),
        fixes: take_turns(context, &tasks, &resource)
            .into_iter()
            .chain(repair::one_after_another(context, &tasks))
            .collect(),
    }
}

/// What the tasks do, what they share, and what goes wrong.
fn words(kind: Kind) -> (&'static str, String, &'static str) {
    match kind {
        Kind::Packages => (
            "install packages",
            "packages".to_owned(),
            "Each rewrites the list of packages, the lockfile and what is installed, beside the files they own.",
        ),
        Kind::Format => (
            "format everything",
            "formatter".to_owned(),
            "Each rewrites files that the other is working on. Limit it to the task's own files, or run it once at the end.",
        ),
        Kind::Generated => (
            "run a generator",
            "generator".to_owned(),
            "It writes files outside of what they own, and one run can see half of the other's work.",
        ),
        Kind::Database => (
            "change a database",
            "database".to_owned(),
            "Each can change the tables under the other. Give each its own database, or let them take turns.",
        ),
        Kind::Snapshots => (
            "rewrite snapshots",
            "snapshots".to_owned(),
            "Each rewrites the snapshots of all tests, also those that the other just changed.",
        ),
        Kind::Port(port) => (
            "use one port",
            format!("port:{port}"),
            "Only one server can listen there, and one task would test what the other serves.",
        ),
        Kind::Server => (
            "start a server",
            "dev-server".to_owned(),
            "If they share a port or a server, one of them fails or tests the work of the other. Then say so with `@uses`.",
        ),
    }
}

/// The different commands, at most three.
fn commands(group: &[&Run]) -> String {
    let mut texts: Vec<String> = Vec::new();
    for run in group {
        let text = format!("`{}`", run.command.text);
        if !texts.contains(&text) && texts.len() < 3 {
            texts.push(text);
        }
    }
    texts.join(", ")
}

/// Lets the tasks use one resource, of which there is one.
fn take_turns(context: &Context<'_>, tasks: &[usize], resource: &str) -> Option<Fix> {
    let is_single = context.plan.capacity_of(resource) == 1;
    let using = |&task: &usize| {
        let mut uses = context.task(task).uses.clone();
        uses.push(ResourceUse { resource: resource.to_owned(), amount: 1 });
        context.change(task, TaskChange::Uses(uses))
    };
    let waiting: Vec<usize> = tasks
        .iter()
        .copied()
        .filter(|&task| context.task(task).uses.iter().all(|used| used.resource != resource))
        .collect();
    (is_single && !waiting.is_empty()).then(|| Fix {
        title: format!("Let {} take turns (uses {resource})", context.list(tasks)),
        edits: waiting.iter().map(using).collect(),
    })
}

fn describe_one(context: &Context<'_>, run: &Run, met: &[usize]) -> Finding {
    let (id, list) = (context.id(run.task), context.list(met));
    Finding {
        title: format!("`{}` of {id} can write files of {list}", run.command.text),
        detail: format!("It goes over more than {id} owns, and runs beside {list} in the same phase."),
        places: std::iter::once(context.place(run.task, run.field, ""))
            .chain(met.iter().map(|&task| context.place(task, "owns", "")))
            .collect(),
        fixes: repair::wait_for_all(context, run.task, met).into_iter().collect(),
    }
}
