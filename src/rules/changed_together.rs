//! Tasks of which one owns a file that nearly always changed together with a file of the other.

use indexmap::IndexMap;

use super::{Context, Definition, Finding, Findings, Rule, Severity, repair};
use crate::evidence::{Commits, Evidence, Together};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP325",
    name: "changed-together",
    title: "Files of two tasks changed together before",
    severity: Severity::Hint,
    help: "\
In the history of the repository, a file of one task was mostly changed in the same commit as a file of the other. That
two files changed together does not prove that they depend on each other, but whoever changes one has often had to change the
other, and no list of files says so.

Look at both files. If the change of one needs the other, have one task wait, or have one task do both. Told from three common
commits on, if they are at least half of the commits of the file that changed less often.",
    example: "\
- T1 Prices @owns(src/cart/price.ts)
- T2 Checkout @owns(src/checkout/**)
",
    repaired: "\
- T1 Prices @owns(src/cart/price.ts)
- T2 Checkout @owns(src/checkout/**) @after(T1)
",
    },
    check,
};

/// The fewest common commits that say something.
const FEWEST: u32 = 3;

/// The most pairs of tasks that are remembered.
const MOST_PAIRS: usize = 20_000;

fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(evidence) = context.evidence else { return };
    let Some(history) = evidence.history() else { return };
    let mut pairs: Vec<(usize, usize, Together)> =
        pairs(context, history).into_iter().map(|((a, b), pair)| (a, b, pair)).collect();
    // What changed together most often is told first, in case there is too much to tell.
    pairs.sort_by_key(|&(a, b, pair)| (std::cmp::Reverse(pair.both), a, b));
    for (a, b, pair) in pairs {
        findings.add(|| describe(context, evidence, history, (a, b), pair));
    }
}

/// Tasks that can run at the same time, with the pair of their files that changed together most often.
fn pairs(context: &Context<'_>, history: &Commits) -> IndexMap<(usize, usize), Together> {
    let owned = context.owned_files();
    let mut pairs: IndexMap<(usize, usize), Together> = IndexMap::new();
    let is_often = |pair: &&Together| pair.both >= FEWEST && pair.both.saturating_mul(2) >= pair.of_rarer();
    for pair in history.pairs.iter().filter(is_often) {
        for &(_, first) in owned.owners(pair.a) {
            for &(_, second) in owned.owners(pair.b) {
                if !context.can_meet(first, second) {
                    continue;
                }
                let tasks = (first.min(second), first.max(second));
                if pairs.len() < MOST_PAIRS || pairs.contains_key(&tasks) {
                    let known = pairs.entry(tasks).or_insert(*pair);
                    if known.both < pair.both {
                        *known = *pair;
                    }
                }
            }
        }
    }
    pairs
}

fn describe(
    context: &Context<'_>,
    evidence: &Evidence,
    history: &Commits,
    (a, b): (usize, usize),
    pair: Together,
) -> Finding {
    let (first, second) = (evidence.path(pair.a), evidence.path(pair.b));
    let a_owns_first = context.ownership().owns[a].matches(first);
    let (of_a, of_b) = if a_owns_first { (first, second) } else { (second, first) };
    let rarer = if pair.of_a <= pair.of_b { first } else { second };
    let fixes = [repair::wait(context, b, a), repair::wait(context, a, b), repair::merge(context, &[a, b])];
    Finding {
        title: format!("Files of {} and {} changed together before", context.id(a), context.id(b)),
        detail: format!(
            "`{of_a}` and `{of_b}` changed together in {} of the {} commits that changed `{rarer}`, since {}, \
             says {}. Whether one needs the other is not known.",
            pair.both,
            pair.of_rarer(),
            history.since,
            evidence.source()
        ),
        places: vec![context.owning_place(a, of_a), context.owning_place(b, of_b)],
        fixes: fixes.into_iter().flatten().collect(),
    }
}
