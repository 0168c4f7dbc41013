//! Checks small trees of files.

use super::*;

/// Files as `path: source`, one per line, each with its module declarations, and the tables of the document.
fn found(files: &[(&str, &str)], rooms: &[&str], cycles: &[&str]) -> Findings {
    let sources = files.iter().map(|(path, source)| (path.to_string(), source.to_string())).collect();
    let rooms: String = rooms.iter().map(|room| format!("| `{room}` | does something |\n")).collect();
    let cycles: String = cycles.iter().map(|files| format!("| {files} | a reason |\n")).collect();
    check(
        &sources,
        &format!(
            "# A\n\n## The rooms\n\nWords.\n\n| room | does |\n|---|---|\n{rooms}\n### Cycles between \
             files\n\n| files | why |\n|---|---|\n{cycles}\n## Next\n\n| `no` | room |\n"
        ),
    )
}

/// Compares the dependencies in a library, as `from > to`, one per line.
#[track_caller]
fn check_arrows(files: &[(&str, &str)], expected: &[&str]) {
    let sources = files.iter().map(|(path, source)| (path.to_string(), source.to_string())).collect();
    let arrows: Vec<String> =
        Tree::of(&sources).arrows().iter().map(|arrow| format!("{} > {}", arrow.from, arrow.to)).collect();
    assert_eq!(arrows, expected);
}

const LIB: (&str, &str) = ("lib.rs", "mod a;\npub mod b;\n");

#[test]
fn paths_are_followed_however_they_are_written() {
    for source in [
        "use crate::b::c::D;",
        "use crate::{b::c::{self, D as E}, b};",
        "use super::b::{c::D};",
        "use super::b; fn f() { b::c::g() }",
        "use crate::b::c; fn f() -> c::D { todo!() }",
        "fn f(x: &'static str) -> Vec<super::b::c::D> { todo!() }",
        "mod inner { use super::super::b::c::D; }",
        "pub(crate) use crate::b::c::*;",
        "use crate::b::D;",
        "use b::D; use crate::b;",
    ] {
        let files =
            [LIB, ("a.rs", source), ("b/mod.rs", "mod c; pub use c::D;"), ("b/c.rs", "pub struct D;")];
        let expected = ["a.rs > b/c.rs", "b/mod.rs > b/c.rs"];
        check_arrows(&files, &expected);
    }
}

#[test]
fn what_is_no_path_of_the_program_counts_nothing() {
    for source in [
        "// use crate::b::X;",
        "/* use crate::b::X; /* crate::b::X */ crate::b::X */",
        "const A: &str = \"crate::b::X \\\" crate::b::X\"; const B: char = '\"';",
        "const A: &str = r#\"crate::b::X \" crate::b::X\"#; const B: u8 = b'\\'';",
        "#[cfg(test)] mod tests { use crate::b::X; } #[cfg(test)] use crate::b::{X}; #[cfg(test)] mod more;",
        "#[cfg(test)] #[derive(Debug)] struct A { x: crate::b::X }",
        "#[cfg(doc)] use crate::b::X;",
        "use std::b::X; use b::X; fn f(b: B) { other::b::X }",
        "use crate::b;",
    ] {
        check_arrows(&[LIB, ("a.rs", source), ("a/more.rs", "use crate::b::X;"), ("b.rs", "")], &[]);
    }
}

#[test]
fn programs_use_the_library_by_its_name() {
    let files = [
        LIB,
        ("a.rs", ""),
        ("b.rs", ""),
        ("main.rs", "mod ui; fn main() { ui::run() }"),
        ("ui.rs", "use phaseplan::b::X; use crate::ui::Y;"),
        ("bin/worker/main.rs", "mod desk;"),
        ("bin/worker/desk.rs", "fn f() { phaseplan::a::g() }"),
    ];
    check_arrows(&files, &["bin/worker/desk.rs > a.rs", "main.rs > ui.rs", "ui.rs > b.rs"]);
}

#[test]
fn a_room_uses_rooms_above_it_in_the_table() {
    let files = [LIB, ("a.rs", "pub struct X;"), ("b.rs", "use super::a::X;")];
    assert_eq!(found(&files, &["a", "b"], &[]).problems, [""; 0]);
    assert_eq!(
        found(&files, &["b", "a"], &[]).problems,
        [
            "src/b.rs:1 uses src/a.rs, but `a` comes after `b` in the table.",
            "src/lib.rs lists `a` before `b`, the table after it."
        ]
    );
}

#[test]
fn the_table_has_a_row_for_each_room() {
    assert_eq!(
        found(&[LIB, ("a.rs", ""), ("b.rs", "")], &["a", "c"], &[]).problems,
        ["The table has no row for `b`.", "The table has a row for `c`, which does not exist."]
    );
}

#[test]
fn a_cycle_needs_a_reason() {
    let files = [
        ("lib.rs", "mod a;"),
        ("a/mod.rs", "mod b; mod c; mod d; fn f() { b::f() }"),
        ("a/b.rs", "use super::c::X;"),
        ("a/c.rs", "fn f() {\n super::d::g() }"),
        ("a/d.rs", "use crate::a::b::Y;"),
    ];
    let cycles = [["a/b.rs", "a/c.rs", "a/d.rs"]];
    let without = found(&files, &["a"], &[]);
    assert_eq!(without.cycles, cycles);
    assert_eq!(
        without.problems,
        ["These files use each other in a cycle: a/b.rs, a/c.rs, a/d.rs.\n      \
          src/a/b.rs:1 uses a/c.rs\n      src/a/c.rs:2 uses a/d.rs\n      src/a/d.rs:1 uses a/b.rs"]
    );
    let with = found(&files, &["a"], &["`a/b.rs`, `a/c.rs`, `a/d.rs`"]);
    assert_eq!((with.cycles.len(), with.problems), (1, Vec::new()));
    let stale = found(&files[..1], &["a"], &["`a/b.rs`, `a/c.rs`"]);
    assert_eq!(
        stale.problems.last().map(String::as_str),
        Some("The document gives a reason for a cycle that does not exist: a/b.rs, a/c.rs.")
    );
}

#[test]
fn a_part_may_use_what_its_folder_has_for_all_parts() {
    let files = [
        ("lib.rs", "mod a;"),
        ("a/mod.rs", "mod b; pub struct Rule; const ALL: [Rule; 1] = [b::RULE];"),
        ("a/b.rs", "use super::Rule;"),
    ];
    let found = found(&files, &["a"], &[]);
    assert_eq!((found.arrows, found.cycles.len(), found.problems.len()), (2, 0, 0));
}
