//! Explanations: plan text in, sentences out.

use phaseplan::explain::{self, marks};
use phaseplan::schedule::Budget;
use phaseplan::{Report, text};

fn report(plan: &str) -> Report {
    let plan: String = plan.lines().map(|line| format!("{}\n", line.trim_start())).collect();
    Report::new(text::parse(&plan).plan, &Budget::default())
}

#[track_caller]
fn compare(lines: impl Iterator<Item = String>, expect: &str) {
    let expect: Vec<&str> = expect.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.collect::<Vec<_>>().join("\n"), expect.join("\n"));
}

/// The reason for the place of each task.
#[track_caller]
fn check_why(plan: &str, expect: &str) {
    check_each(plan, explain::why_here, expect);
}

/// The reason for the start of each task in the schedule without barriers.
#[track_caller]
fn check_why_then(plan: &str, expect: &str) {
    check_each(plan, explain::why_then, expect);
}

/// The description of each task.
#[track_caller]
fn check_each(plan: &str, say: fn(&Report, usize) -> String, expect: &str) {
    let report = report(plan);
    let tasks = report.plan.tasks.iter().enumerate();
    compare(tasks.map(|(at, task)| format!("{}: {}", task.id, say(&report, at))), expect);
}

/// The limits of the schedule without barriers, and the tasks that determine its length.
#[track_caller]
fn check_limit_of_rolling(plan: &str, expect: &str) {
    let report = report(plan);
    let lines = [
        explain::rolling_outcome(&report.schedule),
        explain::limit_of_rolling(&report),
        explain::chain_of_rolling(&report),
    ];
    compare(lines.into_iter().filter(|line| !line.is_empty()), expect);
}

/// The sign of each task that has one.
#[track_caller]
fn check_marks(plan: &str, expect: &str) {
    let report = report(plan);
    let marked = report.plan.tasks.iter().zip(marks(&report)).filter_map(|(task, mark)| Some((task, mark?)));
    let line = |(task, mark): (&phaseplan::Task, explain::Mark)| {
        format!("{} {} {} | {}", task.id, mark.sign.character(), mark.short, mark.note)
    };
    compare(marked.map(line), expect);
}

/// The limits of a plan.
#[track_caller]
fn check_limit(plan: &str, expect: &str) {
    let report = report(plan);
    let lines = [explain::outcome(&report.schedule), explain::limit(&report)];
    compare(lines.into_iter(), expect);
}

/// Two tasks that write the same file, between a predecessor and a successor of both.
const LOGIN: &str = "- T1 Schema @owns(db/**) ~20m
    - T2 Endpoints @owns(src/api/**) @after(T1) ~45m
    - T4 Login @owns(src/api/users.rs, src/ui/login/**) @after(T1) ~20m
    - T9 Tests @owns(tests/**) @after(T2, T4) ~30m";

#[test]
fn why_a_task_is_where_it_is() {
    check_why(
        LOGIN,
        "T1: Phase 1, because it waits for nothing.
         T2: Phase 2 because T1, which it waits for, is in phase 1.
         T4: Phase 3 because it is kept apart from T2 in phase 2: both can write `src/api/users.rs`.
         T9: Phase 4 because T4, which it waits for, is in phase 3.",
    );
}

#[test]
fn why_tasks_do_not_run_beside_readers_and_resources() {
    check_why(
        "- T1 Schema @owns(db/schema.sql) ~20m
         - T2 Report @owns(src/a.rs) @reads(db/*.sql) ~10m",
        "T1: Phase 1, because it waits for nothing.
         T2: Phase 2 because it is kept apart from T1 in \
         phase 1: it reads `db/schema.sql`, which T1 can write.",
    );
    check_why(
        "- T1 A @owns(a) @uses(db) ~20m
         - T2 B @owns(b) @uses(db) ~10m",
        "T1: Phase 1, because it waits for nothing.
         T2: Phase 2 because it is kept apart from T1 in \
         phase 1: together they need 2 of `db` and there is 1.",
    );
}

#[test]
fn why_a_full_phase_takes_no_more() {
    check_why(
        "> at most 1
         - T1 A @owns(a) ~20m
         - T2 B @owns(b) ~10m",
        "T1: Phase 1, because it waits for nothing.
         T2: Phase 2 because phase 1 is full: at most one task may run at once.",
    );
}

#[test]
fn signs() {
    check_marks(
        "- T1 Schema @owns(db/**) ~20m
         - T2 Endpoints @owns(src/api/**) ~45m
         - T3 Login @owns(src/api/users.rs) ~20m
         - T4 Report @owns(r) @reads(db/a.sql)
         - T5 Review
         - [x] T6 Docs @owns(docs/**)",
        "T1 ! T4 | kept apart from T4: db/a.sql
         T2 ✕ T3 | kept apart from T3: same src/api/users.rs
         T3 ✕ T2 | waits for T2: same src/api/users.rs
         T4 ! T1 | waits for T1: db/a.sql
         T5 ?  | no files listed: may collide
         T6 ✓ done | done",
    );
}

#[test]
fn what_limits_a_plan() {
    check_limit(
        "- T1 A @owns(a) ~20m
         - T2 B @owns(b) @after(T1) ~45m",
        "shortest possible
         No grouping into phases is faster. T1 and T2 wait for each other, one after \
         another, which takes 1 h 5 m. To finish sooner, split one of them or let one start earlier.",
    );
    check_limit(
        "- T1 A @owns(a) ~20m
         - T2 B @owns(a) ~45m",
        "shortest possible
         No grouping into phases is faster. T1 and T2 can only run one at a time, \
         which takes 1 h 5 m. To finish sooner, resolve what keeps T1 and T2 apart, or split one of them.",
    );
    check_limit("", "shortest possible\nThere is nothing to schedule.");
}

#[test]
fn what_barriers_cost() {
    let report = report(
        "- T1 A @owns(a) ~20m
         - T2 B @owns(b) ~60m
         - T3 C @owns(c) @after(T1) ~60m
         - T4 D @owns(d) @after(T2) ~20m",
    );
    assert_eq!(
        explain::barriers(&report.schedule),
        "Waiting at the end of each phase costs 20 m: 1 h 40 m in phases, 1 h 20 m if every task starts as \
         soon as it can."
    );
    assert_eq!(explain::speed_up(&report.schedule), "1.6×");
}

#[test]
fn why_a_third_user_of_a_resource_is_later() {
    check_why(
        "> capacity: quota 3
         - T1 A @owns(a) @uses(quota 2) ~20m
         - T2 B @owns(b) @uses(quota) ~20m
         - T3 C @owns(c) @uses(quota) ~20m",
        "T1: Phase 1, because it waits for nothing.
         T2: Phase 1, because it waits for nothing.
         T3: Phase 2 because phase 1 leaves too little of `quota`.",
    );
}

#[test]
fn why_a_task_without_files_is_alone() {
    check_why(
        "         - T1 A @owns(a) ~20m
         - T2 B ~10m
         - T3 C @owns(c) @after(T2) ~10m",
        "T1: Phase 2 because the task in phase 1 lists no files and so runs alone.
         T2: Phase 1, because it waits for nothing.
         T3: Phase 2 because T2, which it waits for, is in phase 1.",
    );
    check_why(
        "         - T1 A ~20m
         - T2 B ~10m",
        "T1: Phase 1, because it waits for nothing.
         T2: Phase 2 because it lists no files and so runs alone.",
    );
}

#[test]
fn why_a_long_task_waits_for_company() {
    check_why(
        "- T1 A @owns(a) ~10m
         - T2 B @owns(b) @after(T1) ~60m
         - T3 C @owns(c) ~60m",
        "T1: Phase 1, because it waits for nothing.
         T2: Phase 2 because T1, which it waits for, is in phase 1.
         T3: Phase 2: it could run in phase 1, but the plan would take longer.",
    );
}

#[test]
fn why_a_task_starts_when_it_starts() {
    check_why_then(
        LOGIN,
        "T1: Without phases it could start right away (agent 1).
         T2: Without phases, agent 1 starts it \
         at 20 m, when T1 is done, which it waits for.
         T4: Without phases, agent 1 starts it at 1 \
         h 5 m, when T2 is done, which it is kept apart from: both can write \
         `src/api/users.rs`.
         T9: Without phases, agent 1 starts it at 1 h 25 m, when T4 is done, \
         which it waits for.",
    );
    check_why_then(
        "> capacity: quota 4
         - T1 A @owns(a) @uses(quota 2) ~20m
         - T2 B @owns(b) @uses(quota) ~40m
         - T3 C @owns(c) @uses(quota 2) ~20m",
        "T1: Without phases it could start right away (agent 2).
         T2: Without phases it could start right away (agent 1).
         T3: Without phases, agent 2 starts it at 20 m, when T1 is done: until then, T1 \
         and T2 use too much of `quota`.",
    );
    check_why_then(
        "> at most 2
         - T1 A @owns(a) ~20m
         - T2 B @owns(b) ~30m
         - T3 C @owns(c) ~10m",
        "T1: Without phases it could start right away (agent 2).
         T2: Without phases it could start right away (agent 1).
         T3: Without phases, agent 2 starts it at 20 m, when T1 is done: until then, \
         both agents are at work.",
    );
    check_why_then(
        "         - T1 A ~20m
         - T2 B @owns(b) @after(T3) ~10m
         - T3 C @owns(c) ~15m",
        "T1: Without phases, agent 1 starts it at 15 m, when T3 is done: it lists no files and so runs \
         alone.
         T2: Without phases, agent 1 starts it at 35 m, when T1 is done, which lists no \
         files and so runs alone.
         T3: Without phases it could start right away (agent 1).",
    );
}

#[test]
fn what_limits_the_schedule_without_barriers() {
    check_limit_of_rolling(
        "- T1 A @owns(a) ~20m
         - T2 B @owns(b) @after(T1) ~45m",
        "shortest possible
         Without phases, nothing is shorter than 1 h 5 m, for the same reason.
         Without phases, T1 and T2 follow one another without a pause and take all of the 1 h 5 m.",
    );
    check_limit_of_rolling(
        "> at most 2
         - T0 Plan @owns(p) ~5m
         - T1 A @owns(a) @after(T0) ~20m
         - T2 B @owns(b) @after(T0) ~20m
         - T3 C @owns(c) @after(T0) ~20m
         - T4 D @owns(d) @after(T0) ~20m
         - T5 E @owns(e) @after(T1, T2, T3, T4) ~7m",
        "shortest possible
         Without phases, nothing is shorter than 52 m. At most 2 of T1, T2, T3 and \
         T4 run at once. With at least 5 m before them and 7 m after, that takes 52 m in \
         all.
         Without phases, T0, T1, T3 and T5 follow one another without a pause and take all \
         of the 52 m.",
    );
    // Three tasks of 20 minutes are 30 minutes of work for each of two agents, but take at least 40.
    check_limit_of_rolling(
        "> at most 2
         - T0 Plan @owns(p) ~5m
         - T1 A @owns(a) @after(T0) ~20m
         - T2 B @owns(b) @after(T0) ~20m
         - T3 C @owns(c) @after(T0) ~20m
         - T4 D @owns(d) @after(T1, T2, T3) ~7m",
        "shortest possible
         Without phases, nothing is shorter than 52 m. No schedule can finish before 52 m: order, conflicts, \
         resources and the number of agents leave no slot for some task.
         Without phases, T0, T1, T3 and T4 follow one another without a pause \
         and take all of the 52 m.",
    );
    check_limit_of_rolling("", "shortest possible");
}
