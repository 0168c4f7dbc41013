//! A task that owns files although tasks of its kind change nothing.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::glob::adds_files;
use crate::plan::Kind;
use crate::plan::edit::TaskChange;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP205",
    name: "idle-ownership",
    title: "A task that changes nothing owns files",
    severity: Severity::Warning,
    help: "\
Tasks of kind `research`, `verify` and `gate` look or decide and change no files, but this one lists files it may
change. One of the two is wrong, and the other tasks are planned around it.

If it only needs the files, list them under `reads`. If it writes them, give it another kind.",
    example: "- T1 Look at the cart @owns(src/cart/**) @kind(research)\n",
    repaired: "- T1 Look at the cart @reads(src/cart/**) @kind(research)\n",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (at, task) in context.tasks().filter(|&(at, _)| context.is_open(at)) {
        if task.changes_files() || !task.owns.iter().any(|entry| adds_files(entry)) {
            continue;
        }
        findings.add(|| {
            let new = task.owns.iter().filter(|pattern| !task.reads.contains(pattern));
            let reads = task.reads.iter().chain(new).cloned().collect();
            Finding {
                title: format!("{} changes nothing but owns files", task.id),
                detail: format!(
                    "Its kind is {}. If it only needs the files, they belong under reads; if it writes them, \
                     it is a change.",
                    task.kind.name()
                ),
                places: vec![
                    context.place(at, "owns", &task.owns[0]),
                    context.place(at, "kind", task.kind.name()),
                ],
                fixes: vec![
                    Fix {
                        title: format!("Have {} only read them", task.id),
                        edits: vec![
                            context.change(at, TaskChange::Owns(Vec::new())),
                            context.change(at, TaskChange::Reads(reads)),
                        ]
                        .into(),
                    },
                    Fix {
                        title: format!("Make {} a change", task.id),
                        edits: vec![context.change(at, TaskChange::Kind(Kind::Change))].into(),
                    },
                ],
            }
        });
    }
}
