//! An entry that holds more than a path.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::analysis::{Field, Reduced};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP307",
    name: "decorated-path",
    title: "An entry is read as the path in it",
    severity: Severity::Hint,
    help: "\
The entry has more in it than a path: lines of a file, a remark in brackets, quotes, a `/` at the start, `./`, steps such
as `a/../b`, or a pattern as another tool writes it. Two tasks that own lines of one file still write one file, so
entries are compared by their paths alone, and prompts and exports name the path.

Write the path, so everybody reads the entry the same way.",
    example: "\
- T1 Router @owns(server/router.ts:10-40)
- T2 Cart page @owns(src/ui/cart/**)
",
    repaired: "\
- T1 Router @owns(server/router.ts)
- T2 Cart page @owns(src/ui/cart/**)
",
    },
    check,
};

/// The most tasks in which one fix rewrites entries.
const MAX_TASKS: usize = 50;

fn check(context: &Context<'_>, findings: &mut Findings) {
    let reduced = context.ownership().reduced(context.plan);
    for one in &reduced {
        findings.add(|| describe(context, one, &reduced));
    }
}

fn describe(context: &Context<'_>, reduced: &Reduced, all: &[Reduced]) -> Finding {
    let Reduced { written, read } = reduced;
    let only = Fix {
        title: format!("Write {read}"),
        edits: vec![context.rewritten(written, std::slice::from_ref(read))].into(),
    };
    Finding {
        title: format!("`{}` of {} is read as `{read}`", written.text, context.id(written.task)),
        detail: "A task owns or reads whole files, named by their paths.".to_owned(),
        places: vec![context.place_of(written)],
        fixes: std::iter::once(only).chain(rewrite_all(context, all)).collect(),
    }
}

/// Rewrites every such entry of the plan, if there are several.
fn rewrite_all(context: &Context<'_>, all: &[Reduced]) -> Option<Fix> {
    let mut lists: Vec<(usize, Field)> =
        all.iter().map(|one| (one.written.task, one.written.field)).collect();
    lists.dedup();
    if all.len() < 2 || lists.len() > MAX_TASKS {
        return None;
    }
    let edits = lists.iter().filter(|(task, _)| context.is_first_with_its_id(*task)).map(|&(task, field)| {
        let read = |entry: &String| {
            let found = all.iter().find(|one| {
                (one.written.task, one.written.field) == (task, field) && one.written.text == *entry
            });
            found.map_or_else(|| entry.clone(), |one| one.read.clone())
        };
        context.change(task, field.change(field.of(context.task(task)).iter().map(read).collect()))
    });
    Some(Fix { title: "Write all entries as they are read".to_owned(), edits: edits.collect() })
}
