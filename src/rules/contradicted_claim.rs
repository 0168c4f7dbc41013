//! A task that is marked as parallel, but conflicts with another one.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity, repair};
use crate::analysis::claims::{ContradictedClaim, contradicted};
use crate::analysis::{Conflict, ConflictKind};
use crate::plan::Parallel;
use crate::plan::edit::TaskChange;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP108",
    name: "contradicted-claim",
    title: "A task is marked as parallel, but shares files with another one",
    severity: Severity::Warning,
    help: "\
The author says that the task may run beside others, with `@parallel(claimed)` or with a mark such as `[P]` in another tool's
list. Going by the files, it may not run beside this one. The mark changes nothing: the two are kept in different phases, in
an order that nobody has chosen.

Let one wait for the other and drop the mark, or correct the files if they are not what the tasks really change.",
    example: "\
- T1 Cart model @owns(src/models/user.rs) @parallel(claimed)
- T2 Extend the model @owns(src/models/user.rs) @parallel(claimed)
",
    repaired: "\
- T1 Cart model @owns(src/models/user.rs) @parallel(claimed)
- T2 Extend the model @owns(src/models/user.rs) @after(T1)
",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for claim in contradicted(context.plan, context.analysis) {
        findings.add(|| describe(context, &claim));
    }
}

fn describe(context: &Context<'_>, claim: &ContradictedClaim) -> Finding {
    let task = claim.task;
    let conflicts: Vec<&Conflict> =
        claim.conflicts.iter().map(|&at| &context.analysis.conflicts[at]).collect();
    let mut others: Vec<usize> = conflicts.iter().map(|conflict| conflict.a + conflict.b - task).collect();
    others.dedup();
    let (does, evidence) = words(context, conflicts[0], task, others[0]);
    let guessed: Vec<usize> =
        [task, others[0]].into_iter().filter(|&task| context.task(task).is_guessed()).collect();
    let unsure = match guessed.is_empty() {
        true => String::new(),
        false => format!("The files of {} are guessed. ", context.list(&guessed)),
    };
    let more = match &others[1..] {
        [] => String::new(),
        more => format!(" It also collides with {}.", context.list(more)),
    };
    let drop = Fix {
        title: format!("Drop the mark of {}", context.id(task)),
        edits: vec![context.change(task, TaskChange::Parallel(Parallel::Proved))].into(),
    };
    Finding {
        title: format!("{} is marked as parallel, but {does}", context.id(task)),
        detail: format!("{unsure}{evidence}{more} They are kept in different phases all the same."),
        places: [task]
            .into_iter()
            .chain(others.iter().copied())
            .map(|at| context.place(at, "parallel", ""))
            .collect(),
        fixes: repair::wait_for_all(context, task, &others).into_iter().chain([drop]).collect(),
    }
}

/// What the task does to the other one, and the evidence in a sentence.
fn words(context: &Context<'_>, conflict: &Conflict, task: usize, other: usize) -> (String, String) {
    let [id, other_id] = [task, other].map(|task| context.id(task));
    match &conflict.kind {
        ConflictKind::ReadWrite { reader, overlap } if *reader == task => {
            (format!("reads what {other_id} writes"), format!("{other_id} may change `{}`.", overlap.witness))
        }
        ConflictKind::ReadWrite { overlap, .. } => {
            (format!("writes what {other_id} reads"), format!("{id} may change `{}`.", overlap.witness))
        }
        ConflictKind::Creation { creator, path } if *creator == task => {
            (format!("creates what {other_id} changes"), format!("{id} creates `{path}`."))
        }
        ConflictKind::Creation { path, .. } => {
            (format!("changes what {other_id} creates"), format!("{other_id} creates `{path}`."))
        }
        ConflictKind::Migrations { chain } => (
            format!("adds to the same migrations as {other_id}"),
            format!("The migrations in `{chain}` run one after another."),
        ),
        ConflictKind::WriteWrite(overlap) => {
            (format!("writes the same file as {other_id}"), format!("Both may change `{}`.", overlap.witness))
        }
        ConflictKind::Resource { resource, .. } => {
            (format!("uses the same as {other_id}"), format!("Both use {resource}."))
        }
    }
}
