//! Results as sentences and short notes: why a task is where it is, what separates two tasks, what limits the
//! plan.
//!
//! Sentences put paths and resource names in backticks; notes don't. Knows no view: screens, the command line
//! and exports use the same words.

mod agents;
mod headline;
mod known_files;
mod limit;
mod mark;
mod place;
mod start;

pub use agents::agents;
pub use headline::{is_safe, is_uncertain, left, progress, result, safety, summary};
pub use known_files::known_files;
pub use limit::{
    barriers, busy, busy_in_phase, chain_of_rolling, gap, limit, limit_of_rolling, outcome, rolling_gap,
    rolling_outcome, speed_up,
};
pub use mark::{Mark, Sign, marks, sign_of};
pub use place::{kept_apart, reason_of, why_here};
pub use start::why_then;

use crate::plan::{Plan, Task, minutes};

/// A number of things: `1 task`, `8 tasks`.
pub fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// Minutes in compact form: `45 m`, `2 h`, `1 h 55 m`.
pub fn duration(minutes: u32) -> String {
    minutes::shown(minutes)
}

/// Minutes in words: `45 minutes`, `1 hour 55 minutes`.
pub fn duration_in_words(minutes: u32) -> String {
    let counted = |count: u32, one| counted(count as usize, one);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => counted(minutes, "minute"),
        (hours, 0) => counted(hours, "hour"),
        (hours, minutes) => format!("{} {}", counted(hours, "hour"), counted(minutes, "minute")),
    }
}

/// The number of tasks of a phase, for its heading: `3 at once`, `1 alone`.
pub fn at_once(tasks: usize) -> String {
    if tasks == 1 { "1 alone".to_owned() } else { format!("{tasks} at once") }
}

/// The files of a task on one short line: plain files by their last name, patterns unchanged.
pub fn files(task: &Task) -> String {
    if task.has_unknown_ownership() {
        return "no files listed: may collide".to_owned();
    }
    if task.owns.is_empty() {
        return "changes nothing".to_owned();
    }
    let is_plain = |pattern: &str| !pattern.contains(['*', '?', '[', '{']) && !pattern.ends_with('/');
    let mut line = String::new();
    let owned = task.owned_files();
    for pattern in &owned {
        if !line.is_empty() {
            line.push_str(", ");
        }
        let is_alone = owned.len() == 1;
        let shown = if !is_alone && !pattern.starts_with('!') && is_plain(pattern) {
            pattern.rsplit('/').next().unwrap_or(pattern)
        } else {
            pattern
        };
        line.push_str(shown);
    }
    line
}

/// Ids of tasks as a list in a sentence: `T1`, `T1 and T2`, `T1, T2 and T3`. Long lists are cut.
pub fn listed(plan: &Plan, tasks: &[usize]) -> String {
    const MOST: usize = 8;
    let mut sentence = String::new();
    for (at, &task) in tasks.iter().take(MOST).enumerate() {
        match at {
            0 => {}
            _ if at + 1 == tasks.len() => sentence.push_str(" and "),
            _ => sentence.push_str(", "),
        }
        sentence.push_str(id(plan, task));
    }
    if tasks.len() > MOST {
        sentence.push_str(&format!(" and {} more", tasks.len() - MOST));
    }
    sentence
}

/// The id of the task at a position.
fn id(plan: &Plan, task: usize) -> &str {
    plan.tasks.get(task).map_or("", |task| task.id.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let table = [
            (0, "0 m", "0 minutes"),
            (1, "1 m", "1 minute"),
            (45, "45 m", "45 minutes"),
            (60, "1 h", "1 hour"),
            (115, "1 h 55 m", "1 hour 55 minutes"),
            (1501, "25 h 1 m", "25 hours 1 minute"),
        ];
        for (minutes, figure, words) in table {
            assert_eq!(duration(minutes), figure);
            assert_eq!(duration_in_words(minutes), words);
        }
    }

    #[test]
    fn files_fit_on_a_line() {
        let check = |owns: &[&str], expect: &str| {
            let owns = owns.iter().map(ToString::to_string).collect();
            assert_eq!(files(&Task { owns, ..Task::default() }), expect);
        };
        check(&["db/**"], "db/**");
        check(&["src/api/users.rs"], "src/api/users.rs");
        check(&["src/api/users.rs", "src/ui/login/**"], "users.rs, src/ui/login/**");
        check(&["src/**", "!src/gen/a.rs"], "src/**, !src/gen/a.rs");
        check(&[], "no files listed: may collide");
    }
}
