//! Rewriting a text when its plan changes.

use phaseplan::Plan;
use phaseplan::plan::Task;
use phaseplan::text::{parse, rewrite};

use crate::compact;

/// Parses a text, changes the plan, rewrites the text and compares it.
#[track_caller]
fn check_rewrite(text: &str, change: impl FnOnce(&mut Plan), expected: &str) {
    let mut plan = parse(text).plan;
    change(&mut plan);
    let rewritten = rewrite(text, &parse(text).plan, &plan);
    assert!(
        rewritten == expected,
        "\n--- text\n{text}\n--- rewritten\n{rewritten}\n--- expected\n{expected}\n"
    );
    assert_eq!(compact(&parse(&rewritten).plan), compact(&plan));
}

const LOOSE: &str = "\
# Loose plan

Some goal.

<!-- keep me -->
*  T1   First   ~20m  @owns( a/** )
   @agent(codex)

   Say   it.

     Twice.
- [ ] T2 Second `@after(T1) @owns(b)`

a note

## G

1. T3 Third
";

#[test]
fn a_rewritten_text_keeps_its_line_ends() {
    check_rewrite(
        "# P\r\n- T1 a\r\n  b\r\n- T2 c",
        |plan| {
            plan.tasks[0].instructions = "d\n\ne".into();
            plan.tasks.push(Task { id: "T3".into(), ..Task::default() });
        },
        "# P\r\n- T1 a\r\n  d\r\n\r\n  e\r\n- T2 c\r\n- T3\r\n",
    );
}

#[test]
fn a_plan_that_did_not_change_leaves_the_text_alone() {
    check_rewrite(LOOSE, |_| {}, LOOSE);
}

#[test]
fn only_the_changed_line_is_written_anew() {
    check_rewrite(
        LOOSE,
        |plan| plan.tasks[1].owns.push("c".into()),
        &LOOSE.replace("`@after(T1) @owns(b)`", "`@owns(b, c) @after(T1)`"),
    );
    check_rewrite(
        LOOSE,
        |plan| plan.tasks[0].agent.clear(),
        &LOOSE.replace(
            "*  T1   First   ~20m  @owns( a/** )\n   @agent(codex)\n",
            "*  T1 First @owns(a/**) ~20m\n",
        ),
    );
    check_rewrite(
        LOOSE,
        |plan| plan.tasks[0].instructions = "Once.".into(),
        &LOOSE.replace("\n   Say   it.\n\n     Twice.\n", "  Once.\n"),
    );
    check_rewrite(LOOSE, |plan| plan.title = "New".into(), &LOOSE.replace("Loose plan", "New"));
    check_rewrite(LOOSE, |plan| plan.goal = "Other.".into(), &LOOSE.replace("Some goal.", "Other."));
    check_rewrite(
        LOOSE,
        |plan| plan.settings.max_parallel = 2,
        &LOOSE.replace("# Loose plan\n", "# Loose plan\n> at most 2\n"),
    );
}

#[test]
fn tasks_go_where_the_plan_has_them() {
    let new = |id: &str, group: &str| Task {
        id: id.into(),
        title: "New".into(),
        group: group.into(),
        ..Task::default()
    };
    check_rewrite(
        LOOSE,
        |plan| plan.tasks.insert(1, new("T9", "")),
        &LOOSE.replace("     Twice.\n", "     Twice.\n*  T9 New\n"),
    );
    check_rewrite(
        LOOSE,
        |plan| plan.tasks.insert(0, new("T9", "")),
        &LOOSE
            .replace("*  T1 ", "*  T9 New\n*  T1 ")
            .replace("<!-- keep me -->\n*  T9 New\n", "*  T9 New\n<!-- keep me -->\n"),
    );
    check_rewrite(LOOSE, |plan| plan.tasks.push(new("T9", "G")), &format!("{LOOSE}*  T9 New\n"));
    check_rewrite(
        LOOSE,
        |plan| plan.tasks.insert(2, new("T9", "G")),
        &LOOSE.replace("1. T3", "*  T9 New\n1. T3"),
    );
    check_rewrite(LOOSE, |plan| plan.tasks.push(new("T9", "H")), &format!("{LOOSE}\n## H\n*  T9 New\n"));
    check_rewrite(LOOSE, |plan| plan.tasks[2].group = "H".into(), &LOOSE.replace("## G", "## H"));
    check_rewrite(
        LOOSE,
        |plan| drop(plan.tasks.remove(1)),
        &LOOSE.replace("- [ ] T2 Second `@after(T1) @owns(b)`\n", ""),
    );
    check_rewrite(
        "# P\n\n## A\n- T1 a\n",
        |plan| plan.tasks.insert(0, new("T9", "")),
        "# P\n\n- T9 New\n\n## A\n- T1 a\n",
    );
    let second = "- [ ] T2 Second `@after(T1) @owns(b)`\n";
    check_rewrite(
        LOOSE,
        |plan| plan.tasks.swap(0, 1),
        &LOOSE.replace(second, "").replace("*  T1 ", &format!("{second}*  T1 ")),
    );
}

#[test]
fn tasks_without_bullets_get_bullets_when_one_of_them_changes() {
    check_rewrite(
        "Fix login ~20m\nWrite docs\n",
        |plan| plan.tasks[0].agent = "codex".into(),
        "- T1 Fix login ~20m @agent(codex)\n- T2 Write docs\n",
    );
    check_rewrite("", |plan| plan.tasks.push(Task { id: "T1".into(), ..Task::default() }), "- T1\n");
}

#[test]
fn a_note_does_not_become_the_goal_when_the_task_above_it_is_removed() {
    let remove = |plan: &mut Plan| drop(plan.tasks.remove(0));
    check_rewrite(
        "- T1 a\nkept -- for later\n\n- T2   b\n",
        remove,
        "<!-- kept - - for later -->\n\n- T2   b\n",
    );
    check_rewrite("- T1 a\nkept\n", remove, "<!-- kept -->\n");
    check_rewrite("- T1 a\n- T2 b\nkept\n", remove, "- T2 b\nkept\n");
}

#[test]
fn a_task_that_loses_its_title_takes_no_line_of_another_without_one() {
    let clear = |plan: &mut Plan| plan.tasks[0].title.clear();
    check_rewrite("- One @owns(a)\n- @owns(  b )\n", clear, "- T1 @owns(a)\n- @owns(  b )\n");
}
