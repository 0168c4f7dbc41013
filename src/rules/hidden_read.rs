//! Tasks that change files which import what another task changes.

use indexmap::IndexMap;

use super::owned_files::entry_of_file;
use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity, repair};
use crate::diagnostic::Place;
use crate::evidence::{Evidence, FileNumber};
use crate::plan::edit::TaskChange;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP324",
    name: "hidden-read",
    title: "A task builds on a file that another changes at the same time",
    severity: Severity::Hint,
    help: "\
A file of one task imports a file of another, and nothing says which goes first. No file is written twice, but the first one may
be written against what the other one is just changing: a name that moves, a parameter that is added.

If the first builds on the change, have it wait, or let it read the file. If what it uses stays as it is, say so in
both texts. Imports are found by reading the files when the evidence was written; calls without an import are not known.",
    example: "\
- T1 Tax rates @owns(src/tax/**)
- T2 Cart page @owns(src/cart/page.ts)
",
    repaired: "\
- T1 Tax rates @owns(src/tax/**)
- T2 Cart page @owns(src/cart/page.ts) @after(T1)
",
    },
    check,
};

/// The most pairs of tasks that are remembered.
const MOST_PAIRS: usize = 20_000;

/// The most pairs of owners that are looked at, over all imports; takes less than a second.
const MOST_LOOKED_AT: usize = 5_000_000;

/// The imports between two tasks.
struct Use {
    /// The first import by path.
    import: (FileNumber, FileNumber),
    /// How many there are.
    count: usize,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(evidence) = context.evidence else { return };
    let mut by_imported: IndexMap<usize, Vec<(usize, Use)>> = IndexMap::new();
    for ((importer, imported), found) in uses(context, evidence) {
        by_imported.entry(imported).or_default().push((importer, found));
    }
    by_imported.sort_unstable_keys();
    for (imported, mut importers) in by_imported {
        importers.sort_unstable_by_key(|(task, _)| *task);
        findings.add(|| describe(context, evidence, imported, &importers));
    }
}

/// The imports from a file of one task to a file of another that can run at the same time.
fn uses(context: &Context<'_>, evidence: &Evidence) -> IndexMap<(usize, usize), Use> {
    let owned = context.owned_files();
    let mut uses: IndexMap<(usize, usize), Use> = IndexMap::new();
    let mut looked_at = 0;
    for &(from, to) in evidence.imports() {
        let imported = owned.owners(to);
        let importing: &[(FileNumber, usize)] = if imported.is_empty() { &[] } else { owned.owners(from) };
        looked_at += importing.len() * imported.len();
        if looked_at > MOST_LOOKED_AT {
            break;
        }
        for &(_, importer) in importing {
            for &(_, imported) in
                imported.iter().filter(|(_, imported)| context.can_meet(importer, *imported))
            {
                if uses.len() < MOST_PAIRS || uses.contains_key(&(importer, imported)) {
                    uses.entry((importer, imported)).or_insert(Use { import: (from, to), count: 0 }).count +=
                        1;
                }
            }
        }
    }
    uses
}

fn describe(
    context: &Context<'_>,
    evidence: &Evidence,
    imported: usize,
    importers: &[(usize, Use)],
) -> Finding {
    let tasks: Vec<usize> = importers.iter().map(|(task, _)| *task).collect();
    let Some((_, Use { import: (from, to), .. })) = importers.first() else { return Finding::default() };
    let (from, to) = (evidence.path(*from), evidence.path(*to));
    let others = importers.iter().map(|(_, found)| found.count).sum::<usize>() - 1;
    let more = match others {
        0 => String::new(),
        1 => " So does one other file.".to_owned(),
        others => format!(" There are {others} more such imports."),
    };
    let (list, id) = (context.list(&tasks), context.id(imported));
    let builds = if tasks.len() == 1 { "builds" } else { "build" };
    let places =
        importers.iter().map(|(task, found)| context.owning_place(*task, evidence.path(found.import.0)));
    let wait = match &tasks[..] {
        [only] => repair::wait(context, *only, imported),
        _ => repair::all_wait(context, &tasks, imported),
    };
    Finding {
        title: format!("{list} {builds} on files that {id} changes at the same time"),
        detail: format!(
            "`{from}` imports `{to}`, says {}, and nothing says which of them is changed first.{more}",
            evidence.source()
        ),
        places: places.chain([context.owning_place(imported, to)]).collect::<Vec<Place>>(),
        fixes: wait.into_iter().chain([read(context, evidence, importers)]).collect(),
    }
}

/// Has each importing task read the first file that it imports.
fn read(context: &Context<'_>, evidence: &Evidence, importers: &[(usize, Use)]) -> Fix {
    let with = |task: usize, file: FileNumber| {
        let mut reads = context.task(task).reads.clone();
        reads.push(entry_of_file(evidence.path(file)));
        context.change(task, TaskChange::Reads(reads))
    };
    let title = match importers {
        [(task, found)] => format!("Let {} read {}", context.id(*task), evidence.path(found.import.1)),
        _ => "Let each of them read what it imports".to_owned(),
    };
    Fix { title, edits: importers.iter().map(|(task, found)| with(*task, found.import.1)).collect() }
}
