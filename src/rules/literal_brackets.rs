//! An entry whose brackets are part of the name of a file that is there.

use super::owned_files::entry_of_file;
use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::analysis::{Field, Written};
use crate::evidence::Evidence;
use crate::glob::{Pattern, as_read};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP322",
    name: "literal-brackets",
    title: "Brackets are part of the name of a file",
    severity: Severity::Hint,
    help: "\
Brackets in a pattern stand for one of the letters between them, but web frameworks write them into names of files. The
repository has a file with exactly this name. The entry is read both ways, because a missed conflict does more harm than a
false alarm, so it can collide with tasks that it has nothing to do with.

Write `[[]` and `[]]` for the brackets; then the entry means that file and nothing else.",
    example: "\
- T1 Page @owns(app/[q]/page.tsx)
- T2 Tax @owns(src/tax/**)
",
    repaired: "\
- T1 Page @owns(app/[[]q[]]/page.tsx)
- T2 Tax @owns(src/tax/**)
",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(evidence) = context.evidence else { return };
    for (task, plan_task) in context.tasks().filter(|&(task, _)| context.is_open(task)) {
        for field in Field::ALL {
            for entry in field.of(plan_task) {
                if let Some(file) = named_file(evidence, entry) {
                    let written = Written { task, field, text: entry.clone() };
                    findings.add(|| describe(context, evidence, &written, &file));
                }
            }
        }
    }
}

/// The file that is there with these brackets in its name, if the entry can also mean others.
fn named_file(evidence: &Evidence, entry: &str) -> Option<String> {
    if !entry.contains('[') || entry.contains(['*', '?', '{']) {
        return None;
    }
    let path = as_read(entry)?;
    evidence.file(&path)?;
    let pattern = Pattern::parse(&path).ok()?;
    pattern.path().is_none().then(|| path.into_owned())
}

fn describe(context: &Context<'_>, evidence: &Evidence, written: &Written, file: &str) -> Finding {
    let exact = entry_of_file(file);
    let is_exact = Pattern::parse(&exact).is_ok_and(|pattern| pattern.matches(file));
    let fix = is_exact.then(|| Fix {
        title: format!("Write {exact}"),
        edits: vec![context.rewritten(written, std::slice::from_ref(&exact))].into(),
    });
    Finding {
        title: format!("`{file}` of {} is the name of a file", context.id(written.task)),
        detail: format!(
            "The list of {} has a file with these brackets in its name. The entry is also read as a pattern, \
             and can match others.",
            evidence.source()
        ),
        places: vec![context.place_of(written)],
        fixes: fix.into_iter().collect(),
    }
}
