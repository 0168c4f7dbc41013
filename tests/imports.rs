//! Imports of other tools' plans: values, guesses, and notes.

#[path = "common/shared_folder.rs"]
mod shared_folder;

use std::fmt::Write;

use phaseplan::import::{Imported, import};
use phaseplan::plan::Status;
use proptest::prelude::*;

fn read(bytes: &[u8]) -> Imported {
    import(bytes, None).unwrap_or_else(|error| panic!("{}", error.message))
}

/// One line per task and per note.
fn described(imported: &Imported) -> String {
    let mut text = format!("{}: {}\n", imported.format, imported.plan.title);
    for (task, line) in imported.plan.tasks.iter().zip(&imported.task_lines) {
        let _ = write!(text, "{line:>3} {} {}", task.id, task.title);
        let kind = if task.kind == Default::default() { "" } else { task.kind.name() };
        let status = if task.status == Status::Todo { "" } else { task.status.name() };
        let after: Vec<&str> = task.after.iter().map(phaseplan::TaskId::as_str).collect();
        let (owns, reads, after) = (task.owns.join(", "), task.reads.join(", "), after.join(", "));
        for (name, value) in
            [("", kind), ("", status), ("owns ", &owns), ("reads ", &reads), ("after ", &after)]
        {
            if !value.is_empty() {
                let _ = write!(text, " | {name}{value}");
            }
        }
        let _ = writeln!(text, " ({})", task.group);
    }
    for note in &imported.notes {
        let line = note.line().map_or(String::new(), |line| line.to_string());
        let _ = writeln!(text, "{line:>3} note: {}", note.sentences());
    }
    text
}

#[test]
fn a_spec_kit_file_is_read_with_order_and_files() {
    let imported = read(include_bytes!("fixtures/imports/newsletter-tasks.md"));
    insta::assert_snapshot!(described(&imported));
}

#[test]
fn the_whole_text_of_a_task_is_kept() {
    let imported = read(include_bytes!("fixtures/imports/newsletter-tasks.md"));
    let instructions = |id: &str| imported.plan.task(&id.into()).unwrap().instructions.clone();
    assert_eq!(
        instructions("T010"),
        "Register `/subscribe` in `src/router.ts` (depends on T009, T099)\n- keep the redirect for \
         `@old/links`\n\n```sh\n- [ ] T901 not a task\n```"
    );
    assert_eq!(instructions("T008"), "Test the form in `tests/subscribe.test.ts`");
}

#[test]
fn unreadable_files_get_a_sentence() {
    let message = |bytes: &[u8]| import(bytes, Some("a.md")).unwrap_err().message;
    assert_eq!(
        message(b""),
        "a.md: This file is empty. A plan has one task per line, such as “- Add login”."
    );
    assert!(message(b"\0\0\0").starts_with("a.md: This is not a text file."));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = import(&bytes, None);
    }

    #[test]
    fn any_spec_kit_text_gives_a_plan_whose_order_can_be_kept(parts in proptest::collection::vec(spec_kit_piece(), 0..30)) {
        let text = format!("- [ ] T001 a\n{}", parts.concat());
        let imported = read(text.as_bytes());
        prop_assert_eq!(imported.format, "spec-kit tasks.md");
        prop_assert_eq!(imported.task_lines.len(), imported.plan.tasks.len());
        // Only stated dependencies can form a cycle.
        if !text.contains("depends on") {
            prop_assert_eq!(phaseplan::analyse(&imported.plan).order.cycles.len(), 0);
        }
        let mut again = imported.plan.clone();
        prop_assert_eq!(phaseplan::plan::normal::normalise(&mut again), []);
    }
}

fn spec_kit_piece() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "- [ ] T002 ",
        "- [x] T003 [P] ",
        "- [-] T004 [US1] ",
        "* [ ] T005b [P] [US2] ",
        "- [ ] T002 ",
        "## Phase 2: Found\n",
        "## Phase 3: User Story 1\n",
        "## Phase 4: User Story 2\n",
        "### Tests\n",
        "### Implementation\n",
        "```\n",
        "<!--\n",
        "-->\n",
        "\n",
        "  in `src/a.rs`\n",
        "`b.rs` (x) and `c.rs` in `lib/`",
        "(depends on T002, T003–T005b)",
        " depends on T001",
        "from `src/[id]/x.ts`",
        "`",
        "(",
        ")",
        "**",
        "[a](b)",
        "ä",
        "\t",
        "@me",
        "| x |\n",
        "---\n",
        "run `cargo test` and fix",
    ];
    proptest::sample::select(PIECES).prop_map(str::to_owned)
}

#[test]
fn real_spec_kit_files_are_read_whole() {
    // File, tasks, done, dropped, stated dependencies.
    for (id, tasks, done, dropped, named) in
        [("SK1", 121, 76, 45, 0), ("SK3", 83, 0, 0, 0), ("SK4", 57, 23, 0, 51)]
    {
        let Some(file) = shared_folder::find(&format!("corpus/speckit/{id}/tasks.md")) else { return };
        let bytes = std::fs::read(file).unwrap();
        let imported = read(&bytes);
        let count = |status: Status| imported.plan.tasks.iter().filter(|task| task.status == status).count();
        assert_eq!(imported.format, "spec-kit tasks.md", "{id}");
        assert_eq!(
            (imported.plan.tasks.len(), count(Status::Done), count(Status::Dropped)),
            (tasks, done, dropped),
            "{id}"
        );
        assert_eq!(imported.counts.waits.named, named, "{id}");
    }
}

#[test]
fn every_guessed_pattern_can_be_read() {
    for id in ["SK1", "SK3", "SK4"] {
        let Some(file) = shared_folder::find(&format!("corpus/speckit/{id}/tasks.md")) else { return };
        let bytes = std::fs::read(file).unwrap();
        for task in read(&bytes).plan.tasks {
            for pattern in task.owns.iter().chain(&task.reads) {
                let read = phaseplan::glob::Pattern::parse(pattern);
                assert!(read.is_ok(), "{id} {}: {pattern}: {read:?}", task.id);
            }
        }
    }
}

#[test]
fn the_documented_plan_is_read_without_a_word() {
    let documentation = include_str!("../docs/plan-json.md");
    let example = documentation.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let imported = read(example.as_bytes());
    assert_eq!(imported.format, "plan JSON");
    assert_eq!(imported.notes, []);
    assert_eq!(imported.plan.tasks[0].minutes.unwrap().high, 120);
    assert_eq!(imported.plan.settings.phase_overhead, 2);
}

#[test]
fn json_that_is_no_plan_says_what_was_seen() {
    for (json, expected) in [
        (
            "{\"format\":\"phaseplan/1\",\n \"tasks\": [}",
            "This JSON is broken at line 2, column 12: expected value.",
        ),
        ("{\"format\":\"phaseplan/7\"}", "This plan was made by a newer version of phaseplan"),
        ("{\"format\":\"phaseplan-report/1\"}", "This is a report, which holds results."),
        (
            "{\"format\":\"other\"}",
            "It says that its format is “other”; a plan says \"format\": \"phaseplan/1\", or has",
        ),
        ("{\"master\":{\"tasks\":[]},\"x\":1}", "It has the fields “master”, “x”;"),
        ("{\"tasks\":[{\"id\":1}]}", "It has the fields “tasks”;"),
        ("{}", "It is empty;"),
        (
            "[{\"id\":\"bd-1\",\"status\":\"open\"}]",
            "It is a list of objects with the fields “id”, “status”.",
        ),
        ("[1]", "It is a list."),
        (&"[".repeat(100_000), "This JSON is broken at line 1, column 128: it is nested too deeply."),
    ] {
        let error = import(json.as_bytes(), None).unwrap_err();
        assert!(error.message.contains(expected), "{json:.60}: {}", error.message);
    }
    let imported = read(br#"{"tasks":[{"id":"T1","title":"a","owns":["a.rs"]}]}"#);
    assert_eq!((imported.format, imported.plan.tasks[0].owns[0].as_str()), ("plan JSON", "a.rs"));
}

#[test]
fn plan_text_is_read_with_its_problems() {
    let imported = read("# Shop\r\n- T1 A @owns(a.rs)\r\n- T2 B @after(T1\r\n".as_bytes());
    assert_eq!(imported.format, "plan text");
    assert_eq!(imported.task_lines, [2, 3]);
    let lines = imported.problems.iter().map(|problem| problem.location.as_ref().map(|at| at.line));
    assert_eq!(lines.collect::<Vec<_>>(), [Some(3)]);
    for (text, expected) in [
        ("<!doctype html>\n", "This is HTML or XML, not a plan."),
        ("> default ~30m\n", "There are no tasks in this file."),
    ] {
        let error = import(text.as_bytes(), None).unwrap_err();
        assert!(error.message.starts_with(expected), "{}", error.message);
    }
}
