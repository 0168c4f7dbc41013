//! What is next in small plans: text in, text out.

use proptest::prelude::*;

use super::*;
use crate::analysis::{Analysis, analyse};
use crate::plan::{Kind, Plan, Status};
use crate::report::Report;
use crate::schedule::Budget;
use crate::text;

/// What is next: `launch T1 T2 | run T3 | gates T4 | people T5 | blocked T6<T7 | held T8`.
fn next(plan: &str, mode: Mode) -> String {
    let report = report(plan);
    let next = Next::of(&report.plan, &report.analysis, &report.schedule, mode);
    let id = |task: usize| report.plan.tasks[task].id.to_string();
    let ids = |tasks: &[usize]| tasks.iter().map(|&task| id(task)).collect::<Vec<_>>().join(" ");
    let blocked: Vec<String> =
        next.blocked.iter().map(|one| format!("{}<{}", id(one.task), ids(&one.by))).collect();
    let held: Vec<usize> = next.held.iter().map(|held| held.task).collect();
    let parts = [
        ("launch", ids(&next.launched())),
        ("run", ids(&next.running)),
        ("gates", ids(&next.gates)),
        ("people", ids(&next.people)),
        ("blocked", blocked.join(" ")),
        ("held", ids(&held)),
    ];
    let said = parts.iter().filter(|(_, ids)| !ids.is_empty());
    said.map(|(name, ids)| format!("{name} {ids}")).collect::<Vec<_>>().join(" | ")
}

fn report(plan: &str) -> Report {
    Report::new(text::parse(plan).plan, &Budget::default())
}

#[track_caller]
fn check(plan: &str, expected: &str) {
    assert_eq!(next(plan, Mode::Pool), expected, "{plan}");
}

#[test]
fn what_waits_for_nothing_and_meets_nobody_starts() {
    check("- T1 @owns(a)\n- T2 @owns(b)\n- T3 @owns(c) @after(T1)\n", "launch T1 T2");
    check("- [x] T1 @owns(a)\n- [~] T2 @owns(b)\n- T3 @owns(c) @after(T1)\n", "launch T3 | run T2");
    check("- [-] T1 @owns(a) @after(T2)\n- [~] T2 @owns(b)\n- T3 @owns(c) @after(T1)\n", "run T2");
    check("- [x] T1\n- [-] T2\n", "");
}

#[test]
fn what_starts_the_longest_chain_comes_first_and_takes_the_last_place() {
    let plan = "> at most 1\n- T1 @owns(a) ~50m\n- T2 @owns(b) ~10m\n- T3 @owns(c) @after(T2) ~45m\n";
    check(plan, "launch T2 | held T1");
    let report = report(plan);
    let next = Next::in_pool(&report.plan, &report.analysis);
    assert_eq!((next.launch[0].chain_minutes, &next.launch[0].chain[..]), (55.into(), &[1, 2][..]));
}

#[test]
fn a_running_task_keeps_its_files_its_resources_and_its_place() {
    check(
        "- [~] T1 @owns(a/**)\n- T2 @owns(a/b)\n- T3 @reads(a/c) @owns(d)\n- T4 @owns(e)\n",
        "launch T4 | run T1 | held T2 T3",
    );
    check(
        "> capacity: db 3\n- [~] T1 @owns(a) @uses(db 2)\n- T2 @owns(b) @uses(db)\n- T3 @owns(c) @uses(db)\n",
        "launch T2 | run T1 | held T3",
    );
    check("> at most 2\n- [~] T1 @owns(a)\n- T2 @owns(b)\n- T3 @owns(c)\n", "launch T2 | run T1 | held T3");
    check("> at most 1\n- [~] T1 @owns(a)\n- [~] T2 @owns(b)\n- T3 @owns(c)\n", "run T1 T2 | held T3");
}

#[test]
fn what_lists_no_files_starts_alone_unless_the_plan_allows_it_beside_others() {
    check("- T1 Tidy ~50m\n- T2 @owns(b)\n", "launch T1 | held T2");
    check("- [~] T1 Tidy\n- T2 @owns(b)\n", "run T1 | held T2");
    check("- [~] T1 @owns(a)\n- T2 Tidy\n", "run T1 | held T2");
    check("> unknown beside\n- T1 Tidy\n- T2 @owns(b)\n", "launch T1 T2");
}

#[test]
fn a_failed_task_is_launched_again_and_blocks_what_waits_for_it() {
    check(
        "- [!] T1 @owns(a)\n- T2 @owns(b) @after(T1)\n- T3 @owns(c) @after(T2)\n",
        "launch T1 | blocked T2<T1 T3<T1",
    );
}

#[test]
fn decisions_are_asked_beside_anything_and_people_come_after_agents() {
    let plan = "> at most 1\n- T1 @owns(a)\n- T2 @kind(gate)\n- T3 @agent(person) @owns(a) ~90m\n\
                - T4 @agent(person) @owns(b)\n- T5 @agent(codex) @owns(c) @after(T1)\n";
    check(plan, "launch T1 | gates T2 | people T4 | held T3");
    check("- [~] T1 Tidy\n- T2 @kind(gate) @reads(**)\n", "run T1 | gates T2");
}

#[test]
fn in_phases_only_the_first_phase_starts() {
    let plan = "> at most 2\n- T1 @owns(a) ~50m\n- T2 @owns(b) ~50m\n- T3 @owns(c) ~5m\n- T4 @kind(gate)\n";
    assert_eq!(next(plan, Mode::Phases).replace(" | held T3", ""), "launch T1 T2 | gates T4");
    let plan = "- [~] T1 @owns(a) ~50m\n- T2 @owns(b) @after(T1)\n- T3 @owns(a) ~50m\n";
    assert_eq!(next(plan, Mode::Phases), "run T1 | held T3");
}

#[test]
fn a_selection_starts_or_each_task_says_what_stands_in_the_way() {
    let report = report(
        "> at most 3 · capacity: db 2\n- [x] T1 @owns(a)\n- [~] T2 @owns(b/**)\n- T3 @owns(c) @after(T2)\n\
         - T4 @owns(d) @uses(db 2)\n- T5 @owns(e) @uses(db 1)\n- T6 @owns(b/c)\n- T7 @owns(f)\n- T8 Tidy\n\
         - T9 @kind(gate)\n- [!] T10 @owns(g)\n- T11 @owns(h) @after(T10)\n- [-] T12 @owns(i)\n",
    );
    let told = |ids: &str| {
        let selected: Vec<usize> =
            ids.split(' ').map(|id| report.plan.position(&id.into()).expect("it is there")).collect();
        let refused = refusals(&report, &selected);
        refused.iter().map(|one| one.obstacle.sentence(&report, one.task)).collect::<Vec<_>>().join("\n")
    };
    for (ids, expected) in [
        ("T4 T7 T9", ""),
        ("T10", ""),
        ("T1 T2 T12", "T1 is done already.\nT2 is running already.\nT12 is dropped."),
        ("T3", "T3 waits for T2, which is running."),
        ("T11", "T11 waits for T10, which failed."),
        ("T6", "T6 can't run beside T2, which is running: both can write `b/c`."),
        (
            "T4 T5",
            "T4 can't run beside T5: together they need 3 of `db` and there is 2.\n\
             T5 can't run beside T4: together they need 3 of `db` and there is 2.",
        ),
        ("T8", "T8 lists no files, so it can't run beside T2, which is running."),
        ("T4 T7 T10", "At most 3 may be at work at once, so there is no free place for T10."),
    ] {
        assert_eq!(told(ids), expected, "{ids}");
    }
}

#[test]
fn a_foreign_file_has_an_owner_and_repairs_with_their_cost() {
    let plan = "- [~] T1 Import @owns(src/import/**) ~20m\n- [~] T2 Rates @owns(src/rates/**) ~30m\n\
                - T3 Tables @owns(db/**) ~10m\n- [x] T4 Heads @owns(text/**)\n";
    let report = report(plan);
    let told = |path: &str| {
        let Some(found) = ForeignFile::of(&report, 1, path, &Budget::default()) else {
            return "its own".to_owned();
        };
        let repair = |repair: &Repair| format!("\n{:+} {}", repair.gain.minutes, repair.title);
        found.sentence(&report) + found.repairs.iter().map(repair).collect::<String>().as_str()
    };
    assert_eq!(told("src/rates/a.rs"), "its own");
    assert_eq!(
        told("src/import/a.rs"),
        "T2 needs `src/import/a.rs`, which T1 owns (running).\n+0 Give `src/import/a.rs` to T2\n\
         +20 Let T2 wait for T1, and give it `src/import/a.rs` then\n+0 Let T2 go on without `src/import/a.rs`"
    );
    assert_eq!(
        told("db/x.sql"),
        "T2 needs `db/x.sql`, which T3 owns (to do).\n+10 Give `db/x.sql` to T2\n\
         +20 Let T2 wait for T3, and give it `db/x.sql` then\n+0 Leave the change of `db/x.sql` to T3"
    );
    assert_eq!(
        told("new.md"),
        "T2 needs `new.md`, which no task owns.\n+0 Give `new.md` to T2\n+0 Let T2 go on without `new.md`"
    );
}

/// Any plan of up to eight tasks, as text.
fn any_plan() -> impl Strategy<Value = String> {
    let line = ("[ x~!-]", 0usize..5, 0usize..4, 0u32..3, 0usize..9, 0usize..6, 1u32..60);
    (proptest::collection::vec(line, 1..9), 1u32..5).prop_map(|(lines, most)| {
        let mut plan = format!("> at most {most} · capacity: db 2\n");
        for (at, (mark, owned, read, db, before, kind, minutes)) in lines.into_iter().enumerate() {
            let owned = ["@owns(a/**)", "@owns(a/b)", "@owns(c)", "@owns(d/*)", ""][owned];
            let read = ["@reads(c)", "@reads(d/e)", "", ""][read];
            let kind = ["@kind(gate)", "@agent(person)", "", "", "", ""][kind];
            plan += &format!(
                "- [{mark}] T{} {owned} {read} @uses(db {db}) {kind} @after(T{}) ~{minutes}m\n",
                at + 1,
                before + 1
            );
        }
        plan
    })
}

/// What is wrong with these tasks being at work at once, looked at one by one.
fn fault(plan: &Plan, analysis: &Analysis, starting: &[usize]) -> Option<String> {
    let running: Vec<usize> =
        (0..plan.tasks.len()).filter(|&task| plan.tasks[task].status == Status::Running).collect();
    let all: Vec<usize> = running.iter().chain(starting).copied().collect();
    for &task in starting {
        let id = &plan.tasks[task].id;
        if let Some(before) = analysis.predecessors(task).find(|&one| plan.tasks[one].status.is_open()) {
            return Some(format!("{id} starts before {}", plan.tasks[before].id));
        }
        for &other in all.iter().filter(|&&other| other != task) {
            let is_unknown = plan.tasks[task].is_unknown() || plan.tasks[other].is_unknown();
            let is_decision = plan.tasks[other].kind == Kind::Gate;
            if analysis.apart.contains(task, other) || is_unknown && !is_decision {
                return Some(format!("{id} starts beside {}", plan.tasks[other].id));
            }
        }
        let uses = |&task: &usize| plan.tasks[task].uses.iter().map(|used| used.amount).sum::<u32>();
        if uses(&task) > 0 && all.iter().map(|task| uses(task).min(2)).sum::<u32>() > 2 {
            return Some(format!("{id} finds too little of the resource"));
        }
    }
    let agents = starting.iter().filter(|&&task| plan.tasks[task].agent.is_empty()).count();
    (agents > 0 && running.len() + agents > plan.settings.max_parallel as usize).then(|| "too many".into())
}

proptest! {
    #[test]
    fn nothing_starts_that_may_not_and_nothing_is_left_that_may(plan in any_plan()) {
        let report = report(&plan);
        let (plan, analysis) = (&report.plan, &report.analysis);
        for mode in [Mode::Pool, Mode::Phases] {
            let next = Next::of(plan, analysis, &report.schedule, mode);
            let mut starting = next.launched();
            prop_assert_eq!(fault(plan, analysis, &starting), None);
            starting.extend(&next.people);
            prop_assert_eq!(fault(plan, analysis, &starting), None);
            prop_assert_eq!(refusals(&report, &starting), vec![]);
            if mode == Mode::Pool {
                for task in (0..plan.tasks.len()).filter(|&task| plan.tasks[task].status.can_start()) {
                    let is_next = starting.contains(&task) || next.gates.contains(&task);
                    prop_assert!(is_next || !refusals(&report, &[&starting[..], &[task]].concat()).is_empty());
                }
            }
            prop_assert!(next.running.len() + starting.len() > 0 || next.launch.is_empty());
        }
    }

    #[test]
    fn a_run_never_stands_still_while_something_is_left(plan in any_plan()) {
        let mut plan = text::parse(&plan).plan;
        for _ in 0..3 * plan.tasks.len() {
            let analysis = analyse(&plan);
            let next = Next::in_pool(&plan, &analysis);
            let first = next.running.iter().chain(&next.gates).chain(&next.people).copied();
            let first = first.chain(next.launched()).next();
            let Some(task) = first else { break };
            plan.tasks[task].status = Status::Done;
        }
        prop_assert!(plan.tasks.iter().all(|task| !task.status.is_open()));
    }
}
