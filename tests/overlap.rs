//! Overlap of patterns, compared with a table, with the pairs of real plans, and with brute force.

#[path = "common/shared_folder.rs"]
mod shared_folder;

use globset::{GlobBuilder, GlobMatcher};
use phaseplan::glob::{FileSet, Pattern, Reading, adds_files, intersects, overlap};
use proptest::prelude::*;

/// Whether another program's matcher matches the pattern with the path.
fn globset_matches(pattern: &str, path: &str) -> bool {
    globset(pattern).is_match(path)
}

fn globset(pattern: &str) -> GlobMatcher {
    // Its negated classes match a separator, but ours do not.
    let pattern = pattern.replace("/./", "/").trim_start_matches("./").replace("[!a]", "[!a/]");
    let pattern = pattern.as_str();
    let glob = GlobBuilder::new(pattern).literal_separator(true).empty_alternates(true).build();
    glob.unwrap_or_else(|error| panic!("{pattern}: {error}")).compile_matcher()
}

fn strict(pattern: &str) -> Pattern {
    Pattern::parse_as(pattern, Reading::Strict).unwrap_or_else(|error| panic!("{pattern}: {error}"))
}

/// Compares two patterns in both directions; `expected` is the witness, or empty for none.
fn check(left: &str, right: &str, expected: &str) {
    for (left, right) in [(left, right), (right, left)] {
        let (a, b) = (strict(left), strict(right));
        let witness = overlap(&a, &b);
        assert_eq!(witness.as_deref().unwrap_or_default(), expected, "{left} and {right}");
        assert_eq!(intersects(&a, &b), witness.is_some(), "{left} and {right}");
        if let Some(witness) = witness {
            assert!(a.matches(&witness) && b.matches(&witness), "{left} and {right}: {witness}");
        }
    }
}

#[test]
fn a_table_of_pairs() {
    check("src/app.rs", "src/app.rs", "src/app.rs");
    check("src/app.rs", "src/App.rs", "");
    check("src/auth/**", "src/authz/x.py", "");
    check("a/b.ts", "a/b.tsx", "");
    check("src/*", "src/a/b/c.py", "");
    check("src/*/model.py", "src/user/*.py", "src/user/model.py");
    check("src/**/test.py", "src/a/*.py", "src/a/test.py");
    check("src/{a,b}/x.ts", "src/a/x.ts", "src/a/x.ts");
    check("./src//a.py", "src/./a.py", "src/a.py");
    check("src\\auth\\*.ts", "src/auth/login.ts", "src/auth/login.ts");
    check("*", "**", "a");
    check("**", "**", "a");
    check("src/**", "src", "");
    check("src/**", "src/**/*", "src/a");
    check("**/*.ts", "src/**", "src/a.ts");
    check("**/a/**", "a/**", "a/a");
    check("**/a/**/b", "c/**", "c/a/b");
    check("*.test.*", "client*.ts", "client.test.ts");
    check("[a-c]x", "[b-d]?", "bx");
    check("[!a-y]", "[^z]", "0");
    check("{a,{b,c}d}e", "cd?", "cde");
    check("a{,.test}.ts", "*.test.ts", "a.test.ts");
    check("{src,lib/core}/x", "lib/**", "lib/core/x");
    check("{src/**/,docs/}*.md", "docs/a.md", "docs/a.md");
    check("a{/b,}/c", "a/c", "a/c");
    check("[[]id[]]", "[[]*", "[id]");
    check("*.rs}", "a.*", "a.rs}");
    check("id]", "*[]]", "id]");
    check("app/[...slug]/page.ts", "app/*/page.ts", "app/[...slug]/page.ts");
    check("app/[slug]/page.ts", "app/s/page.ts", "");
    check("app/[locale]/x.ts", "app/[lang]/x.ts", "");
    check("app/[user-id]/**", "app/[user-id]/page.ts", "app/[user-id]/page.ts");
    check("src/[id=integer]/x", "src/*/x", "src/[id=integer]/x");
    check("index.[jt]s", "index.ts", "index.ts");
    check("{{app.slug}}/setup.py", "{{app.slug}}/*.py", "{{app.slug}}/setup.py");
    check("lib/{Product.name}.rb", "lib/Product.name.rb", "");
    check("größe?.md", "gr*ße[0-9].md", "größe0.md");
    check("docs/", "docs", "docs");
    check("docs/", "docs/a.md", "");
}

#[test]
fn a_name_is_neither_empty_nor_dots() {
    check("?", "[.]?", "");
    check("?*", ".*", ".a");
    check("*.", ".*", ".a.");
    check("??", ".*", ".a");
    check("[.a][.b]", "??", "ab");
    check("[.a][.b]", ".?", ".b");
    check("*", "{,x}y", "y");
}

#[test]
fn a_plan_reads_more_into_a_pattern() {
    let meets = |left: &str, right: &str| {
        let parse = |text: &str| Pattern::parse(text).expect("a pattern");
        overlap(&parse(left), &parse(right)).unwrap_or_default()
    };
    assert_eq!(meets("docs/", "docs/a/b.md"), "docs/a/b.md");
    assert_eq!(meets("docs/", "docs"), "");
    assert_eq!(meets("**/docs/", "src/**"), "src/docs/a");
    assert_eq!(meets("app/[id]/page.ts", "app/[id]/*.ts"), "app/[id]/page.ts");
    assert_eq!(meets("src/[[]id].ts", "src/[id].ts"), "src/[id].ts");
    assert!(Pattern::parse("lib/x.[ch]").expect("a pattern").matches("lib/x.[ch]"));
    assert!(!strict("lib/x.[ch]").matches("lib/x.[ch]"));
}

/// Compares two lists, separated by spaces, in both directions; `expected` is the witness, or empty for none.
fn check_sets(left: &str, right: &str, expected: &str) {
    let parse = |text: &str| {
        let (set, errors) = FileSet::parse(&text.split(' ').collect::<Vec<_>>());
        assert_eq!(errors, [], "{text}");
        set
    };
    for (left, right) in [(left, right), (right, left)] {
        let (a, b) = (parse(left), parse(right));
        let overlap = a.overlap(&b);
        let witness = overlap.as_ref().map_or("", |overlap| &overlap.witness);
        assert_eq!(witness, expected, "{left} and {right}");
        assert!(witness.is_empty() || (a.matches(witness) && b.matches(witness)), "{left} and {right}");
    }
}

#[test]
fn excluded_paths_are_no_witness() {
    check_sets("src/** !src/gen/**", "src/gen/x.rs", "");
    check_sets("src/** !src/gen/**", "src/**", "src/a");
    check_sets("src/** !src/a*", "src/**", "src/b");
    check_sets("src/** !src/*", "src/**", "src/a/a");
    check_sets("**/*.ts !**/*.test.ts", "**/*.test.*", "a.test..ts");
    check_sets("**/*.ts !**/*.test.*", "**/*.test.ts", "");
    check_sets("src/*.ts !src/[a-m]*", "src/* !src/[!a-m]*", "");
    check_sets("src/*.ts !src/[a-m]*", "src/* !src/[!a-mz]*", "src/z.ts");
    check_sets("src/** !**/*.* !**/a*/**", "src/x/**", "src/x/a");
    check_sets("a/* b/* !a/*", "a/x b/y", "b/y");
    check_sets("a b", "** !*", "");
    check_sets("x/? !x/a !x/b !x/c !x/d", "x/[a-e]", "x/e");
    check_sets("x/? !x/a !x/b !x/c !x/d !x/e", "x/[a-e]", "");
    check_sets("lib/x.[ch] !lib/x.c !lib/x.h", "lib/**", "lib/x.[ch]");
}

/// The only case with an inexact answer: it assumes a conflict, and quickly.
#[test]
fn excludes_that_no_search_untangles_are_passed_over() {
    let (left, errors) = FileSet::parse(&["**/*b", "!**/*a????????????????*", "!**/*b*"]);
    assert_eq!(errors, []);
    let (right, _) = FileSet::parse(&["**"]);
    assert_eq!(left.overlap(&right).map(|overlap| overlap.witness).as_deref(), Some("b"));
}

#[test]
fn a_list_names_the_pattern_that_cannot_be_read() {
    let (set, errors) = FileSet::parse(&["src/**", "!src/[", "/etc/x", "!", "`src/[`"]);
    let places: Vec<(usize, usize)> = errors.iter().map(|e| (e.position, e.error.column)).collect();
    assert_eq!(places, [(1, 6), (2, 1), (3, 2), (4, 6)]);
    assert!(set.matches("src/a") && set.excludes().is_empty());
}

#[test]
fn a_path_spelled_out_is_the_best_witness() {
    check_sets("src/** src/auth/login.ts", "src/**", "src/auth/login.ts");
    check_sets("src/*", "docs/* src/**", "src/a");
}

#[test]
fn what_is_no_pattern_is_an_error_with_its_column() {
    let cases = [
        ("", 1, "empty"),
        ("  ", 1, "empty"),
        (" a", 1, "begins with a space"),
        ("a ", 2, "ends with a space"),
        ("/etc/passwd", 1, "outside the repository"),
        ("C:\\src", 1, "outside the repository"),
        ("~/src", 1, "outside the repository"),
        ("src/../x", 5, "`..`"),
        ("..", 1, "`..`"),
        ("src/{.,a}/x", 5, "single `.`"),
        (".", 1, "whole repository"),
        ("./", 1, "whole repository"),
        ("src/a**", 6, "`**` must stand alone"),
        ("**.ts", 1, "`**` must stand alone"),
        ("a/***/b", 3, "two asterisks"),
        ("a/{b,c", 3, "never closed"),
        ("a/{b,{c}", 3, "never closed"),
        ("a/b}", 4, "closes no"),
        ("a/{}", 3, "empty"),
        ("{,a}/b", 1, "leaves this part"),
        ("b/{,a}/c", 3, "leaves this part"),
        ("{/a,b}", 2, "outside the repository"),
        ("a/[bc", 3, "never closed"),
        ("a/[b/c]", 3, "never closed"),
        ("a/[]", 3, "never closed"),
        ("a/b]", 4, "closes no"),
        ("a[z-a]", 3, "backwards"),
        ("src/{1..3}.ts", 5, "Ranges in braces"),
        ("a/[.]", 3, "single"),
        ("a\nb", 2, "line ends"),
        ("a\tb", 2, "tab"),
        ("a\0b", 2, "U+0000"),
        ("!src", 1, "leading `!`"),
        ("src/!(a|b)", 5, "not understood"),
        ("grö/ß/[", 7, "never closed"),
        (&"a".repeat(513), 513, "too long"),
        (&"{a,b}".repeat(30), 1, "too complex"),
        (&"{a/,b/}".repeat(30), 1, "too complex"),
    ];
    for (text, column, part) in cases {
        let error = Pattern::parse(text).expect_err(text);
        assert!(error.message.contains(part), "{text}: {error}");
        assert!(error.message.ends_with('.'), "{text}: {error}");
        if !part.contains("complex") {
            assert_eq!(error.column, column, "{text}: {error}");
        }
    }
}

/// Two tables of pairs with known answers, stored outside the project.
#[test]
fn pairs_of_real_plans() {
    for table in ["benchdata/globs/pairs.tsv", "corpus/glob-pairs.tsv"] {
        let Some(file) = shared_folder::find(table) else { continue };
        let text = std::fs::read_to_string(file).unwrap();
        let mut rows = 0;
        for line in text.lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            let [left, right, expected, ..] = columns[..] else { continue };
            // The other matcher reads every bracket as a class; the table marks those that are names.
            let is_route = columns.get(4).is_some_and(|note| note.starts_with("bracket route"));
            let escaped = |pattern: &str| {
                if is_route {
                    pattern.replace('[', "\u{1}").replace(']', "[]]").replace('\u{1}', "[[]")
                } else {
                    pattern.to_owned()
                }
            };
            if !matches!(expected, "0" | "1" | "yes" | "no") {
                continue;
            }
            rows += 1;
            let (a, b) = (strict(left), strict(right));
            let witness = overlap(&a, &b);
            assert_eq!(witness.is_some(), matches!(expected, "1" | "yes"), "{left} and {right}");
            assert_eq!(intersects(&a, &b), witness.is_some(), "{left} and {right}");
            assert_eq!(overlap(&b, &a).is_some(), witness.is_some(), "{right} and {left}");
            if let Some(witness) = witness {
                assert!(globset_matches(&escaped(left), &witness), "{left} does not match {witness}");
                assert!(globset_matches(&escaped(right), &witness), "{right} does not match {witness}");
            }
        }
        assert!(rows > 400, "{table} has only {rows} rows");
    }
}

/// Runs `phaseplan overlap`; returns its output and its status.
fn run(arguments: &[&str]) -> (String, Option<i32>) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_phaseplan"));
    let output = command.arg("overlap").args(arguments).output().expect("the program runs");
    let written = [output.stdout, output.stderr].concat();
    (String::from_utf8(written).expect("UTF-8"), output.status.code())
}

#[test]
fn the_command_answers_for_two_patterns() {
    let check = |arguments: &[&str], written: &str, status: i32| {
        assert_eq!(run(arguments), (written.to_owned(), Some(status)), "{arguments:?}");
    };
    check(&["src/*/model.py", "src/user/*.py"], "yes  src/user/model.py\n", 0);
    check(&["src/auth/**", "src/authz/x.py"], "no\n", 1);
    check(
        &["src/auth", "src/auth/login.ts"],
        "no\nIn a plan: yes  src/auth/login.ts, because there a path that ends in `/`, or that the other \
         pattern goes below, is everything below it.\n",
        1,
    );
    check(
        &["lib/x.[ch]", "lib/x.?c??"],
        "no\nIn a plan: yes  lib/x.[ch], because there a class such as `[ch]` is also that name.\n",
        1,
    );
    check(
        &["src/[a", "x"],
        "The left pattern `src/[a`, column 5: This `[` is never closed. Write `[abc]` for one of these \
         characters, `[[]` for a bracket.\n",
        2,
    );
    let (written, status) = run(&["a/*", "a/b", "--json"]);
    let answer: serde_json::Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(
        (answer["overlap"].as_bool(), answer["witness"].as_str(), status),
        (Some(true), Some("a/b"), Some(0))
    );
    assert_eq!(run(&["a"]).1, Some(2));
}

#[test]
fn the_command_answers_for_a_table() {
    let table = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/overlap/pairs.tsv");
    let expected = "3: yes  src/user/model.py  (src/*/model.py and src/user/*.py)\n4: no  (a/b.ts and \
        a/b.tsx)\n5: no  WRONG  (a and b)\n6: yes  x  (x and *)\n8: error  The left pattern `{a`, column 1: \
        This `{` is never closed. Write the alternatives as `{a,b}`.  WRONG  ({a and a)\n5 pairs, 2 overlap, \
        2 wrong.\n";
    assert_eq!(run(&["--pairs", table]), (expected.to_owned(), Some(1)));
    let (written, status) = run(&["--pairs", table, "--json"]);
    let answer: serde_json::Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!((answer["count"].as_u64(), answer["wrong"].as_u64(), status), (Some(5), Some(2), Some(1)));
    assert_eq!(answer["pairs"][0]["witness"], "src/user/model.py");
}

#[test]
fn hostile_patterns_are_answered_at_once() {
    let stars = |letter: &str| "**/".to_owned() + &format!("*{letter}*/**/").repeat(60) + "x";
    let deep = |last: &str| "**/".repeat(160) + last;
    let one_name = |letter: &str| format!("*{letter}").repeat(250);
    let braces = |letter: &str| "{a,b}".repeat(6) + "/" + &"?".repeat(400) + letter;
    let folders = |last: &str| "{a/,b}".repeat(4) + &"*/".repeat(12) + last;
    let makers: [&dyn Fn(&str) -> String; 5] = [&stars, &deep, &one_name, &braces, &folders];
    for make in makers {
        for other in makers {
            let (left, right) = (strict(&make("a")), strict(&other("b")));
            let started = std::time::Instant::now();
            let witness = overlap(&left, &right);
            let took = started.elapsed();
            if let Some(witness) = witness {
                assert!(left.matches(&witness) && right.matches(&witness));
            }
            assert!(took.as_millis() < 1000, "{} and {}: {took:?}", left.as_str(), right.as_str());
        }
    }
}

/// Small patterns of few letters, so many pairs overlap and all short paths can be tried.
fn small_pattern() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[ab.]",
        2 => Just("*".to_owned()),
        1 => Just("?".to_owned()),
        1 => Just("[a-b]".to_owned()),
        1 => Just("[!a]".to_owned()),
        1 => Just("{a,.b}".to_owned()),
        1 => Just("{,b}".to_owned()),
        1 => Just("{b,{a,*}}".to_owned()),
        1 => Just("{a/b,b}".to_owned()),
        1 => Just("{**/a,b}".to_owned()),
    ];
    let component = prop_oneof![
        3 => proptest::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat()),
        1 => Just("**".to_owned()),
    ];
    let components = proptest::collection::vec(component, 1..4);
    components
        .prop_map(|parts| parts.join("/").replace("***", "*"))
        // A `.` component is dropped here, but matches nothing elsewhere.
        .prop_filter("a dot", |text| text.split('/').all(|component| component != "."))
        .prop_filter("a pattern", |text| Pattern::parse_as(text, Reading::Strict).is_ok())
}

/// All paths with at most `components` names over the letters, each of at most three characters.
fn short_paths(components: usize) -> Vec<String> {
    let mut names: Vec<String> = vec![String::new()];
    for _ in 0..3 {
        let longer: Vec<String> =
            names.iter().flat_map(|name| ["a", "b", "."].map(|letter| format!("{name}{letter}"))).collect();
        names.extend(longer);
        names.sort();
        names.dedup();
    }
    names.retain(|name| !matches!(name.as_str(), "" | "." | ".."));
    let mut paths: Vec<String> = names.clone();
    for _ in 1..components {
        let few: Vec<&String> = names.iter().filter(|name| name.len() <= 2).collect();
        let longer: Vec<String> =
            paths.iter().flat_map(|path| few.iter().map(move |name| format!("{path}/{name}"))).collect();
        paths.extend(longer);
    }
    paths.sort();
    paths.dedup();
    paths
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_trying_every_short_path(left in small_pattern(), right in small_pattern()) {
        thread_local!(static PATHS: Vec<String> = short_paths(3));
        let (a, b) = (strict(&left), strict(&right));
        let (in_left, in_right) = (globset(&left), globset(&right));
        let witness = overlap(&a, &b);
        prop_assert_eq!(intersects(&a, &b), witness.is_some());
        prop_assert_eq!(overlap(&b, &a).is_some(), witness.is_some());
        if let Some(witness) = &witness {
            prop_assert!(in_left.is_match(witness) && in_right.is_match(witness), "witness {}", witness);
            prop_assert!(a.matches(witness) && b.matches(witness), "witness {}", witness);
        }
        PATHS.with(|paths| {
            for path in paths {
                prop_assert_eq!(in_left.is_match(path), a.matches(path), "{} and {}", left, path);
                prop_assert!(witness.is_some() || !(in_left.is_match(path) && in_right.is_match(path)), "{}", path);
            }
            Ok(())
        })?;
    }

    #[test]
    fn sets_with_excludes_agree_with_trying_every_short_path(
        left in small_pattern(), right in small_pattern(),
        excluded in proptest::collection::vec(small_pattern(), 1..4),
    ) {
        thread_local!(static PATHS: Vec<String> = short_paths(2));
        // A lone `?` names no files in a list, and `...` stands for folders.
        prop_assume!(adds_files(&left) && adds_files(&right));
        prop_assume!(![&left, &right].into_iter().chain(&excluded).any(|pattern| pattern.contains("...")));
        let mut list = vec![left.clone()];
        list.extend(excluded.iter().map(|pattern| format!("!{pattern}")));
        let ((a, errors), (b, _)) = (FileSet::parse(&list), FileSet::parse(&[&right]));
        prop_assert_eq!(errors, []);
        let overlap = a.overlap(&b);
        prop_assert_eq!(b.overlap(&a).is_some(), overlap.is_some());
        // The other matcher does not know how plans read brackets, but no short path has brackets.
        let includes = [globset(&left), globset(&right)];
        let excludes: Vec<GlobMatcher> = excluded.iter().map(|pattern| globset(pattern)).collect();
        let is_common = |path: &String| {
            includes.iter().all(|one| one.is_match(path)) && !excludes.iter().any(|one| one.is_match(path))
        };
        if let Some(overlap) = &overlap {
            let witness = &overlap.witness;
            prop_assert!(a.matches(witness) && b.matches(witness), "witness {}", witness);
            prop_assert!(witness.contains('[') || is_common(witness), "witness {}", witness);
        }
        PATHS.with(|paths| {
            for path in paths {
                prop_assert_eq!(is_common(path), a.matches(path) && b.matches(path), "{}", path);
                prop_assert!(overlap.is_some() || !is_common(path), "{}", path);
            }
            Ok(())
        })?;
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[ab/*?{},.!\\[\\]\\\\-]{0,40}|\\PC{0,40}") {
        match Pattern::parse(&text) {
            Ok(pattern) => {
                let path = overlap(&pattern, &pattern);
                prop_assert!(path.is_some_and(|path| pattern.matches(&path)));
            }
            Err(error) => prop_assert!(error.column >= 1 && error.column <= text.chars().count().max(1)),
        }
    }
}
