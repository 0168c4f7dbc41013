//! Two tasks that can write the same file.

use std::borrow::Cow;

use indexmap::IndexMap;

use super::hot_file::hot_name;
use super::owns_everything::owns_everything;
use super::stars::{Star, gather};
use super::{Context, Definition, Finding, Findings, Fix, MAX_DESCRIBED, Rule, Severity, repair};
use crate::analysis::{Conflict, ConflictKind};
use crate::glob::{CommonFiles, as_read};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP101",
    name: "write-write",
    title: "Two tasks can write the same file",
    severity: Severity::Conflict,
    help: "\
Both tasks own a path, and nothing says which of them goes first. If they ran at the same time, one could overwrite what
the other wrote, and neither would notice. They are kept in different phases until this is settled.

The path in the message is matched by a pattern of each. Either give the file to one of the tasks, or let one wait for the
other, or make one task of both. If you know that they never touch the same lines, allow it and say why.",
    example: "\
- T1 Cart endpoints @owns(src/api/**)
- T2 Login page @owns(src/api/users.rs, src/ui/login/**)
",
    repaired: "\
- T1 Cart endpoints @owns(src/api/**, !src/api/users.rs)
- T2 Login page @owns(src/api/users.rs, src/ui/login/**)
",
    },
    check,
};

/// The number of tasks from which a file is described instead of its pairs.
const CROWD: usize = 3;

/// The number of conflicts from which a task is described instead of its pairs.
const STAR: usize = 4;

fn check(context: &Context<'_>, findings: &mut Findings) {
    if context.analysis.assumed_overlaps > 0 {
        findings.add_as(Severity::Warning, || describe_assumed(context.analysis.assumed_overlaps));
    }
    let conflicts: Vec<&Conflict> =
        context.open_conflicts().filter(|conflict| is_ours(context, conflict)).collect();
    let (crowds, left) = gather_crowds(context, conflicts);
    for crowd in &crowds {
        findings.add(|| describe_crowd(context, crowd));
    }
    let pairs: Vec<(usize, usize)> = left.iter().map(|conflict| (conflict.a, conflict.b)).collect();
    let (stars, rest) = gather(&pairs, STAR, MAX_DESCRIBED);
    for Star { centre, pairs } in &stars {
        let conflicts: Vec<&Conflict> = pairs.iter().map(|&pair| left[pair]).collect();
        findings.add(|| describe_star(context, *centre, &conflicts));
    }
    for pair in rest {
        findings.add(|| describe_pair(context, left[pair]));
    }
}

fn describe_assumed(pairs: usize) -> Finding {
    Finding {
        title: "Not all patterns were compared".to_owned(),
        detail: format!(
            "There are too many patterns that could match one path, so {pairs} pairs of them were not \
             compared. They count as overlapping, and their tasks are kept apart. Begin patterns with the \
             name of a folder."
        ),
        ..Finding::default()
    }
}

/// Whether this rule reports the conflict: it is about writing, and neither task owns everything, which is
/// another rule.
fn is_ours(context: &Context<'_>, conflict: &Conflict) -> bool {
    matches!(conflict.kind, ConflictKind::WriteWrite(_))
        && !owns_everything(context.task(conflict.a))
        && !owns_everything(context.task(conflict.b))
}

/// A path that several tasks own.
struct Crowd<'c> {
    witness: &'c str,
    /// Ascending.
    tasks: Vec<usize>,
    /// The conflicts with the path as their witness.
    conflicts: Vec<&'c Conflict>,
}

/// Finds the paths that at least [`CROWD`] tasks own, most tasks first, and the conflicts that none of them
/// explains. A crowd explains every conflict between two of its tasks, since all of them own its path.
fn gather_crowds<'c>(
    context: &Context<'_>,
    conflicts: Vec<&'c Conflict>,
) -> (Vec<Crowd<'c>>, Vec<&'c Conflict>) {
    let mut by_witness: IndexMap<&str, Vec<&Conflict>> = IndexMap::new();
    for &conflict in &conflicts {
        by_witness.entry(conflict.kind.witness().unwrap_or_default()).or_default().push(conflict);
    }
    let mut candidates: Vec<Crowd<'_>> = by_witness
        .into_iter()
        .map(|(witness, conflicts)| Crowd { witness, tasks: ends(&conflicts), conflicts })
        .filter(|crowd| crowd.tasks.len() >= CROWD)
        .collect();
    candidates.sort_by_key(|crowd| std::cmp::Reverse(crowd.tasks.len()));

    let mut crowds_of: Vec<Vec<usize>> = vec![Vec::new(); context.plan.tasks.len()];
    let is_explained = |crowds_of: &[Vec<usize>], conflict: &Conflict| {
        crowds_of[conflict.a].iter().any(|crowd| crowds_of[conflict.b].binary_search(crowd).is_ok())
    };
    let mut crowds: Vec<Crowd<'_>> = Vec::new();
    for crowd in candidates {
        if crowd.conflicts.iter().any(|conflict| !is_explained(&crowds_of, conflict)) {
            for &task in &crowd.tasks {
                crowds_of[task].push(crowds.len());
            }
            crowds.push(crowd);
        }
    }
    let left = conflicts.into_iter().filter(|conflict| !is_explained(&crowds_of, conflict)).collect();
    (crowds, left)
}

/// The tasks of these conflicts, ascending.
fn ends(conflicts: &[&Conflict]) -> Vec<usize> {
    let mut ends: Vec<usize> = conflicts.iter().flat_map(|conflict| [conflict.a, conflict.b]).collect();
    ends.sort_unstable();
    ends.dedup();
    ends
}

/// The pattern in the task's `owns` list that causes the conflict.
fn pattern_of<'a>(context: &Context<'a>, conflict: &Conflict, task: usize) -> Cow<'a, str> {
    let entry = entry_of(context, conflict, task);
    as_read(entry).unwrap_or(Cow::Borrowed(entry))
}

/// The entry with that pattern, as written.
fn entry_of<'a>(context: &Context<'a>, conflict: &Conflict, task: usize) -> &'a str {
    let ConflictKind::WriteWrite(overlap) = &conflict.kind else { return "" };
    let entry = if task == conflict.a { overlap.left } else { overlap.right };
    context.task(task).owns.get(entry).map_or("", String::as_str)
}

fn describe_crowd(context: &Context<'_>, crowd: &Crowd<'_>) -> Finding {
    let Crowd { witness, tasks, conflicts } = crowd;
    let place = |&task: &usize| {
        let conflict = conflicts.iter().find(|conflict| conflict.a == task || conflict.b == task);
        context.place(task, "owns", conflict.map_or("", |conflict| entry_of(context, conflict, task)))
    };
    let pairs = || -> Vec<(usize, usize)> {
        let pairs =
            tasks.iter().enumerate().flat_map(|(at, &a)| tasks[at + 1..].iter().map(move |&b| (a, b)));
        let is_open = |&(a, b): &(usize, usize)| context.both_write(a, b).is_some_and(Conflict::is_open);
        pairs.filter(is_open).collect()
    };
    let small = tasks.len() <= CROWD * 2;
    let mut fixes = vec![
        repair::one_after_another(context, tasks),
        repair::integrate(context, witness, tasks),
        repair::merge(context, tasks),
        repair::in_list_order(context),
        small.then(pairs).and_then(|pairs| repair::accept(context, &pairs)),
    ];
    if hot_name(witness).is_some() {
        fixes.swap(0, 1);
    }
    Finding {
        title: format!("{} can write the same file", context.list(tasks)),
        detail: format!(
            "All of them match `{witness}`, and nothing says in which order they go.{}",
            why_hot(witness)
        ),
        places: tasks.iter().map(place).collect(),
        fixes: fixes.into_iter().flatten().collect(),
    }
}

fn describe_star(context: &Context<'_>, centre: usize, conflicts: &[&Conflict]) -> Finding {
    let mut others = ends(conflicts);
    others.retain(|&task| task != centre);
    let first = conflicts[0];
    let (mine, other) = (pattern_of(context, first, centre), first.a + first.b - centre);
    let places = conflicts.iter().map(|conflict| {
        let other = conflict.a + conflict.b - centre;
        context.place(other, "owns", entry_of(context, conflict, other))
    });
    Finding {
        title: format!("{} can write the same files as {}", context.id(centre), context.list(&others)),
        detail: format!(
            "Its pattern `{mine}` and those of the others match common paths, such as `{}` with {}, and \
             nothing says which goes first.",
            first.kind.witness().unwrap_or_default(),
            context.id(other)
        ),
        places: std::iter::once(context.place(centre, "owns", entry_of(context, first, centre)))
            .chain(places)
            .collect(),
        fixes: [
            repair::leave_to(context, centre, &others),
            repair::wait_for_all(context, centre, &others),
            repair::all_wait(context, &others, centre),
            repair::in_list_order(context),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

fn describe_pair(context: &Context<'_>, conflict: &Conflict) -> Finding {
    let (a, b) = (conflict.a, conflict.b);
    let witness = conflict.kind.witness().unwrap_or_default();
    Finding {
        title: format!("{} and {} can write the same file", context.id(a), context.id(b)),
        detail: format!(
            "{} and nothing says which goes first.{}{}",
            evidence(context, conflict),
            context.both_own(a, b),
            why_hot(witness)
        ),
        places: [a, b].map(|task| context.place(task, "owns", entry_of(context, conflict, task))).into(),
        fixes: pair_fixes(context, conflict, witness),
    }
}

/// Both patterns and their common path, without repetition.
fn evidence(context: &Context<'_>, conflict: &Conflict) -> String {
    let witness = conflict.kind.witness().unwrap_or_default();
    let (a, b) = (conflict.a, conflict.b);
    let (of_a, of_b) = (pattern_of(context, conflict, a), pattern_of(context, conflict, b));
    let (id_a, id_b) = (context.id(a), context.id(b));
    if of_a == witness && of_b == witness {
        format!("Both own `{witness}`,")
    } else if of_b == witness {
        format!("{id_b} owns `{witness}`, which `{of_a}` of {id_a} takes in,")
    } else if of_a == witness {
        format!("{id_a} owns `{witness}`, which `{of_b}` of {id_b} takes in,")
    } else if of_a == of_b {
        format!("Both own `{of_a}`,")
    } else {
        let files = CommonFiles::of(&of_a, &of_b, witness).in_sentence();
        format!("`{of_a}` of {id_a} and `{of_b}` of {id_b} both match {files},")
    }
}

/// If only one task names the file, or its pattern lies inside a wildcard of the other, the first fix gives
/// the file to it; otherwise the first fix is an order.
fn pair_fixes(context: &Context<'_>, conflict: &Conflict, witness: &str) -> Vec<Fix> {
    let (a, b) = (conflict.a, conflict.b);
    let (of_a, of_b) = (pattern_of(context, conflict, a), pattern_of(context, conflict, b));
    let give_to_a = repair::leave_to(context, b, &[a]);
    let give_to_b = repair::leave_to(context, a, &[b]);
    let is_named_once = (of_a == witness) != (of_b == witness);
    let lies_inside = of_a != of_b && of_a != witness && give_to_a.is_some() != give_to_b.is_some();
    let (first, second) =
        if of_b == witness && of_a != witness { (give_to_b, give_to_a) } else { (give_to_a, give_to_b) };
    let a_first = repair::wait(context, b, a);
    let b_first = repair::wait(context, a, b);
    let at_the_end = hot_name(witness).and_then(|_| repair::integrate(context, witness, &[a, b]));
    let merge = repair::merge(context, &[a, b]);
    let in_list_order = repair::in_list_order(context);
    let accept = repair::accept(context, &[(a, b)]);
    let fixes = if is_named_once || lies_inside {
        [first, second, a_first, b_first, at_the_end, merge, in_list_order, accept]
    } else {
        [a_first, b_first, at_the_end, merge, first, second, in_list_order, accept]
    };
    fixes.into_iter().flatten().collect()
}

/// A sentence about files that many tasks have to change.
fn why_hot(witness: &str) -> String {
    hot_name(witness)
        .map_or(String::new(), |what| format!(" It is {what}, where the work of many tasks meets."))
}
