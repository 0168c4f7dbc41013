//! A file pattern that can't be parsed.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::analysis::Unreadable;
use crate::glob::{Instead, Pattern};
use crate::hidden::visible;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP005",
    name: "unreadable-pattern",
    title: "A pattern can't be read",
    severity: Severity::Error,
    help: "\
The entry of `owns` or `reads` is not a pattern: a bracket is not closed, the path starts outside the repository, there
are two paths in one entry, or it is a word such as `TBD`. It is left out, so the task seems to own or to read less than
it does, and conflicts can be missed. A task whose entries are all such words counts as one that lists no files.

Write paths from the folder of the repository, with `/` between names: `*` stands for any part of one name, `**` for any
number of folders, `{a,b}` for either, `[abc]` for one of these characters.",
    example: "- T1 Cart service @owns(src/cart/**.rs)\n",
    repaired: "- T1 Cart service @owns(src/cart/**/*.rs)\n",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for unreadable in &context.ownership().unreadable {
        findings.add(|| describe(context, unreadable));
    }
}

fn describe(context: &Context<'_>, unreadable: &Unreadable) -> Finding {
    let Unreadable { written, error, instead } = unreadable;
    let meant = match instead {
        Instead::Entries(entries) => entries.clone(),
        Instead::Nothing => Vec::new(),
        Instead::Unknown => meant(&written.text).into_iter().collect(),
    };
    let rewrite = (!meant.is_empty()).then(|| Fix {
        title: format!("Write {}", meant.join(", ")),
        edits: vec![context.rewritten(written, &meant)].into(),
    });
    let remove =
        Fix { title: "Remove the entry".to_owned(), edits: vec![context.rewritten(written, &[])].into() };
    let id = context.id(written.task);
    // The message may quote a part of an emoji.
    let message = visible(&error.message);
    Finding {
        title: match instead {
            Instead::Nothing => format!("An entry of {id} names no file"),
            _ => format!("A pattern of {id} can't be read"),
        },
        detail: match error.column {
            1 => format!("`{}`: {message}", written.text),
            column => format!("`{}`, column {column}: {message}", written.text),
        },
        places: vec![context.place_of(written)],
        fixes: rewrite.into_iter().chain([remove]).collect(),
    }
}

/// The probable intention, if it can be parsed: without spaces at the ends, relative to the repository, and
/// with every `**` as a separate component.
fn meant(text: &str) -> Option<String> {
    let (exclusion, pattern) = match text.trim().strip_prefix('!') {
        Some(rest) => ("!", rest.trim()),
        None => ("", text.trim()),
    };
    let pattern = pattern.trim_start_matches('/');
    let names: Vec<String> = pattern.split('/').map(with_deep_apart).collect();
    let meant = names.join("/");
    Pattern::parse(&meant).ok().map(|_| format!("{exclusion}{meant}"))
}

/// `**.rs` as `**/*.rs`, and `test**` as `test*/**`.
fn with_deep_apart(name: &str) -> String {
    match (name.strip_prefix("**"), name.strip_suffix("**")) {
        (Some(end), _) if !end.is_empty() => format!("**/*{end}"),
        (_, Some(start)) if !start.is_empty() => format!("{start}*/**"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn slips_are_mended_where_the_meaning_is_plain() {
        for (text, expected) in [
            ("/src/app.rs", Some("src/app.rs")),
            (" src/app.rs ", Some("src/app.rs")),
            ("!/src/**", Some("!src/**")),
            ("src/**.rs", Some("src/**/*.rs")),
            ("test**", Some("test*/**")),
            ("src/[a", None),
            ("../other/x", None),
            ("", None),
        ] {
            assert_eq!(meant(text).as_deref(), expected, "{text}");
        }
    }
}
