//! Input that is made to take long: each is large enough to hang if a reader looked at something again and again.

use std::time::{Duration, Instant};

use phaseplan::import::import;

/// Far more than the reading of any of these takes in an unoptimised build, and far less than a quadratic one would.
const LIMIT: Duration = Duration::from_secs(10);
/// The size of each input, in bytes.
const SIZE: usize = 100_000;

/// Reads a text that begins with `head` and goes on with `unit` again and again.
#[track_caller]
fn check(head: &str, unit: &str) {
    let text = [head, &unit.repeat(SIZE / unit.len())].concat();
    let begin = Instant::now();
    if let Err(error) = import(text.as_bytes(), None) {
        assert!(error.message.ends_with(['.', '?']), "{}", error.message);
    }
    let time = begin.elapsed();
    assert!(time < LIMIT, "{head:?} and {unit:?} again and again took {time:?}");
}

#[test]
fn long_lines_are_read_in_linear_time() {
    for unit in [" ", "[", "(", "a-", "a/", "#", ".", "after T001 ", "[a](b", "é"] {
        check("- [ ] T001 a\n- [ ] T002 ", unit);
        check("- [ ] 1. a\n- [ ] 1.1 b\n  - _Requirements: 1_\n  - ", unit);
        check("### Task 1: a\nFiles: a.rs\n### Task 2: b\nDepends on: ", unit);
    }
}

#[test]
fn long_lines_of_diagrams_are_read_in_linear_time() {
    for unit in ["A --> B\n", "A@{\n", "A[\n", "A -->|x B\n", "subgraph a\n"] {
        check("graph TD\n", unit);
    }
    check("graph TD\nA", " --> A");
    check("graph TD\nA", "& A ");
    check("digraph { a", " -> a");
    check("digraph { a [label=<", "<b>");
}

#[test]
fn many_waits_for_what_a_task_is_itself_are_said_once() {
    check("## WP01: a\n- [ ] T001 a\n### Dependencies\n", "- Depends on WP01\n");
}

#[test]
fn many_waits_of_one_task_are_read_in_linear_time() {
    let waits: Vec<String> = (0..SIZE / 8).map(|number| format!("\"q{number}\"")).collect();
    check(
        &format!(
            r#"[{{"id": "a", "title": "A"}}, {{"id": "b", "title": "B", "deps": [{}]}}"#,
            waits.join(",")
        ),
        r#", {"id": "c", "title": "C", "deps": ["a"]}"#,
    );
    let whole = format!(r#"[{{"id": "a", "title": "A", "deps": [{}]}}]"#, waits.join(","));
    let begin = Instant::now();
    assert!(import(whole.as_bytes(), None).is_ok());
    assert!(begin.elapsed() < LIMIT);
}

#[test]
fn scripts_with_anything_left_open_are_read_in_linear_time() {
    for unit in ["agent(", "parallel([", "`${", "= / [", "agent('x', {a: "] {
        check("const a = 1;\n", unit);
    }
}

#[test]
fn nested_input_ends_in_a_sentence() {
    for unit in ["[", "{\"tasks\":[", "- ", "? ", "{", "- - "] {
        check("", unit);
        check("a: ", unit);
    }
    check("a: &a [x]\nb: ", "[*a, *a]\n");
}

#[test]
fn names_that_many_folders_have_are_looked_up_in_less_than_linear_time() {
    let lines: String = (0..SIZE / 60)
        .map(|number| {
            format!("- [ ] T{number:05} use `q{number}.ts` and `m{number}/index.ts` from `index.ts`\n")
        })
        .collect();
    check(&lines, "\n");
}

#[test]
fn two_formats_in_one_file_are_read_as_one_of_them() {
    let parts = [
        "- [ ] T001 Add `src/a.ts`\n",
        "{\"tasks\": [{\"id\": \"a\", \"title\": \"b\"}]}\n",
        "tasks:\n  - id: a\n    title: b\n",
        "graph TD\nA --> B\n",
        "id,title,after\n1,a,2\n",
        "---\nid: task-1\ntitle: a\nstatus: To Do\n---\n",
    ];
    for one in parts {
        for other in parts {
            match import([one, other].concat().as_bytes(), None) {
                Ok(imported) => assert!(!imported.plan.tasks.is_empty(), "{one}{other}"),
                Err(error) => assert!(error.message.ends_with(['.', '?']), "{}", error.message),
            }
        }
    }
}
