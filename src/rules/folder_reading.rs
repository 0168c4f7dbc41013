//! A plain path that can only be a folder.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::analysis::FolderReading;
use crate::glob::Pattern;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP303",
    name: "folder-reading",
    title: "A path is read as a folder",
    severity: Severity::Hint,
    help: "\
The entry has no wildcard and would name one file, but another pattern of the plan goes below it, so it can only be a
folder. It is read as everything below, because a missed conflict does more harm than a false alarm.

Add `/**` to it, so everybody reads it the same way.",
    example: "\
- T1 Sessions @owns(src/auth)
- T2 Login page @owns(src/ui/login/**) @reads(src/auth/login.rs) @after(T1)
",
    repaired: "\
- T1 Sessions @owns(src/auth/**)
- T2 Login page @owns(src/ui/login/**) @reads(src/auth/login.rs) @after(T1)
",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for reading in &context.ownership().folders {
        findings.add(|| describe(context, reading));
    }
}

fn describe(context: &Context<'_>, reading: &FolderReading) -> Finding {
    let FolderReading { written, below } = reading;
    let read = written.as_read();
    let folder = read.trim_end_matches('/');
    let is_one = Pattern::parse(folder.trim_start_matches('!')).is_ok_and(|pattern| pattern.path().is_some());
    // Of alternatives some may be files.
    let entries = match is_one {
        true => vec![format!("{folder}/**")],
        false => vec![folder.to_owned(), format!("{folder}/**")],
    };
    let whose = match below.task == written.task {
        true => String::new(),
        false => format!(" of {}", context.id(below.task)),
    };
    Finding {
        title: format!("`{read}` of {} is read as a folder", context.id(written.task)),
        detail: format!("`{}`{whose} goes below it, so it means everything below.", below.as_read()),
        places: vec![context.place_of(written), context.place_of(below)],
        fixes: vec![Fix {
            title: format!("Write {}", entries.join(", ")),
            edits: vec![context.rewritten(written, &entries)].into(),
        }],
    }
}
