//! Entries of file lists as people write them, compared by their paths.

use phaseplan::glob::{Entry, FileSet, as_read};
use phaseplan::report::Report;
use phaseplan::schedule::Budget;
use phaseplan::text::{Spelling, parse, print};
use proptest::prelude::*;

fn report(text: &str) -> Report {
    let parsed = parse(text);
    Report::new(parsed.plan, &Budget::default()).with_reading(parsed.problems)
}

/// The codes and titles of all diagnostics, one per line.
fn said(report: &Report) -> String {
    report.diagnostics.iter().map(|one| format!("{} {}\n", one.code, one.title)).collect()
}

/// Takes the first repair of each finding with this code, once.
fn repaired(report: &Report, code: &str) -> String {
    let mut plan = report.plan.clone();
    for found in report.diagnostics.iter().filter(|found| found.code == code) {
        for edit in found.fixes[0].edits.of_plan() {
            edit.clone().apply(&mut plan);
        }
    }
    print(&plan, Spelling::Typing)
}

#[test]
fn lines_of_one_file_are_one_file() {
    let report = report("- T1 One @owns(Main/Chain.lean:10-58)\n- T2 Two @owns(Main/Chain.lean:60-120)\n");
    assert_eq!(report.analysis.conflicts[0].kind.witness(), Some("Main/Chain.lean"));
    assert_eq!(
        said(&report),
        "PP101 T1 and T2 can write the same file\n\
         PP307 `Main/Chain.lean:10-58` of T1 is read as `Main/Chain.lean`\n\
         PP307 `Main/Chain.lean:60-120` of T2 is read as `Main/Chain.lean`\n"
    );
    assert_eq!(
        repaired(&report, "PP307"),
        "- T1 One @owns(Main/Chain.lean)\n- T2 Two @owns(Main/Chain.lean)\n"
    );
    assert!(
        report.diagnostics[0].detail.starts_with("Both own `Main/Chain.lean`,"),
        "{:?}",
        report.diagnostics[0]
    );
}

#[test]
fn placeholders_count_as_no_files() {
    for word in ["TBD", "?", "n/a", "none", "-", "...", "to be decided"] {
        let report = report(&format!("- T1 One @owns({word})\n- T2 Two @owns(src/a.ts)\n"));
        assert!(report.plan.tasks[0].has_unknown_ownership(), "{word}");
        assert_eq!(said(&report), "PP005 An entry of T1 names no file\nPP104 T1 lists no files\n", "{word}");
        assert_eq!(repaired(&report, "PP005"), "- T1 One\n- T2 Two @owns(src/a.ts)\n", "{word}");
    }
    let beside = report("- T1 One @owns(TBD, src/b.ts)\n- T2 Two @owns(src/a.ts)\n");
    assert!(!beside.plan.tasks[0].has_unknown_ownership());
}

#[test]
fn what_is_no_path_offers_what_was_meant() {
    for (entry, meant) in [
        ("a.rs and b.rs", "a.rs, b.rs"),
        ("a.rs -> b.rs", "a.rs, b.rs"),
        ("https://github.com/o/r/blob/main/server/router.ts", "server/router.ts"),
        ("C:\\x", "x"),
        ("/home/me/repo/src/a.ts", "src/a.ts"),
        ("src/**.ts", "src/**/*.ts"),
    ] {
        let report = report(&format!("- T1 One @owns(\"{entry}\") @reads(c)\n"));
        assert_eq!(repaired(&report, "PP005"), format!("- T1 One @owns({meant}) @reads(c)\n"), "{entry}");
    }
}

#[test]
fn a_path_that_comes_back_does_not_leave() {
    let found = report("- T1 One @owns(server/../server/router.ts)\n- T2 Two @owns(/server/router.ts)\n");
    assert_eq!(found.analysis.conflict_count, 1);
    assert!(!said(&found).contains("PP005"), "{}", said(&found));
    assert!(said(&report("- T1 One @owns(server/../../router.ts)\n")).contains("PP005"));
}

#[test]
fn any_last_name_can_be_a_folder() {
    for folder in [
        "app/products/[slug]",
        ".github",
        "v1.2",
        "src/a.b",
        "app/[a]",
        "src/{x,y}",
        "a/(group)",
        "Makefile.d",
    ] {
        let below = match folder {
            "src/{x,y}" => "src/y/page.tsx".to_owned(),
            _ => format!("{folder}/page.tsx"),
        };
        let (a, b) = (format!("- T1 One @owns({folder})\n"), format!("- T2 Two @owns({below})\n"));
        let report = report(&(a + &b));
        assert_eq!(report.analysis.conflict_count, 1, "{folder}");
        assert!(said(&report).contains("PP303"), "{folder}");
    }
}

#[test]
fn spellings_that_differ_in_case_are_found_behind_decorations() {
    let report = report("- T1 One @owns(src/ui/Panel.ts:10)\n- T2 Two @owns(\"`/src/UI/panel.ts`\")\n");
    assert!(said(&report).contains("PP202 `src/ui` and `src/UI` differ only in case"), "{}", said(&report));
    assert_eq!(
        repaired(&report, "PP202"),
        "- T1 One @owns(\"src/ui/Panel.ts:10\")\n- T2 Two @owns(src/ui/panel.ts)\n".replace('"', "")
    );
}

#[test]
fn everything_that_speaks_of_a_plan_names_the_path() {
    let report = report(
        "- T1 One @owns(/src/a.ts:10-40, TBD, \"`src/b.ts` (new)\") @reads(./docs/x.md#part)\n- T2 Two @owns(src/c.ts)\n",
    );
    for format in ["prompt", "markdown", "report"] {
        let export = phaseplan::export::by_id(format).expect(format);
        let options =
            phaseplan::export::Options::read(export.options, std::iter::empty()).expect("no options");
        let phaseplan::export::Output::Text(written) = (export.render)(&report, &options) else { continue };
        let tasks = written.split("\"diagnostics\"").next().unwrap_or_default();
        assert!(tasks.contains("src/a.ts") && tasks.contains("docs/x.md"), "{format}");
        for odd in ["10-40", "(new)", "#part"] {
            assert!(!tasks.contains(odd), "{format}: {odd}");
        }
    }
    // The plan itself keeps what was written.
    assert!(print(&report.plan, Spelling::Typing).contains("/src/a.ts:10-40"));
}

/// What people write around a path.
const AROUND: &[(&str, &str)] = &[
    ("", ""),
    ("`", "`"),
    ("\"", "\""),
    ("“", "”"),
    ("", ":10"),
    ("", ":10-40"),
    ("", ":10:5"),
    ("", "#L10-L20"),
    ("", "#handler"),
    ("", "::handler"),
    ("", " (new)"),
    ("", " (modify, 2 lines)"),
    ("", " [new]"),
    ("(new) ", ""),
    ("/", ""),
    ("./", ""),
    ("x/../", ""),
    ("x/y/../../", ""),
    ("", ","),
    ("  ", " "),
    ("`", "`:10"),
    ("[router](", ")"),
];

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-z][a-zA-Z0-9_-]{0,6}",
        1 => "\\[[a-z]{3,5}\\]",
        1 => "\\([a-z]{2,5}\\)",
        1 => "@[a-z]{2,5}",
        1 => "\\.[a-z]{2,5}",
    ]
}

/// A file with folders around it.
fn path() -> impl Strategy<Value = String> {
    (proptest::collection::vec(name(), 1..4), "[a-z]{1,6}\\.(ts|rs|md|lean|py)")
        .prop_map(|(folders, file)| format!("{}/{file}", folders.join("/")))
        // Folders of a disk such as `/etc` are not those of a repository.
        .prop_filter("in the repository", |path| as_read(&format!("/{path}")).as_deref() == Some(path))
}

fn decorated() -> impl Strategy<Value = (String, String)> {
    (path(), proptest::collection::vec(0..AROUND.len(), 0..4), any::<bool>()).prop_map(
        |(path, around, steps)| {
            let mut written = path.clone();
            if steps {
                written = written.replacen('/', "/./", 1);
            }
            // What belongs to the path itself comes first, quotes and remarks around it.
            let mut around = around;
            around.sort_by_key(|&at| match AROUND[at] {
                (before, "") if before.ends_with('/') => 0,
                ("", behind) if behind.starts_with([':', '#']) => 1,
                _ => 2,
            });
            around.dedup();
            let mut has_place = false;
            let mut has_quotes = false;
            for at in around {
                let (before, behind) = AROUND[at];
                let is_place = behind.contains([':', '#']);
                let is_quote = !before.is_empty() && !before.ends_with(['/', ' ']) && !behind.is_empty();
                if is_place && has_place
                    || is_quote && has_quotes
                    || before == "/" && written.starts_with('.')
                {
                    continue;
                }
                has_place |= is_place;
                has_quotes |= is_quote;
                written = format!("{before}{written}{behind}");
            }
            (path, written)
        },
    )
}

proptest! {
    #[test]
    fn a_decorated_path_is_read_as_the_path((path, written) in decorated()) {
        let read = as_read(&written);
        prop_assert_eq!(read.as_deref(), Some(path.as_str()), "{}", written);
    }

    #[test]
    fn decorated_paths_overlap_as_the_bare_ones_do((a, decorated_a) in decorated(), (b, decorated_b) in decorated()) {
        let overlap = |a: &str, b: &str| {
            let ((left, errors), (right, more)) = (FileSet::parse(&[a]), FileSet::parse(&[b]));
            assert!(errors.is_empty() && more.is_empty(), "{a} and {b}: {errors:?} {more:?}");
            left.overlap(&right).map(|overlap| overlap.witness)
        };
        prop_assert_eq!(overlap(&a, &b), overlap(&decorated_a, &decorated_b), "{} and {}", decorated_a, decorated_b);
        prop_assert_eq!(overlap(&a, &decorated_a), Some(a.clone()));
        prop_assert_eq!(overlap(&format!("{}/**", a.split('/').next().unwrap()), &decorated_a), Some(a));
    }

    #[test]
    fn reading_what_was_read_changes_nothing(text in "[ab/*?{},.!\\[\\]\\\\:#() `<>~0-9|-]{0,24}|\\PC{0,30}") {
        if let Entry::Files(read) = Entry::read(&text) {
            prop_assert_eq!(Entry::read(&read), Entry::Files(read.as_ref().into()), "{}", text);
        }
        let (set, errors) = FileSet::parse(&[&text]);
        prop_assert_eq!(set.members().count() + errors.len(), 1);
        for error in errors {
            prop_assert!(error.error.column >= 1);
        }
    }

    #[test]
    fn a_plan_with_decorated_entries_survives_its_text((_, written) in decorated(), (_, other) in decorated()) {
        let plan = parse("- T1 One\n").plan;
        let mut plan = plan;
        plan.tasks[0].owns = vec![written.trim().to_owned()];
        plan.tasks[0].reads = vec![other.trim().to_owned()];
        for spelling in [Spelling::Typing, Spelling::Document] {
            prop_assert_eq!(&parse(&print(&plan, spelling)).plan, &plan);
        }
    }
}
