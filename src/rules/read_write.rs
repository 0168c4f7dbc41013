//! A task that reads a file that another task can write, with no order that decides which version it reads.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::stars::gather;
use super::{Context, Definition, Finding, Findings, Fix, MAX_DESCRIBED, Rule, Severity, repair};
use crate::analysis::{Conflict, ConflictKind};
use crate::diagnostic::Place;
use crate::glob::{CommonFiles, Overlap, as_read};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP102",
    name: "read-write",
    title: "A task reads what another can write",
    severity: Severity::Warning,
    help: "\
One task reads a file that another can change, and nothing says whether it should see the file before or after the change.
If both ran at the same time, it could see half a change. They are kept in different phases until you decide.

Usually the reader builds on the result: have it wait for the writer. If it needs the old state, have the writer wait.",
    example: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**) @reads(db/schema.sql)
",
    repaired: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**) @reads(db/schema.sql) @after(T1)
",
    },
    check,
};

/// The number of hazards from which a task is described instead of its pairs.
const STAR: usize = 3;

/// A task that reads a file that another task can write.
struct Hazard<'c> {
    reader: usize,
    writer: usize,
    overlap: &'c Overlap,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let hazards = hazards(context);
    // A reader and a writer with the same number are different centres.
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

/// The open hazards, without pairs that also write the same file, or of which one creates it: fixing that conflict fixes both.
fn hazards<'c>(context: &Context<'c>) -> Vec<Hazard<'c>> {
    let told_elsewhere: FxHashSet<(usize, usize)> = context
        .open_conflicts()
        .filter(|conflict| {
            matches!(conflict.kind, ConflictKind::WriteWrite(_) | ConflictKind::Creation { .. })
        })
        .map(|conflict| (conflict.a, conflict.b))
        .collect();
    let hazard = |conflict: &'c Conflict| match &conflict.kind {
        ConflictKind::ReadWrite { reader, overlap }
            if !told_elsewhere.contains(&(conflict.a, conflict.b)) =>
        {
            let writer = if *reader == conflict.a { conflict.b } else { conflict.a };
            Some(Hazard { reader: *reader, writer, overlap })
        }
        _ => None,
    };
    context.open_conflicts().filter_map(hazard).collect()
}

impl Hazard<'_> {
    /// The entries as written.
    fn entries<'a>(&self, context: &Context<'a>) -> [&'a str; 2] {
        let (reads, owns) = (&context.task(self.reader).reads, &context.task(self.writer).owns);
        [reads.get(self.overlap.left), owns.get(self.overlap.right)]
            .map(|entry| entry.map_or("", String::as_str))
    }

    fn place_of_reading(&self, context: &Context<'_>) -> Place {
        context.place(self.reader, "reads", self.entries(context)[0])
    }

    fn place_of_writing(&self, context: &Context<'_>) -> Place {
        context.place(self.writer, "owns", self.entries(context)[1])
    }

    /// The path, and the task whose pattern it comes from.
    fn evidence(&self, context: &Context<'_>) -> String {
        let witness = &self.overlap.witness;
        let (reader, writer) = (context.id(self.reader), context.id(self.writer));
        let [read, written] =
            self.entries(context).map(|entry| as_read(entry).unwrap_or(Cow::Borrowed(entry)));
        let (reads_it, owns_it) = (read == *witness, written == *witness);
        if reads_it && owns_it {
            format!("{reader} reads `{witness}`, and {writer} owns it")
        } else if reads_it {
            format!("{reader} reads `{witness}`, which `{written}` of {writer} covers")
        } else if owns_it {
            format!("{reader} reads `{read}`, and with it `{witness}` of {writer}")
        } else {
            let files = CommonFiles::of(&read, &written, witness).in_sentence();
            format!("`{read}`, which {reader} reads, and `{written}` of {writer} both match {files}")
        }
    }
}

fn describe_pair(context: &Context<'_>, hazard: &Hazard<'_>) -> Finding {
    let &Hazard { reader, writer, .. } = hazard;
    Finding {
        title: format!("{} reads what {} can write", context.id(reader), context.id(writer)),
        detail: format!(
            "{}, and nothing says whether it should see the file before or after the change.",
            hazard.evidence(context)
        ),
        places: vec![hazard.place_of_reading(context), hazard.place_of_writing(context)],
        fixes: present([
            repair::wait(context, reader, writer),
            repair::wait(context, writer, reader),
            repair::in_list_order(context),
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
        detail: one_of_many(context, hazards, "it is to see the files before or after the changes"),
        places: std::iter::once(hazards[0].place_of_reading(context))
            .chain(hazards.iter().map(|hazard| hazard.place_of_writing(context)))
            .collect(),
        fixes: present([
            repair::wait_for_all(context, reader, &writers),
            repair::all_wait(context, &writers, reader),
            repair::in_list_order(context),
        ]),
    }
}

fn describe_writer(context: &Context<'_>, hazards: &[&Hazard<'_>]) -> Finding {
    let writer = hazards[0].writer;
    let readers: Vec<usize> = distinct(hazards.iter().map(|hazard| hazard.reader));
    let list = context.list(&readers);
    Finding {
        title: format!("{list} read what {} can write", context.id(writer)),
        detail: one_of_many(context, hazards, "they are to see the files before or after the change"),
        places: std::iter::once(hazards[0].place_of_writing(context))
            .chain(hazards.iter().map(|hazard| hazard.place_of_reading(context)))
            .collect(),
        fixes: present([
            repair::all_wait(context, &readers, writer),
            repair::wait_for_all(context, writer, &readers),
            repair::in_list_order(context),
        ]),
    }
}

/// The first hazard, and the common uncertainty of all of them.
fn one_of_many(context: &Context<'_>, hazards: &[&Hazard<'_>], unknown: &str) -> String {
    format!("{}, for example. Nothing says whether {unknown}.", hazards[0].evidence(context))
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
