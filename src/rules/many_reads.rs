//! A task that reads many files.

use super::{Context, Definition, Finding, Findings, Rule, Severity};
use crate::plan::{Kind, Task};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP305",
    name: "many-reads",
    title: "A task reads many files",
    severity: Severity::Hint,
    help: "\
Everything an agent reads takes up its context while it works. With more than five files, or a pattern such as `**` that
takes in the whole repository, little room is left, and the answer gets slower and less exact.

Have a research task read them first and write down what matters, or split the task. A research task may search a large
folder, since it only has to find the few places that matter; give several research tasks a part each if it should read
everything.",
    example: "\
- T1 Cart page @owns(src/ui/cart/**) @reads(src/api/cart.rs, src/api/users.rs, src/api/tax.rs, db/schema.sql, docs/cart.md, docs/tax.md)
",
    repaired: "- T1 Cart page @owns(src/ui/cart/**) @reads(src/api/cart.rs, docs/cart.md)\n",
    },
    check,
};

/// The most single files that a task can read and still work well.
const COMFORTABLE: usize = 5;

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (at, task) in context.tasks().filter(|&(at, task)| context.is_open(at) && task.kind != Kind::Verify) {
        let files = task.reads.iter().filter(|pattern| is_single_file(pattern)).count();
        let everything = task.reads.iter().find(|pattern| is_everything(pattern));
        if let Some(pattern) = everything {
            findings.add(|| Finding {
                title: format!("{} reads everything", task.id),
                detail: format!("`{pattern}` takes in every file of the repository. {}", advice(task)),
                places: vec![context.place(at, "reads", pattern)],
                ..Finding::default()
            });
        } else if files > COMFORTABLE {
            findings.add(|| Finding {
                title: format!("{} reads {files} files", task.id),
                detail: format!(
                    "More than {COMFORTABLE} leave an agent little room to work. {}",
                    advice(task)
                ),
                places: vec![context.place(at, "reads", "")],
                ..Finding::default()
            });
        }
    }
}

/// A research task can't be told to leave the reading to research.
fn advice(task: &Task) -> String {
    match task.kind {
        Kind::Research => format!(
            "Split {} into research tasks that read a part each, or name the folders that matter.",
            task.id
        ),
        _ => format!("Have a research task read them first, or split {}.", task.id),
    }
}

fn is_single_file(pattern: &str) -> bool {
    !pattern.contains(['*', '?', '[', '{', '!']) && !pattern.ends_with('/')
}

/// Whether the pattern takes in every file: `**`, `**/*`, `.`.
fn is_everything(pattern: &str) -> bool {
    !pattern.starts_with('!')
        && pattern.split('/').all(|name| matches!(name, "**" | "*" | "." | ""))
        && (pattern.contains("**") || matches!(pattern, "." | "./"))
}
