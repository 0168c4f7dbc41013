//! Problems inside the parentheses of a tag.

use std::ops::Range;

use super::{Problem, with_space_before};
use crate::diagnostic::{Definition, Severity};
use crate::spelling::nearest;
use crate::text::tag::Tag;
use crate::text::value::unquote;

pub(super) static EMPTY_ENTRY: Definition = Definition {
    code: "PP411",
    name: "empty-entry",
    title: "A list has an empty entry",
    severity: Severity::Hint,
    help: "\
Two commas of a list have nothing between them, or there is a comma at one of its ends.

Remove the comma, or write the entry that is missing.",
    example: "- T1 Cart @owns(src/cart/**,, docs/cart.md)\n",
    repaired: "- T1 Cart @owns(src/cart/**, docs/cart.md)\n",
};

pub(in crate::text) fn empty_entry(line: &str, tag: &Tag, entry: Range<usize>) -> Problem {
    let behind = line[entry.end..tag.body.end].starts_with(',').then(|| entry.start..entry.end + 1);
    let end = if tag.closed { tag.end - 1 } else { tag.body.end };
    let before = || line[..entry.start].trim_end().strip_suffix(',').map(|rest| rest.len()..end);
    let problem = Problem::new(
        &EMPTY_ENTRY,
        entry.clone(),
        "There is nothing between two commas here",
        "Remove one of them.",
    );
    match behind.or_else(before) {
        Some(comma) => problem.fix("Remove the comma", comma, ""),
        None => problem,
    }
}

pub(super) static OPEN_QUOTE: Definition = Definition {
    code: "PP412",
    name: "open-quote",
    title: "Quotes do not end where the value ends",
    severity: Severity::Error,
    help: "\
A value begins with a double quote but does not end with one, so its commas and parentheses are read as
those of the list.

Close the quotes behind the value, or remove them.",
    example: "- T1 Cart @owns(\"src/cart/**) ~20m\n",
    repaired: "- T1 Cart @owns(\"src/cart/**\") ~20m\n",
};

pub(in crate::text) fn open_quote(line: &str, entry: Range<usize>) -> Problem {
    let raw = &line[entry.clone()];
    let problem = Problem::new(
        &OPEN_QUOTE,
        entry.clone(),
        format!("The quotes around `{raw}` do not end where the value ends"),
        "Close them with `\"`.",
    );
    match unquote(raw) {
        None => problem.fix("Close the quotes", entry.end..entry.end, "\""),
        Some(_) => problem,
    }
}

pub(super) static UNKNOWN_NAME: Definition = Definition {
    code: "PP413",
    name: "unknown-name",
    title: "There is no such kind or status",
    severity: Severity::Error,
    help: "\
`@kind(…)` and `@status(…)` take one word of a fixed list, and this one is not in it. The tag is ignored.

Write one of the words that the sentence lists.",
    example: "- T1 Cart @owns(src/cart/**) @kind(tests)\n",
    repaired: "- T1 Cart @owns(src/cart/**) @kind(test)\n",
};

/// `names` are the words that the tag accepts.
pub(in crate::text) fn unknown_name(line: &str, tag: &Tag, value: &str, names: &[&str]) -> Problem {
    let name = &line[tag.name.clone()];
    let problem = Problem::new(
        &UNKNOWN_NAME,
        tag.body.clone(),
        format!("`{value}` isn't a known {name}, so it is ignored"),
        format!("Write one of {}.", names.join(", ")),
    );
    let meant = nearest(value, names.iter().copied()).map(str::to_owned);
    problem.meant(tag.body.clone(), meant).fix("Remove it", with_space_before(line, tag.start..tag.end), "")
}

pub(super) static ACCEPTANCE_WITHOUT_TASK: Definition = Definition {
    code: "PP414",
    name: "acceptance-without-task",
    title: "An accepted conflict names no task",
    severity: Severity::Error,
    help: "\
`@accept(T4: why it is fine)` allows a conflict with the task it names. Without a task it allows nothing.

Write the id of the other task before the colon.",
    example: "- T1 Cart @owns(src/cart/**) @accept(: other lines)\n",
    repaired: "- T1 Cart @owns(src/cart/**)\n",
};

pub(in crate::text) fn acceptance_without_task(line: &str, tag: &Tag) -> Problem {
    let whole = tag.start..tag.end;
    let detail = "Write `@accept(T4: why it is fine)`.";
    Problem::new(&ACCEPTANCE_WITHOUT_TASK, whole.clone(), "`@accept` names no task", detail).fix(
        "Remove it",
        with_space_before(line, whole),
        "",
    )
}
