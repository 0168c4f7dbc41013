//! A plain path that can only be a folder.

use super::{Context, Finding, Findings, Fix, Rule, Severity};
use crate::analysis::FolderReading;

pub(super) static RULE: Rule = Rule {
    code: "PP303",
    name: "folder-reading",
    title: "A path is read as a folder",
    severity: Severity::Hint,
    help: "\
The entry has no wildcard and would stand for one file, but another pattern of the plan goes below it, so it can only be a
folder. It is read as everything below, because a conflict that is missed does more harm than one shown in vain.

Write `/**` behind it, so that everybody reads it in the same way.",
    example: "\
- T1 Sessions @owns(src/auth)
- T2 Login page @owns(src/ui/login/**) @reads(src/auth/login.rs) @after(T1)
",
    mended: "\
- T1 Sessions @owns(src/auth/**)
- T2 Login page @owns(src/ui/login/**) @reads(src/auth/login.rs) @after(T1)
",
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for reading in &context.ownership().folders {
        findings.add(|| describe(context, reading));
    }
}

fn describe(context: &Context<'_>, reading: &FolderReading) -> Finding {
    let FolderReading { written, below } = reading;
    let folder = written.text.trim_end_matches('/');
    let whose = match below.task == written.task {
        true => String::new(),
        false => format!(" of {}", context.id(below.task)),
    };
    Finding {
        title: format!("`{}` of {} is read as a folder", written.text, context.id(written.task)),
        detail: format!("`{}`{whose} goes below it, so it stands for everything below.", below.text),
        places: vec![context.place_of(written), context.place_of(below)],
        fixes: vec![Fix {
            title: format!("Write {folder}/**"),
            edits: vec![context.rewritten(written, Some(format!("{folder}/**")))],
        }],
    }
}
