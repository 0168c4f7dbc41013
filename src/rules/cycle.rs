//! Tasks that wait for each other in a cycle.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::analysis::Wait;
use crate::analysis::cycles::written;
use crate::analysis::order::entries_behind;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP001",
    name: "cycle",
    title: "Tasks wait for each other",
    severity: Severity::Error,
    help: "\
Each of these tasks waits for the one before it, and the first waits for the last, so none of them could ever start. The
rest of the plan is still computed, with one dependency of the cycle ignored: the one named in the first repair.

Decide which of the tasks can start without the others, and remove the entry from its `after` list. If neither can, they
are one task.",
    example: "\
- T1 Cart schema @owns(db/**) @after(T2)
- T2 Cart service @owns(src/cart/**) @after(T1)
",
    repaired: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**) @after(T1)
",
    },
    check,
};

/// Longer cycles offer only the fix for the edge that was left out.
const MAX_REPAIRS: usize = 5;

fn check(context: &Context<'_>, findings: &mut Findings) {
    for cycle in &context.order.cycles {
        findings.add(|| describe(context, cycle));
    }
}

fn describe(context: &Context<'_>, cycle: &[usize]) -> Finding {
    let last = cycle[cycle.len() - 1];
    let closing = Wait { waiting: cycle[0], awaited: last };
    let others = cycle.windows(2).map(|pair| Wait { waiting: pair[1], awaited: pair[0] });
    let edges: Vec<Wait> = std::iter::once(closing).chain(others).collect();
    let shown = if edges.len() <= MAX_REPAIRS { edges.len() } else { 1 };
    Finding {
        title: format!(
            "{} → {} wait for each other",
            written(context.plan, cycle),
            context.id(closing.waiting)
        ),
        detail: format!(
            "None of them could ever start. The phases are computed as if {} did not wait for {}.",
            context.id(closing.waiting),
            context.id(closing.awaited)
        ),
        places: edges
            .iter()
            .map(|edge| context.place(edge.waiting, "after", context.id(edge.awaited).as_str()))
            .collect(),
        fixes: edges[..shown].iter().map(|&edge| cut(context, edge)).collect(),
    }
}

fn cut(context: &Context<'_>, edge: Wait) -> Fix {
    let entries = entries_behind(context.plan, edge);
    Fix {
        title: format!("Let {} start without {}", context.id(edge.waiting), context.id(edge.awaited)),
        edits: vec![context.without_waiting_for(edge.waiting, &entries)].into(),
    }
}
