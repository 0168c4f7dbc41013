//! A task that reads what another can write, with nothing to say which version it is to see.

use rustc_hash::FxHashSet;

use super::{Context, Finding, Findings, Fix, MAX_DESCRIBED, Rule, Severity, repair};
use crate::analysis::stars::gather;
use crate::analysis::{Conflict, ConflictKind};
use crate::glob::Overlap;

pub(super) static RULE: Rule = Rule {
    code: "PP102",
    name: "read-write",
    title: "A task reads what another can write",
    severity: Severity::Warning,
    help: "\
One task reads a file that another can change, and nothing says whether it is to see the file before or after the change.
If both ran at the same time, it could see half of it. They are kept in different phases until this is settled.

Usually the reader builds on the result: let it wait for the writer. If it needs the old state, let the writer wait.",
    example: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**) @reads(db/schema.sql)
",
    mended: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**) @reads(db/schema.sql) @after(T1)
",
    check,
};

/// From how many hazards on one task is described instead of its pairs.
const STAR: usize = 3;

/// One task that reads what another can write.
struct Hazard<'c> {
    reader: usize,
    writer: usize,
    overlap: &'c Overlap,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let hazards = hazards(context);
    // A reader and a writer of the same number are different centres.
    let ends: Vec<(usize, usize)> =
        hazards.iter().map(|hazard| (2 * hazard.reader, 2 * hazard.writer + 1)).collect();
    let (stars, rest) = gather(&ends, STAR, MAX_DESCRIBED);
    for star in &stars {
        let hazards: Vec<&Hazard<'_>> = star.pairs.iter().map(|&pair| &hazards[pair]).collect();
        findings.add(|| match star.centre % 2 {
            0 => describe_reader(context, &hazards),
            _ => describe_writer(context, &hazards),
        });
    }
    for pair in rest {
        findings.add(|| describe_pair(context, &hazards[pair]));
    }
}

/// The open hazards, without pairs that also write the same file: settling that settles both.
fn hazards<'c>(context: &Context<'c>) -> Vec<Hazard<'c>> {
    let both_write: FxHashSet<(usize, usize)> = context
        .open_conflicts()
        .filter(|conflict| matches!(conflict.kind, ConflictKind::WriteWrite(_)))
        .map(|conflict| (conflict.a, conflict.b))
        .collect();
    let hazard = |conflict: &'c Conflict| match &conflict.kind {
        ConflictKind::ReadWrite { reader, overlap } if !both_write.contains(&(conflict.a, conflict.b)) => {
            let writer = if *reader == conflict.a { conflict.b } else { conflict.a };
            Some(Hazard { reader: *reader, writer, overlap })
        }
        _ => None,
    };
    context.open_conflicts().filter_map(hazard).collect()
}

impl Hazard<'_> {
    fn read_pattern<'a>(&self, context: &Context<'a>) -> &'a str {
        context.task(self.reader).reads.get(self.overlap.left).map_or("", String::as_str)
    }

    fn written_pattern<'a>(&self, context: &Context<'a>) -> &'a str {
        context.task(self.writer).owns.get(self.overlap.right).map_or("", String::as_str)
    }

    /// The path, and whose pattern it comes from.
    fn evidence(&self, context: &Context<'_>) -> String {
        let witness = &self.overlap.witness;
        let (reader, writer) = (context.id(self.reader), context.id(self.writer));
        let (read, written) = (self.read_pattern(context), self.written_pattern(context));
        if read == witness && written == witness {
            format!("{reader} reads `{witness}`, and {writer} owns it")
        } else if read == witness {
            format!("{reader} reads `{witness}`, which `{written}` of {writer} takes in")
        } else if written == witness {
            format!("{reader} reads `{read}`, and with it `{witness}` of {writer}")
        } else {
            format!("`{read}`, which {reader} reads, and `{written}` of {writer} both match `{witness}`")
        }
    }
}

fn describe_pair(context: &Context<'_>, hazard: &Hazard<'_>) -> Finding {
    let &Hazard { reader, writer, .. } = hazard;
    Finding {
        title: format!("{} reads what {} can write", context.id(reader), context.id(writer)),
        detail: format!(
            "{}, and nothing says whether it is to see the file before or after the change.",
            hazard.evidence(context)
        ),
        places: vec![
            context.place(reader, "reads", hazard.read_pattern(context)),
            context.place(writer, "owns", hazard.written_pattern(context)),
        ],
        fixes: present([
            repair::wait(context, reader, writer),
            repair::wait(context, writer, reader),
            repair::accept(context, &[(reader, writer)]),
        ]),
    }
}

fn describe_reader(context: &Context<'_>, hazards: &[&Hazard<'_>]) -> Finding {
    let reader = hazards[0].reader;
    let writers: Vec<usize> = distinct(hazards.iter().map(|hazard| hazard.writer));
    let list = context.list(&writers);
    Finding {
        title: format!("{} reads what {list} can write", context.id(reader)),
        detail: format!(
            "{}, for one. Nothing says whether it is to see the files before or after the changes.",
            hazards[0].evidence(context)
        ),
        places: std::iter::once(context.place(reader, "reads", hazards[0].read_pattern(context)))
            .chain(
                hazards
                    .iter()
                    .map(|hazard| context.place(hazard.writer, "owns", hazard.written_pattern(context))),
            )
            .collect(),
        fixes: present([
            repair::wait_for_all(context, reader, &writers),
            repair::all_wait(context, &writers, reader),
        ]),
    }
}

fn describe_writer(context: &Context<'_>, hazards: &[&Hazard<'_>]) -> Finding {
    let writer = hazards[0].writer;
    let readers: Vec<usize> = distinct(hazards.iter().map(|hazard| hazard.reader));
    let list = context.list(&readers);
    Finding {
        title: format!("{list} read what {} can write", context.id(writer)),
        detail: format!(
            "{}, for one. Nothing says whether they are to see the files before or after the change.",
            hazards[0].evidence(context)
        ),
        places: std::iter::once(context.place(writer, "owns", hazards[0].written_pattern(context)))
            .chain(
                hazards
                    .iter()
                    .map(|hazard| context.place(hazard.reader, "reads", hazard.read_pattern(context))),
            )
            .collect(),
        fixes: present([
            repair::all_wait(context, &readers, writer),
            repair::wait_for_all(context, writer, &readers),
        ]),
    }
}

fn distinct(tasks: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut tasks: Vec<usize> = tasks.collect();
    tasks.sort_unstable();
    tasks.dedup();
    tasks
}

fn present<const N: usize>(fixes: [Option<Fix>; N]) -> Vec<Fix> {
    fixes.into_iter().flatten().collect()
}
