//! Generated files that several tasks own.

use indexmap::IndexMap;

use super::{Context, Definition, Finding, Findings, Rule, Severity, repair};
use crate::evidence::{Evidence, FileNumber, Why};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP326",
    name: "generated-file",
    title: "Several tasks own a generated file",
    severity: Severity::Hint,
    help: "\
A program writes this file: a generator or the package manager. Each of the tasks can cause it to be written anew, and what
two of them wrote can't be merged by hand; it has to be written once more from the result of both.

Have the tasks leave the file alone, and one task at the end write it. What is generated is told by the first lines of a file,
by `linguist-generated` in `.gitattributes`, by its name, or because it is a lockfile.",
    example: "\
- T1 Cart service @owns(src/cart/**, src/api/*)
- T2 Tax service @owns(src/tax/**, src/api/*) @after(T1)
",
    repaired: "\
- T1 Cart service @owns(src/cart/**)
- T2 Tax service @owns(src/tax/**) @after(T1)
- T3 Write the client @owns(src/api/*) @after(T1, T2) @kind(integrate)
",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(evidence) = context.evidence else { return };
    let owned = context.owned_files();
    let mut by_owners: IndexMap<Vec<usize>, Vec<(FileNumber, Why)>> = IndexMap::new();
    for &(file, why) in evidence.generated() {
        let owners = owned.owners(file);
        if owners.len() > 1 {
            let tasks = owners.iter().map(|(_, task)| *task).collect();
            by_owners.entry(tasks).or_default().push((file, why));
        }
    }
    for (tasks, files) in &by_owners {
        findings.add(|| describe(context, evidence, tasks, files));
    }
}

fn describe(
    context: &Context<'_>,
    evidence: &Evidence,
    tasks: &[usize],
    files: &[(FileNumber, Why)],
) -> Finding {
    let Some(&(file, why)) = files.first() else { return Finding::default() };
    let path = evidence.path(file);
    let what = match files.len() {
        1 => format!("`{path}`, a generated file"),
        many => format!("{many} generated files"),
    };
    let such = if files.len() == 1 { "Of the file is known" } else { "Of the first one is known" };
    Finding {
        title: format!("{} own {what}", context.list(tasks)),
        detail: format!(
            "{such}, from {}: {}. {}What several tasks wrote into it can't be merged by hand.",
            evidence.source(),
            why.says(),
            if files.len() == 1 { String::new() } else { format!("It is `{path}`. ") }
        ),
        places: tasks.iter().map(|&task| context.owning_place(task, path)).collect(),
        fixes: match files {
            [_] => repair::integrate(context, path, tasks).into_iter().collect(),
            _ => Vec::new(),
        },
    }
}
