//! Improvements of plans: plan text in, improvements and improved plans out.

use phaseplan::diagnostic::Fix;
use phaseplan::repairs::{Improvement, improvements};
use phaseplan::schedule::Budget;
use phaseplan::text::{self, Spelling};
use phaseplan::{Plan, Report};

fn plan(text: &str) -> Plan {
    text::parse(&trimmed(text)).plan
}

fn trimmed(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}

fn found(plan: &Plan) -> Vec<Improvement> {
    improvements(&Report::new(plan.clone(), &Budget::default()), &Budget::default())
}

/// The suggestions, one per line.
#[track_caller]
fn check(text: &str, expect: &str) {
    let lines = found(&plan(text)).into_iter().map(|one| {
        format!("{}: {} m, {} phases. {}\n", one.title, one.gain.minutes, one.gain.phases, one.condition)
    });
    assert_eq!(lines.collect::<String>(), trimmed(expect));
}

/// The tasks of a plan after an improvement. Checks that it has the promised effect on the makespan and can
/// be undone completely.
#[track_caller]
fn check_applied(text: &str, title: &str, expect: &str) {
    let before = plan(text);
    let improvement = found(&before).into_iter().find(|one| one.title == title).expect(title);
    let mut after = before.clone();
    let undo: Vec<_> = improvement
        .edits
        .iter()
        .map(|edit| edit.clone().apply(&mut after).expect("an edit applies"))
        .collect();
    let makespan =
        |plan: &Plan| i64::from(Report::new(plan.clone(), &Budget::default()).schedule.phased.rounded());
    assert_eq!(makespan(&after) - makespan(&before), improvement.gain.minutes);
    let printed = text::print(&after, Spelling::Typing);
    let tasks: String =
        printed.lines().filter(|line| line.starts_with("- ")).map(|line| format!("{line}\n")).collect();
    assert_eq!(tasks, trimmed(expect));
    for edit in undo.into_iter().rev() {
        edit.apply(&mut after).expect("an edit can be taken back");
    }
    assert_eq!(after, before);
}

#[test]
fn a_long_task_with_files_of_several_sorts_is_split() {
    let text = "
        - T1 Schema @owns(db/**) ~20m
        - T2 Endpoints @owns(src/api/**, src/model/**, !src/api/old/**) @after(T1) ~60m
        - T3 Tests @owns(tests/**) @after(T2) ~10m";
    check(text, "Split T2 in two: -30 m, 3 phases. The two halves of T2 can be done without each other.");
    check_applied(
        text,
        "Split T2 in two",
        "- T1 Schema @owns(db/**) ~20m
         - T2 Endpoints (first half) @owns(src/api/**, !src/api/old/**) @after(T1) ~30m
         - T4 Endpoints (second half) @owns(src/model/**, !src/api/old/**) @after(T1) ~30m
         - T3 Tests @owns(tests/**) @after(T2, T4) ~10m",
    );
}

#[test]
fn a_task_whose_patterns_overlap_or_stand_alone_is_not_split() {
    check("- T1 One @owns(src/**) ~60m", "");
    check("- T1 One @owns(src/**, src/api/*.rs) ~60m", "");
    check("- [x] T1 One @owns(src/**, docs/**) ~60m", "");
}

#[test]
fn one_agent_more_or_fewer() {
    check(
        "> at most 2
         - T1 A @owns(a) ~20m
         - T2 B @owns(b) ~20m
         - T3 C @owns(c) ~20m",
        "Let 3 tasks run at once: -20 m, 1 phases. You can start and watch one more agent.",
    );
    check(
        "> at most 2
         - T1 A @owns(a) ~0m
         - T2 B @owns(b) @after(T1) ~20m
         - T3 C @owns(c) ~0m",
        "Make do with 1 at once: 0 m, 3 phases. The plan takes just as long with one agent fewer.",
    );
}

#[test]
fn more_of_a_resource() {
    let text = "
        - T1 A @owns(a) @uses(db) ~20m
        - T2 B @owns(b) @uses(db) ~20m
        - T3 C @owns(c) @uses(db) ~10m";
    check(text, "Raise the capacity of db to 2: -20 m, 2 phases. There can be 2 of `db` at the same time.");
}

#[test]
fn a_plan_that_can_get_no_shorter_has_no_improvements() {
    check("", "");
    check("- T1 A @owns(a) ~20m\n- T2 B @owns(b) @after(T1) ~20m", "");
}

#[test]
fn an_acceptance_is_told_from_a_repair() {
    let report = Report::new(plan("- T1 A @owns(a/**)\n- T2 B @owns(a/b)"), &Budget::default());
    let fixes: Vec<&Fix> = report.diagnostics.iter().flat_map(|found| &found.fixes).collect();
    let accepting: Vec<&str> =
        fixes.iter().filter(|fix| fix.is_acceptance()).map(|fix| fix.title.as_str()).collect();
    assert_eq!(accepting, ["Allow them to run side by side"]);
    assert!(fixes.len() > 1);
    assert!(!Fix { title: String::new(), edits: Vec::new().into() }.is_acceptance());
}
