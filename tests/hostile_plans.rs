//! Pathological plans, from text to report: each is planned as far as possible, in bounded time, with a
//! message about its problem or its limits.

use std::fmt::Write;

use phaseplan::diagnostic::Diagnostic;
use phaseplan::explain;
use phaseplan::report::Report;
use phaseplan::schedule::{Budget, verify};
use phaseplan::text;

/// Large plans have the maximum number of tasks. Without optimisation they have fewer, because checking the
/// schedules is quadratic and takes most of the time.
const TASKS: usize = if cfg!(debug_assertions) { 800 } else { 10_000 };

/// A plan text with this many tasks of 20 minutes each; `tags` returns the text after the title.
fn tasks(count: usize, tags: impl Fn(usize) -> String) -> String {
    (1..=count).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "- T{number} Step {}", tags(number));
        text
    })
}

/// Checks that every task is in one of this many phases of this many minutes in total, that both schedules
/// are valid, and that these messages are present.
fn check(text: &str, phases: usize, minutes: usize, sentences: &[&str]) {
    let parsed = text::parse(text);
    let mut said: Vec<String> = parsed.problems.iter().map(Diagnostic::sentences).collect();
    let report = Report::new(parsed.plan, &Budget { steps: 1_000, ..Budget::default() });
    let findings = &report.diagnostics;
    said.extend(findings.iter().map(|found| format!("{}: {}", found.title, found.detail)));
    said.push(explain::limit(&report));
    assert_eq!(verify::of_plan(&report.plan, &report.analysis, &report.schedule), Ok(()));
    assert!(report.schedule.phase_of.iter().all(Option::is_some));
    assert_eq!((report.schedule.phases.len(), report.schedule.phased.rounded() as usize), (phases, minutes));
    for sentence in sentences {
        let longest = said.iter().map(String::len).max();
        let shown: Vec<String> = said.iter().take(5).map(|said| said.chars().take(400).collect()).collect();
        assert!(said.iter().any(|said| said.contains(sentence)), "“{sentence}” is not among {shown:#?}");
        assert!(longest < Some(2_000), "nobody reads a sentence of {longest:?} characters");
    }
}

#[test]
fn all_tasks_in_conflict_run_one_after_another() {
    let one_at_a_time = &*format!("T7, T8 and {} more can only run one at a time, which takes", TASKS - 8);
    let all = |what: &str| format!("T1, T2, T3, T4 and {} more {what}", TASKS - 4);
    check(
        &tasks(TASKS, |_| "@owns(src/lib.rs)".to_owned()),
        TASKS,
        20 * TASKS,
        &[&all("can write the same file: All of them match `src/lib.rs`"), one_at_a_time],
    );
    check(
        &tasks(TASKS, |_| "@owns(**)".to_owned()),
        TASKS,
        20 * TASKS,
        &["T1 owns every file, so no other task that writes can run at the same time", one_at_a_time],
    );
    check(
        &tasks(TASKS, |number| format!("@owns(src/{number}.rs) @uses(db)")),
        TASKS,
        20 * TASKS,
        &[&format!("{}: Together they need {TASKS} of `db`, and there is 1.", all("take turns at db"))],
    );
}

#[test]
fn patterns_of_which_every_two_overlap_are_cut_short_and_that_is_said() {
    // Comparing them one by one would take 50 million pairs of wildcards.
    if !cfg!(debug_assertions) {
        for pattern in ["**/*x{}*", "src/*{}x*/y*.rs"] {
            check(
                &tasks(TASKS, |number| format!("@owns({})", pattern.replace("{}", &number.to_string()))),
                TASKS,
                20 * TASKS,
                &[
                    "T1 can write the same files as T2, T3, T4, T5 and ",
                    "Not all patterns were compared: There are too many patterns that could match one path, \
                     so ",
                ],
            );
        }
    }
    let long = "x".repeat(480);
    check(
        &tasks(300, |number| format!("@owns(**/{long}{}*)", 1_000 + number)),
        293,
        5_860,
        &["so 42836 pairs of them were not compared. They count as overlapping, and their tasks are kept \
             apart. Begin patterns with the name of a folder."],
    );
}

#[test]
fn a_chain_of_thousands_is_as_many_phases() {
    let chain = |number: usize| match number {
        1 => "@owns(src/1.rs)".to_owned(),
        _ => format!("@owns(src/{number}.rs) @after(T{})", number - 1),
    };
    check(
        &tasks(TASKS / 2, chain),
        TASKS / 2,
        10 * TASKS,
        &[&format!("T7, T8 and {} more wait for each other, one after another", TASKS / 2 - 8)],
    );
}

#[test]
fn a_circle_of_thousands_loses_one_edge() {
    let len = TASKS / 2;
    let circle = |number: usize| format!("@owns(src/{number}.rs) @after(T{})", (number + len - 2) % len + 1);
    let written = format!("T1 → T2 → T3 → T4 → ({} more) → T{}", len - 8, len - 3);
    check(
        &tasks(len, circle),
        len,
        20 * len,
        &[
            &written,
            &format!("The phases are computed as if T1 did not wait for T{len}."),
            &format!("T{len} wait for each other in a cycle, so one dependency is ignored."),
        ],
    );
}

#[test]
fn circles_through_everything_lose_as_many_edges_as_they_must() {
    let everybody_else = |number: usize| {
        let others = (1..=100).filter(|&other| other != number).map(|other| format!("T{other}"));
        format!("@owns(src/{number}.rs) @after({})", others.collect::<Vec<_>>().join(", "))
    };
    check(
        &tasks(100, everybody_else),
        100,
        2_000,
        &["T1 → T2 → T1 wait for each other", "So it is in 195 more places."],
    );
}

#[test]
fn what_is_not_there_is_told_and_the_tasks_are_planned_all_the_same() {
    let user = |number: usize| format!("@owns(src/{number}.rs) @uses(db)");
    check(
        &format!("> capacity: db 0\n\n{}", tasks(TASKS, user)),
        TASKS / 5,
        4 * TASKS,
        &[
            "T1 needs 1 of db, and there is none: It could not run even alone.",
            &format!("T5 needs 1 of db, and there is none. So it is in {} more places.", TASKS - 5),
            &format!("A task needs more of a resource than there is: {} more", TASKS - 200),
        ],
    );
    check(
        &tasks(TASKS, |number| format!("@owns(src/{number}.rs) @uses(r{number} 4294967295)")),
        TASKS / 5,
        4 * TASKS,
        &["T1 needs 4294967295 of r1, and there is only 1"],
    );
    check(
        &tasks(TASKS, |number| format!("@owns(src/{number}.rs) @after(X{number})")),
        TASKS / 5,
        4 * TASKS,
        &["T1 waits for X1, but there is no X1: The dependency is ignored, so the task may start too early."],
    );
}

#[test]
fn tasks_that_take_no_time_or_for_ever_are_planned() {
    let with = |minutes: &str| tasks(TASKS, |number| format!("@owns(src/{number}.rs) {minutes}"));
    check(&with("~0m"), TASKS / 5, 0, &["The tasks take no time."]);
    check(
        &with("~99999999999999999999h"),
        TASKS / 5,
        TASKS / 5 * 100_000,
        &[
            "is read as 100000, 100000 and 100000 minutes: an estimate goes from low to high and ends at \
             100000.",
            "With at most 5 tasks at once, this much work takes",
        ],
    );
}

#[test]
fn entries_that_say_nothing_are_told_and_passed_over() {
    check(
        &tasks(TASKS, |_| "@owns(src/[)".to_owned()),
        TASKS / 5,
        4 * TASKS,
        &["A pattern of T1 can't be read: `src/[`, column 5: This `[` is never closed."],
    );
    check(
        &tasks(TASKS, |number| format!("@owns(src/{number}.rs)")).replace("- T", "- T1 T"),
        TASKS / 5,
        4 * TASKS,
        &["`T1` is the id of an earlier task, so this one is called T"],
    );
    check(
        &format!("> at most 0\n\n{}", tasks(TASKS, |number| format!("@owns(src/{number}.rs)"))),
        TASKS / 5,
        4 * TASKS,
        &["`at most 0` is not a number of tasks. Write `at most 5`."],
    );
}

#[test]
fn a_line_of_invisible_characters_is_read_once() {
    let line = format!("- T1 Cart @owns(a/{}b) ~20m", "\u{200b}".repeat(100_000));
    let parsed = text::parse(&line);
    assert_eq!(parsed.plan.tasks[0].owns, ["a/b"]);
    let codes: Vec<&str> = parsed.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["PP446"]);
    assert_eq!(parsed.problems[0].severity, phaseplan::diagnostic::Severity::Error);
}
