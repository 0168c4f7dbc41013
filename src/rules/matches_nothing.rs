//! An entry that matches none of the known files.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity, said};
use crate::analysis::{Field, Written};
use crate::evidence::{Evidence, Looking, grouped};
use crate::glob::{FileSet, Member, intersects};
use crate::plan::Status;
use crate::prose::deeds::Deed;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP320",
    name: "matches-nothing",
    title: "An entry matches none of the known files",
    severity: Severity::Hint,
    help: "\
The list of files of the repository has nothing that the entry matches. The list may be older than the repository, and a task
may create its files; then there is nothing to do. But a name with a slip in it protects nothing: the agent works in the
folder that is really there, and nobody knows of it.

Not told: an owned file without wildcards that looks like a new one, and a read file that a task of the plan owns.",
    example: "\
- T1 Checkout @owns(src/chekout/**)
- T2 Tax @owns(src/tax/**)
",
    repaired: "\
- T1 Checkout @owns(src/checkout/**)
- T2 Tax @owns(src/tax/**)
",
    },
    check,
};

/// The most entries without a match that are looked into. A plan of a real repository has a few.
const MOST_LOOKED_INTO: usize = 300;

fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(evidence) = context.evidence else { return };
    let mut looking = Looking::default();
    let mut looked_into = 0;
    for (task, _) in context.tasks().filter(|&(task, _)| context.is_open(task)) {
        for field in Field::ALL {
            for member in context.ownership().sets(field)[task].includes() {
                let files = evidence.files_of(&member.pattern, &mut looking);
                if files.is_none_or(|files| !files.is_empty()) || looked_into >= MOST_LOOKED_INTO {
                    continue;
                }
                looked_into += 1;
                if is_worth_saying(context, evidence, task, field, member) {
                    findings.add(|| describe(context, evidence, task, field, member));
                }
            }
        }
    }
}

/// Whether the entry is not simply something that the plan creates.
fn is_worth_saying(
    context: &Context<'_>,
    evidence: &Evidence,
    task: usize,
    field: Field,
    member: &Member,
) -> bool {
    let is_one_file = !member.pattern.paths().is_empty();
    match field {
        Field::Owns if is_one_file => {
            !is_created(context, task, member) && !slips(evidence, member).is_empty()
        }
        Field::Owns => true,
        Field::Reads => !context.tasks().any(|(other, plan_task)| {
            let done = (plan_task.status == Status::Done).then(|| FileSet::parse(&plan_task.owns).0);
            let owned = done.as_ref().unwrap_or(&context.ownership().owns[other]).includes();
            other != task && owned.iter().any(|owned| intersects(&owned.pattern, &member.pattern))
        }),
    }
}

/// Whether the text of the task says that it creates the file.
fn is_created(context: &Context<'_>, task: usize, member: &Member) -> bool {
    let named = said::files(context.task(task));
    named.iter().any(|named| named.deed == Deed::Creates && member.pattern.matches(&named.path))
}

/// Paths that are there and one slip away. For an owned file one of the same name elsewhere says nothing.
fn slips(evidence: &Evidence, member: &Member) -> Vec<String> {
    let path = lead(member);
    let mut near = evidence.nearest(path);
    near.retain(|near| near.split('/').count() == path.split('/').count());
    near.retain(|near| {
        let differing = near.split('/').zip(path.split('/')).filter(|(a, b)| a != b).count();
        differing == 1
    });
    near
}

/// The names without wildcards at the start.
fn lead(member: &Member) -> &str {
    member.pattern.lead().trim_end_matches('/')
}

fn describe(
    context: &Context<'_>,
    evidence: &Evidence,
    task: usize,
    field: Field,
    member: &Member,
) -> Finding {
    let entry = &field.of(context.task(task))[member.position];
    let written = Written { task, field, text: entry.clone() };
    let read = written.as_read().into_owned();
    let near = match field {
        Field::Owns => slips(evidence, member),
        Field::Reads => evidence.nearest(lead(member)),
    };
    let rest = read.strip_prefix(lead(member)).unwrap_or_default().to_owned();
    let likely = near.iter().map(|near| format!("{near}{rest}"));
    let fixes = likely.map(|path| Fix {
        title: format!("Write {path}"),
        edits: vec![context.rewritten(&written, std::slice::from_ref(&path))].into(),
    });
    let there = match &near[..] {
        [] => String::new(),
        [only] => format!(" There is `{only}`."),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|path| format!("`{path}`")).collect();
            format!(" There are {} and `{last}`.", first.join(", "))
        }
    };
    let id = context.id(task);
    let innocent = match field {
        Field::Owns => format!("If {id} creates what it owns, there is nothing to do."),
        Field::Reads => "No task of the plan owns it either.".to_owned(),
    };
    Finding {
        title: format!(
            "`{read}` of {id} matches none of the {} known files",
            grouped(evidence.files().len())
        ),
        detail: format!(
            "They are from {}, which may be older than the repository.{there} {innocent}",
            evidence.source()
        ),
        places: vec![context.place_of(&written)],
        fixes: fixes.collect(),
    }
}
