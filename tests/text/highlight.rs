//! Highlighting of plan text.

use phaseplan::text::highlight;

/// Compares the tokens of a text, each as `Kind` and its words.
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
        "# Shop\n> at most 3\n\nGoal\n- [x] T2 API \\@x @owns(\"a, b\", c) `@after(T1,T3) ~45m` \
         more\n  @agent(codex) ~1h\n  Do it.\n- @id(n) T5 ~90min @owns(a @check(b)\n",
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
