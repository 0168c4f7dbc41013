//! Problems in lines of settings.

use std::ops::Range;

use super::Problem;
use super::minutes::meant_minutes;
use crate::diagnostic::{Definition, Severity};
use crate::spelling::nearest;
use crate::text::minutes::read_number;

pub(super) static UNKNOWN_SETTING: Definition = Definition {
    code: "PP451",
    name: "unknown-setting",
    title: "There is no such setting",
    severity: Severity::Error,
    help: "\
A line that begins with `>` holds settings with ` · ` between them, and one of its items is none. A line
before the tasks in which nothing is a setting is read as a quotation in the goal.

Write one of the settings: `agents: …`, `at most 5`, `default ~20m`, `overhead ~2m`, `unknown beside`,
`groups in order`, `efficiency 0.83`, `capacity: db 1`, `price: opus 4/20`, `cache 0.05`, `batch 0.5`.",
    example: "> max 5 · default ~30m\n- T1 Cart @owns(src/cart/**)\n",
    repaired: "> at most 5 · default ~30m\n- T1 Cart @owns(src/cart/**)\n",
};

/// `quotation`: for a line without any setting, whether it is read as part of the goal.
pub(in crate::text) fn unknown_setting(item: &str, range: Range<usize>, quotation: Option<bool>) -> Problem {
    let mut detail =
        "The settings are `agents: …`, `at most 5`, `default ~20m`, `overhead ~2m`, `unknown beside`, \
                      `groups in order`, `efficiency 0.83`, `capacity: db 1`, `price: opus 4/20`, `cache 0.05` and \
                      `batch 0.5`, with ` · ` between them."
            .to_owned();
    if quotation == Some(true) {
        detail.push_str(" The line is read as part of the goal.");
    }
    let severity = if quotation.is_some() { Severity::Warning } else { Severity::Error };
    let title = format!("`{item}` is not a setting");
    Problem::new(&UNKNOWN_SETTING, range.clone(), title, detail)
        .with_severity(severity)
        .meant(range, meant_setting(item))
}

/// The setting that an item probably means.
fn meant_setting(item: &str) -> Option<String> {
    let end = item.find([' ', ':'])?;
    let head = item[..end].to_lowercase();
    let rest = item[end..].trim_start_matches([' ', ':']);
    let number = || rest.split([' ', ',']).find_map(read_number).filter(|number| *number > 0);
    match nearest(
        &head,
        ["agents", "capacity", "default", "overhead", "max", "maximum", "parallel", "limit", "at"],
    )? {
        "agents" => Some(format!("agents: {rest}")),
        "capacity" => Some(format!("capacity: {rest}")),
        head @ ("default" | "overhead") => meant_duration(rest).map(|minutes| format!("{head} {minutes}")),
        _ => number().map(|number| format!("at most {number}")),
    }
}

fn meant_duration(words: &str) -> Option<String> {
    let word = words.trim().trim_start_matches('~');
    match read_number(word) {
        Some(_) => meant_minutes(&[word, "m"].concat()),
        None => meant_minutes(&word.replace(' ', "")),
    }
}

pub(super) static UNREADABLE_NUMBER: Definition = Definition {
    code: "PP452",
    name: "unreadable-number",
    title: "A setting has no number that can be read",
    severity: Severity::Error,
    help: "\
`at most 5` says how many tasks may run at the same time, `price: opus 4/20` what a million tokens of input and of
output cost in dollars, `cache 0.05` and `batch 0.5` which share of that. One of them has no number that can be
read, so it is ignored.

Write a number, such as `at most 5`.",
    example: "> at most five of 5\n- T1 Cart @owns(src/cart/**)\n",
    repaired: "> at most 5\n- T1 Cart @owns(src/cart/**)\n",
};

pub(in crate::text) fn unreadable_number(item: &str, range: Range<usize>) -> Problem {
    let number = item.split(' ').find_map(read_number).filter(|number| *number > 0);
    let title = format!("`{item}` is not a number of tasks");
    Problem::new(&UNREADABLE_NUMBER, range.clone(), title, "Write `at most 5`.")
        .meant(range, number.map(|number| format!("at most {number}")))
}

pub(super) static UNREADABLE_EFFICIENCY: Definition = Definition {
    code: "PP590",
    name: "unreadable-efficiency",
    title: "A setting has no readable efficiency",
    severity: Severity::Error,
    help: "\
`efficiency 0.83` says which share of its speed a command keeps while others compute beside it on the same machine: more
than 0, at most 1. This number can't be read, so the setting is ignored.

Write the share as a decimal number.",
    example: "> efficiency 83\n- T1 Cart @owns(src/cart/**)\n",
    repaired: "> efficiency 0.83\n- T1 Cart @owns(src/cart/**)\n",
};

pub(in crate::text) fn unreadable_efficiency(item: &str, range: Range<usize>) -> Problem {
    let written = item.rsplit(' ').next().unwrap_or_default().trim_end_matches('%').replace(',', ".");
    let number = written.parse().ok().filter(|number| *number > 0.0 && *number <= 100.0);
    let share = number.map(|number: f64| if number > 1.0 { number / 100.0 } else { number });
    let title = format!("`{item}` is not a share of 1");
    Problem::new(&UNREADABLE_EFFICIENCY, range.clone(), title, "Write `efficiency 0.83`.")
        .meant(range, share.map(|share| format!("efficiency {share}")))
}

/// For `price:`, `cache` and `batch`.
pub(in crate::text) fn unreadable_price(item: &str, range: Range<usize>) -> Problem {
    let title = format!("`{item}` is not a price");
    let detail = "Write `price: opus 4/20, haiku 0.1/0.5 above 100k 0.5/2.5`: dollars for a million tokens of input \
                  and of output. `cache 0.05` and `batch 0.5` are shares of that.";
    Problem::new(&UNREADABLE_NUMBER, range, title, detail)
}

pub(super) static UNREADABLE_DURATION: Definition = Definition {
    code: "PP453",
    name: "unreadable-duration",
    title: "A setting has no readable duration",
    severity: Severity::Error,
    help: "\
`default ~20m` and `overhead ~2m` take a duration. This one can't be read, so the setting is ignored.

Write the duration as in tasks: `~20m`, `~2h` or `~1h30m`.",
    example: "> default 20\n- T1 Cart @owns(src/cart/**)\n",
    repaired: "> default ~20m\n- T1 Cart @owns(src/cart/**)\n",
};

pub(in crate::text) fn unreadable_duration(item: &str, range: Range<usize>) -> Problem {
    let (name, rest) = item.split_once(' ').unwrap_or((item, ""));
    let title = format!("`{item}` has no readable duration");
    let meant =
        meant_duration(rest).filter(|meant| !meant.contains("..")).map(|minutes| format!("{name} {minutes}"));
    Problem::new(&UNREADABLE_DURATION, range.clone(), title, format!("Write `{name} ~20m`."))
        .meant(range, meant)
}
