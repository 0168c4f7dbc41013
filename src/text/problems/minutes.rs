//! Problems with durations.

use std::ops::Range;

use super::{Problem, with_space_before};
use crate::diagnostic::{Definition, Severity};
use crate::plan::minutes::read_minutes_freely;
use crate::plan::{Estimate, Minutes};
use crate::text::minutes::write_estimate;

pub(super) static UNREADABLE_MINUTES: Definition = Definition {
    code: "PP421",
    name: "unreadable-minutes",
    title: "A duration can't be read",
    severity: Severity::Error,
    help: "\
A word behind `~` was surely meant as a duration, but is not written as one. It stays in the title, and the
task takes the default minutes.

Write `~20m`, `~1h30m`, `~90s` or `~2d`, or low, likely and high: `~10m..20m..45m`.",
    example: "- T1 Cart @owns(src/cart/**) ~90min\n",
    repaired: "- T1 Cart @owns(src/cart/**) ~90m\n",
};

pub(in crate::text) fn unreadable_minutes(line: &str, range: Range<usize>) -> Problem {
    let word = &line[range.clone()];
    let problem = Problem::new(
        &UNREADABLE_MINUTES,
        range.clone(),
        format!("`{word}` is not a duration, so it is part of the title"),
        "Write `~20m`, `~1h30m` or `~10m..20m..45m` for low, likely and high.",
    );
    // A comma after it is the reason why `~20m,` can't be read.
    let behind = line[range.end..].find(char::is_whitespace).unwrap_or(line.len() - range.end);
    let is_punctuation = line[range.end..range.end + behind].bytes().all(|byte| b",;.:!)".contains(&byte));
    let end = range.end + if is_punctuation { behind } else { 0 };
    problem.meant(range.start..end, meant_minutes(&word[1..]))
}

pub(super) static MINUTES_WITHOUT_UNIT: Definition = Definition {
    code: "PP422",
    name: "minutes-without-unit",
    title: "A duration has no unit",
    severity: Severity::Warning,
    help: "\
The tags of a task have a number behind `~` among them, but neither `m` nor `h` behind the number. It stays
in the title, and the task takes the default minutes.

Write `~20m` for minutes or `~2h` for hours. If the number belongs to the title, put a backslash before the
`~`.",
    example: "- T1 Cart @owns(src/cart/**) ~20\n",
    repaired: "- T1 Cart @owns(src/cart/**) ~20m\n",
};

pub(in crate::text) fn minutes_without_unit(line: &str, range: Range<usize>) -> Problem {
    let word = &line[range.clone()];
    let title = format!("`{word}` has no unit, so it is part of the title");
    let detail = format!("Write `{word}m` for minutes or `{word}h` for hours.");
    let problem = Problem::new(&MINUTES_WITHOUT_UNIT, range.clone(), title, detail);
    let problem = problem.meant(range.clone(), Some([word, "m"].concat()));
    problem.meant(range, Some([word, "h"].concat()))
}

pub(super) static MINUTES_OUT_OF_ORDER: Definition = Definition {
    code: "PP423",
    name: "minutes-out-of-order",
    title: "An estimate is not in order",
    severity: Severity::Warning,
    help: "\
An estimate in three parts goes from low over likely to high, and no part is longer than 100000 minutes.
This one is read as near to that as can be.

Write the three parts in order.",
    example: "- T1 Cart @owns(src/cart/**) ~30m..10m..20m\n",
    repaired: "- T1 Cart @owns(src/cart/**) ~10m..20m..30m\n",
};

/// `estimate` is the duration that was read.
pub(in crate::text) fn minutes_out_of_order(line: &str, range: Range<usize>, estimate: Estimate) -> Problem {
    let title = format!(
        "`{}` is read as {}, {} and {} minutes: an estimate goes from low to high and ends at {}",
        &line[range.clone()],
        estimate.low,
        estimate.likely,
        estimate.high,
        Estimate::MAX
    );
    let mut meant = String::new();
    write_estimate(&mut meant, estimate);
    Problem::new(&MINUTES_OUT_OF_ORDER, range.clone(), title, "").meant(range, Some(meant))
}

pub(super) static MINUTES_TWICE: Definition = Definition {
    code: "PP424",
    name: "minutes-twice",
    title: "A task has two durations",
    severity: Severity::Warning,
    help: "\
A task takes one duration. Of several the last one counts.

Remove the others.",
    example: "- T1 Cart ~20m @owns(src/cart/**) ~30m\n",
    repaired: "- T1 Cart @owns(src/cart/**) ~30m\n",
};

/// `earlier` is the range of the other one, if it is in the same line.
pub(in crate::text) fn minutes_twice(
    line: &str,
    range: Range<usize>,
    earlier: Option<Range<usize>>,
) -> Problem {
    let title = "The minutes are given twice; these count";
    let problem = Problem::new(&MINUTES_TWICE, range, title, "Remove the others.");
    match earlier {
        Some(earlier) => {
            let title = format!("Remove `{}`", &line[earlier.clone()]);
            problem.fix(title, with_space_before(line, earlier), "")
        }
        None => problem,
    }
}

/// The duration that a word probably means, with its `~`, such as `~1h30m` for `1.5h` or `90min`. A day has
/// eight hours.
pub(super) fn meant_minutes(word: &str) -> Option<String> {
    let parts = word.trim_end_matches('.').split("..").map(meant_part).collect::<Option<Vec<Minutes>>>()?;
    let estimate = match parts[..] {
        [minutes] => Estimate::exactly(minutes),
        [low, high] => Estimate::between(low, low.midpoint(high), high),
        [low, likely, high] => Estimate::between(low, likely, high),
        _ => return None,
    };
    let mut written = String::new();
    write_estimate(&mut written, estimate);
    Some(written)
}

/// A part with a unit, perhaps in words.
fn meant_part(part: &str) -> Option<Minutes> {
    let minutes = part.contains(|c: char| c.is_alphabetic()).then(|| read_minutes_freely(part)).flatten();
    minutes.map(|minutes| minutes.min(Estimate::MAX))
}
