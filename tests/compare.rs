//! Comparisons of two plans.

mod common;

use phaseplan::Plan;
use phaseplan::compare::{compare_plans, edits, text};
use phaseplan::plan::TaskId;
use phaseplan::plan::normal::normalise;
use phaseplan::schedule::Budget;
use phaseplan::text::parse;
use proptest::prelude::*;

use common::plans;

/// Compares two plan texts, without totals unless they are requested.
#[track_caller]
fn check(before: &str, after: &str, expected: &str) {
    let comparison = compare_plans(&parse(before).plan, &parse(after).plan, &Budget::default());
    let found = text(&comparison);
    let found = found.split_once("\n\n").map_or("", |(_, rest)| rest);
    assert!(found == expected, "\n--- found\n{found}\n--- expected\n{expected}");
}

#[test]
fn tasks_come_go_and_change() {
    check("- T1 a\n- T2 b\n", "- T1 a\n- T2 b\n", "Nothing differs.\n");
    check("- T1 a\n- T2 b\n", "- T2 b\n- T1 a\n", "~ The tasks stand in another order.\n");
    check(
        "# P\n- T1 Parser @owns(src/**) ~20m\n  Keep it short.\n- T2 Docs @owns(docs/**)\n- T3 Old \
         @owns(old/**)\n",
        "# Q\n- T1 Parser @owns(src/api/**, !src/api/x) ~30m @uses(db 2)\n  Keep it very short.\n- T2 Docs \
         @owns(docs/**)\n- T4 New @owns(new/**)\n",
        "~ The plan\n  title: [-P-]{+Q+}\n\n+ T4 New\n\n- T3 Old\n\n~ T1 Parser\n  instructions: Keep it \
         {+very +}short.\n  owns: + src/api/** + !src/api/x - src/**\n  uses: + db 2\n  minutes: 20 → 30\n",
    );
}

#[test]
fn moves_between_phases_have_a_reason() {
    let base = "- T1 a @owns(a/**)\n- T2 b @owns(b/**)\n";
    check(
        base,
        "- T1 a @owns(a/**)\n- T2 b @owns(b/**) @after(T1)\n",
        "~ T2 b\n  after: + T1\n\nPhases\n  > T2: phase 1 → 2 because it waits for T1 now\n",
    );
    check(
        "- T1 a @owns(a/**)\n- T2 b @owns(b/**) @after(T1)\n",
        base,
        "~ T2 b\n  after: - T1\n\nPhases\n  > T2: phase 2 → 1 because it does not wait for T1 any more\n",
    );
    check(
        base,
        "- T1 a @owns(a/**)\n- T2 b @owns(b/**, a/x)\n",
        "~ T2 b\n  owns: + a/x\n\nPhases\n  > T2: phase 1 → 2 because it shares `a/x` with T1 now\n\n\
         Conflicts\n  + T1 × T2 write/write a/x\n",
    );
    check(
        "- T1 a @owns(a/**)\n- T2 b @owns(a/x)\n",
        "- T2 b @owns(a/x)\n",
        "- T1 a\n\nPhases\n  > T2: phase 2 → 1 because T1 is gone\n\nConflicts\n  - T1 × T2 write/write \
         a/x\n",
    );
}

#[test]
fn totals_stand_side_by_side() {
    let before = parse("- T1 a @owns(a/**) ~20m\n- T2 b @owns(b/**) ~30m\n").plan;
    let after = parse("- T1 a @owns(a/**) ~20m\n- T2 b @owns(b/**) ~30m @after(T1)\n").plan;
    let found = text(&compare_plans(&before, &after, &Budget::default()));
    let totals = found.split("\n\n").next().unwrap_or_default();
    assert_eq!(
        totals,
        "tasks             2\nconflicts         0\nphases            1 → 2\nmost at once      2 → 1\n\
         in phases         30 m → 50 m\nwithout barriers  30 m → 50 m\nlongest chain     30 m → 50 m"
    );
}

#[test]
fn conflicts_that_are_only_counted_are_neither_new_nor_gone() {
    // Every pair is in conflict, which is more than the list holds.
    let all = |count: usize| (0..count).map(|task| format!("- T{task} @owns(a)\n")).collect::<String>();
    let [before, after] = [all(220), ["- T999 @owns(b)\n", &all(220)].concat()].map(|text| parse(&text).plan);
    let comparison = compare_plans(&before, &after, &Budget::default());
    assert!(comparison.gained.is_empty() && comparison.lost.is_empty());
    assert!(comparison.remarks.iter().any(|remark| remark.starts_with("There are too many conflicts")));
    assert!(compare_plans(&before, &before, &Budget::default()).is_empty());
}

fn any_plan() -> impl Strategy<Value = Plan> {
    let unknown =
        any::<bool>().prop_map(|has| has.then(|| ("points".to_owned(), 3.into())).into_iter().collect());
    let parts =
        plans::Parts { text: "[ab/]{0,3}".boxed(), id: "T[1-7]".boxed(), unknown: unknown.boxed(), tasks: 7 };
    plans::any_plan(&parts).prop_map(|mut plan| {
        // No edit changes these fields.
        (plan.id, plan.unknown) = Default::default();
        normalise(&mut plan);
        plan
    })
}

proptest! {
    #[test]
    fn edits_make_one_plan_of_the_other(before in any_plan(), after in any_plan()) {
        let mut plan = before.clone();
        for edit in edits(&before, &after) {
            prop_assert!(edit.clone().apply(&mut plan).is_some(), "{:?}", edit);
        }
        prop_assert_eq!(plan, after);
        prop_assert!(edits(&before, &before).is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_differs_is_listed(before in any_plan(), after in any_plan()) {
        let comparison = compare_plans(&before, &after, &Budget::default());
        let count = |one: &Plan, other: &Plan| one.tasks.iter().filter(|task| other.task(&task.id).is_none()).count();
        prop_assert_eq!(comparison.added.len(), count(&after, &before));
        prop_assert_eq!(comparison.removed.len(), count(&before, &after));
        let changed = after.tasks.iter().filter(|task| before.task(&task.id).is_some_and(|was| was != *task)).count();
        prop_assert_eq!(comparison.changed.len(), changed);
        prop_assert!(comparison.moved.iter().all(|one| !one.reason.is_empty() && one.before != one.after));
        let same = compare_plans(&after, &after, &Budget::default());
        prop_assert!(same.is_empty());
        let entries = comparison.entries(&after);
        let ids: std::collections::BTreeSet<&TaskId> = entries.iter().map(|entry| &entry.task.id).collect();
        prop_assert_eq!(ids.len(), entries.len());
        let moved = comparison.moved.iter().filter(|one| !comparison.changed.iter().any(|change| change.task.id == one.task.id));
        prop_assert_eq!(
            entries.len(),
            comparison.added.len() + comparison.removed.len() + comparison.changed.len() + moved.count()
        );
    }
}
