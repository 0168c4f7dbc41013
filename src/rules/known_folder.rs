//! An entry without wildcards that names a folder of the repository.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::analysis::KnownFolder;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP321",
    name: "known-folder",
    title: "An entry names a folder of the repository",
    severity: Severity::Hint,
    help: "\
The entry has no wildcard and would name one file, but the list of files knows it as a folder. It is read as the folder and
everything below, because a missed conflict does more harm than a false alarm.

Add `/**` to it, so everybody reads it the same way, with the list of files and without.",
    example: "\
- T1 Cart @owns(src/cart)
- T2 Tax @owns(src/tax/**)
",
    repaired: "\
- T1 Cart @owns(src/cart/**)
- T2 Tax @owns(src/tax/**)
",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for folder in &context.ownership().known_folders {
        findings.add(|| describe(context, folder));
    }
}

fn describe(context: &Context<'_>, KnownFolder { written, file }: &KnownFolder) -> Finding {
    let read = written.as_read();
    let folder = read.trim_end_matches('/');
    let source = context.evidence.map_or("", |evidence| evidence.source());
    // Of alternatives some may be files.
    let entries = match folder.contains(['{', '[']) {
        false => vec![format!("{folder}/**")],
        true => vec![folder.to_owned(), format!("{folder}/**")],
    };
    Finding {
        title: format!("`{read}` of {} is a folder of the repository", context.id(written.task)),
        detail: format!(
            "`{file}` is below it, says {source}. It is read as the folder and everything below."
        ),
        places: vec![context.place_of(written)],
        fixes: vec![Fix {
            title: format!("Write {}", entries.join(", ")),
            edits: vec![context.rewritten(written, &entries)].into(),
        }],
    }
}
