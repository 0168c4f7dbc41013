//! Tasks that add migrations to one folder, with no order between them.

use indexmap::IndexMap;

use super::{Context, Finding, Findings, Rule, Severity, repair};
use crate::plan::Task;

pub(super) static RULE: Rule = Rule {
    code: "PP206",
    name: "parallel-migrations",
    title: "Several tasks add migrations at the same time",
    severity: Severity::Warning,
    help: "\
Migrations run one after another, in the order of their numbers or times. Two agents that write one at the same moment can
take the same number, or each build on a state of the database that the other changes. Their files do not overlap, so
nothing else keeps the tasks apart.

Set the order in which the migrations are to run.",
    example: "\
- T1 Cart tables @owns(db/migrations/0042_carts.sql)
- T2 Tax tables @owns(db/migrations/0043_tax.sql)
",
    mended: "\
- T1 Cart tables @owns(db/migrations/0042_carts.sql)
- T2 Tax tables @owns(db/migrations/0043_tax.sql) @after(T1)
",
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut by_folder: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (at, task) in context.tasks().filter(|&(at, _)| context.is_open(at)) {
        for folder in migration_folders(task) {
            let tasks = by_folder.entry(folder).or_default();
            if tasks.last() != Some(&at) {
                tasks.push(at);
            }
        }
    }
    for (folder, tasks) in by_folder.iter().filter(|(_, tasks)| could_meet(context, tasks)) {
        findings.add(|| Finding {
            title: format!("{} add migrations at the same time", context.list(tasks)),
            detail: format!(
                "They write different files below `{folder}`, but migrations run one after another, and nothing says in \
                 which order."
            ),
            places: tasks.iter().map(|&task| context.place(task, "owns", "")).collect(),
            fixes: repair::one_after_another(context, tasks).into_iter().collect(),
        });
    }
}

/// The folders of migrations that the patterns of a task are surely in.
fn migration_folders(task: &Task) -> impl Iterator<Item = &str> {
    // Few patterns name one, and searching a text is quicker than taking it apart.
    let may_name_one = |pattern: &&String| !pattern.starts_with('!') && pattern.contains("migrat");
    task.owns.iter().filter(may_name_one).filter_map(|pattern| {
        let mut end = 0;
        for name in pattern.split_inclusive('/') {
            end += name.len();
            match name.trim_end_matches('/') {
                "migrations" | "migrate" => return Some(pattern[..end].trim_end_matches('/')),
                name if name.contains(['*', '?', '[', '{']) => return None,
                _ => {}
            }
        }
        None
    })
}

/// Whether two of the tasks can run at the same time: they are not ordered, and no conflict keeps them apart.
pub(super) fn could_meet(context: &Context<'_>, tasks: &[usize]) -> bool {
    /// More pairs than this are not looked at; among so many tasks two can surely meet.
    const MAX_TASKS: usize = 200;
    let pairs = |tasks: &[usize]| {
        let free = |&(a, b): &(usize, usize)| {
            !context.order.are_ordered(a, b) && !context.conflicts.apart.contains(a, b)
        };
        let mut pairs =
            tasks.iter().enumerate().flat_map(|(at, &a)| tasks[at + 1..].iter().map(move |&b| (a, b)));
        pairs.any(|pair| free(&pair))
    };
    tasks.len() > MAX_TASKS || pairs(tasks)
}
