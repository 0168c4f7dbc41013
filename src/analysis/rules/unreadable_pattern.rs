//! A file pattern that can't be read.

use super::{Context, Finding, Findings, Fix, Rule, Severity};
use crate::analysis::Unreadable;
use crate::glob::Pattern;

pub(super) static RULE: Rule = Rule {
    code: "PP005",
    name: "unreadable-pattern",
    title: "A pattern can't be read",
    severity: Severity::Error,
    help: "\
The entry of `owns` or `reads` is not a pattern: a bracket is not closed, or the path starts outside of the repository. It
is left out, so the task seems to own or to read less than it does, and conflicts can be missed.

Write paths from the folder of the repository, with `/` between names: `*` stands for any part of one name, `**` for any
number of folders, `{a,b}` for either, `[abc]` for one of these characters.",
    example: "- T1 Cart service @owns(src/cart/**.rs)\n",
    mended: "- T1 Cart service @owns(src/cart/**/*.rs)\n",
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for unreadable in &context.ownership().unreadable {
        findings.add(|| describe(context, unreadable));
    }
}

fn describe(context: &Context<'_>, unreadable: &Unreadable) -> Finding {
    let Unreadable { written, error } = unreadable;
    let meant = meant(&written.text).map(|meant| Fix {
        title: format!("Write {meant}"),
        edits: vec![context.rewritten(written, Some(meant))],
    });
    let taken_out =
        Fix { title: "Take the entry out".to_owned(), edits: vec![context.rewritten(written, None)] };
    Finding {
        title: format!("A pattern of {} can't be read", context.id(written.task)),
        detail: format!("`{}`, column {}: {}", written.text, error.column, error.message),
        places: vec![context.place_of(written)],
        fixes: meant.into_iter().chain([taken_out]).collect(),
    }
}

/// What was probably meant, if that can be read: without spaces at the ends, from the folder of the repository, and with
/// every `**` as a component of its own.
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
