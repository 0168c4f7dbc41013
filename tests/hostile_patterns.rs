//! Pathological patterns: the answer takes bounded time and says where the limit was reached.

use phaseplan::analysis::{Analysis, analyse};
use phaseplan::diagnostic::{Diagnostic, Severity};
use phaseplan::plan::{Plan, Task};
use phaseplan::rules;
use phaseplan::schedule::Schedule;

/// The analysis of a plan with this many tasks that own one pattern each, and its diagnostics before
/// scheduling.
fn analysis(tasks: usize, pattern: impl Fn(usize) -> String) -> (Analysis, Vec<Diagnostic>) {
    let task = |number: usize| Task {
        id: format!("T{number}").as_str().into(),
        title: format!("Task {number}"),
        owns: vec![pattern(number)],
        ..Task::default()
    };
    let plan = Plan { tasks: (1..=tasks).map(task).collect(), ..Plan::default() };
    let analysis = analyse(&plan);
    let diagnostics = rules::check(&plan, &analysis, &Schedule::default());
    (analysis, diagnostics)
}

fn detail(diagnostics: &[Diagnostic], title: &str) -> String {
    let found = diagnostics.iter().find(|found| found.title == title);
    found.map(|found| found.detail.clone()).unwrap_or_default()
}

#[test]
fn patterns_that_differ_in_their_last_names_are_not_compared() {
    let (analysis, diagnostics) = analysis(4_000, |number| format!("**/name{number}/*.rs"));
    assert_eq!(analysis.conflict_count, 0);
    assert_eq!(detail(&diagnostics, "Not all patterns were compared"), "");
}

#[test]
fn patterns_that_all_overlap_are_all_in_conflict() {
    let (analysis, _) = analysis(150, |number| format!("**/*x{number}*"));
    assert_eq!(analysis.conflict_count, 150 * 149 / 2);
    assert!(analysis.conflicts.iter().all(|conflict| conflict.kind.witness().is_some()));
}

#[test]
fn beyond_the_limit_patterns_count_as_overlapping_and_that_is_said() {
    let (analysis, diagnostics) = analysis(80, |number| format!("**/{}{number}*", "x".repeat(500)));
    let pairs: usize = 80 * 79 / 2;
    assert!(analysis.conflict_count > 0 && analysis.conflict_count < pairs, "{}", analysis.conflict_count);
    let detail = detail(&diagnostics, "Not all patterns were compared");
    assert!(detail.starts_with("There are too many patterns that could match one path, so "), "{detail}");
}

/// Comparing was charged by the characters written, so 2,000 such tasks took nine seconds.
#[test]
fn braces_count_as_what_they_stand_for() {
    let letters = |number: usize| {
        let chosen = (0..10).map(|at| (number * 7 + at * 3) % 10).take(5);
        chosen.map(|letter| char::from(b'a' + letter as u8).to_string()).collect::<Vec<_>>().join(",")
    };
    let group = |number: usize| format!("{{{}}}", letters(number));
    let (_, diagnostics) = analysis(400, |number| {
        format!("{}{}{}{number}", group(number), group(number / 10), group(number / 100))
    });
    assert_ne!(detail(&diagnostics, "Not all patterns were compared"), "");
}

#[test]
fn patterns_that_are_too_long_or_too_deep_are_refused_with_a_sentence() {
    let braces = format!("{}a{}", "{".repeat(5_000), "}".repeat(5_000));
    let choices = "{a,b}".repeat(100);
    for pattern in ["x".repeat(10_000), "*".repeat(10_000), braces, choices] {
        let (analysis, diagnostics) = analysis(2, |_| pattern.clone());
        let refused: Vec<_> = diagnostics.iter().filter(|found| found.code == "PP005").collect();
        assert!(!refused.is_empty() && refused.iter().all(|found| found.severity == Severity::Error));
        assert_eq!(analysis.conflict_count, 0);
    }
}

#[test]
fn entangled_excludes_end_in_time() {
    let task = |number: usize| Task {
        id: format!("T{number}").as_str().into(),
        owns: [format!("**/*a*b*c{number}*")]
            .into_iter()
            .chain((0..8).map(|one| format!("!**/*{}*?*{}*", one % 10, (one + number) % 7)))
            .collect(),
        ..Task::default()
    };
    let plan = Plan { tasks: (1..=3).map(task).collect(), ..Plan::default() };
    assert_eq!(analyse(&plan).conflict_count, 3);
}
