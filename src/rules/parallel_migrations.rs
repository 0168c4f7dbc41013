//! Tasks that add to one chain of migrations, with no order between them.

use indexmap::IndexMap;

use super::{Context, Definition, Finding, Findings, Rule, Severity, repair};
use crate::analysis::ConflictKind;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP206",
    name: "parallel-migrations",
    title: "Several tasks add to one chain of migrations",
    severity: Severity::Warning,
    help: "\
Migrations run one after another, in the order of their numbers, times or parents. Two agents that write one at the same
time can take the same number, name the same parent, or each build on a database state that the other changes, although
their files differ. They are kept in different phases until this is settled.

Set the order in which the migrations are to run. If they don't depend on each other and each has its number already, allow
it and say why.",
    example: "\
- T1 Cart tables @owns(db/migrations/0042_carts.sql)
- T2 Tax tables @owns(db/migrations/0043_tax.sql)
",
    repaired: "\
- T1 Cart tables @owns(db/migrations/0042_carts.sql)
- T2 Tax tables @owns(db/migrations/0043_tax.sql) @after(T1)
",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut by_chain: IndexMap<&str, Vec<(usize, usize)>> = IndexMap::new();
    for conflict in context.open_conflicts() {
        if let ConflictKind::Migrations { chain } = &conflict.kind {
            by_chain.entry(chain).or_default().push((conflict.a, conflict.b));
        }
    }
    for (chain, pairs) in &by_chain {
        findings.add(|| describe(context, chain, pairs));
    }
}

fn describe(context: &Context<'_>, chain: &str, pairs: &[(usize, usize)]) -> Finding {
    let mut tasks: Vec<usize> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
    tasks.sort_unstable();
    tasks.dedup();
    let pattern_of = |task: usize| {
        let owns = &context.task(task).owns;
        owns.iter().find(|pattern| pattern.contains(chain)).map_or("", String::as_str)
    };
    let order = match (pairs, &tasks[..]) {
        (&[(a, b)], _) => {
            let (first, second) = if pattern_of(b) < pattern_of(a) { (b, a) } else { (a, b) };
            [repair::wait(context, second, first), repair::wait(context, first, second)]
        }
        _ => [repair::one_after_another(context, &tasks), None],
    };
    Finding {
        title: format!("{} add migrations to one chain", context.list(&tasks)),
        detail: format!(
            "They write different files below `{chain}`, but migrations run one after another, and nothing \
             says in which order. They are kept apart."
        ),
        places: tasks.iter().map(|&task| context.place(task, "owns", pattern_of(task))).collect(),
        fixes: order
            .into_iter()
            .flatten()
            .chain(repair::in_list_order(context))
            .chain(repair::accept(context, pairs))
            .collect(),
    }
}
