//! Problems with file patterns that look damaged.

use std::ops::Range;

use super::Problem;
use crate::diagnostic::{Definition, Severity};
use crate::text::tag::Tag;

/// The most patterns in a task without a report. More are valid, but hardly anyone can check them.
const MANY: usize = 64;

pub(super) static LOST_ASTERISKS: Definition = Definition {
    code: "PP431",
    name: "lost-asterisks",
    title: "A pattern may have lost its asterisks",
    severity: Severity::Error,
    help: "\
Programs that render Markdown take asterisks for emphasis and remove them, so `src/**/x.rs` copied from a
rendered page becomes `src//x.rs`. A pattern that looks like that is kept as it is, but it hardly means what
its author meant.

Write the pattern with its asterisks. If it is right as it is, put it in double quotes.",
    example: "- T1 Cart @owns(src//cart.rs)\n",
    repaired: "- T1 Cart @owns(src/**/cart.rs)\n",
};

pub(in crate::text) fn lost_asterisks(line: &str, entry: Range<usize>, meant: String) -> Problem {
    let raw = &line[entry.clone()];
    let title = format!(
        "The asterisks of `{raw}` may have been lost, as happens in text copied from a rendered page"
    );
    let detail = format!("Write `{meant}` if you mean that, or put `\"{raw}\"` in quotes if it is right.");
    let quoted = format!("\"{raw}\"");
    let problem =
        Problem::new(&LOST_ASTERISKS, entry.clone(), title, detail).meant(entry.clone(), Some(meant));
    problem.fix("Keep it, in quotes", entry, quoted)
}

pub(super) static FOLDER_OR_LOST_ASTERISKS: Definition = Definition {
    code: "PP432",
    name: "folder-or-lost-asterisks",
    title: "A folder may have lost its asterisks",
    severity: Severity::Hint,
    help: "\
`src/api/` means everything below that folder, as `src/api/**` does. In a text without any asterisk it may
be what a renderer of Markdown left of another pattern.

Write `src/api/**` to be clear.",
    example: "- T1 Cart @owns(src/cart/)\n",
    repaired: "- T1 Cart @owns(src/cart/**)\n",
};

pub(in crate::text) fn folder_or_lost_asterisks(line: &str, entry: Range<usize>, meant: String) -> Problem {
    let title = format!("`{}` is read as everything below that folder", &line[entry.clone()]);
    let detail = format!(
        "If the text was copied from a rendered page, its asterisks may have been lost. Write `{meant}` \
         to be clear."
    );
    Problem::new(&FOLDER_OR_LOST_ASTERISKS, entry.clone(), title, detail).meant(entry, Some(meant))
}

pub(super) static MANY_PATTERNS: Definition = Definition {
    code: "PP433",
    name: "many-patterns",
    title: "A task lists very many patterns",
    severity: Severity::Warning,
    help: "\
More than 64 patterns in one task are slow to compare, and hardly anyone can judge them.

Use wider patterns, or split the task.",
    example: "",
    repaired: "",
};

/// `None` if the number of patterns is not unusual.
pub(in crate::text) fn many_patterns(tag: &Tag, patterns: usize) -> Option<Problem> {
    let title = format!("The task lists {patterns} patterns");
    let detail = format!("Use wider ones, or split the task: more than {MANY} are slow and hard to judge.");
    (patterns > MANY).then(|| Problem::new(&MANY_PATTERNS, tag.start..tag.name.end, title, detail))
}
