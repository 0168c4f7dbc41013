//! A task that owns every file beside tasks that own some.

use super::{Context, Finding, Findings, Rule, Severity, repair};
use crate::analysis::{Conflict, ConflictKind};
use crate::plan::Task;

pub(super) static RULE: Rule = Rule {
    code: "PP105",
    name: "owns-everything",
    title: "A task owns every file",
    severity: Severity::Conflict,
    help: "\
A pattern such as `**` takes in every file of the repository, so no other task that writes can run beside this one. It is
kept alone, and the plan gets longer.

Name the folders that the task really changes. If it does change everything, let it wait for the others, or the others for
it.",
    example: "\
- T1 Cart schema @owns(db/**)
- T2 Login page @owns(src/ui/login/**)
- T3 Rename the product @owns(**)
",
    mended: "\
- T1 Cart schema @owns(db/**)
- T2 Login page @owns(src/ui/login/**)
- T3 Rename the product @owns(**) @after(T1, T2)
",
    check,
};

/// Whether a pattern of the task takes in every file. Exclusions beside it change little.
pub(super) fn owns_everything(task: &Task) -> bool {
    task.owns.iter().any(|pattern| is_everything(pattern))
}

/// Whether the pattern is made of `**` alone, or of `**` with one `*` at the end.
fn is_everything(pattern: &str) -> bool {
    // Nearly all patterns begin with a name.
    if !pattern.starts_with(['*', '.', '/', '\\']) {
        return false;
    }
    let mut components =
        pattern.split(['/', '\\']).filter(|name| !name.is_empty() && *name != ".").peekable();
    let mut is_deep = false;
    while let Some(name) = components.next() {
        match name {
            "**" => is_deep = true,
            "*" if components.peek().is_none() => {}
            _ => return false,
        }
    }
    is_deep
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let owners: Vec<bool> = context.plan.tasks.iter().map(owns_everything).collect();
    let mut others_of: Vec<Vec<usize>> = vec![Vec::new(); owners.len()];
    for &Conflict { a, b, ref kind, .. } in context.open_conflicts() {
        // Of two that own everything the first tells of the pair.
        match kind {
            ConflictKind::WriteWrite(_) if owners[a] => others_of[a].push(b),
            ConflictKind::WriteWrite(_) if owners[b] => others_of[b].push(a),
            _ => {}
        }
    }
    for (at, others) in others_of.iter().enumerate().filter(|(_, others)| !others.is_empty()) {
        findings.add(|| describe(context, at, others));
    }
}

fn describe(context: &Context<'_>, at: usize, others: &[usize]) -> Finding {
    let task = context.task(at);
    Finding {
        title: format!("{} owns every file, so nothing that writes can run beside it", task.id),
        detail: format!(
            "It can overwrite what {} write, and nothing says which goes first. Name the folders it changes, or set an \
             order.",
            context.list(others)
        ),
        places: vec![context.place(at, "owns", everything_of(task))],
        fixes: [repair::wait_for_all(context, at, others), repair::all_wait(context, others, at)]
            .into_iter()
            .flatten()
            .collect(),
    }
}

fn everything_of(task: &Task) -> &str {
    task.owns.iter().find(|pattern| is_everything(pattern)).map_or("", String::as_str)
}
