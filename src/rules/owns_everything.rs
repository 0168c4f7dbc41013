//! A task that owns every file, while other tasks own some.

use super::{Context, Definition, Finding, Findings, Rule, Severity, repair};
use crate::analysis::{Conflict, ConflictKind};
use crate::glob::as_read;
use crate::plan::Task;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP105",
    name: "owns-everything",
    title: "A task owns every file",
    severity: Severity::Conflict,
    help: "\
A pattern such as `**` covers every file of the repository, so no other task that writes can run at the same time. It
runs alone, and the plan gets longer.

Name the folders that the task really changes. If it really changes everything, have it wait for the others, or the others for
it.",
    example: "\
- T1 Cart schema @owns(db/**)
- T2 Login page @owns(src/ui/login/**)
- T3 Rename the product @owns(**)
",
    repaired: "\
- T1 Cart schema @owns(db/**)
- T2 Login page @owns(src/ui/login/**)
- T3 Rename the product @owns(**) @after(T1, T2)
",
    },
    check,
};

/// Whether a pattern of the task matches every file. Ignores exclusions, which change little.
pub(super) fn owns_everything(task: &Task) -> bool {
    task.owns.iter().any(|pattern| is_everything(pattern))
}

/// Whether the pattern consists of `**` components only, or of `**` with one `*` at the end.
fn is_everything(pattern: &str) -> bool {
    // A shortcut, because nearly all patterns begin with a name.
    if pattern.starts_with(|first: char| first.is_alphanumeric()) {
        return false;
    }
    let Some(read) = as_read(pattern) else { return false };
    let mut components = read.split('/').filter(|name| !name.is_empty()).peekable();
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
        // If both own everything, the first task reports the pair.
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
        title: format!("{} owns every file, so no other task that writes can run at the same time", task.id),
        detail: format!(
            "It can overwrite what {} write, and nothing says which goes first. Name the folders it changes, \
             or set an order.",
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
