//! Parsing, and its problems.

use phaseplan::diagnostic::Diagnostic;
use phaseplan::plan::normal::normalise;
use phaseplan::text::{Spelling, highlight, parse};

use crate::{CHECKOUT, check_parse, check_print};

#[test]
fn a_whole_plan_is_read() {
    check_parse(
        CHECKOUT,
        r#"
        title "Checkout rewrite"
        goal "Carts must survive a restart."
        settings max=3 default=30 overhead=2 beside=true agents=["claude", "codex"]
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
fn bullets_boxes_and_ids_come_in_many_forms() {
    check_parse(
        "* T1 star\n1. T2 number\n- [ ] T3 open\n- [X] T4 done\n- [~] T5 running\n- [!] T6 failed\n- [-] T7 \
         dropped\n- S3 upload\n- T123456 too long\n- T8: colon\n- @id(login)\n- T9\n-\n- [ ]\n- [P] T1 \
         marked\n- [x] [US1] T2\n",
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
        1:80? The minutes are given twice; these count.
        "#,
    );
}

#[test]
fn minutes_and_ranges_are_read() {
    check_parse(
        "- T1 a ~20m\n- T2 b ~1h30m\n- T3 c ~2h\n- T4 d ~10m..20m..1h\n- T5 ~5 files and ~5k lines\n- T6 e \
         ~0m\n- T7 f ~90min\n- T8 g ~1.5h ok\n- T9 h ~10m..20m\n- T10 i ~30m..10m..20m\n- T11 j \
         ~99999999999h\n- T12 k ~20m, then\n",
        r#"
        T1 "a" minutes=20/20/20
        T2 "b" minutes=90/90/90
        T3 "c" minutes=120/120/120
        T4 "d" minutes=10/20/60
        T5 "~5 files and ~5k lines"
        T6 "e" minutes=0/0/0
        T7 "f ~90min"
        T8 "g ok" minutes=90/90/90
        T9 "h ~10m..20m"
        T10 "i" minutes=10/20/30
        T11 "j" minutes=100000/100000/100000
        T12 "k ~20m, then"
        7:8! `~90min` is not a duration, so it is part of the title.
        9:8! `~10m..20m` is not a duration, so it is part of the title.
        10:9? `~30m..10m..20m` is read as 10, 20 and 30 minutes: an estimate goes from low to high and ends at 100000.
        11:9? `~99999999999h` is read as 100000, 100000 and 100000 minutes: an estimate goes from low to high and ends at 100000.
        12:9! `~20m` is not a duration, so it is part of the title.
        "#,
    );
}

#[test]
fn problems_have_a_place_a_reason_and_a_way_out() {
    check_parse(
        "- T1 a @owns(src/a @after(T2) ~5m\n- T1 twice\n- T3 b @after() @reads(x,,y)\n- T4 c @risk(high) \
         @risk(3) @owns\n- T5 d @kind(magic) @status(gone) @accept(: why) @agent()\n- T6 e @owns(\"a, b) \
         ~5m\n- T7 f @owns(unclosed ~1h\n- ü @minutes(3)\n",
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
        2:3! `T1` is the id of an earlier task, so this one is called T8.
        3:8? `@after()` lists nothing.
        3:26? There is nothing between two commas here.
        4:8? There is no tag `@risk`.
        4:20? There is no tag `@risk`.
        4:29? `@owns` has no parentheses, so it is part of the title.
        5:14! `magic` isn't a known kind, so it is ignored.
        5:29! `gone` isn't a known status, so it is ignored.
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
        parsed.problems[0].sentences(),
        "The task lists 65 patterns. Use wider ones, or split the task: more than 64 are slow and hard to \
         judge."
    );

    let parsed = parse(&"- a\n".repeat(10_002));
    assert_eq!(parsed.plan.tasks.len(), 10_000);
    let [problem] = &parsed.problems[..] else { panic!("{:?}", parsed.problems) };
    assert_eq!(
        (problem.location.as_ref().unwrap().line, problem.sentences().as_str()),
        (10_001, "A plan holds at most 10000 tasks; this one and all below it are not read.")
    );

    let parsed = parse(&format!("- T1 {}\n  {}\n", "a".repeat(5_000), "b".repeat(200_001)));
    let messages: Vec<_> = parsed.problems.iter().map(Diagnostic::sentences).collect();
    assert_eq!(
        messages,
        ["Title: the first 4000 bytes are kept.", "Instructions: the first 200000 bytes are kept."]
    );
}

#[test]
fn plain_lines_are_the_goal_before_tasks_and_notes_among_them() {
    check_parse(
        "Make it fast.\n\n    code\n\\- no task\n> a quotation\n- T1 a\nnote\n---\n> at most 2 · what\n<!-- \
         hidden -->\n  still its words\n# Second\n- T2 b\n# Third\n  lost\n",
        r#"
        title "Second"
        goal "Make it fast.\n\n    code\n- no task\n> a quotation"
        settings max=2 default=20 overhead=0 beside=false agents=[]
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
        "- T1 a\n\n    ```\n    - code\n\n      # deeper\n    ```\n\n\n- T2 b\n\tone\n\t\ttwo\n  - T3 in an \
         indented list\n    its words\n## G\n  - T4 c\n    d\n  - T5 e\n",
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
        "> agents: a, \"b;c\" ; at most 3\n> default ~1h · overhead ~x\n> `capacity: db 2, gpu, \"room 7\" \
         1`\n> at most 0\n> @id(k3) · @theme({\"dark\": true}) @json({\"my field\": 1})\n- T1 x\n",
        r#"
        plan "k3"
        settings max=3 default=60 overhead=0 beside=false agents=["a", "b;c"]
        resource "db" 2
        resource "gpu" 1
        resource "room 7" 1
        unknown theme={"dark":true}
        unknown my field=1
        T1 "x"
        2:17! `overhead ~x` has no readable duration.
        4:3! `at most 0` is not a number of tasks.
        "#,
    );
}

#[test]
fn patterns_that_lost_their_asterisks_are_noticed() {
    check_parse(
        "- T2 API @owns(src/api/) @reads(src//db.rs, \"src//ok.rs\", src/.rs, a_b/_test.rs, db/0042_.sql, \
         .env, .github/x)\n",
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
        "###### G\n- T1 a ```@owns({a,{b,c},d}, f((x),y))``` ````@owns(z)````\n  deeper\n####### I\n#I\n# \
         @title(\"a@b\")\n",
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
fn what_a_task_returns_is_words_or_json() {
    check_parse(
        "- T1 a @returns(the list of callers)\n- T2 b @returns({\"a\": [1, null]})\n- T3 c @returns(x) \
         @returns(\"5\")\n- T4 d @returns()\n",
        r#"
        T1 "a" returns="the list of callers"
        T2 "b" returns={"a":[1,null]}
        T3 "c" returns="5"
        T4 "d"
        4:8? `@returns()` is empty and says nothing.
        "#,
    );
}

#[test]
fn examples_of_the_documentation_are_read_without_problems() {
    let page = include_str!("../../docs/plan-text.md");
    let examples: Vec<&str> =
        page.split("```markdown\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(examples.len(), 3);
    for example in examples {
        let parsed = parse(example);
        assert_eq!(parsed.problems, [], "{example}");
        assert!(!parsed.plan.tasks.is_empty());
    }
}

/// Lines on which a quadratic algorithm would take minutes.
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
        assert_eq!(normalise(&mut parsed.plan.clone()), []);
        highlight(&text);
    }
}
