//! Plans of other tools, read: what is taken, what is guessed, what is said about it.

use std::fmt::Write;
use std::path::PathBuf;

use phaseplan::import::{Imported, import};
use phaseplan::plan::Status;

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
        let after: Vec<&str> = task.after.iter().map(|id| id.as_str()).collect();
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
        let line = note.line.map_or(String::new(), |line| line.to_string());
        let _ = writeln!(text, "{line:>3} note: {}", note.message);
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
        "Register `/subscribe` in `src/router.ts` (depends on T009, T099)\n- keep the redirect for `@old/links`\n\n\
         ```sh\n- [ ] T901 not a task\n```"
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

/// A file of the shared folder, which lies beside the project; `None`, with a word about it, if it is missing.
fn shared(path: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("PHASEPLAN_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let bytes = std::fs::read(folder.join(path)).ok();
    if bytes.is_none() {
        println!("skipped: there is no shared folder with {path}");
    }
    bytes
}

#[test]
fn real_spec_kit_files_are_read_whole() {
    // File, tasks, done, dropped, dependencies named in the text.
    for (id, tasks, done, dropped, named) in
        [("SK1", 121, 76, 45, 0), ("SK3", 83, 0, 0, 0), ("SK4", 57, 23, 0, 51)]
    {
        let Some(bytes) = shared(&format!("corpus/speckit/{id}/tasks.md")) else { return };
        let imported = read(&bytes);
        let count = |status: Status| imported.plan.tasks.iter().filter(|task| task.status == status).count();
        assert_eq!(imported.format, "spec-kit tasks.md", "{id}");
        assert_eq!(
            (imported.plan.tasks.len(), count(Status::Done), count(Status::Dropped)),
            (tasks, done, dropped),
            "{id}"
        );
        let note = &imported.notes[0].message;
        assert!(
            note.starts_with(&format!("Order: {named} dependencies are named in the text")),
            "{id}: {note}"
        );
    }
}

#[test]
fn every_guessed_pattern_can_be_read() {
    for id in ["SK1", "SK3", "SK4"] {
        let Some(bytes) = shared(&format!("corpus/speckit/{id}/tasks.md")) else { return };
        for task in read(&bytes).plan.tasks {
            for pattern in task.owns.iter().chain(&task.reads) {
                let read = phaseplan::glob::Pattern::parse(pattern);
                assert!(read.is_ok(), "{id} {}: {pattern}: {read:?}", task.id);
            }
        }
    }
}
