//! Ids of tasks: assigned, retained, and written into lines.

use phaseplan::text::{parse, parse_onto, rewrite, write_ids};

/// Reads a text as the next state of a plan and compares the ids with the titles.
#[track_caller]
fn check_ids(before: &str, text: &str, expected: &str) {
    let parsed = parse_onto(&parse(before).plan, text);
    let actual: Vec<_> = parsed.plan.tasks.iter().map(|task| format!("{} {}", task.id, task.title)).collect();
    assert_eq!(actual.join(", "), expected, "\n{text}");
}

#[test]
fn tasks_keep_the_ids_they_had() {
    let before = "- T1 a\n- T2 b\n- T3 c\n- @id(x) d\n";
    check_ids(before, "- a\n- b\n- c\n- d\n", "T1 a, T2 b, T3 c, x d");
    check_ids(before, "- a\n- new\n- b\n- c\n- d\n", "T1 a, T4 new, T2 b, T3 c, x d");
    check_ids(before, "- a\n- b changed\n- c\n- d\n", "T1 a, T2 b changed, T3 c, x d");
    check_ids(before, "- d\n- c\n- b\n- a\n", "x d, T3 c, T2 b, T1 a");
    check_ids(before, "- a\n- d\n- e\n", "T1 a, x d, T4 e");
    check_ids(before, "- T2 a\n- b\n", "T2 a, T3 b");
    check_ids(before, "- T9 z\n- a\n- a\n", "T9 z, T1 a, T2 a");
    check_ids("- T99999 a\n", "- b\n- T99999 a\n", "T100000 b, T99999 a");
}

#[test]
fn the_plan_keeps_its_id_when_the_text_does_not_say_one() {
    let before = parse("> @id(k3)\n- a\n").plan;
    assert_eq!(parse_onto(&before, "- a\n").plan.id, "k3");
    assert_eq!(parse_onto(&before, "> @id(k4)\n- a\n").plan.id, "k4");
    assert_eq!(rewrite("- a\n", &before, &before), "- a\n");
}

#[test]
fn ids_are_written_down_and_nothing_else_changes() {
    let text = "- Fix   login ~20m\n- [x]  Docs\n* T7 Old\n1. [y] @owns(a)\n- Named @id(n)\n- T7 twice\n";
    assert_eq!(
        write_ids(text, &parse(text)),
        "- T8 Fix   login ~20m\n- [x] T9 Docs\n* T7 Old\n1. T10 [y] @owns(a)\n- Named @id(n)\n- T11 twice\n"
    );
}

#[test]
fn an_id_that_is_written_into_an_open_parenthesis_closes_it() {
    for text in ["- One @id( @x(y)\n", "- One @id(\n- Two\n", "- One @id(a @x(y)\n- Two @id(a\n"] {
        let parsed = parse(text);
        let named = write_ids(text, &parsed);
        assert_eq!(parse(&named).plan, parsed.plan, "{text}\n--- named\n{named}");
    }
}

#[test]
fn lines_without_bullets_stay_tasks_when_ids_are_written_down() {
    for text in [
        "Fix login @id(x)\nWrite docs ~20m\n",
        "[ ] Fix login\nWrite docs ~20m\n",
        "T2 One\n[x] T3 Two\nThree ~5m\n",
    ] {
        let parsed = parse(text);
        let named = write_ids(text, &parsed);
        assert_eq!(parse(&named).plan, parsed.plan, "{text}\n--- named\n{named}");
    }
}
