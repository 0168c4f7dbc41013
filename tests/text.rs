//! Plan text: what is read, what is printed, and that one is the other's inverse.

use std::fmt::Write;

use phaseplan::Plan;
use phaseplan::plan::restore::normalise;
use phaseplan::plan::{Acceptance, Estimate, Kind, Resource, ResourceUse, Settings, Status, Task, TaskId};
use phaseplan::text::{Spelling, highlight, parse, parse_onto, print, rewrite, write_ids};
use proptest::collection::vec;
use proptest::prelude::*;

/// A plan as compact lines: what is set, in a fixed order, strings as Rust writes them where they are odd.
fn compact(plan: &Plan) -> String {
    let mut out = String::new();
    let Settings { max_parallel, default_minutes, phase_overhead, unknown_runs_alone, agents } =
        &plan.settings;
    for (name, value) in [("plan", &plan.id), ("title", &plan.title), ("goal", &plan.goal)] {
        if !value.is_empty() {
            writeln!(out, "{name} {value:?}").unwrap();
        }
    }
    if plan.settings != Settings::default() {
        writeln!(
            out,
            "settings max={max_parallel} default={default_minutes} overhead={phase_overhead} \
             alone={unknown_runs_alone} agents={agents:?}"
        )
        .unwrap();
    }
    for Resource { name, capacity } in &plan.resources {
        writeln!(out, "resource {name:?} {capacity}").unwrap();
    }
    for (name, value) in &plan.unknown {
        writeln!(out, "unknown {name}={value}").unwrap();
    }
    for task in &plan.tasks {
        write!(out, "{} {:?}", task.id, task.title).unwrap();
        compact_fields(&mut out, task);
        out.push('\n');
    }
    out
}

fn compact_fields(out: &mut String, task: &Task) {
    for (name, list) in [("owns", &task.owns), ("reads", &task.reads), ("checks", &task.checks)] {
        if !list.is_empty() {
            write!(out, " {name}={list:?}").unwrap();
        }
    }
    if !task.after.is_empty() {
        write!(out, " after={}", task.after.iter().map(TaskId::as_str).collect::<Vec<_>>().join(","))
            .unwrap();
    }
    for used in &task.uses {
        write!(out, " uses={}*{}", used.resource, used.amount).unwrap();
    }
    if let Some(Estimate { low, likely, high }) = task.minutes {
        write!(out, " minutes={low}/{likely}/{high}").unwrap();
    }
    if task.kind != Kind::Change {
        write!(out, " kind={}", task.kind.name()).unwrap();
    }
    if task.status != Status::Todo {
        write!(out, " status={}", task.status.name()).unwrap();
    }
    for (name, value) in
        [("agent", &task.agent), ("model", &task.model), ("group", &task.group), ("text", &task.instructions)]
    {
        if !value.is_empty() {
            write!(out, " {name}={value:?}").unwrap();
        }
    }
    for accepted in &task.accepts {
        write!(out, " accepts={}:{:?}", accepted.task, accepted.reason).unwrap();
    }
    for (name, value) in &task.unknown {
        write!(out, " {name}?={value}").unwrap();
    }
}

/// Reads a text and compares the plan and the problems (`line:column! message` for errors, `?` for hints, cut at the
/// first sentence) with what is expected.
#[track_caller]
fn check_parse(text: &str, expected: &str) {
    let parsed = parse(text);
    let mut actual = compact(&parsed.plan);
    for problem in &parsed.problems {
        let sign = if problem.is_error { '!' } else { '?' };
        let sentence = problem.message.split_inclusive(". ").next().unwrap_or_default().trim();
        writeln!(actual, "{}:{}{sign} {sentence}", problem.line, problem.column).unwrap();
    }
    let unindented = |text: &str| {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    let (actual, expected) = (unindented(&actual), unindented(expected));
    assert!(actual == expected, "\n--- text\n{text}\n--- read as\n{actual}\n--- expected\n{expected}\n");
    assert_eq!(parsed.task_lines.len(), parsed.plan.tasks.len());
}

/// Reads a text and compares what is printed from it.
#[track_caller]
fn check_print(text: &str, spelling: Spelling, expected: &str) {
    let printed = print(&parse(text).plan, spelling);
    assert!(printed == expected, "\n--- text\n{text}\n--- printed\n{printed}\n--- expected\n{expected}\n");
}

const CHECKOUT: &str = "\
# Checkout rewrite
> agents: claude, codex · at most 3 · default ~30m · overhead ~2m · unknown alone
> capacity: db 1, api-quota 3

Carts must survive a restart.

## Backend
- T1 Cart schema @owns(db/**, migrations/0042_*.sql) ~20m
  Create tables for carts. Do not touch users.
- T2 API endpoints @owns(src/api/**) @reads(db/schema.sql) @after(T1) @uses(db, port:3000, api-quota 2) ~45m @agent(codex)

## Shop
- [x] T5 Docs @owns(docs/**) ~10m..15m..1h30m @kind(docs) @check(cargo test) @accept(T4: only adds a file)
- [~] Login page @id(login) @owns(\"docs/a, b/*.md\", src/{a,b}/f(1).rs) @after(T1, T2)
";

#[test]
fn a_whole_plan_is_read() {
    check_parse(
        CHECKOUT,
        r#"
        title "Checkout rewrite"
        goal "Carts must survive a restart."
        settings max=3 default=30 overhead=2 alone=true agents=["claude", "codex"]
        resource "db" 1
        resource "api-quota" 3
        T1 "Cart schema" owns=["db/**", "migrations/0042_*.sql"] minutes=20/20/20 group="Backend" text="Create tables for carts. Do not touch users."
        T2 "API endpoints" owns=["src/api/**"] reads=["db/schema.sql"] after=T1 uses=db*1 uses=port:3000*1 uses=api-quota*2 minutes=45/45/45 agent="codex" group="Backend"
        T5 "Docs" owns=["docs/**"] checks=["cargo test"] minutes=10/15/90 kind=docs status=done group="Shop" accepts=T4:"only adds a file"
        login "Login page" owns=["docs/a, b/*.md", "src/{a,b}/f(1).rs"] after=T1,T2 status=running group="Shop"
        "#,
    );
}

#[test]
fn printing_a_canonical_text_gives_it_back() {
    check_print(CHECKOUT, Spelling::Typing, CHECKOUT);
}

#[test]
fn a_document_has_its_tags_in_code_spans() {
    check_print(
        CHECKOUT,
        Spelling::Document,
        "\
# Checkout rewrite
> `agents: claude, codex · at most 3 · default ~30m · overhead ~2m · unknown alone`
> capacity: db 1, api-quota 3

Carts must survive a restart.

## Backend
- [ ] T1 Cart schema `@owns(db/**, migrations/0042_*.sql) ~20m`

  Create tables for carts. Do not touch users.
- [ ] T2 API endpoints `@owns(src/api/**) @reads(db/schema.sql) @after(T1) @uses(db, port:3000, api-quota 2) ~45m @agent(codex)`

## Shop
- [x] T5 Docs `@owns(docs/**) ~10m..15m..1h30m @kind(docs) @check(cargo test) @accept(T4: only adds a file)`
- [ ] Login page `@id(login) @owns(\"docs/a, b/*.md\", src/{a,b}/f(1).rs) @after(T1, T2) @status(running)`
",
    );
}

#[test]
fn bullets_boxes_and_ids_come_in_many_forms() {
    check_parse(
        "* T1 star\n1. T2 number\n- [ ] T3 open\n- [X] T4 done\n- [~] T5 running\n- [!] T6 failed\n- [-] T7 dropped\n\
         - S3 upload\n- T123456 too long\n- T8: colon\n- @id(login)\n- T9\n-\n- [ ]\n- [P] T1 marked\n- [x] [US1] T2\n",
        r#"
        T1 "star"
        T2 "number"
        T3 "open"
        T4 "done" status=done
        T5 "running" status=running
        T6 "failed" status=failed
        T7 "dropped" status=dropped
        T10 "S3 upload"
        T11 "T123456 too long"
        T12 "T8: colon"
        login ""
        T9 ""
        T13 "[P] T1 marked"
        T14 "[US1] T2" status=done
        "#,
    );
}

#[test]
fn tags_stand_anywhere_in_any_order_and_spelling() {
    check_parse(
        "- ~20m T1 @owns(a) Fix @reads( b , \"c, d\" ,e{1,2}(3,4) )  login `@agent(codex) ~5m` now\n\
         - T2 Code `a @owns(b)` and `@owns(c)` and @owns(d)@reads(e)\n\
         - T3 Wrapped\n  @owns(a,b)\n  `@reads(c)` ~1h\n  @owns(x) is not a tag line\n  @reads(x)\n",
        r#"
        T4 "T1 Fix login now" owns=["a"] reads=["b", "c, d", "e{1,2}(3,4)"] minutes=5/5/5 agent="codex"
        T2 "Code `a @owns(b)` and and" owns=["c", "d"] reads=["e"]
        T3 "Wrapped" owns=["a", "b"] reads=["c"] minutes=60/60/60 text="@owns(x) is not a tag line\n@reads(x)"
        1:80? The minutes are given twice; these ones count.
        "#,
    );
}

#[test]
fn minutes_and_ranges_are_read() {
    check_parse(
        "- T1 a ~20m\n- T2 b ~1h30m\n- T3 c ~2h\n- T4 d ~10m..20m..1h\n- T5 ~5 files and ~5k lines\n- T6 e ~0m\n\
         - T7 f ~90min\n- T8 g ~1.5h ok\n- T9 h ~10m..20m\n- T10 i ~30m..10m..20m\n- T11 j ~99999999999h\n- T12 k ~20m, then\n",
        r#"
        T1 "a" minutes=20/20/20
        T2 "b" minutes=90/90/90
        T3 "c" minutes=120/120/120
        T4 "d" minutes=10/20/60
        T5 "~5 files and ~5k lines"
        T6 "e" minutes=0/0/0
        T7 "f ~90min"
        T8 "g ~1.5h ok"
        T9 "h ~10m..20m"
        T10 "i" minutes=10/20/30
        T11 "j" minutes=100000/100000/100000
        T12 "k ~20m, then"
        7:8! `~90min` is not a duration and stays in the title.
        8:8! `~1.5h` is not a duration and stays in the title.
        9:8! `~10m..20m` is not a duration and stays in the title.
        10:9? `~30m..10m..20m` is read as 10, 20 and 30 minutes: an estimate goes from low to high and ends at 100000.
        11:9? `~99999999999h` is read as 100000, 100000 and 100000 minutes: an estimate goes from low to high and ends at 100000.
        12:9! `~20m` is not a duration and stays in the title.
        "#,
    );
}

#[test]
fn problems_have_a_place_a_reason_and_a_way_out() {
    check_parse(
        "- T1 a @owns(src/a @after(T2) ~5m\n- T1 twice\n- T3 b @after() @reads(x,,y)\n- T4 c @risk(high) @risk(3) @owns\n\
         - T5 d @kind(magic) @status(gone) @accept(: why) @agent()\n- T6 e @owns(\"a, b) ~5m\n- T7 f @owns(unclosed ~1h\n- ü @minutes(3)\n",
        r#"
        T1 "a" owns=["src/a"] after=T2 minutes=5/5/5
        T8 "twice"
        T3 "b" reads=["x", "y"]
        T4 "c @owns" risk?=["high",3]
        T5 "d"
        T6 "e" owns=["\"a", "b"] minutes=5/5/5
        T7 "f" owns=["unclosed"] minutes=60/60/60
        T9 "ü" @minutes?=3
        1:8! The parenthesis of `@owns(` is not closed, so it is read up to `src/a`.
        2:1! `T1` is the id of an earlier task, so this one is called T8.
        3:8? `@after()` lists nothing.
        3:26? There is nothing between two commas here.
        4:8? There is no tag `@risk`.
        4:20? There is no tag `@risk`.
        4:29? `@owns` has no parentheses and stays in the title.
        5:14! `magic` is no kind and is left out.
        5:29! `gone` is no status and is left out.
        5:35! `@accept` names no task.
        5:50? `@agent()` is empty and says nothing.
        6:14! The quotes around `"a` do not end where the value ends.
        7:8! The parenthesis of `@owns(` is not closed, so it is read up to `unclosed`.
        8:5? There is no tag `@minutes`.
        "#,
    );
}

#[test]
fn what_is_too_much_is_said() {
    let patterns: Vec<String> = (0..65).map(|number| format!("f{number}")).collect();
    let parsed = parse(&format!("- T1 a @owns({})\n", patterns.join(",")));
    assert_eq!(parsed.plan.tasks[0].owns, patterns);
    assert_eq!(
        parsed.problems[0].message,
        "The task lists 65 patterns. Use wider ones, or split the task: more than 64 are slow and hard to judge."
    );

    let parsed = parse(&"- a\n".repeat(10_002));
    assert_eq!(parsed.plan.tasks.len(), 10_000);
    let [problem] = &parsed.problems[..] else { panic!("{:?}", parsed.problems) };
    assert_eq!(
        (problem.line, problem.message.as_str()),
        (10_001, "A plan holds 10000 tasks; this one and all below are not read.")
    );

    let parsed = parse(&format!("- T1 {}\n  {}\n", "a".repeat(5_000), "b".repeat(200_001)));
    let messages: Vec<_> = parsed.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        messages,
        ["Title: the first 4000 bytes are kept.", "Instructions: the first 200000 bytes are kept."]
    );
}

#[test]
fn plain_lines_are_the_goal_before_tasks_and_notes_among_them() {
    check_parse(
        "Make it fast.\n\n    code\n\\- no task\n> a quotation\n- T1 a\nnote\n---\n> at most 2 · what\n<!-- hidden -->\n  still its words\n\
         # Second\n- T2 b\n# Third\n  lost\n",
        r#"
        title "Second"
        goal "Make it fast.\n\n    code\n- no task\n> a quotation"
        settings max=2 default=20 overhead=0 alone=false agents=[]
        T1 "a" text="still its words"
        T2 "b"
        5:3? `a quotation` is not a setting.
        7:1? This line belongs to no task.
        9:15! `what` is not a setting.
        14:1? A plan has one title, so “Third” is read as a group.
        15:3? This line belongs to no task.
        "#,
    );
}

#[test]
fn lines_without_bullets_are_tasks_when_no_line_has_one() {
    check_parse(
        "Fix login ~20m\n  With care.\n  - step\n\nT4 Write docs @owns(docs/**)\n[x] Ship",
        r#"
        T5 "Fix login" minutes=20/20/20 text="With care.\n- step"
        T4 "Write docs" owns=["docs/**"]
        T6 "Ship" status=done
        "#,
    );
    check_parse(
        "# Plan\nThe goal.\nFix login ~20m\n## Group\nWrite docs\n",
        r#"
        title "Plan"
        goal "The goal."
        T1 "Fix login" minutes=20/20/20
        T2 "Write docs" group="Group"
        "#,
    );
}

#[test]
fn lines_that_lost_their_bullets_are_told_by_their_ids() {
    check_parse(
        "Checkout rewrite\nBackend\nT1 Cart schema @owns(db/**) ~20m\nCreate tables.\n[x] T2 Docs\nShop\n",
        r#"
        goal "Checkout rewrite\nBackend"
        T1 "Cart schema" owns=["db/**"] minutes=20/20/20
        T2 "Docs" status=done
        4:1? This line belongs to no task.
        6:1? This line belongs to no task.
        "#,
    );
}

#[test]
fn instructions_are_verbatim() {
    check_parse(
        "- T1 a\n\n    ```\n    - code\n\n      # deeper\n    ```\n\n\n- T2 b\n\tone\n\t\ttwo\n  - T3 in an indented list\n    its words\n## G\n  - T4 c\n    d\n  - T5 e\n",
        r#"
        T1 "a" text="```\n- code\n\n  # deeper\n```"
        T2 "b" text="one\n\ttwo\n - T3 in an indented list\n   its words"
        T4 "c" group="G" text="d"
        T5 "e" group="G"
        "#,
    );
}

#[test]
fn settings_take_several_lines_and_lists() {
    check_parse(
        "> agents: a, \"b; c\" ; at most 3\n> default ~1h · overhead ~x\n> `capacity: db 2, gpu, \"room 7\" 1`\n> at most 0\n\
         > @id(k3) · @theme({\"dark\": true}) @json({\"my field\": 1})\n- T1 x\n",
        r#"
        plan "k3"
        settings max=3 default=60 overhead=0 alone=false agents=["a", "b; c"]
        resource "db" 2
        resource "gpu" 1
        resource "room 7" 1
        unknown theme={"dark":true}
        unknown my field=1
        T1 "x"
        2:17! `overhead ~x` has no duration that can be read.
        4:3! `at most 0` is not a number of tasks.
        "#,
    );
}

#[test]
fn patterns_that_lost_their_asterisks_are_noticed() {
    check_parse(
        "- T2 API @owns(src/api/) @reads(src//db.rs, \"src//ok.rs\", src/.rs, a_b/_test.rs, db/0042_.sql, .env, .github/x)\n",
        r#"
        T2 "API" owns=["src/api/"] reads=["src//db.rs", "src//ok.rs", "src/.rs", "a_b/_test.rs", "db/0042_.sql", ".env", ".github/x"]
        1:16? `src/api/` is read as everything below that folder.
        1:33! The asterisks of `src//db.rs` may have been lost, as happens in text copied from a rendered page.
        1:59! The asterisks of `src/.rs` may have been lost, as happens in text copied from a rendered page.
        1:82! The asterisks of `db/0042_.sql` may have been lost, as happens in text copied from a rendered page.
        "#,
    );
    check_parse("- T1 a @owns(src/api/, db/*)\n", r#"T1 "a" owns=["src/api/", "db/*"]"#);
}

#[test]
fn line_ends_and_marks_of_byte_order_do_not_matter() {
    let expected = "title \"P\"\ngoal \"G\\n\\nH\"\nT1 \"a\" text=\"b\\n\\nc\"\nT2 \"d e\"\n";
    let text = "# P\nG\n\nH\n- T1 a\n  b\n\n  c\n- T2 d\te\n";
    for end in ["\n", "\r\n", "\r"] {
        check_parse(&format!("\u{feff}{}", text.replace('\n', end)), expected);
    }
}

#[test]
fn headings_have_six_levels_and_code_spans_three_backticks() {
    check_parse(
        "###### G\n- T1 a ```@owns({a,{b,c},d}, f((x),y))``` ````@owns(z)````\n  deeper\n####### I\n#I\n# @title(\"a@b\")\n",
        r#"
        title "a@b"
        T1 "a ````@owns(z)````" owns=["{a,{b,c},d}", "f((x),y)"] group="G" text="deeper"
        4:1? This line belongs to no task.
        5:1? This line belongs to no task.
        "#,
    );
    check_print("# By @all\n- T1 a\n", Spelling::Document, "# `@title(\"By @all\")`\n\n- [ ] T1 a\n");
}

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

/// Prints the plan of one task line in both spellings.
#[track_caller]
fn check_spellings(text: &str, typing: &str, document: &str) {
    check_print(text, Spelling::Typing, &format!("{typing}\n"));
    check_print(text, Spelling::Document, &format!("{document}\n"));
}

#[test]
fn odd_titles_and_values_are_spelled_so_that_they_read_back() {
    check_spellings(
        "- a *b* `c` d_e_f _g_ R&D <b>",
        "- T1 a *b* `c` d_e_f _g_ R&D <b>",
        r"- [ ] T1 a \*b\* \`c\` d_e_f \_g\_ R\&D \<b>",
    );
    check_spellings(
        r"- not \@owns(a tag)",
        "- T1 @title(\"not @owns(a tag)\")",
        "- [ ] T1 `@title(\"not @owns(a tag)\")`",
    );
    check_spellings("- ask @bob", "- T1 ask @bob", "- [ ] T1 `@title(\"ask @bob\")`");
    check_spellings("- T5 T6 x", "- T5 T6 x", "- [ ] T5 T6 x");
    check_spellings(
        "- x @id(a b) @owns(\"a, b\", \"a \\\"b\\\"\", \"`\", {a,b}) @check(run `x`)",
        r#"- x @id(a b) @owns("a, b", a "b", "\u0060", {a,b}) @check("run \u0060x\u0060")"#,
        r#"- [ ] x `@id(a b) @owns("a, b", a "b", "\u0060", {a,b}) @check("run \u0060x\u0060")`"#,
    );
    check_spellings(
        "- [~] T1 x @flag() @n(01) @s(\"01\") @o({\"a\": \"b)\"})",
        r#"- [~] T1 x @flag("") @n(01) @s(01) @o({"a":"b)"})"#,
        r#"- [ ] T1 x `@status(running) @flag("") @n(01) @s(01) @o({"a":"b)"})`"#,
    );
}

#[test]
fn groups_end_with_an_empty_heading() {
    check_print(
        "## A\n- T1 a\n##\n- T2 b\n### *C*\n- T3 c\n",
        Spelling::Document,
        "## A\n- [ ] T1 a\n\n##\n- [ ] T2 b\n\n## \\*C\\*\n- [ ] T3 c\n",
    );
}

#[test]
fn a_goal_without_tasks_stays_a_goal() {
    check_print("Just words\n", Spelling::Typing, "- T1 Just words\n");
    check_print("#\nJust words\n- or\n\\## two\n", Spelling::Typing, "Just words\n\n- T1 or\n");
    check_print("#\n\\T1 and\n\\T2 are\n", Spelling::Typing, "#\n\n\\T1 and\n\\T2 are\n");
    check_print("#\nJust words\n\\- or ~2m\n", Spelling::Typing, "#\n\nJust words\n\\- or ~2m\n");
}

#[test]
fn examples_of_the_documentation_are_read_without_problems() {
    let page = include_str!("../docs/plan-text.md");
    let examples: Vec<&str> =
        page.split("```markdown\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(examples.len(), 3);
    for example in examples {
        let parsed = parse(example);
        assert_eq!(parsed.problems, [], "{example}");
        assert!(!parsed.plan.tasks.is_empty());
    }
}

/// Reads a text, changes the plan, rewrites the text and compares it.
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
fn ids_are_written_down_and_nothing_else_changes() {
    let text = "- Fix   login ~20m\n- [x]  Docs\n* T7 Old\n1. [y] @owns(a)\n- Named @id(n)\n- T7 twice\n";
    assert_eq!(
        write_ids(text, &parse(text)),
        "- T8 Fix   login ~20m\n- [x] T9 Docs\n* T7 Old\n1. T10 [y] @owns(a)\n- Named @id(n)\n- T11 twice\n"
    );
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

/// Lines on which work that grows with the square of the length would take minutes.
#[test]
fn hostile_lines_are_read_in_linear_time() {
    for unit in [
        " @a( ~1m x\" ,\"",
        "` `` ``` ",
        " @owns(\"",
        " @owns({\"a\",",
        "@json({",
        " @owns(~1m ",
        " ~1min ",
        "\\",
        "(",
        "a\n",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        let parsed = parse(&format!("- {text}"));
        assert!(parsed.problems.len() <= 1_001);
        assert_eq!(normalise(&mut parsed.plan.clone()), Vec::<String>::new());
        highlight(&text);
    }
}

/// Compares the coloured pieces of a text, each as `Kind` and the words.
#[track_caller]
fn check_highlight(text: &str, expected: &str) {
    let tokens: Vec<_> =
        highlight(text).into_iter().map(|token| format!("{:?} {}", token.kind, &text[token.range])).collect();
    let expected: Vec<_> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(tokens, expected, "\n{text}");
}

#[test]
fn every_piece_has_its_colour() {
    check_highlight(
        "# Shop\n> at most 3\n\nGoal\n- [x] T2 API \\@x @owns(\"a, b\", c) `@after(T1,T3) ~45m` more\n  @agent(codex) ~1h\n  Do it.\n\
         - @id(n) T5 ~90min @owns(a @check(b)\n",
        r#"
        Heading # Shop
        Settings > at most 3
        Bullet -
        Checkbox [x]
        Id T2
        Title API
        Title \@
        Title x
        TagName @owns(
        Pattern "a, b"
        Pattern c
        TagName )
        TagName `
        TagName @after(
        Reference T1
        Reference T3
        TagName )
        Minutes ~45m
        TagName `
        Title more
        TagName @agent(
        Value codex
        TagName )
        Minutes ~1h
        Instructions Do it.
        Bullet -
        TagName @id(
        Id n
        TagName )
        Title T5
        Error ~90min
        Error @owns(
        Pattern a
        TagName @check(
        Value b
        TagName )
        "#,
    );
}

/// Words that a grammar trips over, joined to strings.
fn nasty() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => prop::sample::select(vec![
            "@owns(a)", "@owns(", "@after", "@bob", "@x(y)", "~20m", "~1h30", "~", "T1", "T12345", "[x]", "[ ]", "- ", "* ", "1. ",
            "#", "##", "# ", ">", "> at most 3", "`", "``", "```", "`@owns(a)`", "`code`", "\"", "\\", "\\\\", "\\@", "\\`", "(", ")",
            "{", "}", "[", "]", ",", ":", ";", "·", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "<!-- c -->", "-->", "---", "*", "**", "_",
            "a_b", "&amp;", "<b>", "|", "\u{202e}", "\u{200b}", "e\u{301}\u{301}", "\u{1f469}\u{200d}\u{1f4bb}", "\u{feff}", "\u{a0}", "\u{2028}",
            "\0", "\u{85}", "src/**", "{a,b}", "!x", "null", "3", "\"q\"", "\\u0041", "](x)", "[a](b)", "[a]: b", "[a][b]", "@title(x)", "@json({})", "T1: why",
        ]).prop_map(str::to_owned),
        2 => "[a-z]{1,5}",
        1 => any::<char>().prop_map(String::from),
    ];
    vec(word, 0..6).prop_map(|words| words.concat())
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        nasty().prop_map(Into::into),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Into::into),
            vec((nasty(), inner), 0..3)
                .prop_map(|fields| serde_json::Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn unknown() -> impl Strategy<Value = phaseplan::plan::UnknownFields> {
    let name =
        prop_oneof![Just("risk".to_owned()), Just("owns".to_owned()), Just("json".to_owned()), nasty()];
    prop_oneof![
        3 => Just(Default::default()),
        1 => vec((name, json()), 0..3).prop_map(|fields| fields.into_iter().collect()),
    ]
}

prop_compose! {
    fn any_task()(
        id in prop_oneof![3 => "T[1-9][0-9]?", 1 => nasty()],
        title in nasty(),
        instructions in prop_oneof![2 => Just(String::new()), 1 => nasty()],
        owns in vec(nasty(), 0..3),
        reads in vec(nasty(), 0..2),
        after in vec(prop_oneof!["T[1-9]", nasty()], 0..3),
        uses in vec((nasty(), 0..3u32), 0..2),
        minutes in proptest::option::of((any::<u32>(), 0..200u32, 0..200u32)),
    )(
        agent in prop_oneof![2 => Just(String::new()), 1 => nasty()],
        model in prop_oneof![2 => Just(String::new()), 1 => nasty()],
        group in prop_oneof![3 => Just(String::new()), 3 => Just("G".to_owned()), 1 => nasty()],
        kind in prop::sample::select(&Kind::ALL[..]),
        status in prop::sample::select(&Status::ALL[..]),
        checks in vec(nasty(), 0..2),
        accepts in vec((nasty(), nasty()), 0..2),
        unknown in unknown(),
        (id, title, instructions, owns, reads, after, uses, minutes) in
            Just((id, title, instructions, owns, reads, after, uses, minutes)),
    ) -> Task {
        Task {
            id: TaskId(id),
            title,
            instructions,
            owns,
            reads,
            after: after.into_iter().map(TaskId).collect(),
            uses: uses.into_iter().map(|(resource, amount)| ResourceUse { resource, amount }).collect(),
            minutes: minutes.map(|(low, likely, high)| Estimate { low, likely, high }),
            agent,
            model,
            kind,
            group,
            status,
            checks,
            accepts: accepts
                .into_iter()
                .map(|(task, reason)| Acceptance { task: TaskId(task), reason })
                .collect(),
            unknown,
        }
    }
}

prop_compose! {
    fn any_plan()(
        id in prop_oneof![2 => Just(String::new()), 1 => nasty()],
        title in nasty(),
        goal in prop_oneof![1 => Just(String::new()), 1 => nasty()],
        (max_parallel, default_minutes, phase_overhead, unknown_runs_alone) in
            (any::<u32>(), any::<u32>(), 0..100u32, any::<bool>()),
        agents in vec(nasty(), 0..3),
        resources in vec((nasty(), any::<u32>()), 0..3),
        tasks in vec(any_task(), 0..4),
        unknown in unknown(),
        usual in any::<bool>(),
    ) -> Plan {
        let settings = Settings { max_parallel, default_minutes, phase_overhead, unknown_runs_alone, agents };
        Plan {
            id,
            title,
            goal,
            settings: if usual { Settings::default() } else { settings },
            resources: resources.into_iter().map(|(name, capacity)| Resource { name, capacity }).collect(),
            tasks,
            unknown,
        }
    }
}

/// What is seen of each item of a list in rendered Markdown: without the marks of emphasis.
fn visible_items(markdown: &str) -> Vec<String> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let mut items: Vec<String> = Vec::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH) {
        match (event, items.last_mut()) {
            (Event::Start(Tag::Item), _) => items.push(String::new()),
            (Event::Text(words) | Event::Code(words), Some(item)) => item.push_str(&words),
            _ => {}
        }
    }
    items
}

/// Patterns as people write them: whole folders, anything at any depth, files by their ending or by the start of their name.
fn usual_pattern() -> impl Strategy<Value = String> {
    let folder = prop::sample::select(&["src", "docs/api", "packages/web", "a"][..]);
    let ending =
        prop::sample::select(&["rs", "tsx", "py", "png", "json", "yml", "svelte", "proto", "lock"][..]);
    let name = prop::sample::select(&["schema", "Button", "0042"][..]);
    (folder, ending, name, 0..7u8).prop_map(|(folder, ending, name, form)| match form {
        0 => format!("{folder}/**"),
        1 => format!("{folder}/**/{name}.{ending}"),
        2 => format!("{folder}/*.{ending}"),
        3 => format!("{folder}/**/*.{ending}"),
        4 => format!("**/*.{ending}"),
        5 => format!("{folder}/{name}_*.{ending}"),
        _ => format!("{folder}/{name}.{ending}"),
    })
}

/// What a reader of rendered Markdown sees of each task line, and what of it is not in a code span.
fn visible_task_lines(markdown: &str) -> Vec<(String, String)> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let options = Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for event in Parser::new_ext(markdown, options) {
        match (event, lines.last_mut()) {
            (Event::Start(Tag::Item), _) => {
                lines.push((String::new(), String::new()));
                open = true;
            }
            (Event::TaskListMarker(done), Some((seen, _))) => {
                seen.push_str(if done { "[x] " } else { "[ ] " })
            }
            (Event::Text(words), Some((seen, bare))) if open => {
                seen.push_str(&words);
                bare.push_str(&words);
            }
            (Event::Code(words), Some((seen, _))) if open => seen.push_str(&words),
            (Event::Start(Tag::Paragraph | Tag::Emphasis | Tag::Strong), _) => {}
            (Event::TaskListMarker(_) | Event::Text(_) | Event::Code(_), _) => {}
            // Anything else in a task line would be lost to whoever copies it.
            _ => open = false,
        }
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_back(mut plan in any_plan()) {
        normalise(&mut plan);
        for spelling in [Spelling::Typing, Spelling::Document] {
            let text = print(&plan, spelling);
            let read = parse(&text).plan;
            prop_assert!(read == plan, "\n{text}\n--- read\n{}\n--- meant\n{}", compact(&read), compact(&plan));
            prop_assert_eq!(print(&read, spelling), text);
        }
    }

    #[test]
    fn a_pattern_that_a_renderer_damaged_is_told_on_its_line(
        lines in vec((vec(usual_pattern(), 1..4), vec(usual_pattern(), 0..3)), 1..4)
    ) {
        let mut text = String::new();
        for (number, (owns, reads)) in lines.iter().enumerate() {
            let reads = if reads.is_empty() { String::new() } else { format!(" @reads({})", reads.join(", ")) };
            text += &format!("- T{} Task @owns({}){reads} ~10m\n", number + 1, owns.join(", "));
        }
        let seen = visible_items(&text);
        prop_assert_eq!(seen.len(), lines.len());
        for ((owns, reads), line) in lines.iter().zip(seen) {
            let read = parse(&format!("- {line}\n"));
            let task = &read.plan.tasks[0];
            // A folder with its slash means everything below it, with asterisks and without.
            let meant = |list: &[String]| list.iter().map(|one| one.replace("/**", "/")).collect::<Vec<_>>();
            if [&task.owns, &task.reads].map(|list| meant(list)) != [owns, reads].map(|list| meant(list)) {
                // What starts with `/` is no path of the repository, which the analysis reports.
                let is_refused = task.owns.iter().chain(&task.reads).any(|pattern| pattern.starts_with('/'));
                prop_assert!(!read.problems.is_empty() || is_refused, "{line} was {owns:?} and {reads:?}");
            }
        }
    }

    #[test]
    fn normal_form_is_kept(mut plan in any_plan()) {
        normalise(&mut plan);
        let before = plan.clone();
        prop_assert_eq!(normalise(&mut plan), Vec::<String>::new());
        prop_assert_eq!(plan, before);
    }

    #[test]
    fn any_text_is_read_as_a_plan_in_normal_form(lines in vec(nasty(), 0..12), text in ".{0,40}") {
        for text in [lines.join("\n"), lines.concat(), text] {
            let mut plan = parse(&text).plan;
            let before = plan.clone();
            prop_assert_eq!(normalise(&mut plan), Vec::<String>::new());
            prop_assert_eq!(plan, before);
        }
    }

    #[test]
    fn a_rewritten_text_reads_as_the_plan(from in any_plan(), mut to in any_plan(), keep in any::<u8>(), loose in any::<bool>()) {
        let mut from = from;
        normalise(&mut from);
        // Let some tasks of one plan be in the other, so that there is something to keep.
        for (place, task) in from.tasks.iter().enumerate() {
            if keep >> place & 1 == 1 {
                to.tasks.insert(usize::from(keep >> 4) % (to.tasks.len() + 1), task.clone());
            }
        }
        normalise(&mut to);
        let spelling = if loose { Spelling::Typing } else { Spelling::Document };
        let text = print(&from, spelling);
        let text = if loose { text.replace(") @", ")   @").replace("- T", "-  T") } else { text };
        let before = parse(&text).plan;
        let rewritten = rewrite(&text, &parse(&text).plan, &to);
        prop_assert_eq!(&parse_onto(&to, &rewritten).plan, &to, "\n{}\n--- rewritten\n{}", text, rewritten);
        if before.id.is_empty() {
            to.id.clear();
        }
        prop_assert_eq!(&parse(&rewritten).plan, &to, "\n{}\n--- rewritten\n{}", text, rewritten);
    }

    #[test]
    fn lines_of_untouched_tasks_stay(
        mut from in any_plan(), task in any_task(), at in 0..5usize, how in 0..4u8, spaces in " {1,3}"
    ) {
        normalise(&mut from);
        let text = print(&from, Spelling::Typing).replace(") @", &format!("){spaces}@"));
        let read = parse(&text);
        let mut to = read.plan.clone();
        let place = at % (to.tasks.len() + 1);
        match how {
            0 => to.tasks.insert(place, task),
            1 if place < to.tasks.len() => drop(to.tasks.remove(place)),
            2 if place < to.tasks.len() => to.tasks.rotate_left(place),
            _ if place < to.tasks.len() => to.tasks[place].owns = task.owns,
            _ => to.goal = task.instructions,
        }
        normalise(&mut to);
        let rewritten = rewrite(&text, &parse(&text).plan, &to);
        let reread = parse(&rewritten);
        let lines = |text: &str, range: std::ops::Range<usize>| -> Vec<String> {
            text.lines().skip(range.start).take(range.len()).map(str::to_owned).collect()
        };
        for (task, range) in read.plan.tasks.iter().zip(&read.task_lines) {
            let Some(place) = reread.plan.tasks.iter().position(|new| new == task) else { continue };
            prop_assert_eq!(
                lines(&text, range.clone()),
                lines(&rewritten, reread.task_lines[place].clone()),
                "\n{}\n--- rewritten\n{}", text, rewritten
            );
        }
    }

    #[test]
    fn colours_are_in_order_and_do_not_overlap(lines in vec(nasty(), 0..12)) {
        for text in [lines.join("\n"), lines.concat()] {
            let mut end = 0;
            for token in highlight(&text) {
                prop_assert!(token.range.start >= end && token.range.start < token.range.end, "{token:?} in {text:?}");
                end = token.range.end;
                prop_assert!(text.get(token.range).is_some());
            }
        }
    }

    #[test]
    fn a_rendered_document_still_says_the_same_tasks(mut plan in any_plan()) {
        // The goal and instructions are the author's own Markdown; only what phaseplan writes around them is tested.
        plan.goal.clear();
        plan.tasks.iter_mut().for_each(|task| {
            task.instructions.clear();
            task.group.clear();
        });
        normalise(&mut plan);
        let document = print(&plan, Spelling::Document);
        let header = print(&Plan { tasks: Vec::new(), ..plan.clone() }, Spelling::Document);
        let tasks = document.strip_prefix(&header).unwrap_or(&document);
        let seen = visible_task_lines(tasks);
        prop_assert_eq!(seen.len(), plan.tasks.len(), "{}", document);
        for (task, (line, outside_code)) in plan.tasks.iter().zip(seen) {
            prop_assert_eq!(&parse(&format!("- {line}")).plan.tasks[..], std::slice::from_ref(task), "{}", document);
            prop_assert!(!outside_code.contains('@'), "{}", document);
        }
    }
}
