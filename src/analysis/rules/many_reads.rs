//! A task that reads many files.

use super::{Context, Finding, Findings, Rule, Severity};

pub(super) static RULE: Rule = Rule {
    code: "PP305",
    name: "many-reads",
    title: "A task reads many files",
    severity: Severity::Hint,
    help: "\
An agent keeps what it reads in mind while it works. With more than five files named, little room is left, and the answer
gets slower and less exact.

Let a research task read them first and write down what matters, or split the task.",
    example: "\
- T1 Cart page @owns(src/ui/cart/**) @reads(src/api/cart.rs, src/api/users.rs, src/api/tax.rs, db/schema.sql, docs/cart.md, docs/tax.md)
",
    mended: "- T1 Cart page @owns(src/ui/cart/**) @reads(src/api/cart.rs, docs/cart.md)\n",
    check,
};

/// How many single files a task can read at once and still work well.
const COMFORTABLE: usize = 5;

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (at, task) in context.tasks().filter(|&(at, _)| context.is_open(at)) {
        let is_single_file =
            |pattern: &&String| !pattern.contains(['*', '?', '[', '{', '!']) && !pattern.ends_with('/');
        let files = task.reads.iter().filter(is_single_file).count();
        if files > COMFORTABLE {
            findings.add(|| Finding {
                title: format!("{} reads {files} files", task.id),
                detail: format!(
                    "More than {COMFORTABLE} leave an agent little room to work. Let a research task read them first, or split {}.",
                    task.id
                ),
                places: vec![context.place(at, "reads", "")],
                ..Finding::default()
            });
        }
    }
}
