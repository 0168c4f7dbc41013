//! The file of a review, which several calls add to and which may hold anything.
#![cfg(all(not(target_arch = "wasm32"), unix))]

#[path = "common/shared_folder.rs"]
mod shared_folder;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const PLAN: &str = "# Demo\n> @id(abcdef)\n\n- T1 a @owns(a/**)\n- T2 b @owns(b/**)\n";

/// A folder with a plan, removed at the end of the test.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Folder {
    /// A folder whose review file has these bytes; without that file if there are none.
    fn with(test: &str, reviews: &[u8]) -> Folder {
        let folder = std::env::temp_dir().join(format!("phaseplan-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("p.phaseplan.md"), PLAN).unwrap();
        if !reviews.is_empty() {
            std::fs::write(folder.join("p.reviews.jsonl"), reviews).unwrap();
        }
        Folder(folder)
    }

    fn reviews(&self) -> PathBuf {
        self.0.join("p.reviews.jsonl")
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.reviews()).unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_phaseplan"));
        command.arg("review").arg(self.0.join("p.phaseplan.md")).args(arguments);
        command
    }

    /// Runs `phaseplan review`, checks its exit status, and returns what it says.
    #[track_caller]
    fn review(&self, arguments: &[&str], status: i32) -> Said {
        let Output { status: ended, stdout, stderr } = self.command(arguments).output().unwrap();
        let said = Said { out: String::from_utf8(stdout).unwrap(), err: String::from_utf8(stderr).unwrap() };
        assert_eq!(ended.code(), Some(status), "{arguments:?}\n{}\n{}", said.out, said.err);
        said
    }

    #[track_caller]
    fn comment(&self, author: &str, text: &str, status: i32) -> Said {
        self.review(&["--author", author, "--comment", text], status)
    }
}

struct Said {
    out: String,
    err: String,
}

/// Adds a comment to a file, and checks that what was in it is still there, byte for byte.
#[track_caller]
fn check_kept(test: &str, before: &[u8], status: i32) {
    let folder = Folder::with(test, before);
    folder.comment("Ada", "Hello.", status);
    let after = folder.bytes();
    assert!(after.starts_with(before), "{}", String::from_utf8_lossy(&after));
    let added = String::from_utf8(after[before.len()..].to_vec()).unwrap();
    let gap = if before.last().is_none_or(|last| *last == b'\n') { "" } else { "\n" };
    assert!(
        added.starts_with(&format!("{gap}{{\"id\":")) && added.lines().count() == 1 + gap.len(),
        "{added}"
    );
    let read: Value = serde_json::from_str(&folder.review(&["--json"], status).out).unwrap();
    let said = read["threads"].as_array().unwrap().last().unwrap();
    assert_eq!(said["comments"][0]["text"], "Hello.");
}

#[test]
fn lines_that_are_not_understood_stay_byte_for_byte() {
    let newer = "{\"id\": \"aaaaaaaaaaaaaaaa\", \"plan\": \"abcdef\", \"praise\": {}}\n";
    for (at, before, status) in [
        (0, b"".to_vec(), 0),
        (1, newer.into(), 1),
        (2, b"\xef\xbb\xbf\r\n\r\n".to_vec(), 0),
        (3, b"<<<<<<< ours\n=======\n>>>>>>> theirs\n".to_vec(), 0),
        (4, b"\xff\xfe\0\n{\"plan\n".to_vec(), 1),
        (5, format!("{newer}{}\n{newer}", "x".repeat(100_000)).into(), 1),
    ] {
        check_kept(&format!("kept-{at}"), &before, status);
    }
}

#[test]
fn a_last_line_without_its_end_is_not_glued_to_the_next() {
    check_kept("unfinished", b"{\"plan\": \"abcdef\", \"comm", 1);
    let folder = Folder::with("no-end", b"");
    folder.comment("Ada", "First.", 0);
    let whole = folder.bytes();
    std::fs::write(folder.reviews(), whole.trim_ascii_end()).unwrap();
    folder.comment("Ada", "Second.", 0);
    assert!(folder.bytes().starts_with(&whole));
    assert_eq!(folder.bytes().iter().filter(|byte| **byte == b'\n').count(), 2);
}

#[test]
fn a_file_above_every_other_limit_is_read_to_its_end() {
    let mut before = Vec::new();
    for line in 0..60_000 {
        before.extend(format!("{{\"later\": {line}, \"pad\": \"{}\"}}\n", "y".repeat(640)).into_bytes());
    }
    check_kept("large", &before, 1);
    let folder = Folder::with("large-told", &before);
    let said = folder.review(&[], 1);
    assert!(said.err.lines().count() <= 21 && said.err.contains("59980 more lines"), "{}", said.err);
}

#[test]
fn calls_at_the_same_time_lose_nothing() {
    for run in 0..5 {
        let folder = Folder::with(&format!("race-{run}"), b"");
        let calls: Vec<_> = (0..8)
            .map(|call| {
                let (author, text) = (format!("P{call}"), format!("x{call}"));
                let mut command = folder.command(&["--author", &author, "--comment", &text]);
                command.stdout(Stdio::null()).spawn().unwrap()
            })
            .collect();
        for mut call in calls {
            assert!(call.wait().unwrap().success());
        }
        let bytes = String::from_utf8(folder.bytes()).unwrap();
        assert_eq!(bytes.lines().collect::<BTreeSet<_>>().len(), 8, "{bytes}");
        folder.review(&[], 0);
    }
}

#[test]
fn what_is_known_is_not_added_again() {
    let folder = Folder::with("known", b"");
    folder.comment("Ada", "Hello.", 0);
    let before = folder.bytes();
    let path = folder.reviews().to_string_lossy().into_owned();
    let said = folder.review(&["--receive", &path], 0);
    assert!(said.out.contains("0 new, 1 already here"), "{}", said.out);
    assert_eq!(folder.bytes(), before);
}

#[test]
fn a_file_that_can_not_be_written_is_told_and_left_alone() {
    let folder = Folder::with("folder", b"");
    std::fs::create_dir(folder.reviews()).unwrap();
    let said = folder.comment("Ada", "Hello.", 2);
    assert!(said.err.contains("p.reviews.jsonl` can't be"), "{}", said.err);
    // Writing to this device fails as on a full disk.
    if Path::new("/dev/full").exists() {
        let said = folder.review(&["--reviews", "/dev/full", "--author", "Ada", "--comment", "x"], 2);
        assert!(said.err.contains("`/dev/full` can't be"), "{}", said.err);
    }
}

#[test]
fn a_forged_edit_is_marked_in_every_output() {
    let folder = Folder::with("edited", b"");
    folder.comment("Ada", "It drops the table.", 0);
    let read = |folder: &Folder, arguments: &[&str]| -> Value {
        serde_json::from_str(&folder.review(arguments, 0).out).unwrap()
    };
    let comment = read(&folder, &["--json"])["threads"][0]["comments"][0]["id"].as_str().unwrap().to_owned();
    let forged = format!(
        "{{\"plan\":\"abcdef\",\"revision\":\"tt75kesgdxjwkbun\",\"author\":\"Ada\",\"clock\":50,\"time\":1,\
         \"rewrite\":{{\"comment\":\"{comment}\",\"text\":\"Ship it.\"}}}}\n"
    );
    let path = folder.0.join("forged.jsonl");
    std::fs::write(&path, forged).unwrap();
    folder.review(&["--receive", &path.to_string_lossy()], 0);
    let list = folder.review(&[], 0).out;
    assert!(list.contains("  Ada: Ship it.  (edited)\n    before: It drops the table.\n"), "{list}");
    let markdown = folder.review(&["--markdown"], 0).out;
    assert!(markdown.contains("`Ada` (edited):") && markdown.contains("It drops the table."), "{markdown}");
    let edited = &read(&folder, &["--json"])["threads"][0]["comments"][0];
    assert_eq!((&edited["edited"], &edited["earlier"][0]), (&true.into(), &"It drops the table.".into()));

    let change = edited["changed_by"].as_str().unwrap();
    let list = folder.review(&["--ignore", change], 0).out;
    assert!(list.contains("  Ada: It drops the table.\n") && list.contains("Ignored: 1 event"), "{list}");
    let ignored = &read(&folder, &["--ignore", "Ada", "--json"]);
    assert_eq!((&ignored["threads"], &ignored["ignored"][0]["events"]), (&Value::Array(vec![]), &2.into()));
    assert_eq!(folder.bytes().iter().filter(|byte| **byte == b'\n').count(), 2, "ignoring deletes nothing");
}

/// A copy of files that were made to break reviews; `None` if they are not here.
fn hostile(test: &str, plan: &str, reviews: &str) -> Option<Folder> {
    let folder = Folder::with(test, b"");
    let copy = |from: &str, to: &str| {
        shared_folder::find(&format!("security/{from}")).map(|path| std::fs::copy(path, folder.0.join(to)))
    };
    copy(plan, "p.phaseplan.md")?.unwrap();
    copy(reviews, "p.reviews.jsonl")?.unwrap();
    Some(folder)
}

#[test]
fn a_task_behind_a_short_fingerprint_is_listed() {
    let Some(folder) =
        hostile("fingerprint", "fingerprint-changed.phaseplan.md", "fingerprint-changed.reviews.jsonl")
    else {
        return;
    };
    let list = folder.review(&[], 0).out;
    assert!(list.contains("; changed since: T1; may have changed since: T2"), "{list}");
    assert!(folder.review(&["--markdown"], 0).out.contains("`T2`"));
}

#[test]
fn a_clock_that_nobody_could_have_reached_mutes_nobody() {
    let Some(folder) = hostile("clock", "review-plan.phaseplan.md", "review-clock-bomb.jsonl") else {
        return;
    };
    for text in ["First.", "Second."] {
        folder.comment("Ada", text, 0);
    }
    folder.review(&["--author", "Ada", "--request-changes", "No."], 0);
    let list = folder.review(&["--author", "Ada", "--approve"], 0).out;
    let place = |text: &str| list.find(text).expect(text);
    assert!(
        place("Eve: hi") < place("Ada: First.") && place("Ada: First.") < place("Ada: Second."),
        "{list}"
    );
    assert!(list.contains("  Ada approves this revision\n"), "{list}");
}

#[test]
fn lines_are_taken_in_whatever_stands_before_them_and_whatever_links_they_mention() {
    let from = Folder::with("mentions", b"");
    from.comment("Ada", "As in 1.p.3.zz.AAAe, and in 1.r.9.zz.AAAe.", 0);
    let to = Folder::with("receives", b"");
    let lines = [b"<<<<<<< ours\n".as_slice(), &from.bytes()].concat();
    std::fs::write(to.0.join("brought.jsonl"), lines).unwrap();
    let brought = to.0.join("brought.jsonl");
    to.review(&["--receive", brought.to_str().unwrap()], 0);
    assert_eq!(to.bytes(), from.bytes());
}
