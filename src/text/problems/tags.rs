//! Problems with whole tags: their names and parentheses.

use std::ops::Range;

use super::minutes::meant_minutes;
use super::{Problem, with_space_before};
use crate::diagnostic::{Definition, Severity};
use crate::plan::{Field, Shape};
use crate::spelling::nearest;
use crate::text::tag::{Tag, is_numbered, known_tags};
use crate::text::value::split;

pub(super) static UNCLOSED_TAG: Definition = Definition {
    code: "PP401",
    name: "unclosed-tag",
    title: "A parenthesis is not closed",
    severity: Severity::Error,
    help: "\
A tag such as `@owns(` has no closing parenthesis. It is read up to the next tag, minutes at the end, or the
end of the line, so it may hold more or less than was meant.

Add `)` where the list ends.",
    example: "- T1 Cart @owns(src/cart/** ~20m\n",
    repaired: "- T1 Cart @owns(src/cart/**) ~20m\n",
};

pub(in crate::text) fn unclosed_tag(line: &str, tag: &Tag) -> Problem {
    let (name, body) = (&line[tag.name.clone()], &line[tag.body.clone()]);
    Problem::new(
        &UNCLOSED_TAG,
        tag.start..tag.body.end,
        format!("The parenthesis of `@{name}(` is not closed, so it is read up to `{body}`"),
        "Add `)` where the list ends.",
    )
    .fix("Close the parenthesis", tag.body.end..tag.body.end, ")")
}

pub(super) static UNKNOWN_TAG: Definition = Definition {
    code: "PP402",
    name: "unknown-tag",
    title: "There is no such tag",
    severity: Severity::Warning,
    help: "\
The name behind the `@` is not one of the tags that have a meaning, so the task is planned without it. What
it says is kept with the task, because a later version of the program may know it.

Write the tag that was meant. If it is part of the title, put a backslash before the `@`.",
    example: "- T1 Cart @own(src/cart/**)\n",
    repaired: "- T1 Cart @owns(src/cart/**)\n",
};

/// Names that people and other tools use for the tags of this language.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("owns", &["file", "files", "touches", "writes", "edits", "changes"]),
    ("reads", &["context", "inputs"]),
    (
        "after",
        &[
            "depends",
            "depends_on",
            "depends-on",
            "dependson",
            "needs",
            "requires",
            "waits",
            "blockedby",
            "blocked_by",
        ],
    ),
    ("uses", &["resource", "resources", "locks"]),
];

/// Other names for minutes.
const MINUTES: &[&str] = &["minutes", "mins", "time", "duration", "estimate", "est"];

pub(in crate::text) fn unknown_tag(line: &str, tag: &Tag) -> Problem {
    let (name, body) = (&line[tag.name.clone()], &line[tag.body.clone()]);
    let known = known_tags().map(|name| format!("@{name}")).collect::<Vec<_>>().join(", ");
    let problem = Problem::new(
        &UNKNOWN_TAG,
        tag.start..tag.name.end,
        format!("There is no tag `@{name}`"),
        format!("It is kept as it is. The tags are {known}."),
    );
    if MINUTES.contains(&name.to_ascii_lowercase().as_str()) {
        let word = if body.bytes().all(|byte| byte.is_ascii_digit()) {
            [body, "m"].concat()
        } else {
            body.to_owned()
        };
        return problem.meant(tag.start..tag.end, meant_minutes(&word));
    }
    problem.meant(tag.start..tag.name.end, meant_tag(name).map(|name| format!("@{name}")))
}

fn meant_tag(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let synonym = SYNONYMS.iter().find(|(_, synonyms)| synonyms.contains(&lower.as_str()));
    synonym.map(|(name, _)| *name).or_else(|| nearest(&lower, known_tags()))
}

pub(super) static BARE_TAG: Definition = Definition {
    code: "PP403",
    name: "bare-tag",
    title: "A tag has no parentheses",
    severity: Severity::Warning,
    help: "\
The name of a tag is followed by no parenthesis, so it is read as words of the title and says nothing else.

Put the values in parentheses. If it belongs to the title, put a backslash before the `@`.",
    example: "- T1 Cart @owns src/cart/**\n",
    repaired: "- T1 Cart @owns(src/cart/**)\n",
};

pub(in crate::text) fn bare_tag(line: &str, range: Range<usize>) -> Problem {
    let name = &line[range.clone()];
    let problem = Problem::new(
        &BARE_TAG,
        range.clone(),
        format!("`{name}` has no parentheses, so it is part of the title"),
        format!("Write `{name}(…)`."),
    );
    let behind = &line[range.end..];
    let end = [" @", " ~", "`"].iter().filter_map(|next| behind.find(next)).min().unwrap_or(behind.len());
    let values = behind[..end].trim();
    let looks_right = |value: &str| match name {
        "@owns" | "@reads" => value.contains(['/', '.', '*']) && !value.contains(' '),
        "@after" => is_numbered(value),
        _ => false,
    };
    let are_values =
        !values.contains(['(', ')']) && split(values, &[',']).all(|range| looks_right(&values[range]));
    let end = range.end + behind[..end].trim_end().len();
    problem.meant(range.start..end, are_values.then(|| format!("{name}({values})")))
}

pub(super) static EMPTY_TAG: Definition = Definition {
    code: "PP404",
    name: "empty-tag",
    title: "A tag is empty",
    severity: Severity::Hint,
    help: "\
There is nothing in the parentheses of a tag, so it says nothing.

Fill it in or remove it.",
    example: "- T1 Cart @owns(src/cart/**) @after()\n",
    repaired: "- T1 Cart @owns(src/cart/**)\n",
};

pub(in crate::text) fn empty_tag(line: &str, tag: &Tag) -> Problem {
    let name = &line[tag.name.clone()];
    let example = match Field::of_tag(name).map(Field::shape) {
        Some(Shape::Patterns) => "src/api/**",
        Some(Shape::Ids) => "T1, T2",
        Some(Shape::Uses) => "db",
        Some(Shape::Statements) => "cargo test",
        _ => "",
    };
    let (title, detail) = match example {
        "" => (format!("`@{name}()` is empty and says nothing"), "Fill it in or remove it.".to_owned()),
        _ => (format!("`@{name}()` lists nothing"), format!("Write `@{name}({example})`, or remove it.")),
    };
    Problem::new(&EMPTY_TAG, tag.start..tag.end, title, detail).fix(
        "Remove it",
        with_space_before(line, tag.start..tag.end),
        "",
    )
}
