//! Printing.

use phaseplan::text::Spelling;

use crate::{CHECKOUT, check_print};

#[test]
fn printing_a_canonical_text_gives_it_back() {
    check_print(CHECKOUT, Spelling::Typing, CHECKOUT);
}

#[test]
fn a_document_has_its_tags_in_code_spans() {
    check_print(
        CHECKOUT,
        Spelling::Document,
        "# Checkout rewrite
> `agents: claude, codex · at most 3 · default ~30m · overhead ~2m · unknown \
         beside`
> capacity: db 1, api-quota 3

Carts must survive a restart.

## Backend
- [ ] T1 Cart \
         schema `@owns(db/**, migrations/0042_*.sql) ~20m`

  Create tables for carts. Do not touch users.
- \
         [ ] T2 API endpoints `@owns(src/api/**) @reads(db/schema.sql) @after(T1) @uses(db, port:3000, \
         api-quota 2) ~45m @agent(codex)`

## Shop
- [x] T5 Docs `@owns(docs/**) ~10m..15m..1h30m \
         @kind(docs) @check(cargo test) @accept(T4: only adds a file)`
- [ ] Login page `@id(login) \
         @owns(\"docs/a, b/*.md\", src/{a,b}/f(1).rs) @after(T1, T2) @status(running)`
",
    );
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
        "- x @id(a.b) @owns(\"a, b\", \"a \\\"b\\\"\", \"`\", {a,b}) @check(run `x`)",
        r#"- x @id(a.b) @owns("a, b", a "b", "\u0060", {a,b}) @check("run \u0060x\u0060")"#,
        r#"- [ ] x `@id(a.b) @owns("a, b", a "b", "\u0060", {a,b}) @check("run \u0060x\u0060")`"#,
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
